import type { Column } from './column.ts';

/**
 * How the values of a column become codes of one byte, learned from the training rows alone. Codes 0 to `size` − 1 are known values in their order,
 * code `size` is unknown. Both kinds of model see codes only, so a value no training row had falls where its neighbours fall.
 */
export type Coder = {
  readonly name: string;
  readonly size: number;
  /** Training rows of each code, unknown last. */
  readonly counts: Uint32Array;
} & (
  | { readonly kind: 'flag' }
  | {
      readonly kind: 'number' | 'date';
      /** A value has the code of how many edges lie at or below it. */
      readonly edges: Float64Array;
      /** What each code stands for: the mean of its training values, less the mean of all, over their deviation. */
      readonly values: Float64Array;
    }
  | { readonly kind: 'oneOf' /** The frequent values; the last code, `levels.length`, is any other. */; readonly levels: readonly string[] }
);

/** Codes are bytes: these many bins and frequent values at most. */
const mostBins = 254;
const mostCodes = 250;
/** A one-of value in fewer training rows than this is one of the others: a figure of so few says nothing. */
const leastOfLevel = 10;
/** Quantiles are found among so many values at most. */
const sampled = 16_384;

/** Learns from the values of these rows; answers their codes too. */
export function learnCoder(column: Column, rows: Uint32Array): { coder: Coder; codes: Uint8Array } {
  const { name } = column;
  if (column.kind === 'flag') {
    const codes = flagCodes(column.values, rows);
    return { codes, coder: { name, kind: 'flag', size: 2, counts: tally(codes, 2) } };
  }
  if (column.kind === 'oneOf') {
    const levels = frequentLevels(column, rows);
    const codes = levelCodes(column, levels, rows);
    const size = levels.length + 1;
    return { codes, coder: { name, kind: 'oneOf', levels, size, counts: tally(codes, size) } };
  }
  const { kind, values } = column;
  const edges = edgesOf(values, rows);
  const codes = numberCodes(values, edges, rows);
  const size = edges.length + 1;
  const counts = tally(codes, size);
  return { codes, coder: { name, kind, edges, size, counts, values: standing(values, rows, codes, counts) } };
}

function tally(codes: Uint8Array, size: number): Uint32Array {
  const counts = new Uint32Array(size + 1);
  for (let at = 0; at < codes.length; at++) counts[codes[at]!]!++;
  return counts;
}

/** The codes of these rows of a column of the coder's kind. */
export function codesOf(column: Column, coder: Coder, rows: Uint32Array): Uint8Array {
  if (column.kind === 'flag') return flagCodes(column.values, rows);
  if (column.kind === 'oneOf') return levelCodes(column, coder.kind === 'oneOf' ? coder.levels : [], rows);
  return numberCodes(column.values, coder.kind === 'number' || coder.kind === 'date' ? coder.edges : new Float64Array(0), rows);
}

function flagCodes(values: Int8Array, rows: Uint32Array): Uint8Array {
  const codes = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const value = values[rows[at]!]!;
    codes[at] = value < 0 ? 2 : value;
  }
  return codes;
}

function levelCodes(column: Column & { kind: 'oneOf' }, levels: readonly string[], rows: Uint32Array): Uint8Array {
  const known = new Map(levels.map((level, code) => [level, code]));
  const codeOf = Uint8Array.from(column.levels, (level) => known.get(level) ?? levels.length);
  const codes = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const place = column.values[rows[at]!]!;
    codes[at] = place >= 0 ? codeOf[place]! : place === -1 ? levels.length + 1 : levels.length;
  }
  return codes;
}

function numberCodes(values: Float64Array, edges: Float64Array, rows: Uint32Array): Uint8Array {
  const codes = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const value = values[rows[at]!]!;
    codes[at] = Number.isNaN(value) ? edges.length + 1 : below(edges, value);
  }
  return codes;
}

/** How many edges lie at or below the value. */
function below(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Frequent values, the most frequent first; of equal ones the one that came first in the file. */
function frequentLevels(column: Column & { kind: 'oneOf' }, rows: Uint32Array): string[] {
  const counts = new Uint32Array(column.levels.length);
  for (const row of rows) {
    const place = column.values[row]!;
    if (place >= 0) counts[place]!++;
  }
  return [...column.levels.keys()]
    .filter((place) => counts[place]! >= leastOfLevel)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, mostCodes)
    .map((place) => column.levels[place]!);
}

/** Edges half-way between neighbouring values: between all of them where they are few, else between quantiles of equal count. */
function edgesOf(values: Float64Array, rows: Uint32Array): Float64Array {
  const step = Math.max(1, rows.length / sampled);
  const known = new Float64Array(Math.ceil(rows.length / step));
  let count = 0;
  for (let at = 0; at < rows.length; at += step) {
    const value = values[rows[Math.floor(at)]!]!;
    if (!Number.isNaN(value)) known[count++] = value;
  }
  const sorted = known.subarray(0, count).sort();
  const starts = [...sorted.keys()].filter((at) => at > 0 && sorted[at] !== sorted[at - 1]);
  const chosen = starts.length < mostBins ? starts : evenly(starts, count);
  return Float64Array.from(chosen, (at) => {
    const middle = sorted[at - 1]! / 2 + sorted[at]! / 2;
    return middle > sorted[at - 1]! ? middle : sorted[at]!;
  });
}

/** Of the places where a new value begins those next to equal shares of the count, each once. */
function evenly(starts: readonly number[], count: number): number[] {
  const chosen: number[] = [];
  let from = 0;
  for (let bin = 1; bin < mostBins; bin++) {
    while (from < starts.length && starts[from]! < (bin * count) / mostBins) from++;
    if (from < starts.length && starts[from] !== chosen.at(-1)) chosen.push(starts[from]!);
  }
  return chosen;
}

/**
 * What each code stands for, in standard deviations from the mean of the training rows. Values are scaled and moved first: squares of the largest
 * would overflow, those of neighbouring large ones lose their difference.
 */
function standing(values: Float64Array, rows: Uint32Array, codes: Uint8Array, counts: Uint32Array): Float64Array {
  const sums = new Float64Array(counts.length - 1);
  let scale = 0;
  let origin = Number.NaN;
  for (const row of rows) {
    scale = Math.max(scale, Math.abs(values[row]!) || 0);
    if (Number.isNaN(origin)) origin = values[row]!;
  }
  let [sum, squares, count] = [0, 0, 0];
  for (let at = 0; at < rows.length; at++) {
    if (codes[at] === sums.length) continue;
    const value = values[rows[at]!]! / scale - origin / scale;
    sums[codes[at]!]! += value;
    sum += value;
    squares += value * value;
    count++;
  }
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return sums.map((total, code) => (counts[code] === 0 || !(deviation > 1e-12) ? 0 : (total / counts[code]! - mean) / deviation));
}
