import { promiseOf, termOf, usualEnd, type Zoned } from './clock.ts';
import type { TrackedOrder } from './contract.ts';
import { activeOf, exists } from './fold.ts';
import { iso, isoOrNull, type Lang, stagesOf } from './journey-view.ts';
import { digest } from './objects.ts';
import type { Plan } from './plan.ts';
import { type JourneyRecord, STATES } from './record.ts';
import { isToldByWait, replanned, standingException, standingSlot } from './standing.ts';
import type { Timeline } from './timeline.ts';

/** The customer's lens on the fold: stages, what comes next, honest words; no system's code and, when brief, no person's data. */

export type Level = 'brief' | 'full';

/** Who comes, as the staff directory knows him. */
export interface Visitor {
  readonly name: string;
  readonly phone?: string | null | undefined;
}

/** Short and opaque: what a customer may read out to an agent. */
export const refOf = (journey: string): string => digest(`ref\0${journey}`).slice(0, 8).toUpperCase();

export function trackedOrder(
  j: Pick<JourneyRecord, 'id' | 'scenario' | 'state' | 'stage' | 'fold'>,
  plan: Plan,
  lang: Lang,
  nowUs: number,
  z: Zoned,
  level: Level,
  watch: string,
  visitor?: Visitor,
): TrackedOrder {
  const t = j.fold;
  const full = level === 'full';
  const open = j.state === 0;
  // Done on site, open in the system alone: nothing more is to come for the customer.
  const settled = open && standingException(t, j.state)?.[0] === 'E19';
  const promise = open && !settled ? promiseOf(plan, t, z) : null;
  const kept = j.state === 1 ? termOf(plan, t, z) : null;
  const broken = kept !== null && t.finished !== undefined && t.finished > kept.to ? kept : null;
  const late = broken !== null || (promise !== null && promise.due !== null && promise.due < nowUs);
  const replan = replanned(t, promise, late);
  const told = replan === null ? (promise ?? broken) : null;
  const slot = open && !settled ? standingSlot(plan, t) : null;
  const wait = j.state === 0 && t.wait ? plan.waits.get(t.wait.id) : undefined;
  return {
    ref: refOf(j.id),
    title: j.scenario === 'unclassified' ? ORDER[lang] : plan.scenario.names[lang],
    scenario: j.scenario,
    state: STATES[j.state] ?? 'open',
    stage: j.stage,
    stages: stagesOf(plan, t, lang).map(({ id, name, state, at }) => ({ id, name, state, at })),
    next: settled ? null : nextOf(plan, t, lang, z),
    promise: told && { from: iso(told.from), to: iso(told.to) },
    replan: replan && { was: iso(replan.was), to: replan.to === null ? null : iso(replan.to) },
    late,
    wait: wait?.customer[lang] ?? null,
    waitUntil: wait === undefined ? null : isoOrNull(t.wait?.until),
    notice: noticeOf(plan, t, j, lang),
    slot: slot && { from: iso(slot[0]), to: iso(slot[1]) },
    visitor:
      full && j.state === 0 && t.visitor !== undefined
        ? { name: visitor?.name ?? ROLE[lang], id: t.visitor, phone: visitor?.phone ?? null, role: ROLE[lang] }
        : null,
    parcel:
      full && t.parcel
        ? {
            number: t.parcel.number,
            steps: t.parcel.steps.map(([type, at]) => ({ text: parcelWord(type, lang), at: iso(at), place: null })),
          }
        : null,
    lines: linesOf(plan, t, lang),
    updatedAt: iso(t.last),
    level,
    watch,
  };
}

const ORDER = { zh: '订单', en: 'Order' };
const GONE = { zh: '订单已撤销', en: 'The order was withdrawn' };
const ROLE = { zh: '装维师傅', en: 'Installer' };

/** The first stage not reached yet, and when it is usually reached: the open milestones before it, p50 to p90, in their holders' hours. */
function nextOf(plan: Plan, t: Timeline, lang: Lang, z: Zoned): TrackedOrder['next'] {
  const active = activeOf(plan, t);
  if (active < 0) return null;
  const reached = t.stages.findLastIndex((at) => at !== null && at !== undefined);
  for (let i = reached + 1; i < plan.scenario.stages.length; i++) {
    const first = (plan.stageMilestones[i] ?? []).find((m) => exists(plan, t, m));
    const stage = plan.scenario.stages[i];
    if (first === undefined || stage === undefined) continue;
    let from = t.moved;
    let to = t.moved;
    for (let m = active; m <= first; m++)
      if (exists(plan, t, m)) {
        from = usualEnd(plan, z, from, m, 'p50');
        to = usualEnd(plan, z, to, m, 'p90');
      }
    return { name: stage.names[lang], usual: t.wait ? null : { from: iso(from), to: iso(to) } };
  }
  return null;
}

/** The last thing that went wrong and still matters, unless the wait says it already. */
function noticeOf(plan: Plan, t: Timeline, j: Pick<JourneyRecord, 'state'>, lang: Lang): string | null {
  const last = standingException(t, j.state);
  if (last === undefined || (t.wait !== undefined && last[1] <= t.wait.since)) return null;
  return wordsOf(plan, last[0])?.[lang] ?? null;
}

function wordsOf(plan: Plan, code: string): { zh: string; en: string } | undefined {
  for (const e of plan.exceptions.values()) if (e.code === code) return e.customer;
  return code === 'E11' ? GONE : undefined;
}

/** History, newest first: stages reached, waits begun, what went wrong; each line comes from one event. */
function linesOf(plan: Plan, t: Timeline, lang: Lang): { at: string; text: string }[] {
  const lines: [number, string][] = [];
  for (const [i, at] of t.stages.entries()) if (at !== null) lines.push([at, plan.scenario.stages[i]?.names[lang] ?? '']);
  for (const [id, since] of [...t.waits, ...(t.wait ? [[t.wait.id, t.wait.since] as const] : [])]) {
    const said = plan.waits.get(id)?.customer;
    if (said !== undefined) lines.push([since, said[lang]]);
  }
  for (const [code, at] of t.exceptions) {
    const said = at === t.cancelled ? GONE : wordsOf(plan, code);
    if (said !== undefined && !isToldByWait(t, at)) lines.push([at, said[lang]]);
  }
  return lines
    .sort((a, b) => b[0] - a[0])
    .slice(0, 30)
    .map(([at, text]) => ({ at: iso(at), text }));
}

const PARCEL: Readonly<Record<string, { zh: string; en: string }>> = {
  'parcel.picked-up': { zh: '快递已揽收', en: 'Picked up by the courier' },
  'parcel.in-transit': { zh: '运输中', en: 'On its way' },
  'parcel.out-for-delivery': { zh: '派送中', en: 'Out for delivery' },
  'parcel.delivered': { zh: '已签收', en: 'Delivered' },
  'parcel.refused': { zh: '已拒收', en: 'Refused' },
  'parcel.stuck': { zh: '包裹滞留，正在处理', en: 'Held up; being looked into' },
  'parcel.lost': { zh: '包裹遗失，将重新寄出', en: 'Lost; it will be sent again' },
  'parcel.returned': { zh: '包裹已退回', en: 'Sent back' },
};

const parcelWord = (type: string, lang: Lang): string => PARCEL[type]?.[lang] ?? { zh: '物流更新', en: 'Parcel update' }[lang];
