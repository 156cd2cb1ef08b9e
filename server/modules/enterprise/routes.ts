import { Readable } from 'node:stream';
import { z } from 'zod';
import { may } from '#platform/actor';
import { audit } from '#platform/audit';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import { EnterpriseDetail, EnterpriseList, Joining, Level, Matrix, Parting, Reveal, Size, TABS } from './contract.ts';
import { csvOf } from './export.ts';
import * as list from './listStore.ts';
import { joinNumbers, partNumber } from './numbers.ts';
import { currentTables } from './tableStore.ts';
import { askedBy, revealContact, rowOf, showEnterprise } from './view.ts';

const ById = z.object({ id: z.uuid() });
/** A file of many needs this right beside that of seeing them. */
const EXPORT = 'export:run';
const MOST_COUNTED = 10_000;
const tags = ['enterprises'];

/** Behind which row the next page begins. */
const cursorOf = ({ revenue, id }: Pick<list.ListRow, 'revenue' | 'id'>): string => `${revenue ?? -1}~${id}`;

/** A value or several with commas between. */
const several = z
  .string()
  .max(4_000)
  .transform((text) => text.split(','));
const word = z.string().trim().min(1).max(100);

const Filter = z.object({
  area: several.optional(),
  industry: word.optional(),
  manager: word.optional(),
  size: Size.optional(),
  q: word.optional(),
});
const Rows = Filter.extend({
  tab: z.enum(TABS).default('all'),
  place: several.optional(),
  value: Level.optional(),
  loyalty: Level.optional(),
  competition: Level.optional(),
});
const Page = Rows.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^-?\d{1,16}~[0-9a-f-]{36}$/)
    .optional(),
});

/** Where enterprises stand: the matrix, the list behind it, one with every point of its place. Every door is cut to the caller's areas. */
export function routes(app: App, house: House): void {
  const { db, config } = house;
  const see = { right: 'enterprise:see' } as const;
  const now = async (actor: Parameters<typeof askedBy>[0]) => {
    const current = await currentTables(db);
    return { current, asked: askedBy(actor, current, config.zone, Date.now()) };
  };

  app.get('/api/enterprises', { config: see, schema: { tags, querystring: Page, response: { 200: EnterpriseList } } }, async (req) => {
    const { limit, cursor, ...filter } = req.query;
    const { current, asked } = await now(req.actor);
    const [revenue, id] = cursor?.split('~') ?? [];
    const after = id === undefined ? undefined : ([Number(revenue), id] as const);
    const [rows, total] = await Promise.all([
      list.listEnterprises(db, filter, asked, { limit: limit + 1, after }),
      list.countEnterprises(db, filter, asked, MOST_COUNTED),
    ]);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map((r) => rowOf(current.body, r)),
      total: Math.min(total, MOST_COUNTED),
      ...(total > MOST_COUNTED && { totalIsFloor: true }),
      nextCursor: last === undefined ? null : cursorOf(last),
    };
  });

  app.get('/api/enterprises/matrix', { config: see, schema: { tags, querystring: Filter, response: { 200: Matrix } } }, async (req) => {
    const { current, asked } = await now(req.actor);
    const cells = await list.cellsOf(db, { ...req.query, tab: 'all' }, asked);
    return {
      at: new Date().toISOString(),
      version: current.version,
      enterprises: cells.reduce((n, c) => n + c.count, 0),
      revenue: cells.reduce((n, c) => n + c.revenue, 0),
      cells: cells.map(({ known, ...c }) => ({ ...c, revenueKnown: known })),
    };
  });

  app.get(
    '/api/enterprises/choices',
    { config: see, schema: { tags, response: { 200: z.object({ industries: z.array(z.string()), managers: z.array(z.string()) }) } } },
    async (req) => list.choicesOf(db, req.actor.areas),
  );

  app.get('/api/enterprises/export.csv', { config: see, schema: { tags, querystring: Rows } }, async (req, reply) => {
    if (!may(req.actor, EXPORT)) return orThrow(refuse('auth.forbidden', { right: EXPORT }));
    const { current, asked } = await now(req.actor);
    await db.inTx(req.actor, (ctx) => audit(ctx, 'enterprise.exported', 'enterprises', { details: { ...req.query }, address: req.ip }));
    const lines = csvOf(db, { filter: req.query, asked, tables: current.body, lang: req.lang, by: req.actor.name, at: Date.now() });
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="enterprises.csv"')
      .send(Readable.from(lines, { objectMode: false }));
  });

  app.get('/api/enterprises/:id', { config: see, schema: { tags, params: ById, response: { 200: EnterpriseDetail } } }, async (req) =>
    orThrow(await showEnterprise(house, req.actor, req.params.id)),
  );

  const work = { right: 'enterprise:work' } as const;
  app.post(
    '/api/enterprises/:id/join',
    { config: work, schema: { tags, params: ById, body: Joining, response: { 200: EnterpriseDetail } } },
    async (req) => {
      await db.inTx(req.actor, (ctx) => joinNumbers(ctx, house, { id: req.params.id, ...req.body }));
      return orThrow(await showEnterprise(house, req.actor, req.params.id));
    },
  );

  app.post(
    '/api/enterprises/:id/part',
    { config: work, schema: { tags, params: ById, body: Parting, response: { 200: EnterpriseDetail } } },
    async (req) => {
      await db.inTx(req.actor, (ctx) => partNumber(ctx, house, { id: req.params.id, ...req.body }));
      return orThrow(await showEnterprise(house, req.actor, req.params.id));
    },
  );

  app.post(
    '/api/enterprises/:id/reveal',
    { config: { right: 'enterprise:reveal' }, schema: { tags, params: ById, body: Reveal } },
    async (req) => db.inTx(req.actor, (ctx) => revealContact(ctx, house, { id: req.params.id, ...req.body })),
  );
}
