import { z } from 'zod';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow } from '#platform/result';
import { announceBatch } from '#tag';
import { NewTransfer, Transfer, TransferAsk, TransferPreview, TransferUndo } from './contract.ts';
import { type Done, makeTransfer, undoTransfer } from './service.ts';
import { listTransfers, previewTransfer, showTransfer } from './views.ts';

const ById = z.object({ id: z.uuid() });
const tags = ['transfers'];
const Query = z
  .object({ service: z.guid().optional(), party: z.guid().optional(), customer: z.guid().optional() })
  .refine((q) => q.service !== undefined || q.party !== undefined || q.customer !== undefined, { error: 'service, party or customer' });

/** Doors to transfers, cut to the caller's areas: one is where its service is, and the party that receives must be his to see. */
export function routes(app: App, house: House): void {
  const { db, vault } = house;
  const see = { right: 'customer:see' } as const;
  const make = { right: 'transfer:make' } as const;
  const announce = ({ id, batches }: Done): string => {
    for (const batch of batches) announceBatch(house, batch);
    return id;
  };

  app.get(
    '/api/transfers',
    { config: see, schema: { tags, querystring: Query, response: { 200: z.object({ items: z.array(Transfer) }) } } },
    async (req) => ({ items: await listTransfers(house, req, req.query) }),
  );

  app.post(
    '/api/transfers/preview',
    { config: make, schema: { tags, body: TransferAsk, response: { 200: TransferPreview } } },
    async (req) => orThrow(await previewTransfer(house, req, req.body.service)),
  );

  app.post('/api/transfers', { config: make, schema: { tags, body: NewTransfer, response: { 201: Transfer } } }, async (req, reply) => {
    const id = announce(await db.inTx(req.actor, (ctx) => makeTransfer(ctx, vault, req.body)));
    return reply.code(201).send(orThrow(await showTransfer(house, req, id)));
  });

  app.get('/api/transfers/:id', { config: see, schema: { tags, params: ById, response: { 200: Transfer } } }, async (req) =>
    orThrow(await showTransfer(house, req, req.params.id)),
  );

  app.post(
    '/api/transfers/:id/undo',
    { config: make, schema: { tags, params: ById, body: TransferUndo, response: { 200: Transfer } } },
    async (req) => {
      const id = announce(await db.inTx(req.actor, (ctx) => undoTransfer(ctx, vault, { id: req.params.id, reason: req.body.reason })));
      return orThrow(await showTransfer(house, req, id));
    },
  );
}
