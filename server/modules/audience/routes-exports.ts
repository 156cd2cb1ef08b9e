import { Readable } from 'node:stream';
import { z } from 'zod';
import { systemActor } from '#platform/actor';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { sentence } from '#platform/refusals';
import { orThrow, refuse } from '#platform/result';
import * as contract from './contract.ts';
import { findExport, listExports } from './export-store.ts';
import * as exporting from './exporting.ts';
import { atDesk, callerOf, type DeskNow } from './routes.ts';

const ById = z.object({ id: z.uuid() });

/** Files of audiences: asked for, made in the background, taken once or more until their time is over. */
export function routesExports(app: App, house: House, desk: DeskNow): void {
  const { db, vault, log } = house;
  const tags = ['audiences'];
  const config = { right: 'audience:export' as const };
  const view = (lang: 'zh' | 'en') => (e: Parameters<typeof exporting.exportView>[0]) =>
    exporting.exportView(e, (r) => sentence(app.refusals, lang, r.code, r.details).trim());

  app.post(
    '/api/audiences/:id/exports',
    { config, schema: { tags, params: ById, body: contract.ExportAsked, response: { 202: contract.Export } } },
    async (req, reply) => {
      const caller = await callerOf(house, req);
      const id = await db.inTx(req.actor, (ctx) => exporting.askExport(ctx, atDesk(desk), caller, { ...req.body, id: req.params.id }));
      void exporting
        .workExports(db, vault, atDesk(desk), systemActor('audience.exports'))
        .catch((e: Error) => log.warn({ reason: e.message }, 'an export was left to the next look'));
      const row = orThrow((await findExport(db, exporting.ownerOf(req.actor), id)) ?? refuse('thing.not-found'));
      return reply.code(202).send(view(req.lang)(row));
    },
  );

  app.get('/api/audiences/exports', { config, schema: { tags, response: { 200: contract.Exports } } }, async (req) => ({
    items: (await listExports(db, exporting.ownerOf(req.actor))).map(view(req.lang)),
  }));

  app.get('/api/audiences/exports/:id', { config, schema: { tags, params: ById, response: { 200: contract.Export } } }, async (req) =>
    view(req.lang)(orThrow((await findExport(db, exporting.ownerOf(req.actor), req.params.id)) ?? refuse('thing.not-found'))),
  );

  app.get('/api/audiences/exports/:id/file', { config, schema: { tags, params: ById } }, async (req, reply) => {
    const { id } = await db.inTx(req.actor, (ctx) => exporting.takeFile(ctx, req.params.id));
    return reply
      .header('content-disposition', `attachment; filename="audience-${id.slice(0, 8)}.csv"`)
      .type('text/csv; charset=utf-8')
      .send(Readable.from(exporting.textOf(db, vault, id)));
  });
}
