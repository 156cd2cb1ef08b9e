import type { Sql } from '#platform/db';
import { mask } from '#platform/personal';
import type { Vault } from '#platform/vault';
import { sourceById } from '#source';
import { netSeconds, openStep, promiseOf, type Zoned } from './clock.ts';
import type { Action, EventView, JourneyDetail, JourneyRow, MilestoneView, StageView } from './contract.ts';
import { activeOf, exists } from './fold.ts';
import { KINDS } from './folding.ts';
import { OWN } from './own-events.ts';
import { NO_STEP, type Plan, rankOf, stepOf } from './plan.ts';
import { type JourneyRecord, STATES } from './record.ts';
import type { EventRow } from './store.ts';
import type { Timeline } from './timeline.ts';

/** From the fold to the wire: pure but for masked values, which are looked up in the vault once per page. */

const DAY_MS = 86_400_000;
const LAST_DAY = 2_932_896; // of the year 9999
const MOST_DAYS = 20_000;
const digits = (length: number): string[] => Array.from({ length: 10 ** length }, (_, n) => String(n).padStart(length, '0'));
const TWO = digits(2);
const THREE = digits(3);
const days = new Map<number, string>();

function dayText(day: number): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size >= MOST_DAYS) days.clear();
  const made = new Date(day * DAY_MS).toISOString().slice(0, 11);
  days.set(day, made);
  return made;
}

/** As `toISOString`, in a fifth of its time: a customer's answer has dozens of these. */
function millisText(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  if (!(day >= 0 && day <= LAST_DAY)) return new Date(ms).toISOString();
  const s = Math.floor((ms - day * DAY_MS) / 1000);
  const m = Math.floor(s / 60);
  return `${dayText(day)}${TWO[Math.floor(m / 60)]}:${TWO[m % 60]}:${TWO[s % 60]}.${THREE[ms % 1000]}Z`;
}

export const iso = (us: number): string => {
  const text = millisText(Math.floor(us / 1000));
  const rest = us % 1000;
  return rest === 0 ? text : `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
};
export const isoOrNull = (us: number | null | undefined): string | null => (us === null || us === undefined ? null : iso(us));

export type Lang = 'zh' | 'en';

/** States of the milestones, in the scenario's order; optional ones that this journey never showed are left out. */
export function milestonesOf(plan: Plan, t: Timeline): MilestoneView[] {
  const active = activeOf(plan, t);
  let before = t.started;
  return plan.scenario.milestones.flatMap((m, i): MilestoneView[] => {
    const s = t.milestones[i];
    if (s === undefined || !exists(plan, t, i)) return [];
    const done = s.left !== undefined;
    const state = done ? 'done' : i < t.done || t.cancelled !== undefined ? 'skipped' : i === active ? 'active' : 'pending';
    const enteredAt = state === 'done' || state === 'active' ? iso(before) : null;
    if (done) before = s.left ?? before;
    const steps = m.steps.filter((x) => !x.optional || m.optional);
    const sum = (f: 'p50' | 'p90') => steps.reduce((n, x) => n + x[f], 0);
    return [
      {
        id: m.id,
        names: m.names,
        stage: m.stage,
        holder: m.holder,
        state,
        enteredAt,
        leftAt: done ? isoOrNull(s.left) : null,
        entries: s.entries,
        handler: s.handler ?? null,
        sources: [...s.sources],
        planned: { p50: sum('p50'), p90: sum('p90') },
      },
    ];
  });
}

/** The stage line as a customer reads it. */
export function stagesOf(plan: Plan, t: Timeline, lang: Lang): StageView[] {
  const reached = t.stages.findLastIndex((at) => at !== null && at !== undefined);
  const over = t.finished !== undefined && t.cancelled === undefined;
  return plan.scenario.stages.map((s, i) => {
    const at = isoOrNull(t.stages[i]);
    const absent = at === null && (plan.stageMilestones[i] ?? []).every((m) => !exists(plan, t, m));
    const state = stageState({ at, absent, reached: i - reached, over, cancelled: t.cancelled !== undefined });
    return { id: s.id, name: s.names[lang], names: s.names, state, at };
  });
}

function stageState(s: { at: string | null; absent: boolean; reached: number; over: boolean; cancelled: boolean }): StageView['state'] {
  if (s.absent) return 'skipped';
  if (s.at !== null && (s.reached < 0 || s.over)) return 'done';
  if (s.cancelled) return 'skipped';
  if (s.reached === 0) return 'current';
  return s.reached < 0 ? 'skipped' : 'next';
}

const MARKS: readonly [number, string][] = [
  [1, 'late'],
  [2, 'future'],
  [4, 'unknown-scenario'],
  [8, 'erased'],
  [16, 'withdrawn'],
];

/** What kind of thing an event is in this journey's scenario. */
function kindMarks(plan: Plan, type: string, source: string): string[] {
  if (source === OWN && type.startsWith('link.')) return ['repair'];
  const out: string[] = [];
  if (type.startsWith('wait.')) out.push('wait');
  if (plan.exceptions.has(type) || type === 'order.cancelled') out.push('exception');
  if (out.length === 0 && rankOf(plan, type, source) === NO_STEP) out.push('unknown-step');
  return out;
}

/** One value as it is, several as a list. */
export const keysAsSent = (
  keys: Readonly<Record<string, readonly string[]>>,
  shown: (kind: string, value: string) => string,
): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(keys).map(([kind, values]) => {
      const all = values.map((v) => shown(kind, v));
      return [kind, all.length === 1 ? (all[0] as string) : all];
    }),
  );

/** Events as sent: personal values masked, sealed data absent. `conflicts`: ids of events of which a different copy came too. */
export async function eventViews(
  sql: Sql,
  vault: Vault,
  rows: readonly EventRow[],
  plan: Plan,
  conflicts: ReadonlySet<number>,
): Promise<EventView[]> {
  const refs = rows.flatMap((r) => [
    ...Object.entries(r.keys).flatMap(([kind, ids]) => (KINDS.personal.has(kind) ? ids.map((id) => ({ subject: id, id })) : [])),
    ...Object.values(r.person ?? {}).map(([subject, id]) => ({ subject, id })),
  ]);
  const known = await vault.reveal(sql, refs);
  const masked = (subject: string, id: string): string => {
    const v = known.get(`${subject}/${id}`);
    return v === undefined ? '***' : mask(v.kind, v.value);
  };
  return rows.map((r) => {
    const step = stepOf(plan, r.type, r.source);
    const marks = MARKS.filter(([bit]) => (r.marks & bit) !== 0).map(([, name]) => name);
    if (conflicts.has(r.id)) marks.push('conflict');
    const keys = keysAsSent(r.keys, (kind, v) => (KINDS.personal.has(kind) ? masked(v, v) : v));
    return {
      ref: String(r.id),
      source: r.source,
      id: r.sid,
      type: r.type,
      time: iso(r.at),
      seq: r.seq,
      keys,
      ...(r.scenario !== null && { scenario: r.scenario }),
      ...(r.handler !== null && { handler: r.handler }),
      ...(r.person !== null && {
        person: Object.fromEntries(Object.entries(r.person).map(([f, [subject, id]]) => [f, masked(subject, id)])),
      }),
      ...(r.data !== null && { data: r.data }),
      receivedAt: new Date(r.received).toISOString(),
      milestone: step === undefined ? null : (plan.scenario.milestones[step.milestone]?.id ?? null),
      marks: [...marks, ...kindMarks(plan, r.type, r.source)],
    };
  });
}

/** One row of a list, in the caller's language. */
export function journeyRow(j: JourneyRecord, plan: Plan, lang: Lang, nowUs: number, silent: (source: string) => boolean): JourneyRow {
  const stage = plan.scenario.stages.find((s) => s.id === j.stage);
  const milestone = plan.scenario.milestones.find((m) => m.id === j.milestone);
  const wait = j.wait === null ? undefined : plan.waits.get(j.wait);
  return {
    id: j.id,
    root: { kind: j.root_kind, value: j.root_value },
    scenario: j.scenario,
    scenarioName: plan.scenario.names[lang],
    state: STATES[j.state] ?? 'open',
    stage: j.stage,
    stageName: stage?.names[lang] ?? null,
    milestone: j.milestone,
    milestoneName: milestone?.names[lang] ?? null,
    holder: j.holder,
    holderName: j.holder === null ? null : (plan.holders.get(j.holder)?.names[lang] ?? j.holder),
    handler: j.handler,
    holderSince: isoOrNull(j.holder_since),
    wait:
      j.wait === null
        ? null
        : { id: j.wait, name: wait?.names[lang] ?? j.wait, since: iso(j.wait_since ?? j.last), until: isoOrNull(j.wait_until) },
    area: j.area,
    startedAt: iso(j.started),
    finishedAt: isoOrNull(j.finished),
    lastAt: iso(j.last),
    dueAt: isoOrNull(j.due),
    overdue: j.state === 0 && j.due !== null && j.due < nowUs,
    dueSoon: j.state === 0 && j.due !== null && j.due >= nowUs && j.due_soon !== null && j.due_soon <= nowUs,
    heldBack: j.state === 0 && j.wait === null && j.holder_limit !== null && j.holder_limit < nowUs && !j.sources.every(silent),
    urged: j.urged,
    reason: j.reason,
    events: j.events,
  };
}

export interface DetailParts {
  readonly keys: Record<string, string[]>;
  readonly person: Record<string, string> | null;
  readonly related: string[];
  readonly events: EventView[];
  readonly nextCursor: string | null;
  readonly sources: JourneyDetail['sources'];
  readonly actions: Action[];
  readonly colleague: NonNullable<JourneyDetail['holder']>['colleague'];
}

/** The whole page of one journey. */
export function journeyDetail(j: JourneyRecord, plan: Plan, lang: Lang, nowUs: number, z: Zoned, parts: DetailParts): JourneyDetail {
  const t = j.fold;
  const step = openStep(plan, t);
  const next = step && plan.scenario.milestones[step.milestone];
  const promise = promiseOf(plan, t, z);
  const wait = t.wait === undefined ? undefined : plan.waits.get(t.wait.id);
  return {
    id: j.id,
    root: { kind: j.root_kind, value: j.root_value },
    scenario: j.scenario,
    scenarioVersion: j.version,
    scenarioNames: plan.scenario.names,
    state: STATES[j.state] ?? 'open',
    reason: j.reason,
    keys: parts.keys,
    person: parts.person,
    area: j.area,
    startedAt: iso(j.started),
    finishedAt: isoOrNull(j.finished),
    lastAt: iso(j.last),
    holder:
      j.holder === null
        ? null
        : {
            role: j.holder,
            names: plan.holders.get(j.holder)?.names ?? { zh: j.holder, en: j.holder },
            handler: j.handler,
            since: iso(j.holder_since ?? j.last),
            limit: isoOrNull(j.holder_limit),
            colleague: parts.colleague,
          },
    next: next && step ? { milestone: next.id, names: next.names, holder: next.holder, p50: step.p50, p90: step.p90 } : null,
    wait:
      t.wait === undefined || j.state !== 0
        ? null
        : {
            id: t.wait.id,
            names: wait?.names ?? { zh: t.wait.id, en: t.wait.id },
            customer: wait?.customer ?? { zh: t.wait.id, en: t.wait.id },
            since: iso(t.wait.since),
            until: isoOrNull(t.wait.until),
          },
    promise:
      promise === null
        ? null
        : {
            from: iso(promise.from),
            to: iso(promise.to),
            overdue: promise.due !== null && promise.due < nowUs && j.state === 0,
            paused: promise.due === null,
            netSeconds: netSeconds(t, nowUs),
          },
    related: parts.related,
    stages: stagesOf(plan, t, lang),
    milestones: milestonesOf(plan, t),
    waits: [
      ...t.waits.map(([id, since, ended, stops]) => ({
        id,
        names: plan.waits.get(id)?.names ?? { zh: id, en: id },
        since: iso(since),
        until: null,
        endedAt: iso(ended),
        stops: stops === 1,
      })),
      ...(t.wait === undefined
        ? []
        : [
            {
              id: t.wait.id,
              names: wait?.names ?? { zh: t.wait.id, en: t.wait.id },
              since: iso(t.wait.since),
              until: isoOrNull(t.wait.until),
              endedAt: null,
              stops: t.wait.stops,
            },
          ]),
    ],
    exceptions: t.exceptions.map(([code, at, reason, source]) => ({
      code,
      names: exceptionNames(plan, code),
      at: iso(at),
      reason: reason === '' ? null : reason,
      source,
    })),
    sources: parts.sources,
    eventCount: t.events,
    events: parts.events,
    nextCursor: parts.nextCursor,
    urged: t.urged,
    actions: parts.actions,
  };
}

function exceptionNames(plan: Plan, code: string): { zh: string; en: string } {
  for (const e of plan.exceptions.values()) if (e.code === code) return e.names;
  return { zh: code, en: code };
}

export const sourceName = (id: string): string => sourceById(id)?.name ?? id;
