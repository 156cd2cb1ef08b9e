import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { may } from '#platform/actor';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { sentence } from '#platform/refusals';
import { orThrow, refuse } from '#platform/result';
import { TagName } from '#tag/contract';
import * as contract from './contract.ts';
import { todayIn } from './days.ts';
import { takeDays } from './history.ts';
import { editModel, withdrawModel } from './keeping.ts';
import { beginObservation, forgetObservation, observeEach } from './observations.ts';
import { observationsView } from './observationViews.ts';
import { askTraining, cancelTraining, publishVersion, register } from './service.ts';
import * as store from './store.ts';
import { figuresView, modelViews, monitorView, type Reader, tagNames, versionView } from './views.ts';
import { whyScored } from './why.ts';

const ById = z.object({ id: contract.ModelId });
const ByVersion = ById.extend({ n: z.coerce.number().int().min(1).max(1_000_000) });

/** The doors of the register. */
export function routes(app: App, { db, config }: House): void {
  const tags = ['models'];
  const read = { right: 'model:read' } as const;
  const train = { right: 'model:train' } as const;

  const reader = ({ actor, lang }: FastifyRequest): Reader => ({
    actor,
    lang,
    say: ({ code, details }) => sentence(app.refusals, lang, code, details),
  });
  const find = async (id: string): Promise<store.ModelRow> => (await store.modelById(db, id)) ?? orThrow(refuse('thing.not-found'));
  const page = async (req: FastifyRequest, id: string): Promise<z.infer<typeof contract.ModelPage>> => {
    const row = await find(id);
    const [view] = await modelViews(db, config.zone, reader(req), [row]);
    const names = await tagNames(db);
    const versions = (await store.versionsOf(db, id)).map((v) => versionView(reader(req), row, v, names));
    return {
      ...(view as contract.ModelView),
      versions,
      observations: await observationsView(db, reader(req), { model: id, today: todayIn(config.zone, Date.now()) }),
    };
  };

  app.get(
    '/api/models',
    { config: read, schema: { tags, querystring: z.object({ tag: TagName.optional() }), response: { 200: contract.ModelList } } },
    async (req) => {
      const { tag } = req.query;
      const rows = tag === undefined ? await store.allModels(db) : await store.modelsUsing(db, tag);
      return { items: await modelViews(db, config.zone, reader(req), rows) };
    },
  );

  app.post(
    '/api/models',
    { config: train, schema: { tags, body: contract.NewModel, response: { 201: contract.ModelPage } } },
    async (req, reply) => {
      await db.inTx(req.actor, (ctx) => register(ctx, config.zone, req.body));
      return reply.code(201).send(await page(req, req.body.id));
    },
  );

  app.get('/api/models/:id', { config: read, schema: { tags, params: ById, response: { 200: contract.ModelPage } } }, async (req) =>
    page(req, req.params.id),
  );

  app.put(
    '/api/models/:id',
    { config: train, schema: { tags, params: ById, body: contract.ModelEdit, response: { 200: contract.ModelPage } } },
    async (req) => {
      await db.inTx(req.actor, (ctx) => editModel(ctx, { ...req.body, id: req.params.id }));
      return page(req, req.params.id);
    },
  );

  app.post(
    '/api/models/:id/withdraw',
    {
      config: { right: 'model:publish' },
      schema: { tags, params: ById, body: contract.Withdrawal, response: { 200: contract.ModelPage } },
    },
    async (req) => {
      await db.inTx(req.actor, (ctx) => withdrawModel(ctx, { id: req.params.id, reason: req.body.reason }));
      return page(req, req.params.id);
    },
  );

  app.post(
    '/api/models/:id/days',
    { config: train, schema: { tags, params: ById, body: contract.PastDays, response: { 200: contract.ModelPage } } },
    async (req) => {
      await db.inTx(req.actor, (ctx) => takeDays(ctx, config.zone, { id: req.params.id, days: req.body.days }));
      return page(req, req.params.id);
    },
  );

  app.post(
    '/api/models/:id/versions',
    { config: train, schema: { tags, params: ById, body: contract.TrainAsked, response: { 202: contract.VersionView } } },
    async (req, reply) => {
      const { id } = req.params;
      const n = await db.inTx(req.actor, (ctx) => askTraining(ctx, { id, ...req.body, lang: req.lang }));
      const version = (await store.versionOf(db, id, n)) as store.VersionRow;
      return reply.code(202).send(versionView(reader(req), await find(id), version, await tagNames(db)));
    },
  );

  app.post(
    '/api/models/:id/versions/:n/cancel',
    { config: train, schema: { tags, params: ByVersion, response: { 200: contract.ModelPage } } },
    async (req) => {
      await db.inTx(req.actor, (ctx) => cancelTraining(ctx, req.params));
      return page(req, req.params.id);
    },
  );

  app.post(
    '/api/models/:id/versions/:n/publish',
    { config: { right: 'model:publish' }, schema: { tags, params: ByVersion, response: { 200: contract.ModelPage } } },
    async (req) => {
      await db.inTx(req.actor, (ctx) => publishVersion(ctx, req.params));
      return page(req, req.params.id);
    },
  );

  app.get(
    '/api/models/:id/versions/:n/figures',
    { config: read, schema: { tags, params: ByVersion, response: { 200: contract.Figures } } },
    async (req) => {
      const figures = (await store.figuresOf(db, req.params.id, req.params.n)) ?? orThrow(refuse('thing.not-found'));
      return figuresView(figures, await tagNames(db));
    },
  );

  app.post(
    '/api/models/:id/observations',
    { config: train, schema: { tags, params: ById, response: { 202: contract.ModelPage } } },
    async (req, reply) => {
      await db.inTx(req.actor, (ctx) => beginObservation(ctx, config.zone, req.params));
      return reply.code(202).send(await page(req, req.params.id));
    },
  );

  app.put(
    '/api/models/:id/observations',
    { config: train, schema: { tags, params: ById, body: contract.Observing, response: { 200: contract.ModelPage } } },
    async (req) => {
      await db.inTx(req.actor, (ctx) => observeEach(ctx, { ...req.params, ...req.body }));
      return page(req, req.params.id);
    },
  );

  app.delete(
    '/api/models/:id/observations/:date',
    { config: train, schema: { tags, params: ById.extend({ date: z.iso.date() }), response: { 200: contract.ModelPage } } },
    async (req) => {
      await db.inTx(req.actor, (ctx) => forgetObservation(ctx, req.params));
      return page(req, req.params.id);
    },
  );

  app.get(
    '/api/models/:id/monitor',
    {
      config: read,
      schema: {
        tags,
        params: ById,
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(400).default(90) }),
        response: { 200: contract.Monitor },
      },
    },
    async (req) => monitorView(db, await find(req.params.id), req.query.limit),
  );

  app.get(
    '/api/models/:id/customers/:customer',
    {
      config: read,
      schema: { tags, params: ById.extend({ customer: z.uuid() }), response: { 200: contract.Explained } },
    },
    async (req) => {
      if (!may(req.actor, 'customer:see')) orThrow(refuse('auth.forbidden'));
      const { id, customer } = req.params;
      return orThrow(await whyScored(db, req.actor, { id, customer, names: await tagNames(db), lang: req.lang }));
    },
  );
}
