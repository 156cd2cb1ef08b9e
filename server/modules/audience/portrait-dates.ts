import { dateOf } from './bounds.ts';
import type { Portrait } from './contract.ts';
import { filled } from './engine-bars.ts';
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

/** A date's people here and in the base, piece by piece over the base's range, each set counted by day in one pass; empty pieces at both ends are left out. */
export async function drawDates(
  { engine }: Pick<Desk, 'engine'>,
  tag: NamedTag,
  { inside, scope, base }: { inside: Plan; scope: Plan; base: Bars },
): Promise<Drawn> {
  const [first, last] = [base.bars[0], base.bars.at(-1)];
  if (first === undefined || last === undefined) return { bars: [], piece: 'day' };
  const between = { from: first.from, to: last.to }; // up to half a century wider at each end than the days there are
  const [here, all] = await Promise.all([engine.days(inside, tag.id, between), engine.days(scope, tag.id, between)]);
  const [low, high] = filled(all) ?? [0, 0];
  const { piece, starts, end } = piecesOver(between.from + low, between.from + high);
  const bars = starts.map((from, i) => {
    const to = (starts[i + 1] ?? end + 1) - 1;
    const among = (days: Uint32Array) =>
      days.subarray(Math.max(0, from - between.from), to - between.from + 1).reduce((sum, people) => sum + people, 0);
    return { from: dateOf(from), to: dateOf(to), count: among(here), base: among(all) };
  });
  const shown = bars.map((b) => b.base > 0);
  return { piece, bars: bars.slice(shown.indexOf(true), shown.lastIndexOf(true) + 1) };
}
