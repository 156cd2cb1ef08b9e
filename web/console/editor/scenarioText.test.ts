import { expect, test } from 'vitest';
import { aScenario, standard } from './scenario.fixture.ts';
import { readScenario, writeScenario } from './scenarioText.ts';
import { shapeProblems } from './shape.ts';

test('all seventeen standard scenarios are there', () => expect(standard).toHaveLength(17));

test.each(standard.map((s) => [s.id, s] as const))('%s written and read is the same to the last field', (_, scenario) => {
  expect(readScenario(writeScenario(scenario))).toStrictEqual({ scenario });
});

test('lengths are written as a person writes them, and one step is one line', () => {
  const text = writeScenario(aScenario());
  expect(text).toContain('- { source: ordercentre, type: a1.done, p50: 1m, p90: 10m, closes: true }');
  expect(text).toContain('- { milestone: c1, within: 1h, from: a1, fromStep: a2.done }');
});

const problemsOf = (text: string) => {
  const answer = readScenario(text);
  return 'problems' in answer ? answer.problems.map(({ path, code }) => `${path} ${code}`) : [];
};

test.each([
  ['p50: 1m', 'p50: soon', ['milestones.0.steps.0.p50 form-number']],
  ['p50: 1m', 'p50: 60', ['milestones.0.steps.0.p50 form-number']],
  ['p90: 10m', 'p90: -3', ['milestones.0.steps.0.p90 form-number']],
  ['within: 1h', 'when: never', ['promise.terms.0.seconds form-number', 'promise.terms.0.when form-form']],
  ['id: garden-fence', 'id: Garden Fence', ['id form-id']],
  ['holder: desk', 'colour: red', ['milestones.0.holder form-empty', 'milestones.0.colour form-unknown']],
])('“%s” changed to “%s” is pointed at', (right, wrong, said) => {
  expect(problemsOf(writeScenario(aScenario()).replace(right, wrong))).toEqual(said);
});

test('a text that is no YAML names the line', () => {
  expect(problemsOf('id: x\nnames: { zh: \n')[0]).toMatch(/^line \d+ text-/);
  expect(problemsOf('')).toHaveLength(1);
});

test('what a form leaves empty is said at its field', () => {
  const s = aScenario({ names: { zh: '', en: 'Fence' }, root: [] });
  expect(shapeProblems(s).map(({ path, code }) => `${path} ${code}`)).toEqual(['names.zh form-empty', 'root form-least']);
  expect(shapeProblems(aScenario())).toEqual([]);
});
