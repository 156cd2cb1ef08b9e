import { type CodesReady, type Column, edgesOf, type Ready, ready, spanOf } from './column.ts';
import * as kernel from './kernel.ts';
import type { Program, Step } from './program.ts';

/**
 * The steps of a program over blocks of 65,536 customers. A step goes over a run of 4,096 at a time, so that all slots stay in the second-level cache.
 */

export const BLOCK = 65_536;
export const RUN = 4_096;
export const WORDS = RUN / 4;
const [UNKNOWN, YES, NO] = [0, 1, 2];

export interface Slots {
  readonly numbers: readonly Float64Array[];
  readonly truths: readonly Uint8Array[];
  /** The same truths, four a word. */
  readonly words: readonly Uint32Array[];
  /** Codes of a run as words, by column, and which run they are of (−1: none). */
  readonly wide: readonly Uint32Array[];
  readonly wideOf: Int32Array;
}

/** A program with its slots. `begin` makes a block's columns ready, `step` runs all steps over the run of customers from `from` on. */
export interface Run {
  readonly slots: Slots;
  /** Who is looked at, four truths a word. */
  readonly looked: Uint32Array;
  begin(given: readonly (Column | null)[]): readonly Ready[];
  step(columns: readonly Ready[], from: number): void;
}

export function openRun(program: Program): Run {
  const truths = Array.from({ length: program.truths + 1 }, () => new Uint8Array(RUN));
  const slots: Slots = {
    numbers: Array.from({ length: program.numbers }, () => new Float64Array(RUN)),
    truths,
    words: truths.map((t) => new Uint32Array(t.buffer)),
    wide: program.columns.map(() => new Uint32Array(RUN)),
    wideOf: new Int32Array(program.columns.length),
  };
  (truths[program.truths] as Uint8Array).fill(YES); // everybody
  return {
    slots,
    looked: slots.words[program.population ?? program.truths] as Uint32Array,
    begin(given) {
      slots.wideOf.fill(-1);
      return program.columns.map((fact, i) => ready(fact, given[i] ?? null));
    },
    step(columns, from) {
      for (const step of program.steps) run(step, slots, columns, from);
    },
  };
}

/** Values that were not believed, by column. */
export const doubtfulIn = (columns: readonly Ready[]): Float64Array =>
  Float64Array.from(columns, (c) => (c.kind === 'codes' ? c.doubtful : 0));

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
