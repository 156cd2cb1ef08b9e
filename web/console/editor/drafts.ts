import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Draft, DraftLine, Problems, Scenario } from '#scenario/contract';
import type { Migration, Preview } from '#tracking/contract';
import { del, get, post, put, withQuery } from '../../kit/api.ts';

/** The calls behind the editor. */

const at = (id: string, more = '') => `/api/scenarios/${encodeURIComponent(id)}${more}`;

export interface Version {
  version: number;
  at: string;
  by: string;
}

export const scenarioOptions = (id: string, version?: string) =>
  queryOptions({
    queryKey: ['scenario', id, version],
    queryFn: ({ signal }) => get<Scenario>(at(id), { version }, { signal }),
  });

export const versionsOptions = (id: string) =>
  queryOptions({
    queryKey: ['scenario versions', id],
    queryFn: ({ signal }) => get<{ items: Version[] }>(at(id, '/versions'), {}, { signal }),
  });

export const draftsOptions = queryOptions({
  queryKey: ['scenario drafts'],
  queryFn: ({ signal }) => get<{ items: DraftLine[] }>('/api/scenario-drafts', {}, { signal }),
  staleTime: 0,
});

/** A scenario as the editor finds it: its draft, and the version in force, of which one at least is there. */
export interface Found {
  draft: Draft | null;
  current: Scenario | null;
}

/** Asks first what there is: a draft that does not exist is no trouble. Refused where there is neither draft nor version. */
export async function loadEditor(id: string, signal?: AbortSignal): Promise<Found> {
  const how = signal ? { signal } : {};
  const [drafts, published] = await Promise.all([
    get<{ items: DraftLine[] }>('/api/scenario-drafts', {}, how),
    get<{ items: { id: string }[] }>('/api/scenarios', {}, how),
  ]);
  const [hasDraft, isPublished] = [drafts, published].map(({ items }) => items.some((one) => one.id === id));
  const [draft, current] = await Promise.all([
    hasDraft ? get<Draft>(at(id, '/draft'), {}, how) : null,
    isPublished || !hasDraft ? get<Scenario>(at(id), {}, how) : null,
  ]);
  return { draft, current };
}

export interface Basis {
  basedOn: number;
  revision: number;
}

export const saveDraft = (scenario: Scenario, basis: Basis) => put<Draft>(withQuery(at(scenario.id, '/draft'), { ...basis }), scenario);
export const dropDraft = (id: string, revision: number) => del<undefined>(withQuery(at(id, '/draft'), { revision }));
export const checkDraft = (scenario: Scenario, signal: AbortSignal) =>
  post<z.infer<typeof Problems>>(at(scenario.id, '/draft/check'), scenario, { signal });
export const previewDraft = (scenario: Scenario, signal: AbortSignal) =>
  post<Preview>(at(scenario.id, '/draft/preview'), scenario, { signal, timeout: 60_000 });
export const publishDraft = (id: string, revision: number) => post<Scenario>(withQuery(at(id, '/draft/publish'), { revision }), {});

/** How many journeys are taken over in one call: small enough to show how far it has come. */
const AT_ONCE = 100;
export const lookAtMigration = (id: string, version: number, signal: AbortSignal) =>
  post<Migration>(at(id, '/migrate'), { version, dryRun: true, limit: AT_ONCE }, { signal, timeout: 60_000 });
export const migrateSome = (id: string, version: number) =>
  post<Migration>(at(id, '/migrate'), { version, limit: AT_ONCE }, { timeout: 60_000 });
