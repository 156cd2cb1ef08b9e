import { type CodesReady, type Column, edgesOf, type Ready, ready, spanOf, valuesAt } from './column.ts';
import * as kernel from './kernel.ts';
import type { Program, Step } from './program.ts';

/** One pass of a program over blocks of 65,536 customers. A step goes over a run of 4,096 at a time, so that all slots stay in the second-level cache. */

const BLOCK = 65_536;
const RUN = 4_096;
const WORDS = RUN / 4;
const BITS = 8; // of one group of masks: a byte a customer
const [UNKNOWN, YES, NO] = [0, 1, 2];

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
  /** Codes of a run as words, by column, and which run they are of (−1: none). */
  readonly wide: readonly Uint32Array[];
  readonly wideOf: Int32Array;
}

/** Makes the slots once and answers how to sweep one block. `wanted`: bits of the rules whose hits are told; `columns` in the program's order. */
export function openSweep(program: Program, wanted: number): (columns: readonly (Column | null)[]) => Swept {
  const truths = Array.from({ length: program.truths + 1 }, () => new Uint8Array(RUN));
  const slots: Slots = {
    numbers: Array.from({ length: program.numbers }, () => new Float64Array(RUN)),
    truths,
    words: truths.map((t) => new Uint32Array(t.buffer)),
    wide: program.columns.map(() => new Uint32Array(RUN)),
    wideOf: new Int32Array(program.columns.length),
  };
  (truths[program.truths] as Uint8Array).fill(YES); // everybody
  const looked = slots.words[program.population ?? program.truths] as Uint32Array;
  const groups = Array.from({ length: Math.ceil(program.rules.length / BITS) }, () => new Uint32Array(BLOCK / 4));

  const room: Room = { any: new Uint32Array(BLOCK / 4), places: new Uint16Array(BLOCK), masks: new Uint32Array(BLOCK) };

  return (given) => {
    const columns = program.columns.map((fact, i) => ready(fact, given[i] ?? null));
    const counts = program.rules.map(() => new Float64Array(2));
    const bitmap = new Uint8Array(BLOCK / 8);
    for (const g of groups) g.fill(0);
    slots.wideOf.fill(-1);
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
    const hits = hitsOf(groups, wanted, room);
    const evidence = program.evidence.map((c) => valuesAt(columns[c] as Ready, hits.places));
    return {
      customers,
      yes: Float64Array.from(counts, (c) => c[0] as number),
      known: Float64Array.from(counts, (c) => c[1] as number),
      doubtful: Float64Array.from(columns, (c) => (c.kind === 'codes' ? c.doubtful : 0)),
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

function run(step: Step, slots: Slots, columns: readonly Ready[], from: number): void {
  const { numbers, truths, words } = slots;
  const number = (i: number) => numbers[i] as Float64Array;
  const truth = (i: number) => truths[i] as Uint8Array;
  const word = (i: number) => words[i] as Uint32Array;
  switch (step.do) {
    case 'load':
      load(slots, columns[step.column] as Ready, step, from);
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
    case 'span':
      span(slots, columns[step.column] as Ready, step, from);
      break;
    case 'flag':
      flag(columns[step.column] as Ready, word(step.to), from);
      break;
    case 'known':
      known(slots, columns[step.column] as Ready, step, from);
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

type Of<S extends Step['do']> = Extract<Step, { do: S }>;

function load(slots: Slots, column: Ready, step: Of<'load'>, from: number): void {
  const to = slots.numbers[step.to] as Float64Array;
  if (column.kind !== 'codes') {
    to.fill(Number.NaN);
    return;
  }
  const { shift, low, high } = column;
  const codes = runOf(slots, column, step.column, from);
  if (codes instanceof Float64Array) kernel.decode64(codes, to, RUN, shift, low, high);
  else kernel.decode32(codes, to, RUN, shift, low, high);
}

/** A run of codes, as words of 32 bits where they are not wider: a part of the column itself, or widened once for all steps. */
function runOf({ wide, wideOf }: Slots, { codes }: CodesReady, column: number, from: number): Uint32Array | Float64Array {
  if (codes instanceof Uint32Array || codes instanceof Float64Array) return codes.subarray(from, from + RUN);
  const to = wide[column] as Uint32Array;
  if (wideOf[column] === from) return to;
  wideOf[column] = from;
  if (codes instanceof Uint16Array) kernel.widen16(codes, from, to, RUN);
  else kernel.widen8(codes, from, to, RUN);
  return to;
}

function span(slots: Slots, column: Ready, step: Of<'span'>, from: number): void {
  const to = slots.truths[step.to] as Uint8Array;
  if (column.kind !== 'codes') to.fill(UNKNOWN);
  else marked(column, runOf(slots, column, step.column, from), spanOf(step, column), to);
}

function marked({ sure }: CodesReady, codes: Uint32Array | Float64Array, s: kernel.Span, to: Uint8Array): void {
  if (codes instanceof Float64Array) kernel.spanOf64(codes, s, to, RUN);
  else if (!sure) kernel.spanOf32(codes, s, to, RUN);
  else {
    const edges = edgesOf(s);
    if (edges.last === null) kernel.edgeOf(codes, edges, to, RUN);
    else kernel.edgesOf(codes, edges, edges.last, to, RUN);
  }
}

function flag(column: Ready, to: Uint32Array, from: number): void {
  if (column.kind === 'flag') kernel.spread(bytesOf(column.yes, from), column.known && bytesOf(column.known, from), to, RUN / 8);
  else to.fill(UNKNOWN);
}

function known(slots: Slots, column: Ready, step: Of<'known'>, from: number): void {
  const to = slots.truths[step.to] as Uint8Array;
  if (column.kind === 'nothing') to.fill(NO);
  else if (column.kind === 'codes') {
    const { low, high } = column;
    marked(column, runOf(slots, column, step.column, from), { from: low, to: high, low, high, inside: YES, outside: YES }, to);
    kernel.orNo(slots.words[step.to] as Uint32Array, WORDS);
  } else if (column.known === null) to.fill(YES);
  else kernel.spread(bytesOf(column.known, from), null, slots.words[step.to] as Uint32Array, RUN / 8);
}

/** Bytes of 0 and 1 (bit 0 of each), eight a byte. */
function pack(looked: Uint32Array, bitmap: Uint8Array, at: number): void {
  for (let i = 0; i < WORDS; i += 2) bitmap[at + i / 2] = nibble(looked[i] as number) | (nibble(looked[i + 1] as number) << 4);
}

/** The lowest bits of a word's four bytes, side by side. */
const nibble = (w: number): number => (w & 1) | ((w >>> 7) & 2) | ((w >>> 14) & 4) | ((w >>> 21) & 8);

/** Who has a wanted bit in his mask. */
function hitsOf(groups: readonly Uint32Array[], wanted: number, room: Room): { places: Uint16Array; masks: Uint32Array } {
  const { any, places, masks } = room;
  any.fill(0);
  for (const [g, group] of groups.entries()) kernel.gather(group, Math.imul((wanted >>> (g * BITS)) & 255, 0x01010101), any);
  const bytes = groups.map((g) => new Uint8Array(g.buffer));
  let n = 0;
  for (let w = 0; w < BLOCK / 4; w++) {
    if (any[w] === 0) continue;
    for (let i = w * 4; i < w * 4 + 4; i++) {
      let mask = 0;
      for (let g = 0; g < bytes.length; g++) mask |= ((bytes[g] as Uint8Array)[i] as number) << (g * BITS);
      if ((mask & wanted) === 0) continue;
      places[n] = i;
      masks[n++] = mask;
    }
  }
  return { places: places.slice(0, n), masks: masks.slice(0, n) };
}

/** Memory that is used again for every block. */
interface Room {
  readonly any: Uint32Array;
  readonly places: Uint16Array;
  readonly masks: Uint32Array;
}
