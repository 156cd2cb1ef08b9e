import { z } from 'zod';
import { type App, plainJson } from '#platform/http';
import type { House } from '#platform/module';
import { sentence } from '#platform/refusals';
import { isRefusal, orThrow, type Refusal, Refused, refuse } from '#platform/result';
import {
  DeviceReveal,
  HomeReveal,
  Household,
  PartyCard,
  PartyReveal,
  PartySearch,
  PushAnswer,
  Readmission,
  Readmitted,
  ServiceReveal,
} from './contract.ts';
import { findParties, householdOfCustomer, householdOfParty } from './households.ts';
import { type Bad, recordsIn } from './push.ts';
import { readmit } from './readmitting.ts';
import { revealDevice, revealHome, revealParty, revealService } from './revealing.ts';
import { takeRecords } from './take.ts';

const BODY_BYTES = 32 << 20;
/** A keyed hash: a uuid by its form, of no version. */
const ById = z.object({ id: z.guid() });
const tags = ['households'];

/** Doors of the three households: for the sources that know them, and for the people who serve customers. */
export function routes(app: App, house: House): void {
  pushRoute(app, house);
  readmissionRoute(app, house);
  const { db, vault } = house;
  const see = { right: 'customer:see' } as const;

  app.get(
    '/api/customers/:id/household',
    { config: see, serializerCompiler: plainJson, schema: { tags, params: ById, response: { 200: Household } } },
    async (req) => orThrow(await householdOfCustomer(db, req, vault, req.params.id, Date.now())),
  );

  app.get(
    '/api/households/parties/:id',
    {
      config: see,
      serializerCompiler: plainJson,
      schema: { tags, params: ById, response: { 200: z.object({ party: PartyCard, household: Household }) } },
    },
    async (req) => orThrow(await householdOfParty(db, req, vault, req.params.id, Date.now())),
  );

  app.post(
    '/api/households/parties/search',
    { config: see, schema: { tags, body: PartySearch, response: { 200: z.object({ items: z.array(PartyCard) }) } } },
    async (req) => ({ items: await findParties(db, req, vault, req.body, Date.now()) }),
  );

  const full = { right: 'customer:reveal' } as const;
  app.post('/api/households/parties/:id/reveal', { config: full, schema: { tags, params: ById, body: PartyReveal } }, async (req) =>
    db.inTx(req.actor, (ctx) => revealParty(ctx, vault, { id: req.params.id, ...req.body })),
  );
  app.post('/api/households/services/:id/reveal', { config: full, schema: { tags, params: ById, body: ServiceReveal } }, async (req) =>
    db.inTx(req.actor, (ctx) => revealService(ctx, vault, { id: req.params.id, ...req.body })),
  );
  app.post('/api/households/homes/:id/reveal', { config: full, schema: { tags, params: ById, body: HomeReveal } }, async (req) =>
    db.inTx(req.actor, (ctx) => revealHome(ctx, vault, { id: req.params.id, ...req.body })),
  );
  app.post(
    '/api/households/services/:id/devices/:device/reveal',
    { config: full, schema: { tags, params: ById.extend({ device: z.guid() }), body: DeviceReveal } },
    async (req) => db.inTx(req.actor, (ctx) => revealDevice(ctx, vault, { ...req.params, ...req.body })),
  );
}

/** The way back of somebody who was erased. */
function readmissionRoute(app: App, { db, vault }: House): void {
  app.post(
    '/api/readmissions',
    {
      config: { right: 'person:erase' },
      schema: {
        tags: ['erasures'],
        body: Readmission,
        querystring: z.object({ trial: z.enum(['true', 'false']).optional() }),
        response: { 200: Readmitted },
      },
    },
    async (req) => db.inTx(req.actor, (ctx) => readmit(ctx, vault, { ...req.body, trial: req.query.trial === 'true' })),
  );
}

/** What sources say. Its bodies are read as bytes, which no other door of this module wants: a scope of its own. */
function pushRoute(app: App, { db, vault }: House): void {
  void app.register(async (scope) => {
    const door = scope as App;
    for (const type of ['application/json', 'application/x-ndjson'])
      door.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: BODY_BYTES }, (_req, body, done) => done(null, body));
    door.post(
      '/api/households',
      { config: { right: 'household:send' }, bodyLimit: BODY_BYTES, schema: { tags, response: { 200: PushAnswer } } },
      async (req) => {
        const isLines = /^application\/x-ndjson\b/i.test(req.headers['content-type'] ?? '');
        const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
        const records = await recordsIn(req, { body, isLines, now: Date.now() });
        if (isRefusal(records)) throw told(records, req.lang);
        return db.inTx(req.actor, (ctx) => takeRecords(ctx, vault, records));
      },
    );
  });

  /** The refusal with a sentence for each line. */
  function told(refusal: Refusal, lang: 'zh' | 'en'): Refused {
    if (refusal.code !== 'household.refused') return new Refused(refusal);
    const items = (refusal.details.items as Bad[]).map(({ line, code, details }) => ({
      line,
      code,
      path: details.path,
      message: sentence(app.refusals, lang, code, details),
    }));
    return new Refused(refuse(refusal.code, { ...refusal.details, items }));
  }
}
