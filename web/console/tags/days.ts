import type { TagCause, TagDay, TagKind } from '#tag/contract';

/** What a tag was day by day, as lines and as numbers with signs. */

/** The figure that a kind is drawn by. */
export type Drawn = 'yes' | 'mean' | 'known' | 'values';
export const DRAWN: Readonly<Record<TagKind, Drawn>> = { flag: 'yes', number: 'mean', oneOf: 'values', date: 'known' };

/** The figure whose parts add up: people, or the sum of a number. */
export type Added = 'yes' | 'known' | 'sum';
export const ADDED: Readonly<Record<TagKind, Added>> = { flag: 'yes', oneOf: 'known', number: 'sum', date: 'known' };

/** A line of the chart, the oldest first; a day without a figure is null. `key`: a value of a one-of, else the figure. */
export interface DayLine {
  readonly key: string;
  readonly points: readonly (number | null)[];
}

/** Lines that can be told apart, and labelled beside their ends. */
const MOST_LINES = 4;

export function linesOf(kind: TagKind, days: readonly TagDay[]): DayLine[] {
  const old = [...days].reverse();
  const drawn = DRAWN[kind];
  if (drawn !== 'values') return [{ key: drawn, points: old.map((d) => d[drawn]) }];
  const keys = (days[0]?.values ?? []).slice(0, MOST_LINES).map((v) => v.value);
  return keys.map((key) => ({ key, points: old.map((d) => d.values.find((v) => v.value === key)?.count ?? null) }));
}

/** From the least to the greatest value of all lines; where they are one, a room around it. */
export function extentOf(lines: readonly DayLine[]): readonly [number, number] {
  const all = lines.flatMap((l) => l.points).filter((p) => p !== null);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  if (all.length === 0) return [0, 1];
  return low === high ? [low - Math.max(1, Math.abs(low) * 0.01), high + Math.max(1, Math.abs(high) * 0.01)] : [low, high];
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const xAt = ({ left, width }: Box, i: number, of: number): number => left + (of < 2 ? width : (i / (of - 1)) * width);
export const yAt = ({ top, height }: Box, value: number, [low, high]: readonly [number, number]): number =>
  top + height - ((value - low) / (high - low)) * height;

/** The line as an SVG path; where a day has no figure it is broken. */
export function pathOf(points: DayLine['points'], box: Box, extent: readonly [number, number]): string {
  let pen = 'M';
  return points
    .flatMap((p, i) => {
      if (p === null) {
        pen = 'M';
        return [];
      }
      const step = `${pen}${xAt(box, i, points.length).toFixed(1)} ${yAt(box, p, extent).toFixed(1)}`;
      pen = 'L';
      return [step];
    })
    .join('');
}

/** Heights of labels beside the ends of their lines, moved apart until none covers another. */
export function apart(heights: readonly number[], least: number, bottom: number): number[] {
  const order = heights.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  for (let k = 1; k < order.length; k++) order[k]!.y = Math.max(order[k]!.y, order[k - 1]!.y + least);
  for (let k = order.length - 1, low = bottom; k >= 0; k--, low = order[k + 1]!.y - least) order[k]!.y = Math.min(order[k]!.y, low);
  const out = [...heights];
  for (const { y, i } of order) out[i] = y;
  return out;
}

/** A number of the tag's kind that is added up, out of a difference; a sum comes as a decimal text. */
export const partOf = (by: TagCause['by'], added: Added): number => (added === 'sum' ? Number(by.sum ?? 0) : by[added]);

/** With its sign: `+1,204`, `−0.5`, `0`. */
export function signed(by: number, scale = 0): string {
  const size = Math.abs(by).toLocaleString('en-US', { minimumFractionDigits: scale, maximumFractionDigits: scale });
  return by === 0 ? '0' : `${by > 0 ? '+' : '−'}${size}`;
}

/** A share with its sign: `+0.3%`; less than a thousandth is still a move. */
export function signedShare(share: number): string {
  if (share === 0) return '0%';
  const size = Math.abs(share) * 100;
  return `${share > 0 ? '+' : '−'}${size < 0.1 ? '<0.1' : Number(size.toFixed(1))}%`;
}
