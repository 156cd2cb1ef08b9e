import { Readable } from 'node:stream';
import { z } from 'zod';
import { areasWithin } from '#org';
import { type Actor, may } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, type Refusal, refuse } from '#platform/result';
import { dayOf } from '#rule';
import { columnsFor, csvOf } from './caseExport.ts';
import * as store from './caseStore.ts';
import { closeCase, noteOn, releaseCase, rowsOf, showCase, takeCase } from './cases.ts';
import { CaseDetail, CaseRow, CaseSearch, Cause, Closing, Day, NewNote, Outcome } from './contract.ts';
import { causes, outcomes } from './standard.ts';
import type { Supply } from './supply.ts';

const Id = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
/** A file of many customers needs this right beside that of seeing them. */
const EXPORT = 'export:run';
const MOST_COUNTED = 10_000;
const tags = ['retention'];
const State = CaseRow.shape.state;

/** A value or several with commas between. */
const several = <T extends z.ZodType<unknown, string>>(one: T) =>
  z
    .string()
    .max(2_000)
    .transform((text) => text.split(','))
    .pipe(z.array(one).max(100));

const Filter = z.object({
  state: several(State).default(['open', 'suppressed', 'taken']),
  rule: z.string().max(64).optional(),
  area: several(z.string().min(1).max(64)).optional(),
  /** `me`, or an account's id. */
  holder: z.string().max(64).optional(),
  because: z.string().max(64).optional(),
  outcome: z.string().max(64).optional(),
  spokeSince: Day.optional(),
  customer: z.uuid().optional(),
});
const Page = Filter.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,2}~\d{1,15}$/)
    .optional(),
});
const FOUND = 50;

const filterOf = async (
  { db }: House,
  { state, area, holder, spokeSince, customer, ...same }: z.output<typeof Filter>,
  actor: Actor,
): Promise<store.CaseFilter> => ({
  ...same,
  area: area === undefined ? undefined : await areasWithin(db, area),
  states: state,
  holder: holder === 'me' ? actor.id : holder,
  spokeSince: spokeSince === undefined ? undefined : dayOf(spokeSince),
  person: customer,
});

/** The desk's list, one case, and what is done about it. Every door is cut to the caller's areas. */
export function caseRoutes(app: App, house: House, supply: Supply): void {
  const { db } = house;
  const see = { right: 'retention:see' } as const;
  const work = { right: 'retention:work' } as const;

  app.get(
    '/api/retention/cases',
    {
      config: see,
      schema: {
        tags,
        querystring: Page,
        response: {
          200: z.object({
            items: z.array(CaseRow),
            total: z.number(),
            totalIsFloor: z.boolean().optional(),
            nextCursor: z.string().nullable(),
          }),
        },
      },
    },
    async (req) => {
      const { limit, cursor, ...asked } = req.query;
      const filter = await filterOf(house, asked, req.actor);
      const [priority, id] = cursor?.split('~').map(Number) ?? [];
      const after = priority === undefined || id === undefined ? undefined : ([priority, id] as const);
      const [rows, total] = await Promise.all([
        store.listCases(db, filter, req.actor.areas, { limit: limit + 1, after }),
        store.countCases(db, filter, req.actor.areas, MOST_COUNTED),
      ]);
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        items: await rowsOf(house, supply, req.actor, page),
        total: Math.min(total, MOST_COUNTED),
        ...(total > MOST_COUNTED && { totalIsFloor: true }),
        nextCursor: last === undefined ? null : `${last.priority}~${last.id}`,
      };
    },
  );

  app.post(
    '/api/retention/cases/search',
    { config: see, schema: { tags, body: CaseSearch, response: { 200: z.object({ items: z.array(CaseRow) }) } } },
    async (req) => {
      const ordinals = await supply.find(house, req.actor, req.body.number);
      return { items: await rowsOf(house, supply, req.actor, await store.casesOfMany(db, ordinals, req.actor.areas, FOUND)) };
    },
  );

  app.get('/api/retention/cases/export.csv', { config: see, schema: { tags, querystring: Filter } }, async (req, reply) => {
    if (!may(req.actor, EXPORT)) return orThrow(refuse('auth.forbidden', { right: EXPORT }));
    const columns = columnsFor(req.actor).map((c) => c.en);
    await db.inTx(req.actor, (ctx) =>
      audit(ctx, 'retention.cases-exported', 'cases', { details: { ...req.query, columns }, address: req.ip }),
    );
    const filter = await filterOf(house, req.query, req.actor);
    const lines = csvOf(house, supply, { filter, actor: req.actor, lang: req.lang, at: Date.now() });
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="cases.csv"')
      .send(Readable.from(lines, { objectMode: false }));
  });

  app.get('/api/retention/cases/:id', { config: see, schema: { tags, params: Id, response: { 200: CaseDetail } } }, async (req) =>
    orThrow(await showCase(house, supply, req.actor, req.params.id)),
  );

  const act = <B extends z.ZodType>(
    name: string,
    body: B | undefined,
    todo: (ctx: Ctx, id: number, body: z.output<B>) => Promise<Refusal | undefined>,
  ) =>
    app.post(
      `/api/retention/cases/:id/${name}`,
      { config: work, schema: { tags, params: Id, ...(body && { body }), response: { 200: CaseDetail } } },
      async (req) => {
        const { id } = req.params as z.output<typeof Id>;
        await db.inTx(req.actor, (ctx) => todo(ctx, id, req.body as z.output<B>));
        return orThrow(await showCase(house, supply, req.actor, id));
      },
    );
  act('take', undefined, takeCase);
  act('release', undefined, releaseCase);
  act('notes', NewNote, (ctx, id, { text }) => noteOn(ctx, house.vault, { id, text }));
  act('close', Closing, (ctx, id, closing) => closeCase(ctx, house, { id, ...closing }));

  app.get(
    '/api/retention/outcomes',
    { config: see, schema: { tags, response: { 200: z.object({ outcomes: z.array(Outcome), causes: z.array(Cause) }) } } },
    async () => ({ outcomes: [...outcomes()], causes: [...causes()] }),
  );
}
