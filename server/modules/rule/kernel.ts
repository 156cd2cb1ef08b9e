import type { Sign } from './expression.ts';

/**
 * The steps of a sweep, each one tight loop over a run of customers. `n`: how many; slots are at least as long. Truths are bytes (1 yes, 2 no, 0
 * unknown) and are joined four at a time as words; a run's length is a multiple of four, what lies behind the last customer is never read.
 */

const YES = 0x01010101;
const NO = 0x02020202;
/** Words that are summed byte by byte in one word, which stays a small integer. */
const SUMMED = 127;

export function widen8(codes: Uint8Array, from: number, to: Uint32Array, n: number): void {
  for (let i = 0; i < n; i++) to[i] = codes[from + i] as number;
}

export function widen16(codes: Uint16Array, from: number, to: Uint32Array, n: number): void {
  for (let i = 0; i < n; i++) to[i] = codes[from + i] as number;
}

/** Codes → values: `shift` = base − 1; codes outside low … high (0 is unknown, the others are not believed) become NaN. */
export function decode32(codes: Uint32Array, to: Float64Array, n: number, shift: number, low: number, high: number): void {
  for (let i = 0; i < n; i++) {
    const code = codes[i] as number;
    to[i] = code >= low && code <= high ? code + shift : Number.NaN;
  }
}

export function decode64(codes: Float64Array, to: Float64Array, n: number, shift: number, low: number, high: number): void {
  for (let i = 0; i < n; i++) {
    const code = codes[i] as number;
    to[i] = code >= low && code <= high ? code + shift : Number.NaN;
  }
}

export function add(a: Float64Array, b: Float64Array, to: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) to[i] = (a[i] as number) + (b[i] as number);
}

export function subtract(a: Float64Array, b: Float64Array, to: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) to[i] = (a[i] as number) - (b[i] as number);
}

export function multiply(a: Float64Array, b: Float64Array, to: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) to[i] = (a[i] as number) * (b[i] as number);
}

export function addFixed(a: Float64Array, fixed: number, to: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) to[i] = (a[i] as number) + fixed;
}

export function multiplyFixed(a: Float64Array, fixed: number, to: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) to[i] = (a[i] as number) * fixed;
}

/** Marks for below, equal and above: what a sign makes of each. */
export const MARKS: Readonly<Record<Sign, readonly [below: number, equal: number, above: number]>> = {
  '<': [1, 2, 2],
  '<=': [1, 1, 2],
  '>': [2, 2, 1],
  '>=': [2, 1, 1],
  '==': [2, 1, 2],
  '!=': [1, 2, 1],
};

/** NaN is neither below, equal nor above: unknown. */
export function compare(sign: Sign, a: Float64Array, b: Float64Array, to: Uint8Array, n: number): void {
  const [below, equal, above] = MARKS[sign];
  for (let i = 0; i < n; i++) {
    const x = a[i] as number;
    const y = b[i] as number;
    to[i] = x < y ? below : x > y ? above : x === y ? equal : 0;
  }
}

export function compareFixed(sign: Sign, a: Float64Array, y: number, to: Uint8Array, n: number): void {
  const [below, equal, above] = MARKS[sign];
  for (let i = 0; i < n; i++) {
    const x = a[i] as number;
    to[i] = x < y ? below : x > y ? above : x === y ? equal : 0;
  }
}

/** Codes inside `from` … `to` get the mark `inside`, other believed ones (low … high) `outside`, the rest stays unknown. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
  readonly inside: number;
  readonly outside: number;
}

/** Marks up to `edge`, above it, and above `last`; 0 stays unknown. Edges and codes are below 2^31. */
export interface Edges {
  readonly edge: number;
  readonly last: number | null;
  readonly below: number;
  readonly above: number;
}

/**
 * Without a branch, for whether a customer is inside is anybody's guess: the sign of a difference says it. Only for columns of which every code is
 * believed.
 */
export function edgeOf(codes: Uint32Array, { edge, below, above }: Edges, marks: Uint8Array, n: number): void {
  const more = above - below;
  for (let i = 0; i < n; i++) {
    const c = (codes[i] as number) | 0;
    marks[i] = Math.imul(-c >>> 31, below) + Math.imul((edge - c) >>> 31, more);
  }
}

/** Beyond `last` it is again as below `edge`. */
export function edgesOf(codes: Uint32Array, { edge, below, above }: Edges, last: number, marks: Uint8Array, n: number): void {
  const more = above - below;
  for (let i = 0; i < n; i++) {
    const c = (codes[i] as number) | 0;
    marks[i] = Math.imul(-c >>> 31, below) + Math.imul(((edge - c) >>> 31) - ((last - c) >>> 31), more);
  }
}

export function spanOf32(codes: Uint32Array, { from, to, low, high, inside, outside }: Span, marks: Uint8Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const c = codes[i] as number;
    marks[i] = c >= from && c <= to ? inside : c >= low && c <= high ? outside : 0;
  }
}

export function spanOf64(codes: Float64Array, { from, to, low, high, inside, outside }: Span, marks: Uint8Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const c = codes[i] as number;
    marks[i] = c >= from && c <= to ? inside : c >= low && c <= high ? outside : 0;
  }
}

export function and(a: Uint32Array, b: Uint32Array, to: Uint32Array, words: number): void {
  for (let i = 0; i < words; i++) {
    const x = a[i] as number;
    const y = b[i] as number;
    to[i] = (x & y & YES) | ((x | y) & NO);
  }
}

export function or(a: Uint32Array, b: Uint32Array, to: Uint32Array, words: number): void {
  for (let i = 0; i < words; i++) {
    const x = a[i] as number;
    const y = b[i] as number;
    to[i] = ((x | y) & YES) | (x & y & NO);
  }
}

export function not(a: Uint32Array, to: Uint32Array, words: number): void {
  for (let i = 0; i < words; i++) {
    const x = a[i] as number;
    to[i] = ((x & YES) << 1) | ((x >>> 1) & YES);
  }
}

/** Makes unknown a no. */
export function orNo(a: Uint32Array, words: number): void {
  for (let i = 0; i < words; i++) {
    const yes = (a[i] as number) & YES;
    a[i] = yes | ((yes ^ YES) << 1);
  }
}

/** Four bits of a bitmap as four bytes of 0 and 1, the least significant first. */
const SPREAD = Uint32Array.from({ length: 16 }, (_, b) => (b & 1) | ((b & 2) << 7) | ((b & 4) << 14) | ((b & 8) << 21));

/** Bitmaps of yes and known → truths; `known` null: known of all. */
export function spread(yes: Uint8Array, known: Uint8Array | null, to: Uint32Array, bytes: number): void {
  for (let i = 0; i < bytes; i++) {
    const k = known === null ? 255 : (known[i] as number);
    const y = (yes[i] as number) & k;
    const no = k & ~y;
    to[2 * i] = (SPREAD[y & 15] as number) | ((SPREAD[no & 15] as number) << 1);
    to[2 * i + 1] = (SPREAD[y >> 4] as number) | ((SPREAD[no >> 4] as number) << 1);
  }
}

/**
 * Puts a rule's yes into its bit of the masks (four customers a word, `bit` 0–7) for those who are looked at, and counts the yes and the known.
 * `counts`: [yes, known], added to.
 */
export function mark(truths: Uint32Array, looked: Uint32Array, bit: number, masks: Uint32Array, words: number, counts: Float64Array): void {
  let yes = 0;
  let known = 0;
  for (let begin = 0; begin < words; begin += SUMMED) {
    const end = Math.min(begin + SUMMED, words);
    let y = 0;
    let k = 0;
    for (let i = begin; i < end; i++) {
      const t = truths[i] as number;
      const p = (looked[i] as number) & YES;
      const hit = t & p;
      masks[i] = (masks[i] as number) | (hit << bit);
      y += hit;
      k += (t | (t >>> 1)) & p;
    }
    yes += sum(y);
    known += sum(k);
  }
  counts[0] = (counts[0] as number) + yes;
  counts[1] = (counts[1] as number) + known;
}

/** Adds the wanted bits of masks to those that are there. */
export function gather(masks: Uint32Array, wanted: number, to: Uint32Array): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) | ((masks[i] as number) & wanted);
}

export function count(looked: Uint32Array, words: number): number {
  let n = 0;
  for (let begin = 0; begin < words; begin += SUMMED) {
    let s = 0;
    for (let i = begin, end = Math.min(begin + SUMMED, words); i < end; i++) s += (looked[i] as number) & YES;
    n += sum(s);
  }
  return n;
}

/** Who is looked at, as bytes of ones: of these a table still has to say something. */
export function admit(looked: Uint32Array, open: Uint32Array, words: number): void {
  for (let i = 0; i < words; i++) open[i] = Math.imul((looked[i] as number) & YES, 255);
}

/** Gives the outcome, a byte, to whoever is yes and still open, and closes him. */
export function take(truths: Uint32Array, outcome: number, open: Uint32Array, to: Uint32Array, words: number): void {
  const all = Math.imul(outcome, YES);
  for (let i = 0; i < words; i++) {
    const o = open[i] as number;
    const hit = Math.imul((truths[i] as number) & YES, 255) & o;
    to[i] = (to[i] as number) | (hit & all);
    open[i] = o & ~hit;
  }
}

/** The same, and whoever is unknown and still open gets the outcome of the unknown. */
export function takeOrStop(truths: Uint32Array, outcome: number, unknown: number, open: Uint32Array, to: Uint32Array, words: number): void {
  const [all, none] = [Math.imul(outcome, YES), Math.imul(unknown, YES)];
  for (let i = 0; i < words; i++) {
    const o = open[i] as number;
    const t = truths[i] as number;
    const hit = Math.imul(t & YES, 255) & o;
    const lost = Math.imul(~(t | (t >>> 1)) & YES, 255) & o;
    to[i] = (to[i] as number) | (hit & all) | (lost & none);
    open[i] = o & ~(hit | lost);
  }
}

/** Gives the outcome to all who are still open. */
export function settle(outcome: number, open: Uint32Array, to: Uint32Array, words: number): void {
  const all = Math.imul(outcome, YES);
  for (let i = 0; i < words; i++) to[i] = (to[i] as number) | ((open[i] as number) & all);
}

/** The values of those who are looked at, from `least` to `most`; NaN of all others. */
export function keep(values: Float64Array, looked: Uint32Array, least: number, most: number, to: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const v = values[i] as number;
    const isLooked = ((looked[i >> 2] as number) >>> ((i & 3) * 8)) & 1;
    to[i] = isLooked === 1 && v >= least && v <= most ? v : Number.NaN;
  }
}

/** The four bytes of a word together. */
const sum = (word: number): number => (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24);

/** An upper bound of some codes: all their bits together. Narrow ones lie several in a word of `words`, each `width` bytes. */
export function bound(words: Uint32Array, width: 1 | 2 | 4): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0, n = words.length; i < n; i += 4) {
    a |= words[i] as number;
    b |= words[i + 1] as number;
    c |= words[i + 2] as number;
    d |= words[i + 3] as number;
  }
  const all = a | b | c | d;
  if (width === 4) return all >>> 0;
  const half = (all | (all >>> 16)) & 0xffff;
  return width === 2 ? half : (half | (half >>> 8)) & 0xff;
}

/** Codes that are there and lie outside what is believed. */
export function doubtful(codes: ArrayLike<number>, low: number, high: number): number {
  let found = 0;
  for (let i = 0; i < codes.length; i++) {
    const c = codes[i] as number;
    if (c !== 0 && (c < low || c > high)) found++;
  }
  return found;
}
