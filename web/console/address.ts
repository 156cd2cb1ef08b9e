import { useNavigate, useSearch } from '@tanstack/react-router';

export type Address = Record<string, string | undefined>;

/** The address's own texts, and how to change some of them; `undefined` takes one out. Without `keep` the reader can go back to before. */
export const useAddress = (): [Address, (change: Address, how?: { replace: boolean }) => void] => {
  const search = useSearch({ strict: false }) as Address;
  const navigate = useNavigate();
  return [
    search,
    (change, how = { replace: false }) =>
      void navigate({ to: '.', search: (old: Address) => ({ ...old, ...change }), replace: how.replace, resetScroll: false } as never),
  ];
};
