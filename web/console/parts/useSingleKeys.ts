import { useEffect } from 'react';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);

/** What single keys do, from anywhere on the page but a field or a list of choices; a key with nothing to do is left to the browser. */
export const useSingleKeys = (acts: Readonly<Record<string, (() => void) | undefined>>): void => {
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const act = acts[event.key.toLowerCase()];
      if (act === undefined || event.defaultPrevented || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  });
};
