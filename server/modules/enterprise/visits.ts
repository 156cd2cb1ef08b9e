import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import type { House } from '#platform/module';
import { type Refusal, refuse } from '#platform/result';
import { dayIn, dayOf, textOf } from '#rule';
import type { VisitOutcome, VisitPlan } from './contract.ts';
import { offersOf } from './model.ts';
import { placedOf } from './placeStore.ts';
import { outcomes } from './standard.ts';
import { currentTables } from './tableStore.ts';
import { isDay, lastBy, outcomeObstacle, undone, undoObstacle } from './visit.ts';
import * as store from './visitStore.ts';

/** Offers accepted, visits made, and taken back. Notes may speak of people: they are sealed, and the trail says only that there is one. */

type Keeper = Pick<House, 'vault' | 'config'>;

/** The offer of its place is accepted and a visit stands. Refuses `thing.not-found`, `enterprise.not-placed`, `enterprise-visit.impossible-day`, `enterprise-visit.planned-already`. */
export async function planVisit(
  ctx: Ctx,
  { vault, config }: Keeper,
  { id, day, note }: { id: string } & VisitPlan,
): Promise<number | Refusal> {
  const { tx, now, actor } = ctx;
  if (!isDay(dayOf(day), dayIn(config.zone, now))) return refuse('enterprise-visit.impossible-day');
  if (!(await store.lockEnterprise(tx, id, actor.areas))) return refuse('thing.not-found');
  const stands = await placedOf(tx, id);
  const { body, version } = await currentTables(tx);
  const place = body.places.find((p) => p.id === stands?.place);
  if (stands === undefined || place === undefined) return refuse('enterprise.not-placed');
  const planned = (await store.visitsOf(tx, id)).find((v) => v.state === 'planned');
  if (planned !== undefined) return refuse('enterprise-visit.planned-already', { day: textOf(planned.day) });
  const offers = offersOf(place, stands.size).map((o) => o.text);
  const offer = { zh: offers.map((o) => o.zh).join('\n'), en: offers.map((o) => o.en).join('\n') };
  const [row] = await store.addVisit(tx, {
    enterprise: id,
    day: dayOf(day),
    place: place.id,
    version,
    offer,
    by: actor.id,
    by_name: actor.name,
    at: now,
    note: note ? vault.seal(note) : null,
  });
  await audit(ctx, 'enterprise.visit-planned', `enterprise:${id}`, { details: { visit: row?.id, day, place: place.id } });
  return row?.id as number;
}

/** The visit, its enterprise held; undefined outside the caller's areas too. */
async function held({ tx, actor }: Ctx, id: number): Promise<store.VisitRecord | undefined> {
  const visit = await store.visitById(tx, id);
  if (visit === undefined || !(await store.lockEnterprise(tx, visit.enterprise, actor.areas))) return undefined;
  return store.visitById(tx, id); // as it is now that nobody else acts on it
}

/** Answers whose visit it is. Refuses `thing.not-found`, `enterprise-visit.unknown-outcome` and what stands in the way. */
export async function noteOutcome(
  ctx: Ctx,
  { vault, config }: Keeper,
  { id, outcome, note }: { id: number } & VisitOutcome,
): Promise<string | Refusal> {
  const { tx, now, actor } = ctx;
  const chosen = outcomes().find((o) => o.id === outcome);
  if (chosen === undefined) return refuse('enterprise-visit.unknown-outcome', { outcome });
  const visit = await held(ctx, id);
  if (visit === undefined) return refuse('thing.not-found');
  const because = outcomeObstacle(visit, { today: dayIn(config.zone, now) });
  if (because !== null) return refuse(because);
  await store.saveVisit(tx, id, {
    state: 'done',
    outcome,
    met: chosen.met,
    outcome_note: note ? vault.seal(note) : null,
    outcome_by: actor.id,
    outcome_by_name: actor.name,
    outcome_at: now,
  });
  await audit(ctx, 'enterprise.visit-done', `enterprise:${visit.enterprise}`, { details: { visit: id, outcome } });
  return visit.enterprise;
}

const NO_OUTCOME = { outcome: null, met: null, outcome_note: null, outcome_by: null, outcome_by_name: null, outcome_at: null };

/** Takes the last step back. Answers whose visit it is. Refuses `thing.not-found` and what stands in the way. */
export async function undoVisit(ctx: Ctx, id: number): Promise<string | Refusal> {
  const visit = await held(ctx, id);
  if (visit === undefined) return refuse('thing.not-found');
  const all = await store.visitsOf(ctx.tx, visit.enterprise);
  const because = undoObstacle(visit, { actor: ctx.actor.id, isLatest: isLatest(visit, all) });
  if (because !== null) return refuse(because, { by: lastBy(visit).name });
  await store.saveVisit(ctx.tx, id, { ...NO_OUTCOME, state: undone(visit.state) });
  await audit(ctx, 'enterprise.visit-undone', `enterprise:${visit.enterprise}`, { details: { visit: id, was: visit.state } });
  return visit.enterprise;
}

export const isLatest = (visit: Pick<store.VisitRecord, 'id'>, all: readonly store.VisitRecord[]): boolean =>
  all.find((v) => v.state !== 'withdrawn')?.id === visit.id;
