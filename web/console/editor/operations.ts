import type { Milestone, Names, PromiseTerm, Scenario, Stage, Step } from '#scenario/contract';

/** What can be done to a scenario in the editor. Each answers a new scenario and leaves everything else as it was. */

const put = <T>(list: readonly T[], at: number, item: T): T[] => list.map((old, i) => (i === at ? item : old));
const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at);
const insert = <T>(list: readonly T[], at: number, item: T): T[] => [...list.slice(0, at), item, ...list.slice(at)];

/** One place earlier (-1) or later (1); at the end of the list nothing moves. */
export type By = -1 | 1;
function moved<T>(list: readonly T[], at: number, by: By): T[] {
  const to = at + by;
  if (to < 0 || to >= list.length) return [...list];
  return insert(without(list, at), to, list[at]!);
}

/** `stem-1`, `stem-2` …: the first that nobody has. */
export function freeId(stem: string, taken: readonly string[]): string {
  let n = 1;
  while (taken.includes(`${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}

const rankOf = (s: Scenario) => new Map(s.stages.map((stage, i) => [stage.id, i]));

export const withStage = (s: Scenario, at: number, patch: Partial<Stage>): Scenario => ({
  ...s,
  stages: put(s.stages, at, { ...s.stages[at]!, ...patch }),
});

export const withMilestone = (s: Scenario, at: number, patch: Partial<Milestone>): Scenario => ({
  ...s,
  milestones: put(s.milestones, at, { ...s.milestones[at]!, ...patch }),
});

export const withStep = (s: Scenario, at: number, place: number, patch: Partial<Step>): Scenario => {
  const { steps } = s.milestones[at]!;
  return withMilestone(s, at, { steps: put(steps, place, { ...steps[place]!, ...patch }) });
};

/** Another id; its milestones go along. */
export function renameStage(s: Scenario, at: number, id: string): Scenario {
  const old = s.stages[at]!.id;
  const named = withStage(s, at, { id });
  return { ...named, milestones: s.milestones.map((m) => (m.stage === old ? { ...m, stage: id } : m)) };
}

/** Another id; the promises that speak of the milestone go along. */
export function renameMilestone(s: Scenario, at: number, id: string): Scenario {
  const old = s.milestones[at]!.id;
  const terms = s.promise.terms.map((term) => ({
    ...term,
    milestone: term.milestone === old ? id : term.milestone,
    ...(term.from === old && { from: id }),
  }));
  return { ...withMilestone(s, at, { id }), promise: { ...s.promise, terms } };
}

/** Another type; the promises that count from this step go along where no other step has the old type. */
export function retypeStep(s: Scenario, at: number, place: number, type: string): Scenario {
  const old = s.milestones[at]!.steps[place]!.type;
  const next = withStep(s, at, place, { type });
  if (next.milestones.some(({ steps }) => steps.some((step) => step.type === old))) return next;
  const terms = s.promise.terms.map((term) => (term.fromStep === old ? { ...term, fromStep: type } : term));
  return { ...next, promise: { ...s.promise, terms } };
}

/** A new stage after that at `after` (-1: the first). */
export const addStage = (s: Scenario, after: number, stage: Stage): Scenario => ({ ...s, stages: insert(s.stages, after + 1, stage) });

/** Milestones in the order of their stages; those of an unknown stage stay behind the one that they follow. */
function inStageOrder(s: Scenario): Scenario {
  const rank = rankOf(s);
  let last = 0;
  const ranked = s.milestones.map((milestone) => {
    last = rank.get(milestone.stage) ?? last;
    return { milestone, rank: last };
  });
  return { ...s, milestones: ranked.toSorted((a, b) => a.rank - b.rank).map(({ milestone }) => milestone) };
}

export const moveStage = (s: Scenario, at: number, by: By): Scenario => inStageOrder({ ...s, stages: moved(s.stages, at, by) });

/** Takes a stage out; its milestones go to the stage before, or to the one after the first. The last stage stays. */
export function removeStage(s: Scenario, at: number): Scenario {
  const heir = s.stages[at - 1] ?? s.stages[at + 1];
  if (!heir) return s;
  const { id } = s.stages[at]!;
  return {
    ...s,
    stages: without(s.stages, at),
    milestones: s.milestones.map((m) => (m.stage === id ? { ...m, stage: heir.id } : m)),
  };
}

/** Where in the list a milestone that comes into `stage` stands: behind all that is in it or before it, or in front of its first. */
function placeIn(s: Scenario, stage: string, end: 'first' | 'last'): number {
  const rank = rankOf(s);
  const wanted = rank.get(stage) ?? 0;
  const of = (m: Milestone) => rank.get(m.stage) ?? 0;
  if (end === 'last') return s.milestones.findLastIndex((m) => of(m) <= wanted) + 1;
  const first = s.milestones.findIndex((m) => of(m) >= wanted);
  return first < 0 ? s.milestones.length : first;
}

/** A milestone put into a stage, at its beginning or end. */
export function placeMilestone(s: Scenario, at: number, stage: string, end: 'first' | 'last'): Scenario {
  const milestone = { ...s.milestones[at]!, stage };
  const rest = { ...s, milestones: without(s.milestones, at) };
  return { ...rest, milestones: insert(rest.milestones, placeIn(rest, stage, end), milestone) };
}

/** Into another stage: at its end when it comes from a later one, else at its beginning, so that the order on the way changes least. */
export function intoStage(s: Scenario, at: number, stage: string): Scenario {
  const rank = rankOf(s);
  const forward = (rank.get(stage) ?? 0) > (rank.get(s.milestones[at]!.stage) ?? 0);
  return s.milestones[at]!.stage === stage ? s : placeMilestone(s, at, stage, forward ? 'first' : 'last');
}

export function shiftMilestone(s: Scenario, at: number, by: By): Scenario {
  const stage = s.stages[(rankOf(s).get(s.milestones[at]!.stage) ?? 0) + by];
  return stage ? intoStage(s, at, stage.id) : s;
}

/** Earlier or later: past its neighbour of the same stage, else over into the next stage that way. */
export function moveMilestone(s: Scenario, at: number, by: By): Scenario {
  const neighbour = s.milestones[at + by];
  if (neighbour?.stage === s.milestones[at]!.stage) return { ...s, milestones: moved(s.milestones, at, by) };
  return shiftMilestone(s, at, by);
}

/** A new milestone at the end of a stage. */
export const addMilestone = (s: Scenario, milestone: Milestone): Scenario => ({
  ...s,
  milestones: insert(s.milestones, placeIn(s, milestone.stage, 'last'), milestone),
});

/** What is promised for it stays, and the check says so: a promise is never dropped in passing. */
export const removeMilestone = (s: Scenario, at: number): Scenario => ({ ...s, milestones: without(s.milestones, at) });

/** Where a new step of a milestone stands: in front of the first that closes it. */
export const placeOfNewStep = ({ steps }: Milestone): number => {
  const closing = steps.findIndex((step) => step.closes);
  return closing < 0 ? steps.length : closing;
};

export const addStep = (s: Scenario, at: number, step: Step): Scenario =>
  withMilestone(s, at, { steps: insert(s.milestones[at]!.steps, placeOfNewStep(s.milestones[at]!), step) });

export const removeStep = (s: Scenario, at: number, place: number): Scenario =>
  withMilestone(s, at, { steps: without(s.milestones[at]!.steps, place) });

export const moveStep = (s: Scenario, at: number, place: number, by: By): Scenario =>
  withMilestone(s, at, { steps: moved(s.milestones[at]!.steps, place, by) });

/** A step handed to another milestone, as its first: what closes that one stays last. */
export function giveStep(s: Scenario, at: number, place: number, to: number): Scenario {
  const step = s.milestones[at]!.steps[place]!;
  const taken = removeStep(s, at, place);
  return withMilestone(taken, to, { steps: [step, ...taken.milestones[to]!.steps] });
}

const withTerms = (s: Scenario, terms: PromiseTerm[]): Scenario => ({ ...s, promise: { ...s.promise, terms } });
export const addTerm = (s: Scenario, term: PromiseTerm): Scenario => withTerms(s, [...s.promise.terms, term]);
export const removeTerm = (s: Scenario, at: number): Scenario => withTerms(s, without(s.promise.terms, at));
export const moveTerm = (s: Scenario, at: number, by: By): Scenario => withTerms(s, moved(s.promise.terms, at, by));

/** What is set to undefined is taken out. */
export function withTerm(s: Scenario, at: number, patch: { [K in keyof PromiseTerm]?: PromiseTerm[K] | undefined }): Scenario {
  const term = Object.fromEntries(Object.entries({ ...s.promise.terms[at]!, ...patch }).filter(([, value]) => value !== undefined));
  return withTerms(s, put(s.promise.terms, at, term as PromiseTerm));
}

/** In or out of a list of known codes; what comes in stands where the trade's own order has it, and nothing else moves. */
export function toggled(list: readonly string[], code: string, known: readonly string[]): string[] {
  if (list.includes(code)) return list.filter((other) => other !== code);
  const behind = list.findIndex((other) => known.indexOf(other) > known.indexOf(code));
  return insert(list, behind < 0 ? list.length : behind, code);
}

/** An open stage, milestone or step is followed by its place: null when it is gone. */
export function follow(before: readonly { id: string }[], after: readonly { id: string }[], at: number): number | null {
  const { id } = before[at] ?? { id: '' };
  if (after[at]?.id === id) return at;
  const found = after.findIndex((other) => other.id === id);
  if (found >= 0) return found;
  return after.length === before.length ? at : null;
}

/** The least that can be published: asked for, done. */
export function emptyScenario(id: string, names: Names): Scenario {
  const step = (source: string, type: string, p50: number, p90: number): Step => ({
    type,
    source,
    optional: false,
    closes: true,
    p50,
    p90,
  });
  const words = { submitted: { zh: '已提交', en: 'Submitted' }, done: { zh: '已完成', en: 'Done' } };
  return {
    id,
    version: 1,
    names,
    root: ['order'],
    stages: [
      { id: 'submitted', names: words.submitted, optional: false },
      { id: 'done', names: words.done, optional: false },
    ],
    milestones: [
      {
        id: 'submitted',
        names: words.submitted,
        stage: 'submitted',
        holder: 'customer',
        optional: false,
        steps: [step('ordercentre', 'order.submitted', 0, 0)],
      },
      {
        id: 'completed',
        names: words.done,
        stage: 'done',
        holder: 'desk',
        optional: false,
        steps: [step('ordercentre', 'order.completed', 3_600, 86_400)],
      },
    ],
    promise: {
      names: { zh: '48 小时内完成。', en: 'Done within 48 hours.' },
      terms: [{ milestone: 'completed', seconds: 172_800, clock: 'running' }],
      slot: false,
    },
    waits: [],
    exceptions: [],
  };
}
