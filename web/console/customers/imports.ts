import { useQuery } from '@tanstack/react-query';
import type { ImportView } from '#customer/contract';
import { get } from '../../kit/api.ts';

const LOOK_MS = { busy: 2_000, quiet: 60_000 };

export const isUnderWay = ({ state }: ImportView): boolean => state !== 'done' && state !== 'failed';

/** How far a file is, in whole percent: while it comes of its bytes, then of what is done with it. */
export function partOf({ state, files, done, total }: ImportView): number {
  const sum = (field: 'received' | 'bytes') => files.reduce((all, file) => all + file[field], 0);
  const [part, whole] = state === 'receiving' ? [sum('received'), sum('bytes')] : [done, total];
  return whole === 0 ? 0 : Math.floor((part / whole) * 100);
}

/** Files of customers, the latest first; asked again often while one is under way. */
export const useImports = () =>
  useQuery({
    queryKey: ['customers', 'imports'],
    queryFn: ({ signal }) => get<{ items: ImportView[] }>('/api/customers/imports', {}, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_MS.busy : LOOK_MS.quiet),
  });
