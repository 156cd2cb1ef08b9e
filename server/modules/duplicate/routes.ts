import { z } from 'zod';
import type { Ctx } from '#platform/db';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { sentence } from '#platform/refusals';
import { orThrow, type Refusal, Refused } from '#platform/result';
import { announceBatch } from '#tag';
import {
  Duplicate,
  DuplicateDetail,
  DuplicateGrade,
  DuplicateKind,
  DuplicateRules,
  DuplicateState,
  Finding,
  MergedMany,
  MergeMany,
  MergeOne,
  UndoOne,
  WithReason,
} from './contract.ts';
import { type Decided, distinguish, mergePair, reopen, undoMerge } from './deciding.ts';
import { EVIDENCE, GRADES } from './evidence.ts';
import { askForRound } from './findingStore.ts';
import { SURVIVOR_RULES } from './model.ts';
import * as store from './store.ts';
import { rowsOf, showFinding, showPair } from './views.ts';

const Id = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
const MOST_COUNTED = 10_000;
const tags = ['duplicates'];

const Filter = z.object({
  state: DuplicateState.default('open'),
  kind: DuplicateKind.optional(),
  grade: DuplicateGrade.optional(),
  /** Codes with commas between; a pair counts where either of it is there. */
  area: z.string().max(2_000).optional(),
  /** The id of a party or customer. */
  of: z.guid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,6}~\d{1,15}$/)
    .optional(),
});

/** Doors to duplicates. Every one is cut to the caller's areas: a pair is his where both of it are. */
export function routes(app: App, house: House): void {
  const { db, vault } = house;
  const see = { right: 'duplicate:see' } as const;
  const decide = { right: 'duplicate:merge' } as const;

  app.get(
    '/api/duplicates',
    {
      config: see,
      schema: {
        tags,
        querystring: Filter,
        response: {
          200: z.object({
            items: z.array(Duplicate),
            total: z.number(),
            totalIsFloor: z.boolean().optional(),
            nextCursor: z.string().nullable(),
          }),
        },
      },
    },
    async (req) => {
      const { state, kind, grade, area, of, limit, cursor } = req.query;
      const filter: store.PairFilter = { state, kind: kind ?? null, grade: grade ?? null, area: area?.split(',') ?? null, one: of ?? null };
      const [weight, id] = cursor?.split('~').map(Number) ?? [];
      const after = weight === undefined || id === undefined ? null : ([weight, id] as const);
      const { areas } = req.actor;
      const [found, total] = await Promise.all([
        store.listPairs(db, filter, areas, { limit: limit + 1, after }),
        store.countPairs(db, filter, areas, MOST_COUNTED),
      ]);
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      return {
        items: await rowsOf(house, req, page),
        total: Math.min(total, MOST_COUNTED),
        ...(total > MOST_COUNTED && { totalIsFloor: true }),
        nextCursor: last === undefined ? null : `${last.weight}~${last.id}`,
      };
    },
  );

  app.get('/api/duplicates/rules', { config: see, schema: { tags, response: { 200: DuplicateRules } } }, async () => ({
    evidence: EVIDENCE.map(({ id, about, names, meaning, weight }) => ({ id, about, names, meaning, weight })),
    grades: GRADES.map(({ id, names, from }) => ({ id, names, from })),
    survivor: SURVIVOR_RULES.map(({ id, names }) => ({ id, names })),
  }));

  app.get('/api/duplicates/finding', { config: see, schema: { tags, response: { 200: Finding } } }, async () => showFinding(db));

  app.post('/api/duplicates/finding', { config: decide, schema: { tags, response: { 202: Finding } } }, async (_req, reply) => {
    await askForRound(db);
    return reply.code(202).send(await showFinding(db));
  });

  app.get('/api/duplicates/:id', { config: see, schema: { tags, params: Id, response: { 200: DuplicateDetail } } }, async (req) =>
    orThrow(await showPair(house, req, req.params.id)),
  );

  const announce = ({ batches }: Decided): void => {
    for (const batch of batches) announceBatch(house, batch);
  };

  app.post('/api/duplicates/merge', { config: decide, schema: { tags, body: MergeMany, response: { 200: MergedMany } } }, async (req) => {
    const { ids, reason } = req.body;
    const refused: MergedMany['refused'] = [];
    for (const id of new Set(ids)) {
      try {
        announce(await db.inTx(req.actor, (ctx) => mergePair(ctx, vault, { id: Number(id), reason, grade: 'certain' })));
      } catch (e) {
        if (!(e instanceof Refused)) throw e;
        const { code, details } = e.refusal;
        refused.push({ id, code, message: sentence(app.refusals, req.lang, code, details) });
      }
    }
    return { merged: new Set(ids).size - refused.length, refused };
  });

  const act = <B extends z.ZodType>(name: string, body: B, todo: (ctx: Ctx, id: number, body: z.output<B>) => Promise<Decided | Refusal>) =>
    app.post(
      `/api/duplicates/:id/${name}`,
      { config: decide, schema: { tags, params: Id, body, response: { 200: DuplicateDetail } } },
      async (req) => {
        const { id } = req.params as z.output<typeof Id>;
        announce(await db.inTx(req.actor, (ctx) => todo(ctx, id, req.body as z.output<B>)));
        return orThrow(await showPair(house, req, id));
      },
    );
  act('merge', MergeOne, (ctx, id, said) => mergePair(ctx, vault, { id, ...said }));
  act('different', WithReason, (ctx, id, said) => distinguish(ctx, { id, ...said }));
  act('undo', UndoOne, (ctx, id, said) => undoMerge(ctx, vault, { id, ...said }));
  act('reopen', WithReason, (ctx, id, said) => reopen(ctx, vault, { id, ...said }));
}
