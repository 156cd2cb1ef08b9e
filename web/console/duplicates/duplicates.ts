import { keepPreviousData, queryOptions, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Duplicate, DuplicateDetail, DuplicateRules, Finding, MergedMany, MergeOne, UndoOne } from '#duplicate/contract';
import { get, post } from '../../kit/api.ts';
import { areaCodes } from '../areas.ts';
import { useWords } from '../words.ts';

export type Pair = z.infer<typeof Duplicate>;
export type Detail = z.infer<typeof DuplicateDetail>;
export type Side = Detail['a'];
export type Act = Pair['actions'][number]['name'];

export const TABS = ['open', 'merged', 'different'] as const;
export type Tab = (typeof TABS)[number];
export const tabOf = (text: string | undefined): Tab => TABS.find((tab) => tab === text) ?? 'open';
export const GRADES = ['certain', 'likely', 'possible'] as const;
export const KINDS = ['party', 'counted'] as const;

export interface PairList {
  items: Pair[];
  total: number;
  totalIsFloor?: boolean;
  nextCursor: string | null;
}

const KEY = 'duplicates';
const FRESH_MS = 30_000;
/** While the finder is at work its progress is asked for so often. */
const WATCH_MS = 3_000;
export const LIMIT = 50;
const pathOf = (id: string) => `/api/duplicates/${encodeURIComponent(id)}`;

export interface PairFilter {
  kind?: string | undefined;
  grade?: string | undefined;
  area?: string | undefined;
}

/** The call's query for a tab and a filter; an area stands for all below it. */
export const usePairQuery = ({ kind, grade, area }: PairFilter): ((tab: Tab) => Record<string, string>) => {
  const { areas } = useWords();
  const codes = areaCodes(areas, area);
  return (tab) => ({ state: tab, ...(kind && { kind }), ...(grade && { grade }), ...(codes && { area: codes }) });
};

export const usePairs = (query: Record<string, string>, cursor: string | undefined) =>
  useQuery<PairList & { at: string }>({
    queryKey: [KEY, 'list', query, cursor],
    queryFn: ({ signal }) =>
      get<PairList>('/api/duplicates', { ...query, limit: LIMIT, cursor }, { signal }).then((list) => ({
        ...list,
        at: new Date().toISOString(),
      })),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** Open pairs with one of these, each once. */
export const usePairsOf = (ids: readonly string[]): Pair[] =>
  useQueries({
    queries: ids.map((of) =>
      queryOptions({
        queryKey: [KEY, 'list', { state: 'open', of }],
        queryFn: ({ signal }) => get<PairList>('/api/duplicates', { state: 'open', of, limit: LIMIT }, { signal }),
        staleTime: FRESH_MS,
      }),
    ),
    combine: (answers) => [...new Map(answers.flatMap((a) => a.data?.items ?? []).map((pair) => [pair.id, pair])).values()],
  });

/** How many stand in each tab. */
export const usePairCounts = (queryOf: (tab: Tab) => Record<string, string>) =>
  useQueries({
    queries: TABS.map((tab) =>
      queryOptions({
        queryKey: [KEY, 'count', queryOf(tab)],
        queryFn: ({ signal }) => get<PairList>('/api/duplicates', { ...queryOf(tab), limit: 1 }, { signal }),
        placeholderData: keepPreviousData,
        staleTime: FRESH_MS,
      }),
    ),
    combine: (answers) => Object.fromEntries(TABS.map((tab, i) => [tab, answers[i]?.data])) as Record<Tab, PairList | undefined>,
  });

const pairOptions = (id: string) =>
  queryOptions({ queryKey: [KEY, 'one', id], queryFn: ({ signal }) => get<Detail>(pathOf(id), {}, { signal }), staleTime: FRESH_MS });
export const usePair = (id: string) => useQuery(pairOptions(id));

export const useFinding = () =>
  useQuery({
    queryKey: [KEY, 'finding'],
    queryFn: ({ signal }) => get<z.infer<typeof Finding>>('/api/duplicates/finding', {}, { signal }),
    refetchInterval: ({ state }) => (state.data?.running ? WATCH_MS : false),
  });

export const useRulesOfDuplicates = () =>
  useQuery({
    queryKey: [KEY, 'rules'],
    queryFn: ({ signal }) => get<z.infer<typeof DuplicateRules>>('/api/duplicates/rules', {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Lists and counts are asked anew after an act. */
export const useRefresh = () => {
  const queries = useQueryClient();
  return () =>
    Promise.all(['list', 'count', 'finding'].map((part) => queries.invalidateQueries({ queryKey: [KEY, part] }))).then(() => undefined);
};

type Done =
  | { act: 'merge'; body: z.input<typeof MergeOne> }
  | { act: 'different' | 'reopen'; body: { reason: string } }
  | { act: 'undo'; body: z.input<typeof UndoOne> };

/** Something decided about one pair; the pair, the list and the counts show it at once. */
export const useDecision = (id: string, onDone: (act: Act) => void) => {
  const queries = useQueryClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ act, body }: Done) => post<Detail>(`${pathOf(id)}/${act}`, body),
    onSuccess: (detail, { act }) => {
      queries.setQueryData(pairOptions(id).queryKey, detail);
      void refresh();
      onDone(act);
    },
  });
};

export const mergeMany = (ids: readonly string[], reason: string) => post<MergedMany>('/api/duplicates/merge', { ids, reason });
export const findNow = () => post<z.infer<typeof Finding>>('/api/duplicates/finding');
