import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countRepeats } from './repeats.ts';

test('counts as a plain map does, in memory and beyond it', () => {
  const print = fc.tuple(fc.constantFrom(0, 1, 0x7fffffff, 0xffffffff), fc.integer({ min: 0, max: 40 }));
  fc.assert(
    fc.property(fc.array(print, { maxLength: 300 }), fc.constantFrom(8, 4096, 8 * 1024 * 1024), (prints, slots) => {
      const plain = new Map<string, number>();
      const repeats = countRepeats(slots);
      for (const [high, low] of prints) {
        const name = `${high} ${low}`;
        expect(repeats.before(high, low)).toBe(plain.get(name) ?? 0);
        plain.set(name, (plain.get(name) ?? 0) + 1);
      }
      expect(repeats.distinct()).toBe(plain.size);
      repeats.close();
    }),
  );
});

test('grows without losing count', () => {
  const repeats = countRepeats();
  for (let low = 0; low < 50_000; low++) expect(repeats.before(low % 7, low)).toBe(0);
  for (let low = 0; low < 50_000; low++) expect(repeats.before(low % 7, low)).toBe(1);
  repeats.close();
});
