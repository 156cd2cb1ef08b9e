import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { dateOf, dayOf, todayIn } from './days.ts';
import { roomFrom } from './observation.ts';
import * as kept from './observationStore.ts';
import * as store from './store.ts';
import { inputsOf } from './subject.ts';

/** What people do with observations: begin one, have one begun each month, throw one away. */

/**
 * Asks for an observation of today, which the oldest that is ripe makes room for. Refuses `thing.not-found`, `model.from-outside`, `model.observed-today`,
 * `model.no-inputs`, `model.observations-full`.
 */
export async function beginObservation(ctx: Ctx, zone: string, { id }: { readonly id: string }): Promise<true | Refusal> {
  const { tx, now, actor } = ctx;
  const model = await store.lockModel(tx, id);
  if (model === undefined) return refuse('thing.not-found');
  if (model.kind === 'outside') return refuse('model.from-outside');
  const day = todayIn(zone, now);
  const there = await kept.observationsOf(tx, id);
  const room = roomOn(day, there);
  if (isRefusal(room)) return room;
  if ((await inputsOf(tx, model)).inputs.length === 0) return refuse('model.no-inputs');
  if (room !== 'none') await kept.dropObservation(tx, id, room);
  await kept.addObservation(tx, { model: id, day, due: day + model.horizon, now, by: actor.name });
  await store.askForWork(tx);
  await audit(ctx, 'model.observed', `model:${id}`, {
    details: { day: dateOf(day), ...(typeof room === 'number' && { instead: dateOf(room) }) },
  });
  return true;
}

/** The observation that one of today takes the place of, if any. Refuses `model.observed-today`, `model.observations-full`. */
export function roomOn(today: number, there: readonly Pick<kept.ObservationRow, 'day' | 'due' | 'state'>[]): number | 'none' | Refusal {
  const same = there.find((o) => o.day === today);
  if (same) return same.state === 'failed' ? today : refuse('model.observed-today', { day: dateOf(today) });
  return roomFrom(there) ?? refuse('model.observations-full', { most: there.length, due: dateOf(Math.min(...there.map((o) => o.due))) });
}

/** Refuses `thing.not-found`, and what a training learns from just then. */
export async function forgetObservation(ctx: Ctx, { id, date }: { readonly id: string; readonly date: string }): Promise<true | Refusal> {
  const { tx } = ctx;
  if ((await store.lockModel(tx, id)) === undefined) return refuse('thing.not-found');
  const [latest] = await store.versionsOf(tx, id);
  const isAtWork = latest?.state === 'draft' || latest?.state === 'training';
  if (isAtWork && latest.observed?.includes(dayOf(date))) return refuse('model.training', { n: latest.n });
  if (!(await kept.dropObservation(tx, id, dayOf(date)))) return refuse('thing.not-found');
  await audit(ctx, 'model.observation-dropped', `model:${id}`, { details: { day: date } });
  return true;
}

/** Whether an observation begins by itself each month. Refuses `thing.not-found`, `model.from-outside`. */
export async function observeEach(
  ctx: Ctx,
  { id, every }: { readonly id: string; readonly every: 'month' | 'never' },
): Promise<true | Refusal> {
  const model = await store.lockModel(ctx.tx, id);
  if (model === undefined) return refuse('thing.not-found');
  if (model.kind === 'outside') return refuse('model.from-outside');
  await kept.setMonthly(ctx.tx, id, every === 'month');
  await audit(ctx, 'model.observing', `model:${id}`, { details: { every } });
  return true;
}

/** Days of ripe observations, for a training. Refuses `model.not-ripe` with the first that is none. */
export async function ripeDays(ctx: Pick<Ctx, 'tx'>, id: string, dates: readonly string[]): Promise<number[] | Refusal> {
  const there = await kept.observationsOf(ctx.tx, id);
  const isRipe = (date: string) => there.some((o) => o.day === dayOf(date) && o.state === 'ripe');
  const wrong = dates.find((date) => !isRipe(date));
  return wrong === undefined ? [...new Set(dates.map(dayOf))].sort((a, b) => a - b) : refuse('model.not-ripe', { day: wrong });
}
