import { dateOf } from './bounds.ts';
import { linesPlan } from './compile.ts';
import type { Portrait } from './contract.ts';
import type { NamedTag } from './model.ts';
import type { Distribution, Plan } from './plan.ts';
import type { Desk } from './service.ts';

/** Dates in a portrait: by the calendar's own pieces, as fine as one takes in, each counted exactly. */

export const PIECES = ['day', 'week', 'month', 'quarter', 'year', 'decade'] as const;
export type Piece = (typeof PIECES)[number];

const DAY_MS = 86_400_000;
const MOST = 36;
/** 1970-01-01 was a Thursday; weeks begin on Mondays. */
const FIRST_MONDAY = 4;
const MONTHS: Readonly<Partial<Record<Piece, number>>> = { month: 1, quarter: 3, year: 12, decade: 120 };

/** The first day of the piece in which a day lies; `on`: so many pieces later. */
function startOf(piece: Piece, day: number, on = 0): number {
  if (piece === 'day') return day + on;
  if (piece === 'week') return Math.floor((day - FIRST_MONDAY) / 7) * 7 + FIRST_MONDAY + on * 7;
  const months = MONTHS[piece] ?? 1;
  const at = new Date(day * DAY_MS);
  const month = Math.floor((at.getUTCFullYear() * 12 + at.getUTCMonth()) / months + on) * months;
  return new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1) / DAY_MS;
}

/** The finest pieces of which at most three dozen cover low … high, by their first days; beyond all calendars the last one takes the rest. */
export function piecesOver(low: number, high: number): { piece: Piece; starts: readonly number[]; end: number } {
  for (const piece of PIECES) {
    const starts: number[] = [];
    for (let at = startOf(piece, low); at <= high && starts.length <= MOST; at = startOf(piece, at, 1)) starts.push(at);
    if (starts.length > MOST && piece !== 'decade') continue;
    const cut = starts.slice(0, MOST);
    return { piece, starts: cut, end: starts.length > MOST ? high : startOf(piece, cut.at(-1) as number, 1) - 1 };
  }
  throw new Error('there is always a coarsest piece');
}

type Bars = Extract<Distribution, { bars: unknown }>;
type Drawn = Pick<Portrait['tags'][number], 'bars' | 'piece'>;

/** A date's people here and in the base, piece by piece over the base's range; empty pieces at both ends are left out. */
export async function drawDates(
  desk: Desk,
  tag: NamedTag,
  { inside, scope, base }: { inside: Plan; scope: Plan; base: Bars },
): Promise<Drawn> {
  const [first, last] = [base.bars[0], base.bars.at(-1)];
  if (first === undefined || last === undefined) return { bars: [], piece: 'day' };
  const { low, high } = await extentOf(desk, tag, scope, { low: first, high: last });
  const { piece, starts, end } = piecesOver(low, high);
  const [here, all] = await Promise.all([counted(desk, tag, inside, starts, end), counted(desk, tag, scope, starts, end)]);
  const bars = starts.map((from, i) => ({
    from: dateOf(from),
    to: dateOf((starts[i + 1] ?? end + 1) - 1),
    count: here[i] ?? 0,
    base: all[i] ?? 0,
  }));
  const filled = bars.map((b) => b.base > 0);
  return { piece, bars: bars.slice(filled.indexOf(true), filled.lastIndexOf(true) + 1) };
}

interface Bar {
  readonly from: number;
  readonly to: number;
}

/** The first and the last day themselves: the engine's bars are up to half a century wide, and what is in them may be a week. */
async function extentOf(
  desk: Desk,
  tag: NamedTag,
  scope: Plan,
  { low, high }: { low: Bar; high: Bar },
): Promise<{ low: number; high: number }> {
  const has = async (from: number, to: number) => (await desk.count({ op: 'and', of: [scope, within(tag, from, to)] })).count > 0;
  const lowest = async (from: number, to: number): Promise<number> => {
    if (from >= to) return from;
    const middle = Math.floor((from + to) / 2);
    return (await has(from, middle)) ? lowest(from, middle) : lowest(middle + 1, to);
  };
  const highest = async (from: number, to: number): Promise<number> => {
    if (from >= to) return to;
    const middle = Math.floor((from + to) / 2);
    return (await has(middle + 1, to)) ? highest(middle + 1, to) : highest(from, middle);
  };
  const [l, h] = await Promise.all([lowest(low.from, low.to), highest(high.from, high.to)]);
  return { low: l, high: h };
}

const within = ({ id }: NamedTag, from: number, to: number): Plan => ({ op: 'range', tag: id, from, to, side: 'in' });

/** One count: whoever is left after each further first day is nobody of the pieces before it. */
async function counted(desk: Desk, tag: NamedTag, who: Plan, starts: readonly number[], end: number): Promise<number[]> {
  const { funnel } = await desk.count(linesPlan([who, ...starts.map((from) => within(tag, from, end))]));
  return starts.map((_, i) => (funnel[i + 1] ?? 0) - (funnel[i + 2] ?? 0));
}
