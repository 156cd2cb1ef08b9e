import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { RulePrecision, RuleText, RuleView, Tried } from '#retention/contract';
import type { Fact } from '#rule/contract';
import { get, post, put } from '../../kit/api.ts';

export type Rule = z.infer<typeof RuleView>;
export type Text = z.infer<typeof RuleText>;
export type Precision = z.infer<typeof RulePrecision>;

/** Stands in the address where a new rule is being written; no rule's id has a tilde. */
export const NEW = '~new';

const KEY = 'retention rules';
/** A trial reads the facts of everybody, one trial after the other. */
const TRIAL_MS = 120_000;

const pathOf = (id: string) => `/api/retention/rules/${encodeURIComponent(id)}`;

export const useRules = (enabled = true) =>
  useQuery({
    queryKey: [KEY, 'all'],
    queryFn: ({ signal }) => get<{ items: Rule[] }>('/api/retention/rules', {}, { signal }),
    enabled,
  });

export const useVersions = (id: string) =>
  useQuery({ queryKey: [KEY, 'versions', id], queryFn: ({ signal }) => get<{ items: Rule[] }>(`${pathOf(id)}/versions`, {}, { signal }) });

export const useFacts = () =>
  useQuery({
    queryKey: [KEY, 'facts'],
    queryFn: ({ signal }) => get<{ items: z.infer<typeof Fact>[] }>('/api/retention/facts', {}, { signal }),
  });

export const usePrecision = (by: 'month' | 'week') =>
  useQuery({
    queryKey: [KEY, 'precision', by],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => get<{ within: number; items: Precision[] }>('/api/retention/precision', { by }, { signal }),
  });

export const useTry = () =>
  useMutation({ mutationFn: (rule: Text) => post<Tried>('/api/retention/rules/try', { rule }, { timeout: TRIAL_MS }) });

export const useSaveRule = (onDone: (rule: Rule) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, basedOn, rule }: { id: string; basedOn: number; rule: Text }) => put<Rule>(pathOf(id), { basedOn, rule }),
    onSuccess: async (rule) => {
      await queries.invalidateQueries({ queryKey: [KEY] });
      onDone(rule);
    },
  });
};

export const askForSweep = () => post<{ day: string }>('/api/retention/sweeps');
