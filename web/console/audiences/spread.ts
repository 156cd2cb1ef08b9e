import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Portrait } from '#audience/contract';
import { post } from '../../kit/api.ts';
import type { Bar } from './histogram.ts';

/** How a number is spread over everybody, as bars from the lowest on; empty until it is known. Asked when it is wanted. */
export function useSpread(tag: string, wanted: boolean): readonly Bar[] {
  const { data } = useQuery({
    queryKey: ['audience spread', tag],
    queryFn: ({ signal }) => post<Portrait>('/api/audiences/portrait', { where: { and: [] }, tags: [tag] }, { signal, timeout: 60_000 }),
    enabled: wanted,
    staleTime: 5 * 60_000,
  });
  return useMemo(
    () =>
      (data?.tags[0]?.bars ?? []).flatMap(({ from, to, base }) =>
        typeof from === 'number' && typeof to === 'number' ? [{ from, to, count: base }] : [],
      ),
    [data],
  );
}
