import { z } from 'zod';
import { type App, plainJson } from '#platform/http';
import { orThrow, refuse } from '#platform/result';
import { frame, sse } from '#platform/sse';
import { JourneyCounts, JourneyList } from './contract.ts';
import { isPersonal } from './folding.ts';
import { countVisible, idsOfKey, scopeOf } from './journeys.ts';
import { type Doors, filterOf, makeList, Query, startOfDay } from './listing.ts';
import * as read from './read-store.ts';

/** Many journeys: lists, counts, search, the board's news. */
export function journeyRoutes(app: App, doors: Doors): void {
  const { house, watch } = doors;
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

  app.get('/api/board/stream', { config: { right: 'journey:read' }, schema: { tags: ['journeys'] } }, async (req, reply) => {
    let stop = () => {};
    const stream = sse(req, reply, { onClose: () => stop() });
    stop = watch.all(async (ids) => {
      const changed = await countVisible(house, req.actor, ids);
      if (changed > 0) stream.send(frame({ data: { changed, at: new Date().toISOString() } }));
    });
    if (stream.closed) stop();
  });
}
