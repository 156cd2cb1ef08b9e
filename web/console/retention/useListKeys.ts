import { useEffect, useRef } from 'react';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);

/**
 * J opens the next of a list, K the one before, from anywhere on the page but a field. Where the open one has left the list (it was closed, taken),
 * the one that stands in its place now comes next.
 */
export const useListKeys = (ids: readonly string[], open: string | undefined, onOpen: (id: string) => void) => {
  const place = useRef(-1);
  const at = open === undefined ? -1 : ids.indexOf(open);
  if (at >= 0 || open === undefined) place.current = at;
  const step = (by: 1 | -1): string | undefined => {
    if (open !== undefined && at < 0) return ids[by === 1 ? place.current : place.current - 1];
    return ids[Math.max(0, at + by)];
  };
  const latest = useRef({ step, onOpen, open });
  latest.current = { step, onOpen, open };
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const by = ({ j: 1, k: -1 } as const)[event.key.toLowerCase()];
      if (by === undefined || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = latest.current.step(by);
      if (next === undefined || next === latest.current.open) return;
      event.preventDefault();
      latest.current.onOpen(next);
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  }, []);
  return { before: at === 0 ? undefined : step(-1), next: step(1) === open ? undefined : step(1) };
};
