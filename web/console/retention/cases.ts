import { keepPreviousData, queryOptions, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Assigned, CaseDetail, CaseRow, Cause, Closing, Outcome, Run, Unassigned } from '#retention/contract';
import { get, post } from '../../kit/api.ts';
import { areaCodes } from '../areas.ts';
import { useWords } from '../words.ts';

export type Case = z.infer<typeof CaseRow>;
export type Detail = z.infer<typeof CaseDetail>;

export interface CaseList {
  items: Case[];
  total: number;
  totalIsFloor?: boolean;
  nextCursor: string | null;
}

/** The desk's tabs: whose turn it is. */
export const TABS = ['toDo', 'mine', 'others', 'heldBack', 'done'] as const;
export type Tab = (typeof TABS)[number];
export const tabOf = (text: string | undefined): Tab => TABS.find((tab) => tab === text) ?? 'toDo';

const ASKED: Record<Tab, Record<string, string>> = {
  toDo: { state: 'open' },
  mine: { state: 'taken', holder: 'me' },
  others: { state: 'taken' },
  heldBack: { state: 'suppressed' },
  done: { state: 'closed' },
};

const KEY = 'retention';
const FRESH_MS = 30_000;
export const LIMIT = 50;

const pathOf = (id: string) => `/api/retention/cases/${encodeURIComponent(id)}`;

export interface CaseFilter {
  rule?: string | undefined;
  area?: string | undefined;
  because?: string | undefined;
  outcome?: string | undefined;
}

/** The call's query for a tab and a filter; an area stands for all below it. */
export const useCaseQuery = (filter: CaseFilter): ((tab: Tab) => Record<string, string>) => {
  const { areas } = useWords();
  const area = areaCodes(areas, filter.area);
  return (tab) => ({
    ...ASKED[tab],
    ...(filter.rule && { rule: filter.rule }),
    ...(area && { area }),
    ...(tab === 'heldBack' && filter.because && { because: filter.because }),
    ...(tab === 'done' && filter.outcome && { outcome: filter.outcome }),
  });
};

export const useCases = (query: Record<string, string>, cursor: string | undefined) =>
  useQuery<CaseList & { at: string }>({
    queryKey: [KEY, 'cases', query, cursor],
    queryFn: ({ signal }) =>
      get<CaseList>('/api/retention/cases', { ...query, limit: LIMIT, cursor }, { signal }).then((list) => ({
        ...list,
        at: new Date().toISOString(),
      })),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** How many stand in each tab. */
export const useCaseCounts = (queryOf: (tab: Tab) => Record<string, string>) =>
  useQueries({
    queries: TABS.map((tab) =>
      queryOptions({
        queryKey: [KEY, 'count', queryOf(tab)],
        queryFn: ({ signal }) => get<CaseList>('/api/retention/cases', { ...queryOf(tab), limit: 1 }, { signal }),
        placeholderData: keepPreviousData,
        staleTime: FRESH_MS,
      }),
    ),
    combine: (answers) => Object.fromEntries(TABS.map((tab, i) => [tab, answers[i]?.data])) as Record<Tab, CaseList | undefined>,
  });

/** Every case of one customer, whatever became of it. */
export const useCasesOf = (customer: string) =>
  useQuery({
    queryKey: [KEY, 'of', customer],
    queryFn: ({ signal }) =>
      get<CaseList>('/api/retention/cases', { customer, state: 'open,suppressed,taken,closed', limit: 10 }, { signal }),
  });

const caseOptions = (id: string) =>
  queryOptions({ queryKey: [KEY, 'case', id], queryFn: ({ signal }) => get<Detail>(pathOf(id), {}, { signal }), staleTime: FRESH_MS });

export const useCase = (id: string) => useQuery(caseOptions(id));

/** Several cases with all that is written down of them, those that have come. */
export const useCaseDetails = (ids: readonly string[]): Detail[] =>
  useQueries({ queries: ids.map(caseOptions), combine: (answers) => answers.flatMap((a) => a.data ?? []) });

export const useOutcomes = () =>
  useQuery({
    queryKey: [KEY, 'outcomes'],
    queryFn: ({ signal }) =>
      get<{ outcomes: z.infer<typeof Outcome>[]; causes: z.infer<typeof Cause>[] }>('/api/retention/outcomes', {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The latest mornings. */
export const useRuns = (limit: number) =>
  useQuery({
    queryKey: [KEY, 'runs', limit],
    queryFn: ({ signal }) => get<{ items: z.infer<typeof Run>[] }>('/api/retention/runs', { limit }, { signal }),
    staleTime: FRESH_MS,
  });

type Done = { act: 'take' | 'release' } | { act: 'notes'; body: { text: string } } | { act: 'close'; body: Closing };

export const actOn = (id: string, done: Done) => post<Detail>(`${pathOf(id)}/${done.act}`, 'body' in done ? done.body : undefined);

/** By a phone or a number in a source; personal, so it travels in the body. */
export const searchCases = (number: string, signal: AbortSignal) =>
  post<{ items: Case[] }>('/api/retention/cases/search', { number }, { signal });

export const useWorkers = (on: boolean) =>
  useQuery({
    queryKey: [KEY, 'workers'],
    enabled: on,
    queryFn: ({ signal }) => get<{ items: { id: string; name: string }[] }>('/api/retention/workers', {}, { signal }),
  });

export const assignTo = (cases: readonly string[], to: string) =>
  post<z.infer<typeof Assigned>>('/api/retention/assignments', { cases, to });

export const undoAssignment = (id: string) => post<z.infer<typeof Unassigned>>(`/api/retention/assignments/${encodeURIComponent(id)}/undo`);

/** Lists and counts are asked anew after an act. */
export const useRefresh = () => {
  const queries = useQueryClient();
  return () =>
    Promise.all(['cases', 'count', 'of'].map((part) => queries.invalidateQueries({ queryKey: [KEY, part] }))).then(() => undefined);
};

/** Something done to one case; the case, the list and the counts show it at once. */
export const useAct = (id: string, onDone?: (done: Done) => void) => {
  const queries = useQueryClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (done: Done) => actOn(id, done),
    onSuccess: (detail, done) => {
      queries.setQueryData(caseOptions(id).queryKey, detail);
      void refresh();
      onDone?.(done);
    },
  });
};
