import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEvent, comparePlaces, type FoldEvent, foldAll, placeOf } from './fold.ts';
import { planOf } from './folding.ts';
import { pack, unpack } from './pack.ts';
import type { Plan } from './plan.ts';
import { BLANK, copyOf } from './timeline.ts';

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

test('going on from a copy gives the whole fold, leaves what was copied as it was, and touches nothing that timelines share', () => {
  const blank = structuredClone(BLANK);
  fc.assert(
    fc.property(fc.array(event, { minLength: 2, maxLength: 40 }), fc.nat(), (events, cut) => {
      const list = events.map((e) => ({ e, place: placeOf(plan, e) })).sort((a, b) => comparePlaces(a.place, b.place));
      const some = list.slice(0, 1 + (cut % (list.length - 1))).map(({ e }) => e);
      const t = foldAll(plan, some);
      const before = structuredClone(t);
      const on = copyOf(t);
      for (const { e, place } of list.slice(some.length)) applyEvent(plan, on, e, place);
      expect(on).toEqual(foldAll(plan, events));
      expect(t).toEqual(before);
      expect(BLANK).toEqual(blank);
    }),
  );
});
