import { z } from 'zod';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import { book } from './book.ts';
import { problems } from './check.ts';
import { Draft, DraftList, Problems, Scenario } from './contract.ts';
import { draftLine, draftView, dropDraft, publishDraft, saveDraft } from './draft.ts';
import { announcePublished } from './service.ts';
import * as store from './store.ts';

const Id = z.object({ id: z.string().max(64) });
const Basis = z.object({
  basedOn: z.coerce.number().int().nonnegative().optional(),
  revision: z.coerce.number().int().nonnegative().optional(),
});

const Revision = Basis.pick({ revision: true });

/** The editor's doors. */
export function draftRoutes(app: App, house: House): void {
  const { db } = house;
  const config = { right: 'scenario:edit' } as const;
  const tags = ['scenarios'];
  const draftOf = async (id: string) => (await store.draftById(db, id)) ?? orThrow(refuse('draft.not-found', { id }));

  app.get('/api/scenario-drafts', { config, schema: { tags, response: { 200: DraftList } } }, async () => ({
    items: (await store.allDrafts(db)).map(draftLine),
  }));

  app.put(
    '/api/scenarios/:id/draft',
    { config, bodyLimit: 1 << 20, schema: { tags, params: Id, querystring: Basis, body: Scenario, response: { 200: Draft } } },
    async (req) => {
      const { id } = req.params;
      if (req.body.id !== id) orThrow(refuse('request.malformed', { path: 'id', problem: id }));
      const basedOn = req.query.basedOn ?? (book.current(id) === undefined ? 0 : req.body.version);
      return draftView(
        await db.inTx(req.actor, (ctx) => saveDraft(ctx, { scenario: req.body, basedOn, revision: req.query.revision ?? 0 })),
      );
    },
  );

  app.get('/api/scenarios/:id/draft', { config, schema: { tags, params: Id, response: { 200: Draft } } }, async (req) =>
    draftView(await draftOf(req.params.id)),
  );

  app.delete(
    '/api/scenarios/:id/draft',
    { config, schema: { tags, params: Id, querystring: Revision, response: { 204: z.null() } } },
    async (req, reply) => {
      await db.inTx(req.actor, (ctx) => dropDraft(ctx, { id: req.params.id, revision: req.query.revision }));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/scenarios/:id/draft/check',
    { config, bodyLimit: 1 << 20, schema: { tags, params: Id, body: Scenario.nullish(), response: { 200: Problems } } },
    async (req) => ({
      problems: problems(req.body ?? (await draftOf(req.params.id)).body, book.words),
    }),
  );

  app.post(
    '/api/scenarios/:id/draft/publish',
    { config, schema: { tags, params: Id, querystring: Revision, body: z.strictObject({}).nullish(), response: { 200: Scenario } } },
    async (req) => {
      const next = await db.inTx(req.actor, (ctx) => publishDraft(ctx, { id: req.params.id, revision: req.query.revision }));
      await announcePublished(db, house.live);
      return next;
    },
  );
}
