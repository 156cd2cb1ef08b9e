import type { Exception, Holder, Scenario, Wait } from '#scenario/contract';

/** The words every scenario shares: waits, exceptions and holders by id. */
export interface Dictionary {
  readonly waits: readonly Wait[];
  readonly exceptions: readonly Exception[];
  readonly holders: readonly Holder[];
}

export interface PlannedStep {
  readonly milestone: number;
  /** Place in the scenario, read row by row: breaks ties of equal time. */
  readonly rank: number;
  readonly source: string;
  readonly closes: boolean;
  readonly p50: number;
  readonly p90: number;
}

/** A scenario made ready for folding: every question the fold asks of an event's type is one look-up. */
export interface Plan {
  readonly scenario: Scenario;
  readonly steps: ReadonlyMap<string, readonly PlannedStep[]>;
  readonly waits: ReadonlyMap<string, Wait>;
  readonly exceptions: ReadonlyMap<string, Exception>;
  /** Milestone index that an exception goes back to, by exception code. */
  readonly backTo: ReadonlyMap<string, number>;
  /** Milestones of each stage, by index. */
  readonly stageMilestones: readonly (readonly number[])[];
  readonly holders: ReadonlyMap<string, Holder>;
}

/** The rank of everything that is not a step of the scenario: after all steps (contract: waits and exceptions come after). */
export const NO_STEP = 1_000_000;

export function makePlan(scenario: Scenario, words: Dictionary): Plan {
  const steps = new Map<string, PlannedStep[]>();
  let rank = 0;
  for (const [milestone, m] of scenario.milestones.entries())
    for (const s of m.steps) {
      const planned = { milestone, rank: rank++, source: s.source, closes: s.closes, p50: s.p50, p90: s.p90 };
      steps.set(s.type, [...(steps.get(s.type) ?? []), planned]);
    }
  const exceptions = new Map<string, Exception>();
  const backTo = new Map<string, number>();
  for (const e of words.exceptions) {
    if (!scenario.exceptions.includes(e.code)) continue;
    for (const x of e.events) exceptions.set(x.type, e);
    const target = e.backTo === undefined ? undefined : steps.get(e.backTo)?.[0]?.milestone;
    if (target !== undefined) backTo.set(e.code, target);
  }
  return {
    scenario,
    steps,
    waits: new Map(words.waits.filter((w) => scenario.waits.includes(w.id)).map((w) => [w.id, w])),
    exceptions,
    backTo,
    stageMilestones: scenario.stages.map((s) => scenario.milestones.flatMap((m, i) => (m.stage === s.id ? [i] : []))),
    holders: new Map(words.holders.map((h) => [h.id, h])),
  };
}

/** The step an event is, if it is one: of its own source where the scenario names that, else the first of its type. */
export function stepOf(plan: Plan, type: string, source: string): PlannedStep | undefined {
  const found = plan.steps.get(type);
  if (found === undefined || found.length === 1) return found?.[0];
  return found.find((s) => s.source === source) ?? found[0];
}

export const rankOf = (plan: Plan, type: string, source: string): number => stepOf(plan, type, source)?.rank ?? NO_STEP;

/** A journey whose scenario nobody named. */
export const UNCLASSIFIED: Scenario = {
  id: 'unclassified',
  version: 1,
  names: { zh: '未分类', en: 'Unclassified' },
  root: ['order'],
  stages: [],
  milestones: [],
  promise: { names: { zh: '无', en: 'None' }, terms: [], slot: false },
  waits: [],
  exceptions: [],
};
