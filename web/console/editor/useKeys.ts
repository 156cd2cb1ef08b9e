import { useEffect } from 'react';

/** Ctrl or ⌘ with Z takes back, with Shift+Z or Y does again, with S saves now. A text area that says so keeps its own undo. */
export function useKeys(act: (act: { do: 'undo' | 'redo' }) => void, save: () => unknown): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const own = event.target instanceof HTMLElement && event.target.closest('[data-own-undo]') !== null;
      if (key === 's') void save();
      else if (own) return;
      else if (key === 'y' || (key === 'z' && event.shiftKey)) act({ do: 'redo' });
      else if (key === 'z') act({ do: 'undo' });
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [act, save]);
}
