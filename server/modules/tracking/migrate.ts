import type { Actor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Sql } from '#platform/db';
import type { House } from '#platform/module';
import { book } from '#scenario';
import type { Scenario } from '#scenario/contract';
import { enterIntake } from './conflict-store.ts';
import type { JourneyShift } from './contract.ts';
import { foldAll } from './fold.ts';
import { makeFolding } from './folding.ts';
import { isoOrNull, type Lang } from './journey-view.ts';
import { planFor } from './journeys.ts';
import { settleLoose } from './loose.ts';
import { makePlan, type Plan } from './plan.ts';
import type { JourneyFilter, Scope } from './read-store.ts';
import * as read from './read-store.ts';
import { type JourneyRecord, recordOf, STATES } from './record.ts';
import { foldBatch, rowToFold, type Work } from './refold.ts';
import { act } from './rework.ts';
import * as store from './store.ts';

/**
 * What another version of a scenario makes of real journeys: looked at beforehand with a draft, or done. A running journey keeps its
 * version until somebody asks for another.
 */

const LOOKED_AT = 50;
/** A journey of more events is not folded just to be looked at. */
const LONGEST = 2_000;
const AT_ONCE = 100;

/** The latest journeys of the scenario (or those named) as they are and as this draft would have them. */
export async function preview(house: House, scope: Scope, draft: Scenario, lang: Lang): Promise<JourneyShift[]> {
  const rows = await read.listJourneys(house.db, { scenario: draft.id }, scope, Date.now() * 1000, {
    sort: '-startedAt',
    limit: LOOKED_AT,
  });
  return shifts(house, house.db, rows, makePlan(draft, book.words), lang);
}

/** Open journeys of the scenario that go by another version. */
export const toMigrate = (scenario: string, ids: readonly string[] | undefined): JourneyFilter => ({
  scenario,
  state: 0,
  ...(ids && { ids }),
});

/** What going over to `plan` would change, journey by journey. */
export async function shifts(house: House, sql: Sql, rows: readonly JourneyRecord[], plan: Plan, lang: Lang): Promise<JourneyShift[]> {
  const f = makeFolding(house.config.zone);
  const small = rows.filter((j) => j.events <= LONGEST);
  const events = new Map<string, store.EventRow[]>(small.map((j) => [j.id, []]));
  for (const e of small.length === 0 ? [] : await store.eventsOfJourneys(sql, [...events.keys()])) events.get(e.journey)?.push(e);
  return small.map((j) => {
    const t = foldAll(
      plan,
      (events.get(j.id) ?? []).map((e) => rowToFold(e, f)),
    );
    const after = recordOf(j, plan, t, f.zoned, { own_over: j.own_over, loose: j.loose, sources: j.sources });
    const [was, is] = [faceOf(j, planFor(j), lang), faceOf(after, plan, lang)];
    return {
      id: j.id,
      root: { kind: j.root_kind, value: j.root_value },
      version: j.version,
      before: was,
      after: is,
      changed: JSON.stringify(was) !== JSON.stringify(is),
    };
  });
}

function faceOf(j: JourneyRecord, plan: Plan, lang: Lang): JourneyShift['before'] {
  const { stages, milestones } = plan.scenario;
  return {
    state: STATES[j.state] ?? 'open',
    stage: j.stage,
    stageName: stages.find((s) => s.id === j.stage)?.names[lang] ?? null,
    milestone: j.milestone,
    milestoneName: milestones.find((m) => m.id === j.milestone)?.names[lang] ?? null,
    holder: j.holder,
    dueAt: isoOrNull(j.due),
  };
}

/** Takes journeys over to another version of their scenario, a hundred at a time; those that ended meanwhile are left alone. Answers how many. */
export async function migrate(house: House, actor: Actor, ids: readonly string[], scenario: string, version: number): Promise<number> {
  const folding = makeFolding(house.config.zone);
  let done = 0;
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const chunk = ids.slice(i, i + AT_ONCE).toSorted();
    await act(house, () =>
      house.db.inTx(actor, async (ctx) => {
        const { tx, now } = ctx;
        await enterIntake(tx);
        const rows = (await store.lockJourneys(tx, chunk)).filter((r) => r.scenario === scenario && r.version !== version);
        const running = rows.filter((r) => r.fold.finished === undefined && r.fold.cancelled === undefined);
        const work: Work = {
          rows: new Map(running.map((r) => [r.id, { ...r, version }])),
          events: new Map(running.map((r) => [r.id, []])),
          roots: new Map(),
          rebuild: new Set(),
          attached: [],
        };
        const { shifted, attached } = await foldBatch(tx, folding, work);
        const settled = await settleLoose(tx, folding, { loose: [], attached, shifted });
        const changed = [...new Set([...running.map((r) => r.id), ...settled])];
        await store.saveBatch(tx, now, changed, {});
        await audit(ctx, 'scenario.migrated', `scenario:${scenario}`, { details: { version, journeys: running.map((r) => r.id) } });
        done += running.length;
        return { changed };
      }),
    );
  }
  return done;
}
