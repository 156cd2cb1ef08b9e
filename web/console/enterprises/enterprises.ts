import { keepPreviousData, queryOptions, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  EnterpriseDetail,
  EnterpriseList,
  EnterpriseRow,
  Joining,
  Matrix,
  Outcome,
  Parting,
  Reveal,
  Tables,
  TablesHead,
  TablesView,
  Tried,
  VisitOutcome,
  VisitPlan,
} from '#enterprise/contract';
import { get, post, put } from '../../kit/api.ts';
import { areaCodes } from '../areas.ts';
import { useWords } from '../words.ts';

export type Row = z.infer<typeof EnterpriseRow>;
export type Detail = z.infer<typeof EnterpriseDetail>;

/** The tabs of the list: whose turn it is. */
export const TABS = ['all', 'due', 'planned', 'moved', 'unplaced'] as const;
export type Tab = (typeof TABS)[number];
export const tabOf = (text: string | undefined): Tab => TABS.find((tab) => tab === text) ?? 'all';

const KEY = 'enterprises';
const BASE = '/api/enterprises';
const FRESH_MS = 30_000;
export const LIMIT = 50;

const pathOf = (id: string) => `${BASE}/${encodeURIComponent(id)}`;
const dated = <T extends object>(answer: T): T & { at: string } => ({ ...answer, at: new Date().toISOString() });

/** What narrows the matrix and the list alike. */
const COMMON = ['industry', 'manager', 'size', 'q'] as const;
/** What narrows the list alone: a cell of the matrix, or a place. */
const CELL = ['value', 'loyalty', 'competition', 'place'] as const;

const some = (address: Record<string, string | undefined>, fields: readonly string[]): Record<string, string> =>
  Object.fromEntries(fields.flatMap((field) => (address[field] ? [[field, address[field] as string]] : [])));

/** The queries that an address stands for; an area stands for all below it. */
export const useQueriesOf = (address: Record<string, string | undefined>) => {
  const { areas } = useWords();
  const area = areaCodes(areas, address.area);
  const common = { ...some(address, COMMON), ...(area && { area }) };
  return { common, list: (tab: Tab) => ({ ...common, ...some(address, CELL), tab }) };
};

export const useMatrix = (query: Record<string, string>) =>
  useQuery({
    queryKey: [KEY, 'matrix', query],
    queryFn: ({ signal }) => get<z.infer<typeof Matrix>>(`${BASE}/matrix`, query, { signal }),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

export const useEnterprises = (query: Record<string, string>, cursor: string | undefined) =>
  useQuery<z.infer<typeof EnterpriseList> & { at: string }>({
    queryKey: [KEY, 'list', query, cursor],
    queryFn: ({ signal }) => get<z.infer<typeof EnterpriseList>>(BASE, { ...query, limit: LIMIT, cursor }, { signal }).then(dated),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** How many stand in each tab. */
export const useTabCounts = (queryOf: (tab: Tab) => Record<string, string>) =>
  useQueries({
    queries: TABS.map((tab) =>
      queryOptions({
        queryKey: [KEY, 'count', queryOf(tab)],
        queryFn: ({ signal }) => get<z.infer<typeof EnterpriseList>>(BASE, { ...queryOf(tab), limit: 1 }, { signal }),
        placeholderData: keepPreviousData,
        staleTime: FRESH_MS,
      }),
    ),
    combine: (answers) =>
      Object.fromEntries(TABS.map((tab, i) => [tab, answers[i]?.data])) as Record<Tab, z.infer<typeof EnterpriseList> | undefined>,
  });

export const useChoices = () =>
  useQuery({
    queryKey: [KEY, 'choices'],
    queryFn: ({ signal }) => get<{ industries: string[]; managers: string[] }>(`${BASE}/choices`, {}, { signal }),
  });

const oneOptions = (id: string) =>
  queryOptions({
    queryKey: [KEY, 'one', id],
    queryFn: ({ signal }) => get<Detail>(pathOf(id), {}, { signal }).then(dated),
    staleTime: FRESH_MS,
  });

export const useEnterprise = (id: string) => useQuery(oneOptions(id));

export const revealOf = (id: string, asked: Reveal) => post<Record<string, string | null>>(`${pathOf(id)}/reveal`, asked);

export const useOutcomes = () =>
  useQuery({
    queryKey: [KEY, 'outcomes'],
    queryFn: ({ signal }) => get<{ items: z.infer<typeof Outcome>[] }>(`${BASE}/outcomes`, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Enterprises by part of a name or a number, to choose from. */
export const useFound = (q: string) =>
  useQuery({
    queryKey: [KEY, 'found', q],
    queryFn: ({ signal }) => get<z.infer<typeof EnterpriseList>>(BASE, { q, limit: 20 }, { signal }),
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
  });

type Numbered = { act: 'join'; body: z.infer<typeof Joining> } | { act: 'part'; body: z.infer<typeof Parting> };

/** Joins another number to an enterprise or parts one; every list may be another then. */
export const useNumbers = (id: string, onDone: () => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ act, body }: Numbered) => post<Detail>(`${pathOf(id)}/${act}`, body),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [KEY] });
      onDone();
    },
  });
};

type Done = { act: 'accept'; body: VisitPlan } | { act: 'outcome'; visit: string; body: VisitOutcome } | { act: 'undo'; visit: string };

const doneTo = (id: string, done: Done): Promise<Detail> => {
  if (done.act === 'accept') return post<Detail>(`${pathOf(id)}/visits`, done.body);
  const at = `${BASE}/visits/${encodeURIComponent(done.visit)}`;
  return done.act === 'outcome' ? post<Detail>(`${at}/outcome`, done.body) : post<Detail>(`${at}/undo`);
};

/** Something done to one enterprise; it, the list and the counts show it at once. */
export const useAct = (id: string, onDone: (done: Done) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (done: Done) => doneTo(id, done),
    onSuccess: async (detail, done) => {
      queries.setQueryData(oneOptions(id).queryKey, dated(detail));
      onDone(done);
      await Promise.all(['list', 'count'].map((part) => queries.invalidateQueries({ queryKey: [KEY, part] })));
    },
  });
};

/* ── the tables ── */

export type { Tables };

export const useTables = () =>
  useQuery({ queryKey: [KEY, 'tables'], queryFn: ({ signal }) => get<TablesView>(`${BASE}/tables`, {}, { signal }) });

export const useTableVersions = () =>
  useQuery({
    queryKey: [KEY, 'versions'],
    queryFn: ({ signal }) => get<{ items: z.infer<typeof TablesHead>[] }>(`${BASE}/tables/versions`, {}, { signal }),
  });

export const tablesOf = (version: number) => get<TablesView>(`${BASE}/tables/versions/${version}`);

/** A trial places everybody once. */
const TRIAL_MS = 60_000;

export const useTry = () =>
  useMutation({ mutationFn: (tables: Tables) => post<z.infer<typeof Tried>>(`${BASE}/tables/try`, { tables }, { timeout: TRIAL_MS }) });

export const usePublish = (onDone: (view: TablesView & { moved: number }) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (edit: { basedOn: number; reason: string; tables: Tables }) =>
      put<TablesView & { moved: number }>(`${BASE}/tables`, edit, { timeout: TRIAL_MS }),
    onSuccess: async (view) => {
      await queries.invalidateQueries({ queryKey: [KEY] });
      onDone(view);
    },
  });
};
