import { z } from 'zod';
import { atDesk, type Caller, type DeskNow } from '#audience';
import type { Actor } from '#platform/actor';
import { type App, plainJson } from '#platform/http';
import type { Lang } from '#platform/i18n';
import type { House } from '#platform/module';
import { sentence } from '#platform/refusals';
import { orThrow, Refused, refuse } from '#platform/result';
import { areasAsked } from './asked.ts';
import { GonePlaces, GridDays, Homes, NewHolder, NewVisit, PlaceMap, PlacePortrait, ScoringTable, Taken, Workers } from './contract.ts';
import { gridDays, homesToday } from './homes.ts';
import { atOneInstant } from './instant.ts';
import { readPlaces } from './lines.ts';
import { gonePlaces, placeMap } from './map.ts';
import type { Wrong } from './model.ts';
import { placePortrait } from './portrait.ts';
import { published } from './published.ts';
import type { Box } from './shape.ts';
import { refusePlaces, takePlaces } from './taking.ts';
import { giveHome, noteVisit, undoVisit, workersFor } from './visits.ts';

const MOST = 10_000;
const BYTES = 32 << 20;
const ById = z.object({ id: z.uuid() });
const Areas = z
  .string()
  .max(20_000)
  .transform((text) => text.split(',').filter((a) => a !== ''));
const Bbox = z
  .string()
  .max(200)
  .transform((text) => text.split(',').map(Number))
  .refine((n): n is [number, number, number, number] => n.length === 4 && n.every(Number.isFinite), { error: 'west,south,east,north' });

/** Doors to places: for the systems that tell them, and for those who answer for what happens there. */
export function routes(app: App, house: House, desk: DeskNow): void {
  const { db } = house;
  const tags = ['places'];
  const see = { right: 'place:see' as const };
  const visit = { right: 'place:visit' as const };
  const assign = { right: 'place:assign' as const };
  const callerOf = ({ actor, lang }: { actor: Actor; lang: Lang }): Caller => ({
    actor,
    viewer: { id: actor.id, units: [], all: false }, // our definitions name no saved audience
    lang,
  });

  app.addContentTypeParser('application/x-ndjson', { parseAs: 'string', bodyLimit: BYTES }, (_req, body, done) => done(null, body));

  app.post(
    '/api/places',
    {
      config: { right: 'place:send' },
      bodyLimit: BYTES,
      schema: {
        tags,
        querystring: z.object({ whole: z.string().min(1).max(64).optional() }),
        body: z.union([z.string(), z.array(z.unknown())]),
        response: { 200: Taken },
      },
    },
    async (req) => {
      const { told, wrong } = readPlaces(req.body, { lang: req.lang, most: MOST });
      const places = told.length + wrong.length;
      if (places === 0) return orThrow(refuse('places.none'));
      if (places > MOST) return orThrow(refuse('places.too-many', { most: MOST }));
      if (wrong.length > 0) throw said(new Refused(refusePlaces(wrong)));
      return db
        .inTx(req.actor, (ctx) => takePlaces(ctx, told, req.query.whole))
        .catch((e: unknown) => {
          throw e instanceof Refused && e.refusal.code === 'places.refused' ? said(e) : e;
        });

      /** The same refusal with a sentence for each line. */
      function said({ refusal }: Refused): Refused {
        const items = (refusal.details.items as Wrong[]).map((i) => ({
          ...i,
          message: sentence(app.refusals, req.lang, i.code, i.details),
        }));
        return new Refused(refuse(refusal.code, { ...refusal.details, items }));
      }
    },
  );

  app.get(
    '/api/places/map',
    {
      config: see,
      schema: { tags, querystring: z.object({ area: Areas.optional(), bbox: Bbox.optional() }), response: { 200: PlaceMap } },
      serializerCompiler: plainJson,
    },
    async (req) =>
      atOneInstant(db, () =>
        placeMap(db, atDesk(desk), callerOf(req), {
          areas: areasAsked(req.actor, req.query.area),
          box: (req.query.bbox as Box | undefined) ?? null,
        }),
      ),
  );

  app.get(
    '/api/places/gone',
    { config: see, schema: { tags, querystring: z.object({ area: Areas.optional() }), response: { 200: GonePlaces } } },
    async (req) => gonePlaces(db, areasAsked(req.actor, req.query.area)),
  );

  app.get(
    '/api/places/homes',
    { config: visit, schema: { tags, querystring: z.object({ area: z.string().max(64).optional() }), response: { 200: Homes } } },
    async (req) => orThrow(await homesToday(house, atDesk(desk), callerOf(req), req.query.area)),
  );

  app.get(
    '/api/places/homes/grids',
    { config: visit, schema: { tags, querystring: z.object({ area: Areas.optional() }), response: { 200: GridDays } } },
    async (req) => gridDays(house, req.actor, req.query.area),
  );

  app.get(
    '/api/places/homes/workers',
    { config: assign, schema: { tags, querystring: z.object({ area: z.string().max(64) }), response: { 200: Workers } } },
    async (req) => ({ items: (await workersFor(db, req.actor, req.query.area)).map(({ id, name }) => ({ id, name })) }),
  );

  app.put(
    '/api/places/homes/:id/holder',
    { config: assign, schema: { tags, params: ById, body: NewHolder, response: { 204: z.null() } } },
    async (req, reply) => {
      await db.inTx(req.actor, (ctx) => giveHome(ctx, house, { id: req.params.id, to: req.body.to }));
      return reply.code(204).send(null);
    },
  );

  app.get('/api/places/homes/scoring', { config: see, schema: { tags, response: { 200: ScoringTable } } }, async () => published());

  app.post(
    '/api/places/homes/:id/visit',
    { config: visit, schema: { tags, params: ById, body: NewVisit, response: { 204: z.null() } } },
    async (req, reply) => {
      await db.inTx(req.actor, (ctx) => noteVisit(ctx, house, { id: req.params.id, ...req.body }));
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/api/places/homes/:id/visit',
    { config: visit, schema: { tags, params: ById, response: { 204: z.null() } } },
    async (req, reply) => {
      await db.inTx(req.actor, (ctx) => undoVisit(ctx, house, req.params.id));
      return reply.code(204).send(null);
    },
  );

  app.get('/api/places/:id', { config: see, schema: { tags, params: ById, response: { 200: PlacePortrait } } }, async (req) =>
    orThrow(await atOneInstant(db, () => placePortrait(db, atDesk(desk), callerOf(req), req.params.id))),
  );
}
