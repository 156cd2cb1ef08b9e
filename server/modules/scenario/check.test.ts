import { describe, expect, test } from 'vitest';
import { problems } from './check.ts';
import type { Scenario, Step } from './contract.ts';
import { type ProblemCode, problemCodes } from './problem.ts';
import { exceptions, holders, standardScenarios, waits } from './standard.ts';

const vocabulary = { waits: waits(), exceptions: exceptions(), holders: holders() };

const aStep = (type: string, more: Partial<Step> = {}): Step => ({
  type,
  source: 'field',
  optional: false,
  closes: true,
  p50: 60,
  p90: 120,
  ...more,
});
const named = (id: string) => ({ id, names: { zh: id, en: id } });
const aMilestone = (id: string, stage: string, ...steps: Step[]) => ({ ...named(id), stage, holder: 'desk', optional: false, steps });

/** Two stages, three milestones, five minutes of usual work, an hour promised. */
function aScenario(): Scenario {
  return {
    ...named('a-scenario'),
    version: 1,
    root: ['order'],
    stages: [
      { ...named('first'), optional: false },
      { ...named('second'), optional: false },
    ],
    milestones: [
      aMilestone('taken', 'first', aStep('work.taken')),
      aMilestone('appointed', 'first', aStep('customer.called', { closes: false }), aStep('appointment.confirmed')),
      aMilestone('arrived', 'second', aStep('visit.started', { closes: false }), aStep('visit.arrived')),
    ],
    promise: {
      names: { zh: '一小时内到', en: 'There within an hour' },
      terms: [{ milestone: 'arrived', seconds: 3_600, clock: 'running' }],
      slot: true,
    },
    waits: ['customer-reappointed'],
    exceptions: ['E2'],
  };
}

/** For each code one way to make a sound scenario wrong, and where the problem must be shown. */
const wrongs: Record<ProblemCode, { at: string; make: (scenario: Scenario) => void }> = {
  'milestones-missing': { at: 'milestones', make: (s) => s.milestones.splice(0) },
  'stage-id-twice': { at: 'stages.2.id', make: (s) => s.stages.push(s.stages[1]!) },
  'milestone-id-twice': { at: 'milestones.1.id', make: (s) => (s.milestones[1]!.id = 'taken') },
  'stage-unknown': { at: 'milestones.0.stage', make: (s) => (s.milestones[0]!.stage = 'nowhere') },
  'stage-empty': { at: 'stages.2', make: (s) => s.stages.push({ ...named('third'), optional: false }) },
  'stage-order': {
    at: 'milestones.1.stage',
    make: (s) => s.milestones.splice(0, 2, { ...s.milestones[0]!, stage: 'second' }, s.milestones[1]!),
  },
  'stage-optional': { at: 'stages.0.optional', make: (s) => (s.stages[0]!.optional = true) },
  'last-milestone-optional': { at: 'milestones.2.optional', make: (s) => (s.milestones[2]!.optional = true) },
  'holder-unknown': { at: 'milestones.1.holder', make: (s) => (s.milestones[1]!.holder = 'nobody') },
  'milestone-never-closes': { at: 'milestones.0.steps', make: (s) => (s.milestones[0]!.steps[0]!.closes = false) },
  'closing-step-optional': { at: 'milestones.0.steps.0.closes', make: (s) => (s.milestones[0]!.steps[0]!.optional = true) },
  'step-after-closing': { at: 'milestones.0.steps.1', make: (s) => s.milestones[0]!.steps.push(aStep('late', { closes: false })) },
  'step-twice': { at: 'milestones.2.steps.0.type', make: (s) => (s.milestones[2]!.steps[0]!.type = 'customer.called') },
  'p50-above-p90': { at: 'milestones.0.steps.0.p50', make: (s) => (s.milestones[0]!.steps[0]!.p50 = 121) },
  'wait-unknown': { at: 'waits.1', make: (s) => s.waits.push('boredom') },
  'wait-twice': { at: 'waits.1', make: (s) => s.waits.push('customer-reappointed') },
  'exception-unknown': { at: 'exceptions.1', make: (s) => s.exceptions.push('E99') },
  'exception-twice': { at: 'exceptions.1', make: (s) => s.exceptions.push('E2') },
  'back-to-unclear': {
    at: 'exceptions.0',
    make: (s) => s.milestones[2]!.steps.unshift(aStep('appointment.confirmed', { source: 'glasshouse', closes: false })),
  },
  'promise-missing': { at: 'promise.terms', make: (s) => s.promise.terms.splice(0) },
  'term-milestone-unknown': { at: 'promise.terms.0.milestone', make: (s) => (s.promise.terms[0]!.milestone = 'nowhere') },
  'term-from-unknown': { at: 'promise.terms.0.from', make: (s) => (s.promise.terms[0]!.from = 'nowhere') },
  'term-from-late': { at: 'promise.terms.0.from', make: (s) => (s.promise.terms[0]!.from = 'arrived') },
  'term-step-unknown': { at: 'promise.terms.0.fromStep', make: (s) => (s.promise.terms[0]!.fromStep = 'never.seen') },
  'slot-without-appointment': { at: 'promise.slot', make: (s) => (s.milestones[1]!.steps[1]!.type = 'customer.agreed') },
  'times-do-not-add-up': { at: 'promise.terms.0.seconds', make: (s) => (s.promise.terms[0]!.seconds = 299) },
};

describe('a scenario', () => {
  test('that is sound has no problems', () => {
    expect(problems(aScenario(), vocabulary)).toEqual([]);
  });

  test('every code of a problem is shown below', () => {
    expect(Object.keys(wrongs).toSorted()).toEqual(problemCodes.toSorted());
  });

  test.each(Object.entries(wrongs))('shows %s', (code, { at, make }) => {
    const scenario = aScenario();
    make(scenario);
    const found = problems(scenario, vocabulary).filter((one) => one.code === code);
    expect(found.map(({ path }) => path)).toEqual([at]);
    expect(found[0]!.names.zh).toMatch(/^[^,;()]+。$/);
    expect(found[0]!.names.en).toMatch(/\.$/);
  });

  test('may list an exception that goes back to a step it does not have', () => {
    expect(problems({ ...aScenario(), exceptions: ['E4'] }, vocabulary)).toEqual([]);
  });

  test('may use one step type for two sources', () => {
    const scenario = aScenario();
    scenario.milestones[2]!.steps.unshift(aStep('customer.called', { source: 'glasshouse', closes: false }));
    expect(problems(scenario, vocabulary)).toEqual([]);
  });
});

describe('times add up', () => {
  const codes = (scenario: Scenario) => problems(scenario, vocabulary).map(({ code }) => code);

  test('to exactly what is promised', () => {
    const scenario = aScenario();
    scenario.promise.terms[0]!.seconds = 300;
    expect(codes(scenario)).toEqual([]);
  });

  test('without what is optional', () => {
    const scenario = aScenario();
    scenario.milestones[0]!.steps.push(aStep('tea.drunk', { optional: true, closes: false, p50: 9_000, p90: 9_000 }));
    scenario.milestones.splice(1, 0, { ...aMilestone('built', 'first', aStep('port.opened', { p50: 9_000, p90: 9_000 })), optional: true });
    expect(codes(scenario)).toEqual([]);
  });

  test('by the quickest of several closing steps', () => {
    const scenario = aScenario();
    scenario.milestones[2]!.steps.push(aStep('visit.filmed', { p50: 9_000, p90: 9_000 }));
    expect(codes(scenario)).toEqual([]);
  });

  test('from the milestone that the term counts from', () => {
    const scenario = aScenario();
    scenario.promise.terms = [{ milestone: 'arrived', from: 'appointed', seconds: 120, clock: 'running' }];
    expect(codes(scenario)).toEqual([]);
    scenario.promise.terms[0]!.seconds = 119;
    expect(codes(scenario)).toEqual(['times-do-not-add-up']);
  });

  test('for the usual term, not for a narrower one', () => {
    const scenario = aScenario();
    scenario.promise.terms.push({ milestone: 'arrived', seconds: 1, clock: 'running', when: 'enterprise' });
    expect(codes(scenario)).toEqual([]);
  });
});

test('a problem calls things by their names, each language its own', () => {
  const scenario = aScenario();
  scenario.milestones[2]!.names = { zh: '上门', en: 'At your home' };
  scenario.promise.terms[0]!.seconds = 299;
  expect(problems(scenario, vocabulary)[0]!.names).toEqual({
    zh: '按各环节的常见用时（p50）相加，到“上门”要 5 分钟，超过承诺的时限。',
    en: 'The usual times (p50) of the steps up to “At your home” add up to 5 min, more than is promised.',
  });
});

test('standard scenarios are frozen, yet can be copied and edited', () => {
  const copy = structuredClone(standardScenarios()[0]!) as Scenario;
  copy.milestones[0]!.holder = 'nobody';
  expect(problems(copy, vocabulary).map(({ code }) => code)).toEqual(['holder-unknown']);
});
