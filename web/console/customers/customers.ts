import { keepPreviousData, queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ConsentChange, CustomerCard, CustomerLine, CustomerList, CustomerSearch, Reveal } from '#customer/contract';
import { get, post, put } from '../../kit/api.ts';
import { areaCodes } from '../areas.ts';
import { useWords } from '../words.ts';

export type Card = z.infer<typeof CustomerCard>;
type List = z.infer<typeof CustomerList>;

const KEY = 'customers';
const LIMIT = 50;

const pathOf = (id: string) => `/api/customers/${encodeURIComponent(id)}`;

/** The people of an area and all below it, in the order of the places. */
export const useCustomers = ({ area, own }: { area: string | undefined; own: string | undefined }) => {
  const { areas } = useWords();
  const codes = areaCodes(areas, area);
  return useInfiniteQuery({
    queryKey: [KEY, 'list', codes, own],
    queryFn: ({ signal, pageParam }) =>
      get<List>('/api/customers', { area: codes, own, limit: LIMIT, after: pageParam }, { signal }).then((page) => ({
        ...page,
        at: new Date().toISOString(),
      })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
};

/** Puts the questions one after the other until somebody is found. Personal values stand in bodies alone. */
export async function findCustomers(asked: readonly CustomerSearch[], signal: AbortSignal): Promise<CustomerLine[]> {
  for (const one of asked) {
    const { items } = await post<{ items: CustomerLine[] }>('/api/customers/search', one, { signal });
    if (items.length > 0) return items;
  }
  return [];
}

const cardOptions = (id: string) =>
  queryOptions({
    queryKey: [KEY, 'one', id],
    queryFn: ({ signal }) => get<Card>(pathOf(id), {}, { signal }).then((card) => ({ ...card, at: new Date().toISOString() })),
  });

export const useCustomer = (id: string) => useQuery(cardOptions(id));

export const revealOf = (id: string, asked: Reveal) => post<Partial<Record<string, string | null>>>(`${pathOf(id)}/reveal`, asked);

export const useConsent = (id: string, onDone: () => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ConsentChange) => put<Card>(`${pathOf(id)}/consents`, change),
    onSuccess: (card) => {
      queries.setQueryData(cardOptions(id).queryKey, { ...card, at: new Date().toISOString() });
      onDone();
    },
  });
};
