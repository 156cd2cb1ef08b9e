import { useState } from 'react';
import { stepFrom } from './listStep.ts';

/** Who stands before and after the open one of a list; once that has left the list, who stands in its place comes next. */
export const useSteps = (ids: readonly string[], open: string | undefined) => {
  const [place, setPlace] = useState(-1);
  const at = open === undefined ? -1 : ids.indexOf(open);
  if (at !== place && (at >= 0 || open === undefined)) setPlace(at);
  return { before: stepFrom(ids, open, place, -1), next: stepFrom(ids, open, place, 1) };
};
