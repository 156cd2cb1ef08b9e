import {
  AXES,
  type Axis,
  type Indicator,
  LEVELS,
  type Level,
  type Levels,
  type Place,
  type Size,
  type Standing,
  type Tables,
} from './contract.ts';

/** Where an enterprise stands by the tables, and what moved it: decided here, without the store. Days are integers since 1970-01-01. */

/** The latest fact of an indicator. `value` null: said to be unknown. */
export interface Fact {
  readonly indicator: string;
  readonly value: number | null;
  readonly at: number;
}

export interface PlacedLine {
  readonly indicator: string;
  /** `old`: too old to be believed. */
  readonly state: 'known' | 'unknown' | 'old';
  readonly value: number | null;
  readonly at: number | null;
  readonly points: number;
  /** Points that it could give. */
  readonly of: number;
}

export interface Placing {
  readonly place: string | null;
  readonly axes: Readonly<Record<Axis, Standing>>;
  readonly size: Size | null;
  readonly revenue: number | null;
  readonly lines: readonly PlacedLine[];
}

export const levelsOf = ({ axes }: Pick<Placing, 'axes'>): Levels => ({
  value: axes.value.level,
  loyalty: axes.loyalty.level,
  competition: axes.competition.level,
});

/** The points of a value: those of the highest band that it reaches. */
export const pointsOf = ({ bands }: Pick<Indicator, 'bands'>, value: number): number => bands.findLast((b) => value >= b.from)?.points ?? 0;

export const mostOf = ({ bands }: Pick<Indicator, 'bands'>): number => Math.max(...bands.map((b) => b.points));

/** The next band that gives more than this value does. */
export const nextBand = (indicator: Pick<Indicator, 'bands'>, value: number | null): Indicator['bands'][number] | null =>
  value === null ? null : (indicator.bands.find((b) => b.from > value && b.points > pointsOf(indicator, value)) ?? null);

function lineOf(indicator: Indicator, fact: Fact | undefined, today: number): PlacedLine {
  const { id, validDays } = indicator;
  const of = mostOf(indicator);
  if (fact === undefined || fact.value === null)
    return { indicator: id, state: 'unknown', value: null, at: fact?.at ?? null, points: 0, of };
  const { value, at } = fact;
  if (validDays !== null && at + validDays < today) return { indicator: id, state: 'old', value, at, points: 0, of };
  return { indicator: id, state: 'known', value, at, points: pointsOf(indicator, value), of };
}

/** Points over what the known indicators could give: what is not known neither lifts nor lowers. Too little known: no level. */
function standing(lines: readonly PlacedLine[], { high, middle, least }: Tables['axes'][Axis]): Standing {
  const sum = (some: readonly PlacedLine[], of: 'points' | 'of') => some.reduce((n, l) => n + l[of], 0);
  const known = lines.filter((l) => l.state === 'known');
  const [points, of, all] = [sum(known, 'points'), sum(known, 'of'), sum(lines, 'of')];
  const isEnough = of > 0 && of * 100 >= least * all;
  const level: Level = points * 100 >= high * of ? 'high' : points * 100 >= middle * of ? 'middle' : 'low';
  return { points, of, all, level: isEnough ? level : null };
}

/** The place of these levels; null where one of them is unknown. */
export const placeOf = ({ cells, places }: Pick<Tables, 'cells' | 'places'>, { value, loyalty, competition }: Levels): Place | null =>
  value === null || loyalty === null || competition === null
    ? null
    : (places.find((p) => p.id === cells[value][loyalty][competition]) ?? null);

/** Where an enterprise of these facts stands on that day. */
export function placeBy(tables: Tables, facts: readonly Fact[], today: number): Placing {
  const byId = new Map(facts.map((f) => [f.indicator, f]));
  const axisOf = new Map(tables.parts.map((p) => [p.id, p.axis]));
  const lines = tables.indicators.map((i) => ({ axis: axisOf.get(i.part), line: lineOf(i, byId.get(i.id), today) }));
  const on = (axis: Axis) =>
    standing(
      lines.filter((l) => l.axis === axis).map((l) => l.line),
      tables.axes[axis],
    );
  const axes = { value: on('value'), loyalty: on('loyalty'), competition: on('competition') };
  const known = (id: string) => lines.find(({ line }) => line.indicator === id && line.state === 'known')?.line.value ?? null;
  const size = known(tables.size.indicator);
  return {
    place: placeOf(tables, levelsOf({ axes }))?.id ?? null,
    axes,
    size: size === null ? null : size >= tables.size.large ? 'large' : 'small',
    revenue: known(tables.revenue),
    lines: lines.map((l) => l.line),
  };
}

export const isMoved = (was: Placing, is: Placing): boolean =>
  was.place !== is.place || AXES.some((axis) => was.axes[axis].level !== is.axes[axis].level);

/** An indicator that gives other points than before, or other points of more or less. */
export interface Reason {
  readonly indicator: string;
  readonly was: Pick<PlacedLine, 'value' | 'points' | 'of'>;
  readonly is: Pick<PlacedLine, 'value' | 'points' | 'of'>;
}

const NOTHING = { value: null, points: 0, of: 0 };
/** What a line adds to its axis: an unknown one adds nothing, nor could it. */
const givenBy = (line: PlacedLine | undefined): Reason['was'] =>
  line === undefined || line.state !== 'known'
    ? { ...NOTHING, value: line?.value ?? null }
    : { value: line.value, points: line.points, of: line.of };

/** The indicators that made the difference on those axes whose level changed; with the same levels, on all. Those that weigh most first. */
export function reasonsOf(tables: Tables, was: Placing, is: Placing): Reason[] {
  const changed = AXES.filter((axis) => was.axes[axis].level !== is.axes[axis].level);
  const axisOf = new Map(tables.parts.map((p) => [p.id, p.axis]));
  const on = new Map(tables.indicators.map((i) => [i.id, axisOf.get(i.part)]));
  const before = new Map(was.lines.map((l) => [l.indicator, l]));
  const after = new Map(is.lines.map((l) => [l.indicator, l]));
  const weight = (r: Reason) => Math.abs(r.is.points - r.was.points) + Math.abs(r.is.of - r.was.of);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((id) => {
      const axis = on.get(id);
      return axis === undefined || changed.length === 0 || changed.includes(axis);
    })
    .map((indicator) => ({ indicator, was: givenBy(before.get(indicator)), is: givenBy(after.get(indicator)) }))
    .filter((r) => weight(r) > 0)
    .toSorted((a, b) => weight(b) - weight(a) || (a.indicator < b.indicator ? -1 : 1));
}

/** What is suggested to an enterprise of this size; of unknown size, both. */
export const offersOf = ({ offer }: Pick<Place, 'offer'>, size: Size | null): { size: Size; text: Place['offer'][Size] }[] =>
  (['large', 'small'] as const).filter((s) => size === null || s === size).map((s) => ({ size: s, text: offer[s] }));

/** Every cell of the three axes. */
export const CELLS: readonly Readonly<Record<Axis, Level>>[] = LEVELS.flatMap((value) =>
  LEVELS.flatMap((loyalty) => LEVELS.map((competition) => ({ value, loyalty, competition }))),
);
