import { useEffect, useState } from 'react';
import { stepFrom } from './listStep.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);

/** J opens the next of a list, K the one before, from anywhere on the page but a field. Answers both, for buttons that do the same. */
export const useListKeys = (ids: readonly string[], open: string | undefined, onOpen: (id: string) => void) => {
  const [place, setPlace] = useState(-1);
  const at = open === undefined ? -1 : ids.indexOf(open);
  if (at !== place && (at >= 0 || open === undefined)) setPlace(at);
  const before = stepFrom(ids, open, place, -1);
  const next = stepFrom(ids, open, place, 1);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const to = { j: next, k: before }[event.key.toLowerCase()];
      if (to === undefined) return;
      event.preventDefault();
      onOpen(to);
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  });
  return { before, next };
};
