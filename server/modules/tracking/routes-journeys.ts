import { z } from 'zod';
import { audit } from '#platform/audit';
import { type App, plainJson } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import { frame, sse } from '#platform/sse';
import type { Zoned } from './clock.ts';
import { EventsPage, JourneyCounts, JourneyDetail, JourneyList } from './contract.ts';
import { parseTime } from './event.ts';
import { zoneNamed } from './folding.ts';
import type { Health } from './health.ts';
import { journeyRow, type Lang } from './journey-view.ts';
import { countVisible, eventPage, findByKey, findJourney, idsOfKey, lensOf, planFor, scopeOf, showJourney } from './journeys.ts';
import { rowThrough } from './lens.ts';
import { makeTicket } from './lookup.ts';
import * as read from './read-store.ts';
import { STATES } from './record.ts';
import type { Watch } from './watch.ts';

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
  cursor: z.string().max(200).optional(),
});
export type Query = z.infer<typeof Query>;

const Id = z.object({ id: z.string().max(64) });
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
    area: q.area?.split(','),
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
    const cursor =
      value !== undefined && id !== undefined && /^-?\d+$/.test(value) && /^[0-9a-f-]{36}$/.test(id)
        ? ([Number(value), id] as const)
        : undefined;
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

export function journeyRoutes(app: App, doors: Doors): void {
  const { house, health, watch, zoned } = doors;
  const { db } = house;
  const list = makeList(doors);

  app.get(
    '/api/journeys',
    {
      config: { right: 'journey:read' },
      serializerCompiler: plainJson,
      schema: { tags: ['journeys'], querystring: Query, response: { 200: JourneyList } },
    },
    async (req) =>
      list(await filterOf(house, req.query, scopeOf(req.actor)), scopeOf(req.actor), req.lang, {
        sort: req.query.sort ?? '-startedAt',
        limit: req.query.limit ?? 50,
        cursor: req.query.cursor,
      }),
  );

  app.get(
    '/api/journeys/counts',
    { config: { right: 'journey:read' }, schema: { tags: ['journeys'], querystring: Query, response: { 200: JourneyCounts } } },
    async (req) => {
      const scope = scopeOf(req.actor);
      const f = await filterOf(house, req.query, scope);
      const nowUs = Date.now() * 1000;
      const [open, ended] = await Promise.all([
        read.countOpen(db, f, scope, nowUs),
        read.countEnded(db, f, scope, nowUs, startOfDay(house.config.zone)),
      ]);
      const all = open.find((r) => r.all_four === 15);
      const by = (bits: number, key: 'holder' | 'area' | 'scenario' | 'wait') =>
        open
          .filter((r) => r.all_four === bits && r[key] !== null)
          .map((r) => ({ id: r[key] as string, open: r.open, overdue: r.overdue, dueSoon: r.due_soon, waiting: r.waiting }))
          .sort((a, b) => b.open - a.open);
      const sum = (state: number) => ended.filter((e) => e.state === state).reduce((n, e) => n + e.n, 0);
      return {
        open: all?.open ?? 0,
        dueSoon: all?.due_soon ?? 0,
        overdue: all?.overdue ?? 0,
        waiting: all?.waiting ?? 0,
        heldBack: all?.held_back ?? 0,
        doneToday: sum(1),
        cancelledToday: sum(2),
        byHolder: by(11, 'holder'),
        byArea: by(13, 'area'),
        byScenario: by(7, 'scenario'),
        byWait: by(14, 'wait').map(({ id, open: n }) => ({ id, open: n })),
        byReason: ended.filter((e) => e.state === 2).map((e) => ({ id: e.reason ?? '', cancelled: e.n })),
        at: new Date().toISOString(),
      };
    },
  );

  const Search = z.union([
    z.strictObject({ kind: z.string().min(1).max(64), value: z.string().min(1).max(128) }),
    z.strictObject({ idNumber: z.string().max(128), phone: z.string().max(128) }),
  ]);
  app.post(
    '/api/journeys/search',
    {
      config: { right: 'journey:read' },
      serializerCompiler: plainJson,
      schema: { tags: ['journeys'], body: Search, response: { 200: JourneyList } },
    },
    async (req) => {
      const asked: [string, string][] = 'kind' in req.body ? [[req.body.kind, req.body.value]] : Object.entries(req.body);
      if (req.actor.partner && asked.some(([kind]) => isPersonal(kind))) orThrow(refuse('auth.forbidden', { right: 'journey:reveal' })); // he sees no person's data
      const [objects, alsoObjects] = asked.map(([kind, value]) => idsOfKey(house, kind, value));
      return list({ objects, alsoObjects }, scopeOf(req.actor), req.lang, { sort: '-startedAt', limit: 200 });
    },
  );

  app.get(
    '/api/journeys/by-key/:kind/:value',
    {
      config: { right: 'journey:read' },
      schema: {
        tags: ['journeys'],
        params: z.object({ kind: z.string().max(64), value: z.string().max(128) }),
        response: { 200: JourneyDetail },
      },
    },
    async (req) => {
      const { kind, value } = req.params;
      if (isPersonal(kind)) orThrow(refuse('journey.personal-key', { kind }));
      const { journey, alsoIn } = orThrow(await findByKey(house, req.actor, kind, value));
      return { ...(await showJourney(house, health, req.actor, req.lang, journey, zoned)), alsoIn };
    },
  );

  app.get(
    '/api/journeys/:id',
    {
      config: { right: 'journey:read' },
      serializerCompiler: plainJson,
      schema: { tags: ['journeys'], params: Id, response: { 200: JourneyDetail } },
    },
    async (req) => showJourney(house, health, req.actor, req.lang, orThrow(await findJourney(house, req.actor, req.params.id)), zoned),
  );

  app.get(
    '/api/journeys/:id/events',
    {
      config: { right: 'journey:read' },
      schema: {
        tags: ['journeys'],
        params: Id,
        querystring: z.object({
          cursor: z
            .string()
            .regex(/^\d+\.\d+$/)
            .optional(),
        }),
        response: { 200: EventsPage },
      },
    },
    async (req) => {
      const j = orThrow(await findJourney(house, req.actor, req.params.id));
      const { events, nextCursor } = await eventPage(house, j, planFor(j), req.query.cursor, await lensOf(house, req.actor));
      return { items: events, nextCursor };
    },
  );

  app.get(
    '/api/journeys/:id/stream',
    { config: { right: 'journey:read' }, schema: { tags: ['journeys'], params: Id } },
    async (req, reply) => {
      const j = orThrow(await findJourney(house, req.actor, req.params.id));
      let n = 0;
      const now = async () => {
        const fresh = await findJourney(house, req.actor, j.id);
        return 'refused' in fresh
          ? undefined
          : frame({ id: ++n, data: await showJourney(house, health, req.actor, req.lang, fresh, zoned) });
      };
      const first = await now();
      let stop = () => {};
      const stream = sse(req, reply, { ...(first && { first }), onClose: () => stop() });
      stop = watch.journey(j.id, async () => {
        const f = await now();
        if (f) stream.send(f);
        else stream.close();
      });
      if (stream.closed) stop();
    },
  );

  app.get('/api/board/stream', { config: { right: 'journey:read' }, schema: { tags: ['journeys'] } }, async (req, reply) => {
    let stop = () => {};
    const stream = sse(req, reply, { onClose: () => stop() });
    stop = watch.all(async (ids) => {
      const changed = await countVisible(house, req.actor, ids);
      if (changed > 0) stream.send(frame({ data: { changed, at: new Date().toISOString() } }));
    });
    if (stream.closed) stop();
  });

  app.post(
    '/api/journeys/:id/ticket',
    { config: { right: 'journey:ticket' }, schema: { tags: ['journeys'], params: Id } },
    async (req, reply) => {
      const j = orThrow(await findJourney(house, req.actor, req.params.id));
      const ticket = await db.inTx(req.actor, async (ctx) => {
        await audit(ctx, 'journey.ticket', j.id, {});
        return makeTicket(ctx.tx, j.id, ctx.now, req.actor.id);
      });
      return reply.code(201).send({ ticket });
    },
  );

  app.post(
    '/api/journeys/:id/reveal',
    {
      config: { right: 'journey:reveal' },
      schema: {
        tags: ['journeys'],
        params: Id,
        body: z.strictObject({ field: z.enum(['name', 'phone', 'idNumber', 'address']), reason: z.string().trim().min(2).max(200) }),
      },
    },
    async (req) => {
      const j = orThrow(await findJourney(house, req.actor, req.params.id));
      if (req.actor.partner) orThrow(refuse('auth.forbidden', { right: 'journey:reveal' }));
      const ref = j.fold.person?.[req.body.field] ?? orThrow(refuse('thing.not-found'));
      await db.inTx(req.actor, (ctx) =>
        audit(ctx, 'journey.revealed', j.id, { reason: req.body.reason, details: { field: req.body.field } }),
      );
      const known = await house.vault.reveal(db, [{ subject: ref[0], id: ref[1] }]);
      return { value: known.get(`${ref[0]}/${ref[1]}`)?.value ?? null };
    },
  );
}

const isPersonal = (kind: string): boolean =>
  kind === 'serviceNumber' || kind === 'idNumber' || kind === 'phone' || kind === 'name' || kind === 'address';

/** Midnight of the operator's zone, µs since 1970. */
export function startOfDay(zone: string, now = Date.now()): number {
  const offset = zoneNamed(zone)?.(now) ?? 0;
  const local = now + offset * 60_000;
  return (local - (((local % 86_400_000) + 86_400_000) % 86_400_000) - offset * 60_000) * 1000;
}
