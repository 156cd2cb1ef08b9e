import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Scenario } from '#scenario/contract';
import { draftScenario, figuresOf, percentile, slugs } from './draft.ts';
import type { FileEvent } from './event.ts';
import { collectTrails } from './trails.ts';

const event = (type: string, minute: number, keys: FileEvent['keys'], handler?: string): FileEvent => ({
  source: 'shop',
  type,
  time: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
  seq: 0,
  keys,
  ...(handler ? { handler } : {}),
});

const draft = (events: FileEvent[], roles?: Parameters<typeof collectTrails>[0]) => {
  const trails = collectTrails(roles);
  for (const one of events) trails.take(one);
  return draftScenario(trails.log(), 'shop');
};

const cases = (count: number, types: string[]) =>
  Array.from({ length: count }, (_, at) =>
    types.map((type, step) => event(type, step * 10 * (at + 1), { case: `${types.length}-${at}` })),
  ).flat();

test('frequent activities in their usual order, rarer ones optional, the rarest left out', () => {
  const scenario = draft([
    ...cases(50, ['Ordered', 'Paid', 'Sent', 'Closed']),
    ...cases(20, ['Ordered', 'Checked', 'Paid', 'Sent', 'Closed', 'Reopened']).slice(0, 12),
  ]);
  expect(Scenario.parse(scenario)).toEqual(scenario);
  expect(scenario?.milestones.map((one) => [one.id, one.optional])).toEqual([
    ['ordered', false],
    ['paid', false],
    ['sent', false],
    ['closed', false],
  ]);
  expect(scenario?.stages).toHaveLength(3);
  expect(scenario?.root).toEqual(['case']);
});

test('p50 and p90 are seconds since the event before, by linear interpolation', () => {
  const scenario = draft(cases(5, ['a', 'b']));
  expect(scenario?.milestones[1]?.steps[0]).toEqual({ type: 'b', source: 'shop', optional: false, closes: true, p50: 1800, p90: 2760 });
  expect(percentile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(percentile([], 0.5)).toBe(0);
});

test('most cases end with the last milestone', () => {
  const tail = Array.from({ length: 10 }, (_, at) => [
    event('Closed', 1, { case: `${at}` }),
    event('Note', at < 6 ? 2 : 0, { case: `${at}` }),
  ]).flat();
  const scenario = draft([...tail, event('Closed', 9, { case: '1' }), event('Closed', 9, { case: '2' })]);
  expect(scenario?.milestones.at(-1)?.id).toBe('closed');
});

test('the holder is the system unless the handlers are holders', () => {
  const scenario = draft([event('a', 0, { case: '1' }, 'installer'), event('b', 1, { case: '1' }, '0417'), event('c', 2, { case: '1' })]);
  expect(scenario?.milestones.map((one) => one.holder)).toEqual(['installer', 'system', 'system']);
});

test('events that name parts only count for their roots', () => {
  const roles = { root: 'order', parts: ['item', 'package'], assets: [], context: ['customer'] };
  const events = [
    event('place', 0, { order: 'o1', item: ['i1', 'i2'], customer: 'c' }),
    event('pack', 1, { item: 'i1', package: 'p1' }),
    event('send', 2, { package: 'p1' }),
    event('greet', 3, { customer: 'c' }),
  ];
  expect(draft(events, roles)?.milestones.map((one) => one.id)).toEqual(['place', 'pack', 'send']);
});

test('ids are slugs, each once, the same in each draft', () => {
  const id = slugs();
  const ids = ['Confirmation of receipt', 'confirmation-of-receipt', '竣工', '派单', 'Überprüfung', 'x'.repeat(80), '---', ''].map(id);
  expect(ids.slice(0, 2)).toEqual(['confirmation-of-receipt', expect.stringMatching(/^confirmation-of-receipt-[0-9a-f]{8}$/)]);
  expect(ids[2]).toMatch(/^x-[0-9a-f]{8}$/);
  expect(new Set(ids).size).toBe(ids.length);
  for (const one of ids) expect(one).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
  expect(slugs()('竣工')).toBe(ids[2]);
});

test('any log gives a valid scenario, or none', () => {
  const types = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 140 });
  const log = fc.array(fc.record({ type: types, minute: fc.integer({ min: 0, max: 99 }), key: fc.constantFrom('1', '2', '3') }), {
    maxLength: 150,
  });
  fc.assert(
    fc.property(log, (rows) => {
      const scenario = draft(rows.map((row) => event(row.type, row.minute, { case: row.key })));
      if (scenario) expect(Scenario.parse(scenario)).toEqual(scenario);
      else expect(rows.every((row) => row.type.length > 128)).toBe(true);
    }),
  );
});

test('figures of an empty log are none', () => {
  expect(figuresOf({ activities: [], trails: () => [], root: 'case' })).toEqual([]);
  expect(draft([])).toBeUndefined();
});
