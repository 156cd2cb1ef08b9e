import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mistakeIn } from './check.ts';
import { AXES, type Tables } from './contract.ts';
import { CELLS, type Fact, isMoved, levelsOf, mostOf, nextBand, offersOf, placeBy, placeOf, pointsOf, reasonsOf } from './model.ts';
import { standardTables } from './standard.ts';

const tables = standardTables();
const TODAY = 20_000;
const facts = (known: Readonly<Record<string, number | null>>, at = TODAY): Fact[] =>
  Object.entries(known).map(([indicator, value]) => ({ indicator, value, at }));
const place = (known: Readonly<Record<string, number | null>>) => placeBy(tables, facts(known), TODAY);

/** A hospital that does everything with us. */
const deep = {
  employees: 2_400,
  sites: 12,
  'people.served': 1_200_000,
  'public.service': 1,
  'revenue.year': 120_000_000,
  'payment.onTime': 100,
  'mobile.share': 85,
  circuits: 20,
  'information.services': 5,
  'industry.solutions': 2,
  'support.contract': 1,
  'contract.months': 20,
  'rival.mobileShare': 5,
  'rival.circuits': 0,
  'rival.applications': 0,
  'rival.contractMonths': 0,
};

describe('an enterprise', () => {
  test('of great value, deep with us and untouched by others is to be built with', () => {
    const standing = place(deep);
    expect(levelsOf(standing)).toEqual({ value: 'high', loyalty: 'high', competition: 'low' });
    expect(standing).toMatchObject({ place: 'partner', size: 'large', revenue: 120_000_000 });
  });
  test('deep with a competitor is contested, and with us hardly at all only entered beside', () => {
    const theirs = { 'rival.mobileShare': 80, 'rival.circuits': 3, 'rival.applications': 3, 'rival.contractMonths': 24 };
    expect(place({ ...deep, ...theirs }).place).toBe('contested');
    const none = { 'mobile.share': 0, circuits: 0, 'information.services': 0, 'industry.solutions': 0, 'support.contract': 0 };
    expect(place({ ...deep, ...theirs, ...none, 'contract.months': 0 }).place).toBe('niche');
  });
  test('of whom too little is known is not placed, for unknown is not zero', () => {
    expect(place({}).place).toBeNull();
    const { axes, place: nowhere } = place({
      ...deep,
      ...Object.fromEntries(
        Object.keys(deep)
          .filter((k) => k.startsWith('rival'))
          .map((k) => [k, null]),
      ),
    });
    expect([nowhere, axes.competition.level, axes.value.level]).toEqual([null, null, 'high']);
    expect(place({ 'rival.mobileShare': 0, 'rival.circuits': 0 }).axes.competition.level).toBeNull();
    expect(place({ 'rival.applications': 0, 'rival.circuits': 0 }).axes.competition.level).toBe('low');
  });
  test('is not believed to be what an old fact said', () => {
    const was = placeBy(tables, facts(deep, TODAY - 60), TODAY);
    const is = placeBy(tables, facts(deep, TODAY - 61), TODAY);
    expect([was.place, is.place, is.lines.find((l) => l.indicator === 'circuits')?.state]).toEqual(['partner', null, 'old']);
  });
  test('of unknown size is offered what both sizes want', () => {
    const [partner] = tables.places;
    expect(offersOf(partner!, 'small').map((o) => o.size)).toEqual(['small']);
    expect(offersOf(partner!, null).map((o) => o.size)).toEqual(['large', 'small']);
  });
});

test('a value gives the points of the highest band it reaches, and the next one is known', () => {
  const bands = { bands: [{ from: 10, points: 2 }, { from: 20, points: 5 }] }; // biome-ignore format: short
  expect([9, 10, 19, 20, 99].map((v) => pointsOf(bands, v))).toEqual([0, 2, 2, 5, 5]);
  expect([nextBand(bands, 12), nextBand(bands, 20), nextBand(bands, null)]).toEqual([{ from: 20, points: 5 }, null, null]);
});

test('a move names the indicators that made it, the heaviest first, and no others', () => {
  const was = place(deep);
  const is = place({ ...deep, 'industry.solutions': 0, 'information.services': 1, 'mobile.share': 10, employees: 2_500 });
  expect(isMoved(was, is)).toBe(true);
  expect(reasonsOf(tables, was, is).map((r) => [r.indicator, r.was.points, r.is.points])).toEqual([
    ['industry.solutions', 22, 0],
    ['mobile.share', 18, 0],
    ['information.services', 20, 8],
  ]);
  expect(isMoved(was, place({ ...deep, employees: 2_500 }))).toBe(false);
});

const aValue = fc.option(fc.integer({ min: -5, max: 200_000_000 }), { nil: null });
const someFacts = fc
  .tuple(
    ...tables.indicators.map((i) =>
      fc.record({ indicator: fc.constant(i.id), value: aValue, at: fc.integer({ min: TODAY - 800, max: TODAY }) }),
    ),
  )
  .chain((all) => fc.shuffledSubarray(all));

test('a place follows from the set of facts, whatever their order, and every point in it from its indicator', () => {
  fc.assert(
    fc.property(someFacts, (some) => {
      const one = placeBy(tables, some, TODAY);
      expect(placeBy(tables, some.toReversed(), TODAY)).toEqual(one);
      for (const axis of AXES) {
        const parts = new Set(tables.parts.filter((p) => p.axis === axis).map((p) => p.id));
        const here = tables.indicators.filter((i) => parts.has(i.part));
        const lines = one.lines.filter((l) => here.some((i) => i.id === l.indicator));
        expect(lines.reduce((n, l) => n + l.points, 0)).toBe(one.axes[axis].points);
        expect(here.reduce((n, i) => n + mostOf(i), 0)).toBe(one.axes[axis].all);
        expect(lines.every((l) => l.state === 'known' || l.points === 0)).toBe(true);
      }
      expect(one.place === null).toBe(AXES.some((axis) => one.axes[axis].level === null));
    }),
  );
});

test('more of a good thing never lowers an axis', () => {
  fc.assert(
    fc.property(someFacts, fc.integer({ min: 0, max: 15 }), fc.nat(1_000_000), (some, at, more) => {
      const id = tables.indicators[at]?.id;
      const raised = some.map((f) => (f.indicator === id && f.value !== null ? { ...f, value: f.value + more } : f));
      const [was, is] = [placeBy(tables, some, TODAY), placeBy(tables, raised, TODAY)];
      for (const axis of AXES) expect(is.axes[axis].points).toBeGreaterThanOrEqual(was.axes[axis].points);
    }),
  );
});

describe('tables', () => {
  const edited = (change: (draft: Tables) => unknown): string | undefined => {
    const draft = structuredClone(tables);
    change(draft);
    return mistakeIn(draft)?.path;
  };
  test('that come along are right, and each of the 27 cells has one place', () => {
    expect(mistakeIn(tables)).toBeNull();
    expect(CELLS).toHaveLength(27);
    expect(new Set(CELLS.map((c) => placeOf(tables, c)?.id)).size).toBe(tables.places.length);
  });
  test.each<[string, (t: Tables) => unknown, string]>([
    ['an id that is there twice', (t) => void t.indicators.push(t.indicators[0]!), 'indicators[16].id'],
    ['a threshold of high that is no higher', (t) => Object.assign(t.axes.loyalty, { high: t.axes.loyalty.middle }), 'axes.loyalty.high'],
    ['a part that is none', (t) => Object.assign(t.indicators[0]!, { part: 'moon' }), 'indicators[0].part'],
    ['bands that go down', (t) => void t.indicators[0]!.bands.push({ from: 5, points: 1 }), 'indicators[0].bands[4].from'],
    [
      'an axis without points',
      (t) => Object.assign(t, { indicators: t.indicators.filter((i) => !i.part.startsWith('rival')) }),
      'axes.competition',
    ],
    ['a size by an indicator that is none', (t) => Object.assign(t.size, { indicator: 'moon' }), 'size.indicator'],
    ['a revenue that is no money', (t) => Object.assign(t, { revenue: 'employees' }), 'revenue'],
    ['a cell of a place that is none', (t) => Object.assign(t.cells.low.high, { middle: 'moon' }), 'cells.low.high.middle'],
    ['a place without a cell', (t) => t.places.push({ ...t.places[0]!, id: 'moon' }), 'places[11]'],
  ])('with %s are refused at it', (_what, change, path) => {
    expect(edited(change)).toBe(path);
  });
});
