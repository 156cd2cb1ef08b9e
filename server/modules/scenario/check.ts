import type { Exception, Holder, Milestone, Names, PromiseTerm, Scenario, Wait } from './contract.ts';
import { type Problem, type ProblemCode, problem, type Word } from './problem.ts';
import { termFor } from './promise.ts';

/** The words that a scenario may use. */
export type Vocabulary = { waits: readonly Wait[]; exceptions: readonly Exception[]; holders: readonly Holder[] };

type Rule = (scenario: Scenario, vocabulary: Vocabulary) => Problem[];

const rules: Rule[] = [
  idsStandOnce,
  stagesAreReached,
  stagesFollowMilestones,
  journeyEnds,
  holdersExist,
  milestonesClose,
  stepsStandOnce,
  timesAreOrdered,
  waitsExist,
  exceptionsExist,
  backIsOnePlace,
  termsPointSomewhere,
  slotIsAppointed,
  timesAddUp,
];

/**
 * Everything that is wrong with a scenario, in the order of the rules; empty when it can be published. What its zod type refuses is not
 * looked for here.
 */
export function problems(scenario: Scenario, vocabulary: Vocabulary): Problem[] {
  return rules.flatMap((rule) => rule(scenario, vocabulary));
}

/** What people call a stage or milestone; its id where there is none. */
const nameOf = (list: readonly { id: string; names: Names }[], id: string): Word => list.find((one) => one.id === id)?.names ?? id;

/** The places at which a value stands that stood before. */
function repeats(values: readonly string[], path: (index: number) => string, code: ProblemCode): Problem[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [problem(path(index), code, value)] : []));
}

function idsStandOnce({ stages, milestones }: Scenario): Problem[] {
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  return [
    ...repeats(ids(stages), (index) => `stages.${index}.id`, 'stage-id-twice'),
    ...repeats(ids(milestones), (index) => `milestones.${index}.id`, 'milestone-id-twice'),
  ];
}

function stagesAreReached({ stages, milestones }: Scenario): Problem[] {
  const unknown = milestones.flatMap(({ names, stage }, index) =>
    stages.some((one) => one.id === stage) ? [] : [problem(`milestones.${index}.stage`, 'stage-unknown', names, stage)],
  );
  const unreached = stages.flatMap(({ id, names, optional }, index) => {
    const inside = milestones.filter(({ stage }) => stage === id);
    if (inside.length === 0) return [problem(`stages.${index}`, 'stage-empty', names)];
    const required = optional && inside.some((milestone) => !milestone.optional);
    return required ? [problem(`stages.${index}.optional`, 'stage-optional', names)] : [];
  });
  return [...unknown, ...unreached];
}

/** A milestone never stands in an earlier stage than a milestone above it. */
function stagesFollowMilestones({ stages, milestones }: Scenario): Problem[] {
  const ranks = milestones.map(({ stage }) => stages.findIndex(({ id }) => id === stage));
  return milestones.flatMap(({ names, stage }, index) => {
    const furthest = Math.max(-1, ...ranks.slice(0, index));
    const back = ranks[index] !== -1 && ranks[index]! < furthest;
    return back ? [problem(`milestones.${index}.stage`, 'stage-order', names, nameOf(stages, stage))] : [];
  });
}

function journeyEnds({ milestones }: Scenario): Problem[] {
  const last = milestones.at(-1);
  if (!last) return [problem('milestones', 'milestones-missing')];
  return last.optional ? [problem(`milestones.${milestones.length - 1}.optional`, 'last-milestone-optional', last.names)] : [];
}

function holdersExist({ milestones }: Scenario, { holders }: Vocabulary): Problem[] {
  return milestones.flatMap(({ names, holder }, index) =>
    holders.some((known) => known.id === holder) ? [] : [problem(`milestones.${index}.holder`, 'holder-unknown', names, holder)],
  );
}

/** At least one step closes; a required milestone is closed by a required step, and nothing required comes after it. */
function milestonesClose({ milestones }: Scenario): Problem[] {
  return milestones.flatMap(({ names, optional, steps }, index) => {
    const path = `milestones.${index}.steps`;
    const lastClosing = steps.findLastIndex(({ closes }) => closes);
    if (lastClosing === -1) return [problem(path, 'milestone-never-closes', names)];
    return steps.flatMap((step, place) => {
      const found: Problem[] = [];
      if (step.closes && step.optional && !optional)
        found.push(problem(`${path}.${place}.closes`, 'closing-step-optional', step.type, names));
      if (!step.optional && place > lastClosing) found.push(problem(`${path}.${place}`, 'step-after-closing', step.type, names));
      return found;
    });
  });
}

/** All steps in order, each with the path to it. */
function stepsOf(scenario: Scenario) {
  return scenario.milestones.flatMap((milestone, index) =>
    milestone.steps.map((step, place) => ({ step, milestone, path: `milestones.${index}.steps.${place}` })),
  );
}

function stepsStandOnce(scenario: Scenario): Problem[] {
  const seen = new Set<string>();
  return stepsOf(scenario).flatMap(({ step, path }) => {
    const key = JSON.stringify([step.source, step.type]);
    if (seen.has(key)) return [problem(`${path}.type`, 'step-twice', step.type, step.source)];
    seen.add(key);
    return [];
  });
}

function timesAreOrdered(scenario: Scenario): Problem[] {
  return stepsOf(scenario).flatMap(({ step, path }) => (step.p50 > step.p90 ? [problem(`${path}.p50`, 'p50-above-p90', step.type)] : []));
}

function waitsExist(scenario: Scenario, { waits }: Vocabulary): Problem[] {
  const path = (index: number) => `waits.${index}`;
  const unknown = scenario.waits.flatMap((id, index) =>
    waits.some((known) => known.id === id) ? [] : [problem(path(index), 'wait-unknown', id)],
  );
  return [...unknown, ...repeats(scenario.waits, path, 'wait-twice')];
}

function exceptionsExist(scenario: Scenario, { exceptions }: Vocabulary): Problem[] {
  const path = (index: number) => `exceptions.${index}`;
  const unknown = scenario.exceptions.flatMap((code, index) =>
    exceptions.some((known) => known.code === code) ? [] : [problem(path(index), 'exception-unknown', code)],
  );
  return [...unknown, ...repeats(scenario.exceptions, path, 'exception-twice')];
}

/** "Back to the row of X" needs one row. None is allowed: then the exception goes back nowhere in this scenario. */
function backIsOnePlace(scenario: Scenario, { exceptions }: Vocabulary): Problem[] {
  return scenario.exceptions.flatMap((code, index) => {
    const target = exceptions.find((known) => known.code === code)?.backTo;
    if (!target) return [];
    const rows = scenario.milestones.filter(({ steps }) => steps.some(({ type }) => type === target));
    return rows.length > 1 ? [problem(`exceptions.${index}`, 'back-to-unclear', code, target)] : [];
  });
}

function termsPointSomewhere(scenario: Scenario): Problem[] {
  const { terms } = scenario.promise;
  if (terms.length === 0) return [problem('promise.terms', 'promise-missing')];
  return terms.flatMap((term, index) => termProblems(scenario, term, `promise.terms.${index}`));
}

function termProblems({ milestones }: Scenario, term: PromiseTerm, path: string): Problem[] {
  const rank = (id: string) => milestones.findIndex((milestone) => milestone.id === id);
  const end = rank(term.milestone);
  if (end === -1) return [problem(`${path}.milestone`, 'term-milestone-unknown', term.milestone)];
  const found: Problem[] = [];
  if (term.from !== undefined) {
    const start = rank(term.from);
    if (start === -1) found.push(problem(`${path}.from`, 'term-from-unknown', term.from));
    if (start >= end)
      found.push(problem(`${path}.from`, 'term-from-late', nameOf(milestones, term.milestone), nameOf(milestones, term.from)));
  }
  const { fromStep } = term;
  const stands = milestones.slice(0, end + 1).some(({ steps }) => steps.some(({ type }) => type === fromStep));
  if (fromStep !== undefined && !stands)
    found.push(problem(`${path}.fromStep`, 'term-step-unknown', fromStep, nameOf(milestones, term.milestone)));
  return found;
}

function slotIsAppointed(scenario: Scenario): Problem[] {
  const appointed = stepsOf(scenario).some(({ step }) => step.type === 'appointment.confirmed');
  return scenario.promise.slot && !appointed ? [problem('promise.slot', 'slot-without-appointment')] : [];
}

/**
 * The usual p50 seconds of a milestone: optional steps are left out, and of several closing steps (joined with "or") only the quickest
 * counts.
 */
function usualSeconds({ optional, steps }: Milestone): number {
  if (optional) return 0;
  const upright = steps.filter((step) => !step.optional);
  const closing = upright.filter(({ closes }) => closes).map(({ p50 }) => p50);
  const before = upright.filter(({ closes }) => !closes).reduce((sum, { p50 }) => sum + p50, 0);
  return before + (closing.length > 0 ? Math.min(...closing) : 0);
}

/** What is promised in the usual case can usually be kept: the p50 of all steps on the way fit into it. */
function timesAddUp(scenario: Scenario): Problem[] {
  const { milestones, promise } = scenario;
  return milestones.flatMap(({ id, names }, end) => {
    const term = termFor(scenario, id, []);
    if (!term) return [];
    const start = term.from === undefined ? 0 : milestones.findIndex((milestone) => milestone.id === term.from) + 1;
    const usual = milestones.slice(start, end + 1).reduce((sum, milestone) => sum + usualSeconds(milestone), 0);
    const path = `promise.terms.${promise.terms.indexOf(term)}.seconds`;
    return usual > term.seconds ? [problem(path, 'times-do-not-add-up', names, inHours(usual))] : [];
  });
}

function inHours(seconds: number): Names {
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return { zh: ` ${minutes} 分钟`, en: `${minutes} min` };
  const hours = Math.round(minutes / 6) / 10;
  return { zh: ` ${hours} 小时`, en: `${hours} h` };
}
