import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Scenario } from '#scenario/contract';
import { checkDraft } from './drafts.ts';
import type { Found } from './problems.ts';
import { shapeProblems } from './shape.ts';

const QUIET_MS = 350;

/** A value once it has rested. */
const useRested = <T>(value: T): T => {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
};

/**
 * What is wrong with the draft: what is not filled in at once, else what the server's check says, a moment after the last change.
 * `fresh`: the answer is about what is on show.
 */
export function useCheck(scenario: Scenario): { problems: readonly Found[]; complete: boolean; fresh: boolean } {
  const form = useMemo(() => shapeProblems(scenario), [scenario]);
  const rested = useRested(scenario);
  const complete = form.length === 0;
  const answer = useQuery({
    queryKey: ['draft check', rested],
    queryFn: ({ signal }) => checkDraft(rested, signal),
    enabled: shapeProblems(rested).length === 0,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const fresh = complete && rested === scenario && answer.isSuccess && !answer.isPlaceholderData;
  return { problems: complete ? (answer.data?.problems ?? []) : form, complete, fresh };
}
