import { expect, test } from 'vitest';
import { isSwept } from './warnings.ts';

const rule = (id: string, over: object = {}) => ({ id, effect: 'work' as const, inForce: true, ...over });
const run = (customers: number, ...ids: string[]) => ({ customers, rules: ids.map((id) => ({ id })) });

test('a sweep over nobody, or one that did not ask a rule in force, is done again', () => {
  expect(isSwept(run(0, 'stop'), [rule('stop')])).toBe(false);
  expect(isSwept(run(9, 'stop'), [rule('stop'), rule('model')])).toBe(false);
  expect(isSwept(run(9, 'stop', 'model'), [rule('stop'), rule('model')])).toBe(true);
});

test('who is looked at, and rules that were stopped, are asked by no sweep', () => {
  expect(isSwept(run(9, 'stop'), [rule('stop'), rule('own', { effect: 'population' }), rule('old', { inForce: false })])).toBe(true);
});
