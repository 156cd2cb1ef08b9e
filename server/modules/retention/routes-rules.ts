import { z } from 'zod';
import { type Actor, may } from '#platform/actor';
import { audit } from '#platform/audit';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { orThrow, refuse } from '#platform/result';
import { dayIn, dayOf, textOf } from '#rule';
import { Fact } from '#rule/contract';
import { Day, Rule, RuleEdit, RulePrecision, RuleTry, RuleView, Run, Tried } from './contract.ts';
import { precisions } from './precision.ts';
import { currentRules, type RuleRow, versionsOf } from './ruleStore.ts';
import { editRule, factsNow, mistakesOf } from './rules.ts';
import type { Supply } from './supply.ts';
import { askForSweep, isRunning, latestRuns, spokenOn } from './sweepStore.ts';
import { tryRule } from './trying.ts';
import { factNamed, ruleNamed, says, TROUBLES } from './words.ts';

const Id = z.object({ id: Rule.shape.id });
/** Days that are shown where nobody says from when on: a year of months, half a year of weeks. */
const LOOKED_BACK = { month: 365, week: 26 * 7 } as const;
const tags = ['retention'];
const see = { right: 'retention:see' } as const;
const manage = { right: 'retention:manage' } as const;
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const view = (actor: Actor, facts: readonly Fact[], { rule, at, by }: RuleRow): RuleView => {
  const because = may(actor, 'retention:manage') ? null : 'auth.forbidden';
  return {
    ...rule,
    says: says(rule),
    at: new Date(at).toISOString(),
    by,
    mistake: mistakesOf(rule, facts)[0] ?? null,
    actions: ['edit', 'try'].map((name) => ({ name, allowed: because === null, because })),
  };
};

/** Rules, what they may speak of, how good they were, and the mornings on which they spoke. */
export function ruleRoutes(app: App, house: House, supply: Supply): void {
  const { db, config } = house;
  const today = () => dayIn(config.zone, Date.now());

  app.get('/api/retention/facts', { config: see, schema: { tags, response: { 200: z.object({ items: z.array(Fact) }) } } }, async () => ({
    items: await factsNow(db, supply),
  }));

  app.get(
    '/api/retention/rules',
    { config: see, schema: { tags, response: { 200: z.object({ items: z.array(RuleView) }) } } },
    async (req) => {
      const facts = await factsNow(db, supply);
      const rows = (await currentRules(db)).toSorted((a, b) => a.rule.priority - b.rule.priority);
      return { items: rows.map((r) => view(req.actor, facts, r)) };
    },
  );

  app.get(
    '/api/retention/rules/:id/versions',
    { config: see, schema: { tags, params: Id, response: { 200: z.object({ items: z.array(RuleView) }) } } },
    async (req) => {
      const facts = await factsNow(db, supply);
      const rows = await versionsOf(db, req.params.id);
      if (rows.length === 0) orThrow(refuse('thing.not-found'));
      return { items: rows.map((r) => view(req.actor, facts, r)) };
    },
  );

  app.put(
    '/api/retention/rules/:id',
    { config: manage, schema: { tags, params: Id, body: RuleEdit, response: { 200: RuleView } } },
    async (req) => {
      const { basedOn, rule } = req.body;
      const saved = await db.inTx(req.actor, (ctx) => editRule(ctx, supply, { id: req.params.id, basedOn, text: rule }));
      return view(req.actor, await factsNow(db, supply), saved);
    },
  );

  app.post('/api/retention/rules/try', { config: manage, schema: { tags, body: RuleTry, response: { 200: Tried } } }, async (req) =>
    orThrow(await tryRule(house, supply, req.body.rule)),
  );

  const Span = z.object({
    from: Day.optional(),
    to: Day.optional(),
    within: z.coerce.number().int().min(1).max(365).default(90),
    by: z.enum(['month', 'week']).default('month'),
  });
  app.get(
    '/api/retention/precision',
    {
      config: see,
      schema: { tags, querystring: Span, response: { 200: z.object({ within: z.number(), items: z.array(RulePrecision) }) } },
    },
    async (req) => {
      const { from, to, within, by } = req.query;
      const now = today();
      const span = { from: from === undefined ? now - LOOKED_BACK[by] : dayOf(from), to: to === undefined ? now + 1 : dayOf(to) };
      return { within, items: await precisions(db, { ...span, within, by, today: now }) };
    },
  );

  app.get(
    '/api/retention/runs',
    {
      config: see,
      schema: {
        tags,
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(100).default(14) }),
        response: { 200: z.object({ items: z.array(Run) }) },
      },
    },
    async (req) => {
      const runs = await latestRuns(db, req.query.limit);
      const spoken = await spokenOn(
        db,
        runs.map((r) => r.day),
      );
      const rules = (await currentRules(db)).map((r) => r.rule);
      const facts = await factsNow(db, supply);
      return {
        items: runs.map((r) => ({
          ...r,
          day: textOf(r.day),
          began: new Date(r.began).toISOString(),
          ended: iso(r.ended),
          trouble: r.trouble === null ? null : (TROUBLES[r.trouble] ?? { zh: r.trouble, en: r.trouble }),
          facts: Object.entries(r.facts).map(([name, loadedAt]) => ({
            name,
            names: factNamed(facts, name).names,
            loadedAt: iso(loadedAt),
            doubtful: r.doubtful[name] ?? 0,
          })),
          rules: spoken
            .filter((s) => s.day === r.day)
            .map(({ rule, version, hits, known, trouble }) => ({ ...ruleNamed(rules, rule), version, hits, known, trouble })),
        })),
      };
    },
  );

  app.post(
    '/api/retention/sweeps',
    { config: manage, schema: { tags, response: { 202: z.object({ day: z.string() }) } } },
    async (req, reply) => {
      const day = today();
      await db.inTx(req.actor, async (ctx) => {
        if (await isRunning(ctx.tx, day)) return refuse('sweep.running');
        await askForSweep(ctx.tx);
        await audit(ctx, 'retention.sweep-asked', `day:${textOf(day)}`);
        return undefined;
      });
      return reply.code(202).send({ day: textOf(day) });
    },
  );
}
