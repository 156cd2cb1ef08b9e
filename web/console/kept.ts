import { useCallback, useState } from 'react';

/** Something a person keeps in this browser, under his own login. Storage may be refused: it then lasts as long as the page. */
export function useKept<T>(name: string, login: string, otherwise: T): [T, (value: T) => void] {
  const key = `glasshouse.${name}.${login}`;
  const [value, setValue] = useState<T>(() => {
    try {
      const text = localStorage.getItem(key);
      return text === null ? otherwise : (JSON.parse(text) as T);
    } catch {
      return otherwise;
    }
  });
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        /* said above */
      }
    },
    [key],
  );
  return [value, keep];
}
