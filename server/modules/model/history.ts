import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { MOST_DAYS, type PastDay } from './contract.ts';
import { aucOfCounts, eceOfCounts, meanOfCounts, psiOfCounts, STEPS, stepOf } from './counts.ts';
import { dateOf, dayOf, todayIn } from './days.ts';
import { healthOf } from './model.ts';
import * as store from './store.ts';
import * as watch from './watchStore.ts';

/** Days of scores from outside before they were watched here, handed in as counts by score: what each look would have found is worked out of them. */

/** A day read: people by score in thousandths. */
interface Day {
  readonly day: number;
  readonly spread: readonly number[];
  readonly unknown: number;
  readonly judged: watch.Judgement | null;
}

/**
 * Takes days in, all or none; a day that was handed in before is replaced. The first of them is what all later ones are held against, as long as no look here
 * was older than today. Refuses `thing.not-found`, `model.trained-here`, `model.impossible-day`, `model.day-twice`, `model.watched-here`, `model.score-beyond`.
 */
export async function takeDays(
  ctx: Ctx,
  zone: string,
  { id, days }: { readonly id: string; readonly days: readonly PastDay[] },
): Promise<true | Refusal> {
  const { tx, now } = ctx;
  const model = await store.lockModel(tx, id);
  if (model === undefined) return refuse('thing.not-found');
  if (model.kind !== 'outside') return refuse('model.trained-here');
  if (model.published === null) return refuse('model.no-version');
  const today = todayIn(zone, now);
  const looked = await watch.firstLook(tx, id);
  const read: Day[] = [];
  for (const one of days.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    const wrong = wrongIn(one, { today, looked, before: read.at(-1)?.day ?? null, full: model.top });
    if (wrong) return wrong;
    read.push(dayIn(one, model.top));
  }
  const first = read[0] as Day;
  const earlier = await watch.firstHanded(tx, id);
  const isNewBase = (looked === null || looked === today) && (earlier === null || first.day <= earlier);
  if (isNewBase) await watch.saveBase(tx, id, model.published, { spread: spreadOf(first), inputs: {} });
  const base = (await watch.baseOf(tx, id, model.published))?.spread ?? spreadOf(first);
  for (const one of read) {
    const { day, spread, unknown, judged } = one;
    const scored = spread.reduce((sum, n) => sum + n, 0);
    const psi = scored === 0 ? null : psiOfCounts(base, spreadOf(one));
    const health = healthOf({ psi, ece: judged?.ece ?? null });
    const row = { day, version: model.published, scored, unknown, mean: meanOfCounts(spread), psi, inputs: [], judged, ...health };
    await watch.saveDay(tx, id, row, now, 'handed');
  }
  await watch.askRefresh(tx, id, now);
  await store.askForWork(tx);
  await audit(ctx, 'model.days-handed-in', `model:${id}`, { details: { from: dateOf(first.day), to: dateOf((read.at(-1) as Day).day), days: read.length } }); // biome-ignore format: one line
  return true;
}

const spreadOf = ({ spread, unknown }: Day): number[] => [...spread, unknown];

interface Given {
  readonly today: number;
  /** The first day that was looked at here. */
  readonly looked: number | null;
  readonly before: number | null;
  readonly full: number;
}

function wrongIn({ day: text, scores, judged }: PastDay, { today, looked, before, full }: Given): Refusal | null {
  const day = dayOf(text);
  const of = judged === undefined ? day : dayOf(judged.of);
  if (day >= today || day < today - MOST_DAYS || of > day || of < today - 2 * MOST_DAYS) return refuse('model.impossible-day', { day: text, most: MOST_DAYS }); // biome-ignore format: one line
  if (day === before) return refuse('model.day-twice', { day: text });
  if (looked !== null && day >= looked) return refuse('model.watched-here', { day: text, from: dateOf(looked) });
  const beyond = [...scores, ...(judged?.scores ?? [])].find(({ score }) => score > full);
  return beyond === undefined ? null : refuse('model.score-beyond', { day: text, score: beyond.score, full });
}

function dayIn({ day, unknown, scores, judged }: PastDay, full: number): Day {
  const steps = <R extends { readonly score: number }>(rows: readonly R[], of: (row: R) => number): number[] => {
    const out = Array.from({ length: STEPS }, () => 0);
    for (const row of rows) out[stepOf(row.score / full)]! += of(row);
    return out;
  };
  const read = { day: dayOf(day), spread: steps(scores, (s) => s.people), unknown };
  if (judged === undefined) return { ...read, judged: null };
  const [ones, zeros] = [steps(judged.scores, (s) => s.yes), steps(judged.scores, (s) => s.no)];
  const positives = ones.reduce((sum, n) => sum + n, 0);
  const n = positives + zeros.reduce((sum, one) => sum + one, 0);
  return { ...read, judged: n === 0 ? null : { of: dayOf(judged.of), n, positives, auc: aucOfCounts(ones, zeros), ece: eceOfCounts(ones, zeros) } }; // biome-ignore format: one line
}
