import { z } from 'zod';
import { pathTo, unitsBelow } from '#org';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { sentence } from '#platform/refusals';
import { orThrow, type Refusal, refuse } from '#platform/result';
import { announceBatch } from '#tag';
import { changeSince } from './change.ts';
import * as contract from './contract.ts';
import { lists, listView, makeList } from './lists.ts';
import { atDesk, callerOf, type DeskNow } from './routes.ts';
import * as saved from './saved.ts';
import type { Caller } from './service.ts';
import * as store from './store.ts';

const LIST_BYTES = 16 << 20;
const ById = z.object({ id: z.uuid() });
const Cursor = z.tuple([z.string().max(100), z.uuid()]);
const packed = (name: string, id: string): string => Buffer.from(JSON.stringify([name, id])).toString('base64url');

/** Where a page ended; refuses what no page gave. */
function unpacked(cursor: string | undefined): { name: string; id: string } | null {
  if (cursor === undefined) return null;
  let said: unknown;
  try {
    said = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    said = undefined;
  }
  const read = Cursor.safeParse(said);
  if (!read.success) return orThrow(refuse('request.malformed', { path: 'cursor', problem: '' }));
  return { name: read.data[0], id: read.data[1] };
}

/** Saved audiences. */
export function routesSaved(app: App, house: House, desk: DeskNow): void {
  const { db } = house;
  const tags = ['audiences'];
  const see = { right: 'audience:see' as const };
  const edit = { right: 'audience:edit' as const };

  /** A unit with those below it; the root is everybody, who saved for the whole operator too: null. */
  const unitsAsked = async (unit: string | undefined): Promise<string[] | null> => {
    if (unit === undefined) return null;
    return (await pathTo(db, unit)).length === 1 ? null : unitsBelow(db, unit);
  };
  const view = async (caller: Caller, id: string): Promise<contract.Audience> => {
    const row = orThrow((await store.findAudience(db, caller.viewer, id)) ?? refuse('thing.not-found'));
    return (await shown(caller, [row]))[0] as contract.Audience;
  };
  const shown = (caller: Caller, rows: readonly store.AudienceRow[]): Promise<contract.Audience[]> =>
    saved.views(atDesk(desk), caller, rows, (r: Refusal) => sentence(app.refusals, caller.lang, r.code, r.details).trim());

  app.get(
    '/api/audiences',
    { config: see, schema: { tags, querystring: contract.AudienceQuery, response: { 200: contract.AudienceList } } },
    async (req) => {
      const caller = await callerOf(house, req);
      const { q, tag, uses, mine, unit, archived, limit, cursor } = req.query;
      const { items, total } = await store.listAudiences(db, caller.viewer, {
        q,
        tag,
        uses,
        owner: mine === undefined ? undefined : req.actor.id,
        archived: archived !== undefined,
        units: await unitsAsked(unit),
        after: unpacked(cursor),
        limit: limit + 1,
      });
      const last = items.length > limit ? items[limit - 1] : undefined;
      return {
        items: await shown(caller, items.slice(0, limit)),
        total,
        nextCursor: last === undefined ? null : packed(last.name, last.id),
      };
    },
  );

  app.post(
    '/api/audiences',
    { config: edit, schema: { tags, body: contract.NewAudience, response: { 201: contract.Audience } } },
    async (req, reply) => {
      const caller = await callerOf(house, req);
      const id = await db.inTx(req.actor, (ctx) => saved.save(ctx, atDesk(desk), caller, req.body));
      return reply.code(201).send(await view(caller, id));
    },
  );

  app.get('/api/audiences/:id', { config: see, schema: { tags, params: ById, response: { 200: contract.Audience } } }, async (req) =>
    view(await callerOf(house, req), req.params.id),
  );

  app.put(
    '/api/audiences/:id',
    { config: edit, schema: { tags, params: ById, body: contract.AudienceChange, response: { 200: contract.Audience } } },
    async (req) => {
      const caller = await callerOf(house, req);
      await db.inTx(req.actor, (ctx) => saved.change(ctx, atDesk(desk), caller, { id: req.params.id, ...req.body }));
      return view(caller, req.params.id);
    },
  );

  for (const [act, archived] of [
    ['archive', true],
    ['restore', false],
  ] as const)
    app.post(
      `/api/audiences/:id/${act}`,
      { config: edit, schema: { tags, params: ById, body: z.strictObject({}), response: { 200: contract.Audience } } },
      async (req) => {
        const caller = await callerOf(house, req);
        await db.inTx(req.actor, (ctx) => saved.archive(ctx, caller, { id: req.params.id, archived }));
        return view(caller, req.params.id);
      },
    );

  app.get(
    '/api/audiences/:id/versions',
    { config: see, schema: { tags, params: ById, response: { 200: contract.AudienceVersions } } },
    async (req) => orThrow(await saved.versions(atDesk(desk), await callerOf(house, req), req.params.id)),
  );

  app.get(
    '/api/audiences/:id/difference',
    { config: see, schema: { tags, params: ById, querystring: contract.Compared, response: { 200: contract.Difference } } },
    async (req) => orThrow(await saved.difference(atDesk(desk), await callerOf(house, req), { id: req.params.id, ...req.query })),
  );

  app.get('/api/audiences/:id/days', { config: see, schema: { tags, params: ById, response: { 200: contract.Days } } }, async (req) =>
    orThrow(await saved.days(atDesk(desk), await callerOf(house, req), req.params.id)),
  );

  app.get(
    '/api/audiences/:id/change',
    { config: see, schema: { tags, params: ById, querystring: contract.SinceAsked, response: { 200: contract.Changed } } },
    async (req) => orThrow(await changeSince(atDesk(desk), await callerOf(house, req), { id: req.params.id, ...req.query })),
  );

  app.get(
    '/api/lists',
    { config: see, schema: { tags, querystring: contract.ListQuery, response: { 200: contract.Lists } } },
    async (req) => {
      const { unit } = req.query;
      return lists(db, (await callerOf(house, req)).viewer, await unitsAsked(unit));
    },
  );

  app.post(
    '/api/lists',
    { config: edit, bodyLimit: LIST_BYTES, schema: { tags, body: contract.NewList, response: { 201: contract.MadeList } } },
    async (req, reply) => {
      const { viewer } = await callerOf(house, req);
      const { id, batch, ...rest } = await db.inTx(req.actor, (ctx) => makeList(ctx, house.vault, req.body));
      announceBatch(house, batch);
      const [row] = await store.listsNamed(db, viewer, [id]);
      return reply.code(201).send({ ...listView(row as store.ListRow), ...rest });
    },
  );
}
