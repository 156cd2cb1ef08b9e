import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Batches,
  causesOf,
  type Figure,
  type Mark,
  minus,
  movementOf,
  NOTHING,
  plus,
  type Reading,
  scaled,
  stretchesOf,
} from './causes.ts';

const small = fc.integer({ min: -1_000, max: 1_000 });
const figure: fc.Arbitrary<Figure> = fc.record({ known: small, yes: small, sum: fc.bigInt(-(2n ** 70n), 2n ** 70n) });
const reading = fc.record({ batch: fc.nat(), scale: fc.nat({ max: 2 }), figure, moved: figure });
const batches: Batches = { count: 1, customers: 3, source: 'warehouse', latest: [] };
const said = { zh: '改', en: 'changed' };
const at = (known: number, more: Partial<Reading> = {}): Reading => ({
  batch: 0,
  scale: 0,
  figure: { ...NOTHING, known },
  moved: NOTHING,
  ...more,
});
const edit = (read: Reading | null): Mark => ({ batch: 0, at: 0, kind: 'edited', said, reading: read });

test('whatever was read in between, the causes add up to what is other, to the last unit', () => {
  const marks = fc.array(fc.record({ mark: fc.option(reading), doer: fc.boolean() }), { maxLength: 4 });
  fc.assert(
    fc.property(reading, marks, reading, fc.boolean(), figure, (first, between, last, doer, came) => {
      const now = { ...last, scale: 4 };
      const before = { ...first, moved: NOTHING };
      const stretches = stretchesOf(before, between.map((b) => edit(b.mark)), now); // biome-ignore format: one line
      const went = minus(came, now.moved);
      const causes = causesOf(
        stretches,
        stretches.map((_, i) => ((between[i]?.doer ?? doer) ? batches : null)),
        { came, went, joined: 2, left: 1 },
      );
      const whole = causes.reduce((sum, c) => plus(sum, c.by), NOTHING);
      const own = minus(scaled(minus(now.figure, now.moved), now.scale, now.scale), scaled(before.figure, before.scale, now.scale));
      expect(whole).toEqual(plus(own, now.moved));
    }),
  );
});

describe('a part has the cause of its stretch', () => {
  const none = { came: NOTHING, went: NOTHING, joined: 0, left: 0 };
  const kinds = (stretches: ReturnType<typeof stretchesOf>, by: (Batches | null)[]) =>
    causesOf(stretches, by, none).map((c) => [c.kind, c.by.known]);

  test('its batches', () => expect(kinds(stretchesOf(at(5), [], at(8)), [batches])).toEqual([['moved', 3]]));
  test('nobody, where nothing touched it: that is said with the number', () =>
    expect(kinds(stretchesOf(at(5), [], at(8)), [null])).toEqual([['unattributed', 3]]));
  test('nothing, where nothing moved', () => expect(kinds(stretchesOf(at(5), [], at(5)), [null])).toEqual([]));
  test('an edit of its rule from there on, the batches before it apart', () =>
    expect(kinds(stretchesOf(at(5), [edit(at(6))], at(2)), [batches, batches])).toEqual([
      ['moved', 1],
      ['edited', -4],
    ]));
  test('and an edit while the figures were being counted cannot be told from the rest', () =>
    expect(kinds(stretchesOf(at(5), [edit(null)], at(2)), [batches])).toEqual([['unattributed', -3]]));
  test('who joined and left is no batch’s doing', () => {
    const moved = { known: 4, yes: 1, sum: 0n };
    const stretches = stretchesOf(at(5), [], at(9, { moved, figure: { known: 9, yes: 1, sum: 0n } }));
    const causes = causesOf(stretches, [null], {
      came: { known: 6, yes: 1, sum: 0n },
      went: { known: 2, yes: 0, sum: 0n },
      joined: 9,
      left: 2,
    });
    expect(causes.map((c) => [c.kind, c.by.known])).toEqual([
      ['joined', 6],
      ['left', -2],
    ]);
  });
});

describe('how far a tag moved is told by the figure that moved most', () => {
  const side = (known: number, more: object = {}) => ({ known, yes: 0, mean: null, counts: [], ...more });
  test.each([
    ['flag', side(100, { yes: 50 }), side(101, { yes: 60 }), { measure: 'yes', by: 10, share: 0.2 }],
    ['flag', side(100, { yes: 50 }), side(100, { yes: 50 }), { measure: 'yes', by: 0, share: 0 }],
    ['flag', side(100, { yes: 50 }), side(50, { yes: 50 }), { measure: 'known', by: -50, share: -0.5 }],
    ['number', side(100, { mean: -20 }), side(101, { mean: -19 }), { measure: 'mean', by: 1, share: 0.05 }],
    ['number', side(0), side(7, { mean: 3 }), { measure: 'known', by: 7, share: null }],
    ['oneOf', side(100, { counts: [60, 40] }), side(100, { counts: [50, 40, 10] }), { measure: 'mix', by: 10, share: 0.1 }],
    ['date', side(100), side(90), { measure: 'known', by: -10, share: -0.1 }],
  ] as const)('%s', (kind, was, is, moved) => expect(movementOf(kind, was, is)).toEqual(moved));
});
