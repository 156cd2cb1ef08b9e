import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  type Checked,
  Definition,
  type DerivationFacts,
  type DerivationList,
  type DerivationRun,
  type DerivationRuns,
  type DerivationVersions,
  type DerivationView,
  type Trial,
} from '#derivation/contract';
import { ApiRefusal, get, post } from '../../kit/api.ts';

export type Derivation = z.infer<typeof DerivationView>;

/** Stands in the address where a new one is being written; no tag's name has a tilde. */
export const NEW = '~new';

const KEY = 'derivations';
const TYPING_MS = 400;
const WATCHED_MS = 700;
/** While a run is under way the page looks again. */
const RUNNING_MS = 2_000;

const pathOf = (tag: string) => `/api/derivations/${encodeURIComponent(tag)}`;

export const useDerivations = () =>
  useQuery({
    queryKey: [KEY, 'all'],
    queryFn: async ({ signal }) => ({
      ...(await get<z.infer<typeof DerivationList>>('/api/derivations', {}, { signal })),
      at: new Date().toISOString(),
    }),
  });

/** `data` null: no rule makes this tag. */
export const useDerivation = (tag: string) =>
  useQuery({
    queryKey: [KEY, 'one', tag],
    enabled: tag !== NEW,
    queryFn: async ({ signal }) => {
      try {
        return await get<Derivation>(pathOf(tag), {}, { signal });
      } catch (e) {
        if (e instanceof ApiRefusal && e.status === 404) return null;
        throw e;
      }
    },
    refetchInterval: ({ state }) => (state.data?.state === 'due' || state.data?.lastRun?.state === 'running' ? RUNNING_MS : false),
  });

export const useFacts = (tag: string) =>
  useQuery({
    queryKey: [KEY, 'facts', tag],
    queryFn: ({ signal }) => get<z.infer<typeof DerivationFacts>>(`${pathOf(tag)}/facts`, {}, { signal }),
    staleTime: 60_000,
  });

/** `last`: the run that is known of already; when there is another, the list is asked for anew. */
export const useRuns = (tag: string, last: DerivationRun | null) =>
  useQuery({
    queryKey: [KEY, 'runs', tag, last?.id, last?.state],
    queryFn: ({ signal }) => get<z.infer<typeof DerivationRuns>>(`${pathOf(tag)}/runs`, {}, { signal }),
  });

export const useVersions = (tag: string) =>
  useQuery({
    queryKey: [KEY, 'versions', tag],
    queryFn: ({ signal }) => get<z.infer<typeof DerivationVersions>>(`${pathOf(tag)}/versions`, {}, { signal }),
  });

const spoken = ({ zh, en }: Definition['names']) => ({ zh: zh.trim() || '—', en: en.trim() || '—' });

/** A rule can be checked before its tag and its figures are called anything. */
const named = (definition: Definition): Definition => ({
  ...definition,
  names: spoken(definition.names),
  parameters: definition.parameters.map((p) => ({ ...p, names: spoken(p.names) })),
});

/** What a definition says and what is wrong with it, as soon as nobody types any more. */
export const useCheck = (tag: string, definition: Definition) =>
  useQuery({
    queryKey: [KEY, 'check', tag, definition],
    enabled: Definition.safeParse(named(definition)).success,
    queryFn: async ({ signal }) => {
      await new Promise((done) => setTimeout(done, TYPING_MS));
      signal.throwIfAborted();
      return post<z.infer<typeof Checked>>(`${pathOf(tag)}/check`, { definition: named(definition) }, { signal });
    },
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  });

export const useSaveDraft = (onDone: (saved: Derivation) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (draft: { tag: string; basedOn: number; definition: Definition }) => post<Derivation>('/api/derivations', draft),
    onSuccess: (saved) => {
      queries.setQueryData([KEY, 'one', saved.tag], saved);
      void queries.invalidateQueries({ queryKey: [KEY, 'all'] });
      onDone(saved);
    },
  });
};

export const usePublish = (tag: string, onDone: (published: Derivation) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (said: { revision: number; reason: string }) => post<Derivation>(`${pathOf(tag)}/publish`, said),
    onSuccess: async (published) => {
      queries.setQueryData([KEY, 'one', tag], published);
      for (const key of [KEY, 'tags']) await queries.invalidateQueries({ queryKey: [key] });
      onDone(published);
    },
  });
};

/** Nothing is made of it any more, or it is taken up again. */
export const useRetire = (tag: string, act: 'retire' | 'reinstate', onDone: () => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => post<Derivation>(`${pathOf(tag)}/${act}`, { reason }),
    onSuccess: async (now) => {
      queries.setQueryData([KEY, 'one', tag], now);
      for (const key of [KEY, 'tags']) await queries.invalidateQueries({ queryKey: [key] });
      onDone();
    },
  });
};

export const beginTrial = (tag: string, definition: Definition) => post<{ id: string }>(`${pathOf(tag)}/try`, { definition });

/** A trial, looked at until it is over. */
export const useTrial = (tag: string, id: string | null) =>
  useQuery({
    queryKey: [KEY, 'trial', tag, id],
    enabled: id !== null,
    queryFn: ({ signal }) => get<z.infer<typeof Trial>>(`${pathOf(tag)}/try/${id}`, {}, { signal }),
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'running' ? WATCHED_MS : false),
  });
