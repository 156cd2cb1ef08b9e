import { expect, test } from 'vitest';
import { fromDefinition, toDefinition } from './definition.ts';
import { leftAfter } from './useCount.ts';

const root = fromDefinition({ and: [{ tag: 'own', is: true }, { not: { tag: 'plan', oneOf: ['199'] } }] });
const written = toDefinition(root);
const answer = (unknown?: number) => ({
  count: 30,
  base: 200,
  sentence: '',
  purposes: [],
  ms: 1,
  funnel: [
    { path: 'where.and[0]', count: 120, sentence: '', ...(unknown !== undefined && { unknown: 0 }) },
    { path: 'where.and[1]', count: 30, sentence: '', ...(unknown !== undefined && { unknown }) },
  ],
});

test('each line has who is left and whom it took, as shares of everybody too', () => {
  const left = leftAfter(answer(), undefined, written);
  expect(root.of.map(({ id }) => left.get(id))).toEqual([
    { left: 120, taken: 80, unknown: null, share: 0.6, takenShare: 0.4 },
    { left: 30, taken: 90, unknown: null, share: 0.15, takenShare: 0.45 },
  ]);
});

test('what is unknown is joined when it is told of the same lines', () => {
  const second = root.of[1]!.id;
  expect(leftAfter(answer(), answer(7), written).get(second)?.unknown).toBe(7);
  expect(leftAfter(answer(), { ...answer(7), funnel: [] }, written).get(second)?.unknown).toBeNull();
});
