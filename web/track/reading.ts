import type { TrackedOrder } from '#tracking/contract';
import { ms } from '../kit/format.ts';

/** How an order is to be read: what stands first, in which mood, and the next date worth naming. Pure; shared with the widget. */

export type Mood = 'done' | 'cancelled' | 'late' | 'waiting' | 'open';

/** Bad news first: late beats waiting. */
export const moodOf = (order: TrackedOrder): Mood => {
  if (order.state !== 'open') return order.state;
  if (order.late) return 'late';
  return order.wait ? 'waiting' : 'open';
};

/** The stage an order is in: the named one, else the current, else the last that was done. */
export const presentStage = (order: TrackedOrder): TrackedOrder['stages'][number] | null =>
  order.stages.find((stage) => stage.id === order.stage) ??
  order.stages.find((stage) => stage.state === 'current') ??
  order.stages.findLast((stage) => stage.state === 'done') ??
  null;

/** When an order was over: the last stage's time, else its last news. */
export const endOf = (order: TrackedOrder): string =>
  order.stages.findLast((stage) => stage.at !== null && stage.state === 'done')?.at ?? order.updatedAt;

/** For a late order, the next date that stands: the appointment, the wait's end, the usual time of what comes next. Past dates are none. */
export const nextDate = (order: TrackedOrder, now: number): { from: string; to: string } | { by: string } | null => {
  const ahead = (at: string) => ms(at) > now;
  if (order.slot && ahead(order.slot.to)) return order.slot;
  if (order.waitUntil && ahead(order.waitUntil)) return { by: order.waitUntil };
  if (order.next?.usual && ahead(order.next.usual.to)) return order.next.usual;
  return null;
};

/** An agreed time that is over, while nobody has told that they came. */
export const isPast = (slot: { to: string }, now: number): boolean => ms(slot.to) <= now;

/** When the wait ends at the latest, where that is worth saying: it lies ahead and neither an appointment nor the new day says it. */
export const waitEnd = ({ waitUntil, slot, replan }: TrackedOrder, now: number): string | null =>
  waitUntil && !slot && ms(waitUntil) > now && !(replan?.to && ms(replan.to) === ms(waitUntil)) ? waitUntil : null;

/** Seconds past the promise: until now while open, until the end when done; 0 without promise or in time. */
export const secondsLate = (order: TrackedOrder, now: number): number => {
  if (!order.promise || !order.late) return 0;
  const end = order.state === 'open' ? now : ms(endOf(order));
  return Math.max(0, (end - ms(order.promise.to)) / 1000);
};

/** The usual window only where it helps: it lies ahead, nothing is waited for beyond it, and no appointment says better. */
export const usualAhead = (order: TrackedOrder, now: number): { from: string; to: string } | null => {
  const usual = order.next?.usual;
  if (!usual || ms(usual.to) <= now) return null;
  if (order.slot && ms(order.slot.to) > now) return null;
  if (order.wait && (!order.waitUntil || ms(usual.from) < ms(order.waitUntil))) return null;
  return usual;
};

/** Newest first, whichever way they came; of equal times the one told later in the story stands first. What was told twice stands once. */
export const newestFirst = <T extends { at: string; text: string }>(told: readonly T[]): T[] => {
  const items = told.filter((a, i) => told.findIndex((b) => b.at === a.at && b.text === a.text) === i);
  const [first, last] = [items[0], items.at(-1)];
  const isStory = first !== undefined && last !== undefined && ms(first.at) < ms(last.at);
  return (isStory ? items.toReversed() : [...items]).sort((a, b) => ms(b.at) - ms(a.at));
};

const WORST: readonly Mood[] = ['late', 'waiting', 'open', 'done', 'cancelled'];

/** Late ones first, then what waits, what goes on, what is over; of a kind as they came. */
export const worstFirst = (orders: readonly TrackedOrder[]): TrackedOrder[] =>
  orders.toSorted((a, b) => WORST.indexOf(moodOf(a)) - WORST.indexOf(moodOf(b)));

/** When an order was given: its first stage, else its first line. */
export const begunAt = (order: TrackedOrder): string | null => order.stages[0]?.at ?? newestFirst(order.lines).at(-1)?.at ?? null;
