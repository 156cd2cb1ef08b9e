import type { Column } from './column.ts';
import * as kernel from './kernel.ts';
import type { Program } from './program.ts';
import { BLOCK, doubtfulIn, openRun, RUN, WORDS } from './run.ts';

/** What a table or an expression makes of each customer of a block. */

/** An outcome is a byte: 0 unknown, else what the caller means by it. */
export interface Choice {
  /** Outcomes of the program's rules, in the order in which they are asked. */
  readonly rows: readonly number[];
  /** The outcome where a row is unknown before any was yes; null: such a row is passed over. */
  readonly unknown: number | null;
  /** Where no row was yes. */
  readonly otherwise: number;
}

/** Whole values that are kept; others are unknown. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** A table chooses an outcome by the program's rules; an expression gives the program's first value. */
export type Deciding = { readonly choice: Choice } | { readonly bounds: Bounds };

export interface Decided {
  /** How many were looked at. */
  readonly customers: number;
  /** Of a table: an outcome a customer, 0 of who was not looked at; else of no length. */
  readonly outcomes: Uint8Array;
  /** Of an expression: a value a customer, NaN where it is unknown, out of bounds, or he was not looked at; else of no length. */
  readonly values: Float64Array;
  /** By column: values that were not believed. */
  readonly doubtful: Float64Array;
}

export function openDecision(program: Program, deciding: Deciding): (columns: readonly (Column | null)[]) => Decided {
  const { slots, looked, begin, step } = openRun(program);
  const rows = program.rules.map((slot) => slots.words[slot] as Uint32Array);
  const open = new Uint32Array(WORDS);
  return (given) => {
    const columns = begin(given);
    const isTable = 'choice' in deciding;
    const outcomes = new Uint8Array(isTable ? BLOCK : 0);
    const words = new Uint32Array(outcomes.buffer);
    const values = new Float64Array(isTable ? 0 : BLOCK);
    let customers = 0;
    for (let from = 0; from < BLOCK; from += RUN) {
      step(columns, from);
      if ('choice' in deciding) choose(deciding.choice, rows, looked, open, words.subarray(from / 4, from / 4 + WORDS));
      else {
        const slot = slots.numbers[program.values[0] as number] as Float64Array;
        kernel.keep(slot, looked, deciding.bounds.least, deciding.bounds.most, values.subarray(from, from + RUN), RUN);
      }
      customers += kernel.count(looked, WORDS);
    }
    return { customers, outcomes, values, doubtful: doubtfulIn(columns) };
  };
}

function choose(choice: Choice, rows: readonly Uint32Array[], looked: Uint32Array, open: Uint32Array, to: Uint32Array): void {
  kernel.admit(looked, open, WORDS);
  for (const [i, row] of rows.entries()) {
    const outcome = choice.rows[i] as number;
    if (choice.unknown === null) kernel.take(row, outcome, open, to, WORDS);
    else kernel.takeOrStop(row, outcome, choice.unknown, open, to, WORDS);
  }
  kernel.settle(choice.otherwise, open, to, WORDS);
}
