import { useEffect } from 'react';

/** Ctrl or ⌘ with Enter, wherever the cursor stands in the page: an open list of choices must not take it for its own Enter. */
export function useAddKey(add: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      add();
    };
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, [add]);
}
