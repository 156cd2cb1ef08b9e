import { useSyncExternalStore } from 'react';

const query = () => matchMedia('(max-width: 48rem)');

/** A phone's width: tables become cards. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    (hear) => {
      const wish = query();
      wish.addEventListener('change', hear);
      return () => wish.removeEventListener('change', hear);
    },
    () => query().matches,
  );
