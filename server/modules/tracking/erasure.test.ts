import { describe, expect, test } from 'vitest';
import { isRefusal } from '#platform/result';
import { type Asked, isHis, valuesOf, type Whose, whose } from './erasure.ts';

/** Journeys by name, with the ID numbers and other numbers they name. */
function ask(asked: Asked, journeys: Record<string, { people?: string[]; numbers?: string[] }>) {
  const named = new Map<string, string[]>();
  for (const [j, { people = [], numbers = [] }] of Object.entries(journeys))
    for (const h of [...people, ...numbers]) named.set(h, [...(named.get(h) ?? []), j]);
  const out = whose(asked, {
    journeys: named,
    people: new Map(Object.entries(journeys).map(([j, { people = [] }]) => [j, new Set(people)])),
  });
  return isRefusal(out)
    ? out.code
    : { person: out.person, journeys: [...out.journeys].sort(), doubtful: [...out.doubtful].sort(), own: [...out.own].sort() };
}

describe('whose journeys an erasure means', () => {
  test('an ID number is a person', () => {
    expect(ask({ idNumber: 'X' }, { a: { people: ['X'] }, b: { people: ['Y'] } })).toEqual({
      person: 'X',
      journeys: ['a'],
      doubtful: [],
      own: ['X'],
    });
  });
  test('a phone leads to the one person it is named with, and to all his journeys', () => {
    expect(ask({ phone: 'p' }, { a: { people: ['X'], numbers: ['p'] }, b: { people: ['X'] }, c: { numbers: ['p'] } })).toEqual({
      person: 'X',
      journeys: ['a', 'b', 'c'],
      doubtful: [],
      own: ['X', 'p'],
    });
  });
  test('a phone without any ID number stands for itself', () => {
    expect(ask({ phone: 'p' }, { a: { numbers: ['p'] } })).toEqual({ person: undefined, journeys: ['a'], doubtful: [], own: ['p'] });
  });
  test('a phone of two people needs the ID number', () => {
    expect(ask({ phone: 'p' }, { a: { people: ['X'], numbers: ['p'] }, b: { people: ['Y'], numbers: ['p'] } })).toBe(
      'erasure.several-people',
    );
  });
  test('with it, a shared phone speaks for nobody: journeys that name it alone are doubtful and stay', () => {
    const journeys = { a: { people: ['X'], numbers: ['p'] }, b: { people: ['Y'], numbers: ['p'] }, c: { numbers: ['p'] } };
    expect(ask({ idNumber: 'X', phone: 'p' }, journeys)).toEqual({ person: 'X', journeys: ['a'], doubtful: ['c'], own: ['X'] });
  });
});

describe('which events and values', () => {
  const w: Whose = { person: 'X', own: new Set(['X', 'p']), journeys: new Set(['a']), doubtful: new Set() };
  test.each([
    ['it names him', { person: { idNumber: ['X', 'X'] as const } }, ['a', 'b'], true],
    ['it names another, in his journey', { person: { idNumber: ['Y', 'Y'] as const } }, ['a'], false],
    ['it names nobody, in his journey alone', {}, ['a'], true],
    ['it names nobody, in another journey too', {}, ['a', 'b'], false],
    ['it names a number of his, in another journey too', { keys: { serviceNumber: ['p'] } }, ['a', 'b'], true],
  ])('%s', (_, over, journeys, his) => {
    expect(isHis({ keys: {}, person: null, ...over } as Parameters<typeof isHis>[0], journeys, w)).toBe(his);
  });
  test('a subject that others share keeps its key; only his values under it go', () => {
    const mine = [{ keys: {}, person: { phone: ['p', 'p'], name: ['p', 'n1'] } as const }];
    const out = valuesOf(mine as never, [
      ['p', 'p'],
      ['p', 'n2'],
    ]);
    expect(out.subjects).toEqual([]);
    expect(out.single).toEqual([['p', 'n1']]);
    expect([...out.alone]).toEqual(['n1']);
    expect([...out.shared]).toEqual(['p']);
  });
});
