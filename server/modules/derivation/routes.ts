import { z } from 'zod';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import { listDerivations, runView, showDerivation } from './catalogue.ts';
import {
  Check,
  Checked,
  DerivationFacts,
  DerivationList,
  DerivationRuns,
  DerivationVersions,
  DerivationView,
  DerivedName,
  Draft,
  Publication,
  Retirement,
  Trial,
} from './contract.ts';
import { labelsOf } from './installing.ts';
import { inputsOf, knownNow, standingOf } from './known.ts';
import { ringOf } from './model.ts';
import { reinstate, retire } from './retiring.ts';
import { runsOf, trialOf } from './runStore.ts';
import { checkDefinition, dropDraft, publish, saveDraft } from './service.ts';
import { versionsOf } from './store.ts';
import { tryDefinition } from './trying.ts';
import { rowsOf } from './words.ts';

const ByTag = z.object({ tag: DerivedName });
const tags = ['derivations'];
const see = { right: 'tag:see' } as const;
const manage = { right: 'derivation:manage' } as const;
/** Values of a one-of that are offered to whoever writes a rule. */
const MOST_OFFERED = 300;

/** Tags made by rule: what they say, how they are written, tried and published. `soon`: asks for a look at all of them. */
export function routes(app: App, house: House, soon: () => void): void {
  const { db } = house;
  app.get(
    '/api/derivations',
    { config: see, schema: { tags, querystring: z.object({ of: DerivedName.optional() }), response: { 200: DerivationList } } },
    async (req) => ({ items: await listDerivations(db, req.query.of) }),
  );

  app.post('/api/derivations', { config: manage, schema: { tags, body: Draft, response: { 200: DerivationView } } }, async (req) => {
    await db.inTx(req.actor, (ctx) => saveDraft(ctx, req.body));
    return orThrow((await showDerivation(db, req.actor, req.body.tag)) ?? refuse('thing.not-found'));
  });

  app.get('/api/derivations/:tag', { config: see, schema: { tags, params: ByTag, response: { 200: DerivationView } } }, async (req) =>
    orThrow((await showDerivation(db, req.actor, req.params.tag)) ?? refuse('thing.not-found')),
  );

  app.delete(
    '/api/derivations/:tag/draft',
    { config: manage, schema: { tags, params: ByTag, response: { 204: z.null() } } },
    async (req, reply) => {
      await db.inTx(req.actor, (ctx) => dropDraft(ctx, req.params.tag));
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/derivations/:tag/facts',
    { config: see, schema: { tags, params: ByTag, response: { 200: DerivationFacts } } },
    async (req) => {
      const known = await knownNow(db, 'all');
      const inputs = inputsOf(standingOf(known));
      const closesRing = (name: string) => ringOf(req.params.tag, new Map([...inputs, [req.params.tag, [name]]])) !== null;
      const items = known.facts.filter((f) => !closesRing(f.name));
      return { items: items.map((f) => (f.values === undefined ? f : { ...f, values: f.values.slice(0, MOST_OFFERED) })) };
    },
  );

  app.post(
    '/api/derivations/:tag/check',
    { config: see, schema: { tags, params: ByTag, body: Check, response: { 200: Checked } } },
    async (req) => checkDefinition(db, req.params.tag, req.body.definition),
  );

  app.post(
    '/api/derivations/:tag/try',
    { config: manage, schema: { tags, params: ByTag, body: Check, response: { 202: z.object({ id: z.string() }) } } },
    async (req, reply) => reply.code(202).send({ id: orThrow(await tryDefinition(house, req.params.tag, req.body.definition)) }),
  );

  app.get(
    '/api/derivations/:tag/try/:id',
    { config: manage, schema: { tags, params: ByTag.extend({ id: z.uuid() }), response: { 200: Trial } } },
    async (req) => orThrow((await trialOf(db, req.params.tag, req.params.id, Date.now())) ?? refuse('thing.not-found')),
  );

  app.post(
    '/api/derivations/:tag/publish',
    { config: manage, schema: { tags, params: ByTag, body: Publication, response: { 200: DerivationView } } },
    async (req) => {
      const { tag } = req.params;
      await db.inTx(req.actor, (ctx) => publish(ctx, { tag, ...req.body }));
      soon();
      return orThrow((await showDerivation(db, req.actor, tag)) ?? refuse('thing.not-found'));
    },
  );

  for (const [path, act] of [['retire', retire], ['reinstate', reinstate]] as const) // biome-ignore format: one line
    app.post(
      `/api/derivations/:tag/${path}`,
      { config: manage, schema: { tags, params: ByTag, body: Retirement, response: { 200: DerivationView } } },
      async (req) => {
        const { tag } = req.params;
        await db.inTx(req.actor, (ctx) => act(ctx, { tag, reason: req.body.reason }));
        soon();
        return orThrow((await showDerivation(db, req.actor, tag)) ?? refuse('thing.not-found'));
      },
    );

  app.get(
    '/api/derivations/:tag/versions',
    { config: see, schema: { tags, params: ByTag, response: { 200: DerivationVersions } } },
    async (req) => {
      const rows = await versionsOf(db, req.params.tag);
      const known = await knownNow(db, 'all');
      const label = await labelsOf(db, known);
      return {
        items: rows.map(({ version, body, by, at, reason }) => ({
          version,
          definition: body,
          says: rowsOf(body, known.facts, label),
          by,
          at: new Date(at).toISOString(),
          reason,
        })),
      };
    },
  );

  app.get(
    '/api/derivations/:tag/runs',
    {
      config: see,
      schema: {
        tags,
        params: ByTag,
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) }),
        response: { 200: DerivationRuns },
      },
    },
    async (req) => ({ items: (await runsOf(db, req.params.tag, req.query.limit)).map(runView) }),
  );
}
