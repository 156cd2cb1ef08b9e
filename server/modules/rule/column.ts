import type { Fact } from './contract.ts';
import { bound, doubtful, type Edges, type Span } from './kernel.ts';
import type { Side } from './program.ts';

/**
 * A block of one fact as it comes from the tags (decision 12): of a flag `body` and `known` are bitmaps of yes and known (null: known of all), else `body`
 * is a column of little-endian codes of `width` bytes, 0 = unknown, else the value is `base` + code − 1.
 */
export interface Column {
  readonly base: number;
  readonly width: 1 | 2 | 4 | 8;
  readonly known: Uint8Array | null;
  readonly body: Uint8Array;
}

export type Codes = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** A column made ready for the steps. Codes from `low` to `high` are believed; `doubtful` are not; `sure`: all are, and below 2^31. */
export type Ready =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'flag'; readonly yes: Uint8Array; readonly known: Uint8Array | null }
  | {
      readonly kind: 'codes';
      readonly codes: Codes;
      readonly shift: number;
      readonly low: number;
      readonly high: number;
      readonly doubtful: number;
      readonly sure: boolean;
    };

export type CodesReady = Extract<Ready, { kind: 'codes' }>;

const MOST_CODE = { 1: 2 ** 8 - 1, 2: 2 ** 16 - 1, 4: 2 ** 32 - 1, 8: Number.POSITIVE_INFINITY } as const;

/** `column` null: nobody's value is known. Where the body does not lie on a multiple of its width it is copied. */
export function ready(fact: Fact, column: Column | null): Ready {
  if (column === null) return { kind: 'nothing' };
  if (fact.kind === 'flag') return { kind: 'flag', yes: column.body, known: column.known };
  const { base, width } = column;
  const low = Math.max(1, fact.from - base + 1);
  const high = Math.min(MOST_CODE[width], fact.to - base + 1);
  const codes = codesOf(column);
  const found = low === 1 && mostOf(codes, width) <= high ? 0 : doubtful(codes, low, high);
  const sure = found === 0 && (high <= MOST_SIGNED || mostOf(codes, width) <= MOST_SIGNED);
  return { kind: 'codes', codes, shift: base - 1, low, high, doubtful: found, sure };
}

const MOST_SIGNED = 2 ** 31 - 1;

/** What no code of the block is above of. */
const mostOf = (codes: Codes, width: Column['width']): number =>
  width === 8 ? Number.POSITIVE_INFINITY : bound(new Uint32Array(codes.buffer, codes.byteOffset, codes.byteLength / 4), width);

function codesOf({ width, body }: Column): Codes {
  const aligned = body.byteOffset % 4 === 0 ? body : new Uint8Array(body);
  const n = body.length / width;
  if (width === 1) return aligned;
  if (width === 2) return new Uint16Array(aligned.buffer, aligned.byteOffset, n);
  if (width === 4) return new Uint32Array(aligned.buffer, aligned.byteOffset, n);
  const halves = new Uint32Array(aligned.buffer, aligned.byteOffset, n * 2);
  return Float64Array.from({ length: n }, (_, i) => (halves[2 * i] as number) + (halves[2 * i + 1] as number) * 2 ** 32);
}

/** The codes of values from `least` to `most`, and what they and the other believed ones are marked with. */
export function spanOf({ least, most, side }: { least: number; most: number; side: Side }, { shift, low, high }: CodesReady): Span {
  const [inside, outside] = side === 'inside' ? [1, 2] : [2, 1];
  const [from, to] = [Math.max(least - shift, low), Math.min(most - shift, high)];
  return from <= to ? { from, to, low, high, inside, outside } : { from: low, to: high, low, high, inside: outside, outside };
}

/** The same span of a column whose codes are all believed, as edges that codes lie above of or not. */
export function edgesOf({ from, to, low, high, inside, outside }: Span): Edges {
  if (from === low) return { edge: to, last: null, below: inside, above: outside };
  return { edge: from - 1, last: to === high ? null : to, below: outside, above: inside };
}

/** The values of some customers: integers; 1 or 0 of a flag; NaN where it is unknown or not believed. */
export function valuesAt(column: Ready, places: Uint16Array): Float64Array {
  const values = new Float64Array(places.length).fill(Number.NaN);
  if (column.kind === 'nothing') return values;
  for (let n = 0; n < places.length; n++) {
    const i = places[n] as number;
    if (column.kind === 'flag') {
      const bit = 1 << (i & 7);
      if (column.known !== null && ((column.known[i >> 3] as number) & bit) === 0) continue;
      values[n] = ((column.yes[i >> 3] as number) & bit) === 0 ? 0 : 1;
      continue;
    }
    const code = column.codes[i] as number;
    if (code >= column.low && code <= column.high) values[n] = code + column.shift;
  }
  return values;
}
