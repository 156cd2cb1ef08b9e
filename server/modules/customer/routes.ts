import { z } from 'zod';
import { areasWithin } from '#org';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { sentence } from '#platform/refusals';
import { orThrow, Refused, refuse } from '#platform/result';
import { announceBatch, type Wrong } from '#tag';
import { Changes } from '#tag/contract';
import { changeConsents, findCustomers, listCustomers, listErased, reveal, showCustomer } from './cards.ts';
import { pathOf, takeChanges } from './changes.ts';
import { ConsentChange, CustomerCard, CustomerLine, CustomerList, CustomerSearch, ErasedList, Reveal } from './contract.ts';

const ById = z.object({ id: z.uuid() });
const Query = z.object({
  area: z.string().max(2_000).optional(),
  own: z.enum(['true', 'false']).optional(),
  /** The `next` of the page before. */
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const CHANGES_BYTES = 64 << 20;

/** Doors to customers: for the sources that send changes, and for the people who serve them. */
export function routes(app: App, house: House): void {
  const { db, vault } = house;
  const tags = ['customers'];
  const within = async (area: string | undefined) => (area === undefined ? null : areasWithin(db, area.split(',')));

  app.post(
    '/api/customers/changes',
    {
      config: { right: 'customer:send' },
      bodyLimit: CHANGES_BYTES,
      schema: { tags, body: Changes, response: { 200: z.object({ changed: z.number(), batch: z.number().nullable() }) } },
    },
    async (req) => {
      const done = await db
        .inTx(req.actor, (ctx) => takeChanges(ctx, vault, req.body))
        .catch((e: unknown) => {
          throw e instanceof Refused && e.refusal.code === 'changes.refused' ? told(e) : e;
        });
      announceBatch(house, done.batch);
      return { changed: done.customers, batch: done.batch };

      /** The same refusal with a path and a sentence for each item. */
      function told({ refusal }: Refused): Refused {
        const items = (refusal.details.items as Wrong[]).map((i) => ({
          ...i,
          path: pathOf(i),
          message: sentence(app.refusals, req.lang, i.code, i.details),
        }));
        return new Refused(refuse(refusal.code, { ...refusal.details, items }));
      }
    },
  );

  app.get(
    '/api/customers',
    { config: { right: 'customer:see' }, schema: { tags, querystring: Query, response: { 200: CustomerList } } },
    async (req) => {
      const { area, own, after, limit } = req.query;
      return listCustomers(db, req, {
        area: await within(area),
        own: own === undefined ? null : own === 'true',
        after: after ?? -1,
        limit,
      });
    },
  );

  app.get(
    '/api/customers/erased',
    {
      config: { right: 'customer:see' },
      schema: { tags, querystring: Query.pick({ area: true }), response: { 200: ErasedList } },
    },
    async (req) => listErased(db, req, await within(req.query.area)),
  );

  app.post(
    '/api/customers/search',
    {
      config: { right: 'customer:see' },
      schema: { tags, body: CustomerSearch, response: { 200: z.object({ items: z.array(CustomerLine) }) } },
    },
    async (req) => ({ items: await findCustomers(db, req, vault, req.body) }),
  );

  app.get(
    '/api/customers/:id',
    { config: { right: 'customer:see' }, schema: { tags, params: ById, response: { 200: CustomerCard } } },
    async (req) => orThrow(await showCustomer(db, req, vault, req.params.id)),
  );

  app.post(
    '/api/customers/:id/reveal',
    { config: { right: 'customer:reveal' }, schema: { tags, params: ById, body: Reveal } },
    async (req) => db.inTx(req.actor, (ctx) => reveal(ctx, vault, { id: req.params.id, ...req.body })),
  );

  app.put(
    '/api/customers/:id/consents',
    { config: { right: 'customer:consent' }, schema: { tags, params: ById, body: ConsentChange, response: { 200: CustomerCard } } },
    async (req) => {
      const done = await db.inTx(req.actor, (ctx) => changeConsents(ctx, { id: req.params.id, ...req.body }));
      for (const batch of done.batches) announceBatch(house, batch);
      return orThrow(await showCustomer(db, req, vault, req.params.id));
    },
  );
}
