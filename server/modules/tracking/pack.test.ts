import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FoldEvent, foldAll } from './fold.ts';
import { planOf } from './folding.ts';
import { pack, unpack } from './pack.ts';
import type { Plan } from './plan.ts';

const plan = planOf('broadband-new') as Plan;
const types = [
  ...plan.steps.keys(),
  ...plan.exceptions.keys(),
  'wait.papers-missing',
  'wait.ended',
  'order.cancelled',
  'parcel.delivered',
  'else',
];
const uuid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

const event: fc.Arbitrary<FoldEvent> = fc.record(
  {
    at: fc.integer({ min: 1_700_000_000_000_000, max: 1_800_000_000_000_000 }),
    seq: fc.integer({ min: 0, max: 2 }),
    source: fc.constantFrom('field', 'business'),
    id: fc.uuid(),
    type: fc.constantFrom(...types),
    handler: fc.constantFrom('0417', '0001'),
    area: fc.constant('d3-g01'),
    parcel: fc.constant('GH1'),
    person: fc.constant({ name: [uuid, uuid] as const }),
    data: fc.constant({
      reason: 'none',
      slotFrom: 1_750_000_000_000_000,
      slotTo: 1_750_000_007_200_000,
      until: 1_750_000_000_000_000,
      place: 'city',
    }),
  },
  { requiredKeys: ['at', 'seq', 'source', 'id', 'type'] },
);

test('what is packed comes out as it was, through JSON', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), (events) => {
      const t = foldAll(plan, events);
      expect(unpack(JSON.parse(pack(t)))).toEqual(JSON.parse(JSON.stringify(t)));
    }),
  );
});

test('a usual journey, half way, takes less than half a kilobyte', () => {
  const steps = [...plan.steps.keys()].slice(0, 12);
  const events = steps.map(
    (type, i): FoldEvent => ({
      at: 1_763_000_000_000_000 + i * 600_000_000,
      seq: 0,
      source: 'field',
      id: `WO-${i}`,
      type,
      handler: '0417',
    }),
  );
  expect(pack(foldAll(plan, events)).length).toBeLessThan(512);
});
