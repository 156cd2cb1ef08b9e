import { z } from 'zod';
import { areasWithin } from '#org';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import type { Zoned } from './clock.ts';
import type { JourneyList } from './contract.ts';
import { parseTime } from './event.ts';
import { zoneNamed } from './folding.ts';
import type { Health } from './health.ts';
import { journeyRow, type Lang } from './journey-view.ts';
import { planFor } from './journeys.ts';
import { rowThrough } from './lens.ts';
import * as read from './read-store.ts';
import { STATES } from './record.ts';
import type { Watch } from './watch.ts';

/** Lists of journeys: what may be asked of one, and a page of it. */

const flag = z
  .enum(['true', 'false'])
  .transform((x) => x === 'true')
  .optional();
const word = z.string().min(1).max(128).optional();

export const Query = z.object({
  scenario: word,
  state: z.enum(STATES).optional(),
  stage: word,
  milestone: word,
  holder: word,
  wait: word,
  reason: z.string().max(200).optional(),
  area: z.string().max(2_000).optional(),
  source: word,
  overdue: flag,
  dueSoon: flag,
  waiting: flag,
  heldBack: flag,
  q: word,
  from: word,
  to: word,
  finishedFrom: word,
  finishedTo: word,
  sort: z.enum(['-startedAt', 'startedAt', 'dueAt', 'holderSince']).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z
    .string()
    .regex(/^-?\d{1,16}~[0-9a-f-]{36}$/)
    .optional(),
});
export type Query = z.infer<typeof Query>;

const EXACT = 10_000;
const FOUND = 1_000;

export interface Doors {
  readonly house: House;
  readonly health: Health;
  readonly watch: Watch;
  readonly zoned: Zoned;
}

/** The filter that a query asks for; a date without a time is the operator's midnight. */
export async function filterOf(house: House, q: Query, scope: read.Scope = { areas: 'all' }): Promise<read.JourneyFilter> {
  const zone = zoneNamed(house.config.zone);
  const time = (path: string, text: string | undefined) => {
    if (text === undefined) return undefined;
    const at = parseTime(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text.replace(/ (\d{2}:?\d{2})$/, '+$1'), zone);
    return typeof at === 'number' ? at : orThrow(refuse('request.malformed', { path, problem: 'ISO 8601' }));
  };
  const { scenario, stage, milestone, holder, wait, reason, source, overdue, dueSoon, waiting, heldBack } = q;
  return {
    scenario,
    stage,
    milestone,
    holder,
    wait,
    reason,
    source,
    overdue,
    dueSoon,
    waiting,
    heldBack,
    state: q.state === undefined ? undefined : STATES.indexOf(q.state),
    area: q.area === undefined ? undefined : await areasWithin(house.db, q.area.split(',')),
    from: time('from', q.from),
    to: time('to', q.to),
    finishedFrom: time('finishedFrom', q.finishedFrom),
    finishedTo: time('finishedTo', q.finishedTo),
    objects: q.q === undefined ? undefined : (await read.objectsLike(house.db, q.q, scope, FOUND)).map((o) => o.id),
  };
}

export interface Page {
  readonly sort: read.Sort;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** One page of journeys in the caller's language, with the exact total up to 10,000. */
export const makeList =
  ({ house: { db }, health }: Doors) =>
  async (f: read.JourneyFilter, scope: read.Scope, lang: Lang, page: Page): Promise<JourneyList> => {
    const nowUs = Date.now() * 1000;
    const [value, id] = page.cursor?.split('~') ?? [];
    const cursor = id === undefined ? undefined : ([Number(value), id] as const);
    const [rows, total] = await Promise.all([
      read.listJourneys(db, f, scope, nowUs, { sort: page.sort, limit: page.limit + 1, ...(cursor && { cursor }) }),
      read.countJourneys(db, f, scope, nowUs, EXACT),
    ]);
    const last = rows[page.limit - 1];
    return {
      items: rows.slice(0, page.limit).map((j) => {
        const row = journeyRow(j, planFor(j), lang, nowUs, health.isSilent);
        return scope.partner === undefined ? row : rowThrough(row);
      }),
      total: Math.min(total, EXACT),
      ...(total > EXACT && { totalIsFloor: true }),
      nextCursor: rows.length > page.limit && last ? `${last.sort_value}~${last.id}` : null,
      at: new Date().toISOString(),
    };
  };

/** Midnight of the operator's zone, µs since 1970. */
export function startOfDay(zone: string, now = Date.now()): number {
  const offset = zoneNamed(zone)?.(now) ?? 0;
  const local = now + offset * 60_000;
  return (local - (((local % 86_400_000) + 86_400_000) % 86_400_000) - offset * 60_000) * 1000;
}
