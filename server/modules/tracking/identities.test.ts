import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Identities } from './identities.ts';

const uuid = (n: number, sort = 0): string => `${sort}0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

test('finds what was lately kept, and tells another content from it', () => {
  const act = fc.record({
    act: fc.constantFrom('set', 'set', 'delete', 'find'),
    id: fc.integer({ min: 0, max: 15 }),
    content: fc.integer({ min: 0, max: 2 }),
    event: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const identities = new Identities(200);
      const model = new Map<number, { content: number; event: number }>();
      for (const { act, id, content, event } of acts) {
        if (act === 'set') {
          identities.set(uuid(id), uuid(content, 7), event);
          model.set(id, { content, event });
        } else if (act === 'delete') {
          identities.delete(uuid(id));
          model.delete(id);
        }
        const kept = model.get(id);
        expect(identities.has(uuid(id))).toBe(kept !== undefined);
        expect(identities.find(uuid(id), uuid(content, 7))).toBe(kept && (kept.content === content ? kept.event : -1));
      }
    }),
  );
});

test('forgets the oldest, and all of it when told so', () => {
  const identities = new Identities(100);
  for (let n = 0; n < 1_000; n++) identities.set(uuid(n), uuid(n, 7), n);
  const kept = Array.from({ length: 1_000 }, (_, n) => n).filter((n) => identities.has(uuid(n)));
  expect(kept.length).toBeGreaterThanOrEqual(50);
  expect(kept.length).toBeLessThanOrEqual(100);
  expect(kept.at(0)).toBe(1_000 - kept.length);
  identities.clear();
  expect(identities.has(uuid(999))).toBe(false);
});
