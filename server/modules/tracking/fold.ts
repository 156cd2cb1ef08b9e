import { NO_STEP, type Plan, rankOf, stepOf } from './plan.ts';
import { BLANK, blankTimeline, NO_COUNTS, NONE, own, type PersonRef, type Place, type Timeline, type WaitState } from './timeline.ts';

/** What the fold reads of an event. Times are integer microseconds since 1970 (`…Us`), as half the trade stamps finer than a millisecond. */
export interface FoldEvent {
  readonly at: number;
  readonly seq: number;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly handler?: string;
  readonly scenario?: string;
  /** The org unit named by the event (`keys.area`). */
  readonly area?: string;
  /** The waybill, where the event names one. */
  readonly parcel?: string;
  readonly person?: Readonly<Record<string, PersonRef>>;
  /** The open fields that the fold understands. */
  readonly data?: {
    readonly reason?: string;
    readonly until?: number;
    readonly by?: string;
    readonly slotFrom?: number;
    readonly slotTo?: number;
    readonly place?: string;
  };
}

const KEPT = 24;

/** A list with one more; of many the latest are kept. */
const latest = <T>(list: readonly T[], one: T): readonly T[] => (list.length < KEPT ? [...list, one] : [...list.slice(1 - KEPT), one]);

/** Whoever goes out has the order until he is done, whatever machines do in between. */
export const FIELD_HOLDERS: ReadonlySet<string> = new Set(['installer', 'lead']);

export const placeOf = (plan: Plan, e: FoldEvent): Place => [e.at, e.seq, rankOf(plan, e.type, e.source), e.source, e.id];

/** Order within a journey: time, seq, rank, source, id (contract). */
export function comparePlaces(a: Place, b: Place): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] !== b[1]) return a[1] - b[1];
  if (a[2] !== b[2]) return a[2] - b[2];
  if (a[3] !== b[3]) return a[3] < b[3] ? -1 : 1;
  return a[4] < b[4] ? -1 : a[4] > b[4] ? 1 : 0;
}

/** An empty timeline of a scenario; the first event applied gives it its beginning. */
export const emptyTimeline = ({ scenario }: Plan): Timeline =>
  blankTimeline(
    scenario.milestones.map(() => BLANK),
    scenario.stages.map(() => null),
  );

/** The whole fold: any order of arrival gives the same timeline, because the order is made here. */
export function foldAll(plan: Plan, events: readonly FoldEvent[]): Timeline {
  const placed = events.map((e) => ({ e, place: placeOf(plan, e) })).sort((a, b) => comparePlaces(a.place, b.place));
  const t = emptyTimeline(plan);
  for (const { e, place } of placed) applyEvent(plan, t, e, place);
  return t;
}

/** Milestones that count in this journey: optional ones only once shown. */
export const exists = (plan: Plan, t: Timeline, i: number): boolean =>
  !plan.scenario.milestones[i]?.optional || t.milestones[i]?.seen === true;

/** Index of the active milestone: the first existing one after the furthest done; −1 when there is none. */
export function activeOf(plan: Plan, t: Timeline): number {
  if (t.cancelled !== undefined) return -1;
  for (let i = t.done + 1; i < t.milestones.length; i++) if (exists(plan, t, i)) return i;
  return -1;
}

/** Takes one more event at the tail. Changes `t` in place: the caller owns it. */
export function applyEvent(plan: Plan, t: Timeline, e: FoldEvent, place: Place): void {
  if (t.events === 0) {
    t.started = e.at;
    t.moved = e.at;
  }
  t.events++;
  t.last = e.at;
  t.tail = place;
  if (e.area !== undefined) t.area = e.area;
  if (e.data?.place === 'city' || e.data?.place === 'country') t.place = e.data.place;
  if (e.person !== undefined) t.person = { ...t.person, ...e.person };
  if (e.parcel !== undefined && e.type.startsWith('parcel.')) followParcel(t, e.parcel, e);
  if (t.cancelled === undefined) move(plan, t, e, place[2] === NO_STEP);
  enter(plan, t);
  reachStages(plan, t, e.at);
}

function followParcel(t: Timeline, number: string, e: FoldEvent): void {
  const before = t.parcel?.number === number ? t.parcel.steps : NONE;
  t.parcel = { number, steps: latest<[string, number]>(before, [e.type, e.at]) };
}

function move(plan: Plan, t: Timeline, e: FoldEvent, plain: boolean): void {
  if (e.type === 'order.cancelled') {
    endWait(t, e.at);
    t.cancelled = e.at;
    t.reason = e.data?.reason;
    note(t, 'E11', e);
    return;
  }
  if (!plain) takeStep(plan, t, e);
  const exception = plan.exceptions.get(e.type);
  if (exception !== undefined) takeException(plan, t, e, exception.code, exception.wait, exception.after);
  if (e.type.startsWith('wait.')) takeWait(plan, t, e);
}

function takeStep(plan: Plan, t: Timeline, e: FoldEvent): void {
  const step = stepOf(plan, e.type, e.source);
  const planned = step && plan.scenario.milestones[step.milestone];
  if (step === undefined || planned === undefined || t.milestones[step.milestone] === undefined) return;
  const m = own(t, step.milestone);
  m.seen = true;
  if (!m.sources.includes(e.source)) m.sources = [...m.sources, e.source];
  if (e.handler !== undefined) m.handler = e.handler;
  if (e.handler !== undefined && FIELD_HOLDERS.has(planned.holder)) t.visitor = e.handler;
  if (e.data?.slotFrom !== undefined && e.data.slotTo !== undefined) t.slot = [e.data.slotFrom, e.data.slotTo];
  if (t.wait !== undefined && endsWait(plan, t.wait, planned.holder)) endWait(t, e.at);
  t.counts = NO_COUNTS;
  t.moved = e.at;
  if (!step.closes || m.left !== undefined) return;
  m.left = e.at;
  if (m.inside === undefined) {
    m.inside = true;
    m.entries++;
  }
  t.done = Math.max(t.done, step.milestone);
  if (t.done === t.milestones.length - 1 && t.finished === undefined) {
    t.finished = t.milestones[t.done]?.left;
    endWait(t, e.at);
  }
}

/** "The holder's next step ends it": the waiting milestone's holder, or whoever the wait moved the journey to. */
const endsWait = (plan: Plan, wait: WaitState, holder: string): boolean =>
  holder === wait.holder || holder === plan.waits.get(wait.id)?.movesTo;

function takeException(plan: Plan, t: Timeline, e: FoldEvent, code: string, wait: string | undefined, after = 1): void {
  note(t, code, e);
  if (code === 'E20') t.urged++;
  if (e.data?.slotFrom !== undefined && e.data.slotTo !== undefined) reappoint(t, [e.data.slotFrom, e.data.slotTo], e.data.by);
  const count = (t.counts[code] ?? 0) + 1;
  t.counts = { ...t.counts, [code]: count };
  const back = plan.backTo.get(code);
  if (back !== undefined) goBack(t, back, e.at);
  if (wait !== undefined && plan.waits.has(wait) && count === after) beginWait(plan, t, wait, e);
}

/** Before any appointment: no promise is as early, so that it moves none. */
const NEVER: [number, number] = [0, 0];

/** A new appointment by the customer's wish is his new promise; one by ours leaves the old one standing. Who is not named is the customer. */
function reappoint(t: Timeline, slot: [number, number], by = 'customer'): void {
  if (by === 'customer') t.held = undefined;
  else t.held ??= t.slot ?? NEVER;
  t.slot = slot;
}

function takeWait(plan: Plan, t: Timeline, e: FoldEvent): void {
  const id = e.type.slice(5);
  if (id === 'ended') endWait(t, e.at);
  else if (plan.waits.has(id)) beginWait(plan, t, id, e);
}

function beginWait(plan: Plan, t: Timeline, id: string, e: FoldEvent): void {
  endWait(t, e.at);
  const active = activeOf(plan, t);
  if (active < 0) return;
  const wait: WaitState = { id, since: e.at, stops: plan.waits.get(id)?.promise === 'stops' };
  const holder = plan.scenario.milestones[active]?.holder;
  if (holder !== undefined) wait.holder = holder;
  if (e.data?.until !== undefined) wait.until = e.data.until;
  t.wait = wait;
}

function endWait(t: Timeline, at: number): void {
  if (t.wait === undefined) return;
  const { id, since, stops } = t.wait;
  if (stops) t.stopped += Math.max(0, at - since);
  t.waits = latest<Timeline['waits'][number]>(t.waits, [id, since, at, stops ? 1 : 0]);
  t.wait = undefined;
}

/** "Back to the row of X": it and all after it are pending from here on. */
function goBack(t: Timeline, to: number, at: number): void {
  for (let i = to; i < t.milestones.length; i++) {
    const m = t.milestones[i];
    if (m === undefined || (m.left === undefined && m.inside === undefined)) continue;
    m.left = undefined;
    m.inside = undefined;
  }
  t.done = -1;
  for (let i = 0; i < to; i++) if (t.milestones[i]?.left !== undefined) t.done = i;
  t.finished = undefined;
  t.moved = at;
}

function note(t: Timeline, code: string, e: FoldEvent): void {
  t.exceptions = latest<Timeline['exceptions'][number]>(t.exceptions, [code, e.at, e.data?.reason ?? '', e.source]);
}

/** The active milestone is entered once, until an exception sends it back. */
function enter(plan: Plan, t: Timeline): void {
  const active = activeOf(plan, t);
  if (active < 0 || t.milestones[active]?.inside !== undefined) return;
  const m = own(t, active);
  m.inside = true;
  m.entries++;
}

/** A stage is reached when its first milestone is done or skipped; the first one with the first event. */
function reachStages(plan: Plan, t: Timeline, at: number): void {
  for (let i = 0; i < plan.stageMilestones.length; i++) {
    const first = firstOf(plan, t, plan.stageMilestones[i] as readonly number[]);
    const reached = i === 0 || (first !== undefined && first <= t.done);
    if (!reached) t.stages[i] = null;
    else if (t.stages[i] === null || t.stages[i] === undefined) t.stages[i] = at;
  }
}

function firstOf(plan: Plan, t: Timeline, milestones: readonly number[]): number | undefined {
  for (const m of milestones) if (exists(plan, t, m)) return m;
  return undefined;
}
