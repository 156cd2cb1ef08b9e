import { type Codes, type Column, type Ready, ready, spanOf, valueAt } from './column.ts';
import type { Sign } from './expression.ts';
import * as kernel from './kernel.ts';
import type { Program, Step } from './program.ts';

/** One pass of a program over blocks of 65,536 customers. A step goes over a run of 4,096 at a time, so that all slots stay in the second-level cache. */

const BLOCK = 65_536;
const RUN = 4_096;
const WORDS = RUN / 4;
const BITS = 8; // of one group of masks: a byte a customer
const [UNKNOWN, YES, NO] = [0, 1, 2];
/** Of codes: what is not known (0, or not believed) is a no. */
const KNOWN = { inside: YES, low: 0, high: Number.POSITIVE_INFINITY, outside: NO };

/** What a block gave. `yes` and `known` by rule (a rule that is known but not yes is no), `doubtful` by column: values that were not believed. */
export interface Swept {
  readonly customers: number;
  readonly yes: Float64Array;
  readonly known: Float64Array;
  readonly doubtful: Float64Array;
  /** Places within the block of those who are hit by a wanted rule, their masks (bit = rule), and by column of evidence their values (NaN: unknown). */
  readonly hits: Uint16Array;
  readonly masks: Uint32Array;
  readonly evidence: readonly Float64Array[];
  /** Bitmap of those who were looked at. */
  readonly looked: Uint8Array;
}

interface Slots {
  readonly numbers: readonly Float64Array[];
  readonly truths: readonly Uint8Array[];
  /** The same truths, four a word. */
  readonly words: readonly Uint32Array[];
  readonly wide: Uint32Array;
}

type CodesReady = Extract<Ready, { kind: 'codes' }>;

/** Makes the slots once and answers how to sweep one block. `wanted`: bits of the rules whose hits are told; `columns` in the program's order. */
export function openSweep(program: Program, wanted: number): (columns: readonly (Column | null)[]) => Swept {
  const truths = Array.from({ length: program.truths + 1 }, () => new Uint8Array(RUN));
  const slots: Slots = {
    numbers: Array.from({ length: program.numbers }, () => new Float64Array(RUN)),
    truths,
    words: truths.map((t) => new Uint32Array(t.buffer)),
    wide: new Uint32Array(RUN),
  };
  (truths[program.truths] as Uint8Array).fill(YES); // everybody
  const looked = slots.words[program.population ?? program.truths] as Uint32Array;
  const groups = Array.from({ length: Math.ceil(program.rules.length / BITS) }, () => new Uint32Array(BLOCK / 4));

  return (given) => {
    const columns = program.columns.map((fact, i) => ready(fact, given[i] ?? null));
    const counts = program.rules.map(() => new Float64Array(2));
    const bitmap = new Uint8Array(BLOCK / 8);
    for (const g of groups) g.fill(0);
    let customers = 0;
    for (let from = 0; from < BLOCK; from += RUN) {
      for (const step of program.steps) run(step, slots, columns, from);
      for (const [rule, slot] of program.rules.entries()) {
        const masks = (groups[rule >> 3] as Uint32Array).subarray(from / 4, from / 4 + WORDS);
        kernel.mark(slots.words[slot] as Uint32Array, looked, rule & 7, masks, WORDS, counts[rule] as Float64Array);
      }
      customers += kernel.count(looked, WORDS);
      pack(looked, bitmap, from / 8);
    }
    const hits = hitsOf(groups, wanted);
    const evidence = program.evidence.map((c) => Float64Array.from(hits.places, (i) => valueAt(columns[c] as Ready, i)));
    return {
      customers,
      yes: Float64Array.from(counts, (c) => c[0] as number),
      known: Float64Array.from(counts, (c) => c[1] as number),
      doubtful: Float64Array.from(columns, doubtful),
      hits: hits.places,
      masks: hits.masks,
      evidence,
      looked: bitmap,
    };
  };
}

const OF_TWO = { add: kernel.add, subtract: kernel.subtract, multiply: kernel.multiply };
const OF_ONE = { addFixed: kernel.addFixed, multiplyFixed: kernel.multiplyFixed };
const JOINED = { and: kernel.and, or: kernel.or };

function run(step: Step, { numbers, truths, words, wide }: Slots, columns: readonly Ready[], from: number): void {
  const number = (i: number) => numbers[i] as Float64Array;
  const truth = (i: number) => truths[i] as Uint8Array;
  const word = (i: number) => words[i] as Uint32Array;
  switch (step.do) {
    case 'load':
      load(columns[step.column] as Ready, number(step.to), from);
      break;
    case 'add':
    case 'subtract':
    case 'multiply':
      OF_TWO[step.do](number(step.a), number(step.b), number(step.to), RUN);
      break;
    case 'addFixed':
    case 'multiplyFixed':
      OF_ONE[step.do](number(step.a), step.fixed, number(step.to), RUN);
      break;
    case 'compare':
      kernel.compare(step.sign, number(step.a), number(step.b), truth(step.to), RUN);
      break;
    case 'compareFixed':
      kernel.compareFixed(step.sign, number(step.a), step.fixed, truth(step.to), RUN);
      break;
    case 'codes':
      against(columns[step.column] as Ready, step.sign, step.fixed, truth(step.to), wide, from);
      break;
    case 'flag':
      flag(columns[step.column] as Ready, word(step.to), from);
      break;
    case 'known':
      known(columns[step.column] as Ready, truth(step.to), word(step.to), wide, from);
      break;
    case 'literal':
      truth(step.to).fill(step.value ? YES : NO);
      break;
    case 'and':
    case 'or':
      JOINED[step.do](word(step.a), word(step.b), word(step.to), WORDS);
      break;
    case 'not':
      kernel.not(word(step.a), word(step.to), WORDS);
      break;
  }
}

const bytesOf = (bitmap: Uint8Array, from: number): Uint8Array => bitmap.subarray(from / 8, (from + RUN) / 8);

function load(column: Ready, to: Float64Array, from: number): void {
  if (column.kind !== 'codes') {
    to.fill(Number.NaN);
    return;
  }
  to.set(column.codes.subarray(from, from + RUN));
  kernel.decode(to, RUN, column.shift, column.low, column.high);
}

/** A run of codes as words of 32 bits: a part of the column itself where it is as wide, else a copy. */
function widened(codes: Exclude<Codes, Float64Array>, wide: Uint32Array, from: number): Uint32Array {
  const part = codes.subarray(from, from + RUN);
  if (part instanceof Uint32Array) return part;
  wide.set(part);
  return wide;
}

function span(column: CodesReady, s: kernel.Span, to: Uint8Array, wide: Uint32Array, from: number): void {
  if (column.codes instanceof Float64Array) kernel.spanOf64(column.codes.subarray(from, from + RUN), s, to, RUN);
  else kernel.spanOf32(widened(column.codes, wide, from), s, to, RUN);
}

function against(column: Ready, sign: Sign, fixed: number, to: Uint8Array, wide: Uint32Array, from: number): void {
  if (column.kind === 'codes') span(column, spanOf(sign, fixed, column), to, wide, from);
  else to.fill(UNKNOWN);
}

function flag(column: Ready, to: Uint32Array, from: number): void {
  if (column.kind === 'flag') kernel.spread(bytesOf(column.yes, from), column.known && bytesOf(column.known, from), to, RUN / 8);
  else to.fill(UNKNOWN);
}

function known(column: Ready, to: Uint8Array, words: Uint32Array, wide: Uint32Array, from: number): void {
  if (column.kind === 'nothing') to.fill(NO);
  else if (column.kind === 'codes') span(column, { ...column, from: column.low, to: column.high, ...KNOWN }, to, wide, from);
  else if (column.known === null) to.fill(YES);
  else kernel.spread(bytesOf(column.known, from), null, words, RUN / 8);
}

/** Values of a block that are not believed. Most columns cannot hold any, and are not looked at. */
function doubtful(column: Ready): number {
  if (column.kind !== 'codes' || column.sure) return 0;
  const { codes, low, high } = column;
  if (codes instanceof Float64Array) return kernel.doubtful64(codes, codes.length, low, high);
  return kernel.doubtful32(codes instanceof Uint32Array ? codes : Uint32Array.from(codes), codes.length, low, high);
}

/** Bytes of 0 and 1 (bit 0 of each), eight a byte. */
function pack(looked: Uint32Array, bitmap: Uint8Array, at: number): void {
  for (let i = 0; i < WORDS; i += 2) bitmap[at + i / 2] = nibble(looked[i] as number) | (nibble(looked[i + 1] as number) << 4);
}

/** The lowest bits of a word's four bytes, side by side. */
const nibble = (w: number): number => (w & 1) | ((w >>> 7) & 2) | ((w >>> 14) & 4) | ((w >>> 21) & 8);

/** Who has a wanted bit in his mask. */
function hitsOf(groups: readonly Uint32Array[], wanted: number): { places: Uint16Array; masks: Uint32Array } {
  const bytes = groups.map((g) => new Uint8Array(g.buffer));
  const places: number[] = [];
  const masks: number[] = [];
  for (let w = 0; w < BLOCK / 4; w++) {
    let any = 0;
    for (const g of groups) any |= g[w] as number;
    if (any === 0) continue;
    for (let i = w * 4; i < w * 4 + 4; i++) {
      let mask = 0;
      for (const [g, b] of bytes.entries()) mask |= (b[i] as number) << (g * BITS);
      if ((mask & wanted) === 0) continue;
      places.push(i);
      masks.push(mask >>> 0);
    }
  }
  return { places: Uint16Array.from(places), masks: Uint32Array.from(masks) };
}
