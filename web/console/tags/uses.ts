import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AudienceList } from '#audience/contract';
import type { DerivationList } from '#derivation/contract';
import type { ModelList } from '#model/contract';
import { get } from '../../kit/api.ts';
import { useWhere } from '../../kit/hooks.ts';
import { type Rule, useRules } from '../retention/rules.ts';
import { may, useMe } from '../session.ts';

/** Who uses a tag: asked of each door that the reader may open. */

const LIMIT = 50;

/** Whether a rule's text names a tag. */
export const names = (text: string, tag: string): boolean =>
  Array.from(text.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/[A-Za-z_][\w.]*/g), ([word]) => word).includes(tag);

const looksAt = (rule: Rule, tag: string): boolean => names(rule.when, tag) || rule.evidence.includes(tag);

export function useUses(tag: string) {
  const { lang } = useWhere();
  const me = useMe().data;
  const key = ['tags', 'users', tag];
  const audiences = useQuery({
    queryKey: [...key, 'audiences', lang],
    enabled: may(me, 'audience:see'),
    queryFn: ({ signal }) => get<z.infer<typeof AudienceList>>('/api/audiences', { tag, limit: LIMIT }, { signal }),
  });
  const derivations = useQuery({
    queryKey: [...key, 'derivations'],
    enabled: may(me, 'tag:see'),
    queryFn: ({ signal }) => get<z.infer<typeof DerivationList>>('/api/derivations', { of: tag }, { signal }),
  });
  const models = useQuery({
    queryKey: [...key, 'models', lang],
    enabled: may(me, 'model:read'),
    queryFn: ({ signal }) => get<z.infer<typeof ModelList>>('/api/models', { tag }, { signal }),
  });
  const rules = useRules(may(me, 'retention:see'));
  const all = [audiences, derivations, models, rules];
  return {
    audiences: audiences.data ?? { items: [], total: 0 },
    derivations: derivations.data?.items ?? [],
    models: models.data?.items ?? [],
    rules: rules.data?.items.filter((rule) => looksAt(rule, tag)) ?? [],
    isPending: all.some((one) => one.isLoading),
    error: all.find((one) => one.error)?.error ?? null,
    again: () => {
      for (const one of all) if (one.error) void one.refetch();
    },
  };
}
