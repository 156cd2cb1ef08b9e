import { EVERYONE } from '#tag';
import { AT, MOST } from './kernel.ts';
import type { Plan } from './plan.ts';
import { saltOf } from './sample.ts';

/** A plan whose `top`s were found: what came of them is held under a number. */
export type Step =
  | Exclude<Plan, { op: 'and' | 'or' | 'top' }>
  | { readonly op: 'and' | 'or'; readonly of: readonly Step[] }
  | { readonly op: 'held'; readonly id: number; readonly side: 'in' | 'out' };

/** Where the operands of a program lie in a memory; 0: not there, known of nobody. */
export interface Rows {
  formOf(tag: number): 'flag' | 'codes' | 'number' | undefined;
  rowOf(tag: number, side?: 'yes' | 'known'): number;
  heldRow(id: number): number;
}

/** A program for `kernel.as`: eight i32 an operation; `sets`: what is to stand at AT.sets; `lines`: counters that it fills from the first one on. */
export interface Program {
  readonly ops: Int32Array;
  readonly sets: Uint8Array;
  readonly lines: number;
}

/** A plan that has no room in a program: too many conditions, nested too deep, too many values. */
export class TooLarge extends Error {}

const OP = {
  fill: 0,
  load: 1,
  and: 2,
  or: 3,
  without: 4,
  andRegister: 5,
  orRegister: 6,
  withoutRegister: 7,
  codes: 8,
  within: 9,
  outside: 10,
  known: 11,
  sample: 12,
  move: 13,
  count: 14,
  leave: 15,
} as const;

const WHOLE = 2 ** 32;
const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 63n - 1n;

/** About how much memory a step reads for a block, so that what is cheap comes first where the order is free. */
function costOf(step: Step): number {
  if (step.op === 'and' || step.op === 'or') return step.of.reduce((sum, s) => sum + costOf(s), 0);
  return { everyone: 0, nobody: 0, held: 1, flag: 1, known: 2, unknown: 2, codes: 4, range: 8, sample: 16 }[step.op];
}

/**
 * Compiles a step: its set of each block ends in register 0. `counted`: how many are left is counted after each member of an outermost `and`, in their
 * order, or once at the end; otherwise cheap members come first. Throws TooLarge.
 */
export function compile(step: Step, rows: Rows, { counted }: { readonly counted: boolean }): Program {
  const ops: number[] = [];
  const sets: number[] = [];
  let lines = 0;

  const emit = (op: number, dst: number, from = 0, ...values: number[]): number => {
    if (ops.length / 8 >= MOST.ops) throw new TooLarge('conditions');
    ops.push(op, dst, from, ...values, ...Array<number>(5 - values.length).fill(0));
    return ops.length / 8 - 1;
  };
  const land = (jumps: readonly number[], field: number): void => {
    for (const at of jumps) ops[at * 8 + field] = ops.length / 8;
  };
  const register = (n: number): number => {
    if (n >= MOST.registers) throw new TooLarge('depth');
    return n;
  };
  const nobody = (dst: number) => emit(OP.fill, dst, 0, 0);
  /** dst = from ∧ the sets of a row. */
  const meet = (dst: number, from: number, row: number) => (row === 0 ? nobody(dst) : emit(OP.and, dst, from, row));
  const move = (dst: number, from: number) => (dst === from ? 0 : emit(OP.move, dst, from));
  const setOf = (codes: readonly number[]): { at: number; bits: number } => {
    const wanted = codes.filter((c) => Number.isInteger(c) && c > 0 && c < MOST.setBytes * 8);
    const bits = wanted.reduce((most, c) => Math.max(most, c + 1), 16);
    const bytes = new Uint8Array((bits + 7) >> 3);
    for (const c of wanted) bytes[c >> 3] = (bytes[c >> 3] as number) | (1 << (c & 7));
    const at = sets.length;
    if (at + bytes.length > MOST.setBytes) throw new TooLarge('values');
    for (const b of bytes) sets.push(b);
    if (sets.length % 2 === 1) sets.push(0);
    return { at: AT.sets + at, bits };
  };

  /** dst = from ∧ step; registers from `free` on may be used. Nothing but dst is changed. */
  const put = (s: Step, from: number, dst: number, free: number): void => {
    switch (s.op) {
      case 'everyone':
        move(dst, from);
        return;
      case 'nobody':
        nobody(dst);
        return;
      case 'and':
        all(
          s.of.toSorted((a, b) => costOf(a) - costOf(b)),
          from,
          dst,
          free,
        );
        return;
      case 'or':
        any(s.of, from, dst, free);
        return;
      case 'held': {
        const row = rows.heldRow(s.id);
        if (s.side === 'in') meet(dst, from, row);
        else if (row === 0) move(dst, from);
        else emit(OP.without, dst, from, row);
        return;
      }
      case 'flag':
        if (s.side === 'yes') meet(dst, from, rows.rowOf(s.tag, 'yes'));
        else {
          meet(dst, from, rows.rowOf(s.tag, 'known'));
          if (rows.rowOf(s.tag) !== 0) emit(OP.without, dst, dst, rows.rowOf(s.tag, 'yes'));
        }
        return;
      case 'known':
        if (rows.formOf(s.tag) === 'flag') meet(dst, from, rows.rowOf(s.tag, 'known'));
        else if (rows.rowOf(s.tag) === 0) nobody(dst);
        else emit(OP.known, dst, from, rows.rowOf(s.tag));
        return;
      case 'unknown':
        if (rows.rowOf(s.tag) === 0) move(dst, from);
        else if (rows.formOf(s.tag) === 'flag') emit(OP.without, dst, from, rows.rowOf(s.tag, 'known'));
        else {
          emit(OP.known, register(free), from, rows.rowOf(s.tag));
          emit(OP.withoutRegister, dst, from, free);
        }
        return;
      case 'codes': {
        const row = rows.rowOf(s.tag);
        if (row === 0) nobody(dst);
        else {
          const { at, bits } = setOf(s.codes);
          emit(OP.codes, dst, from, row, at, bits, s.side === 'in' ? 0 : 1);
        }
        return;
      }
      case 'range': {
        const row = rows.rowOf(s.tag);
        if (row === 0) nobody(dst);
        else emit(s.side === 'in' ? OP.within : OP.outside, dst, from, row, ...halves(lowEnd(s.from)), ...halves(highEnd(s.to)));
        return;
      }
      case 'sample': {
        const below = Math.ceil(s.below);
        if (below >= WHOLE || below <= 0) {
          if (below >= WHOLE === (s.side === 'in')) move(dst, from);
          else nobody(dst);
        } else emit(OP.sample, dst, from, saltOf(s.salt) | 0, below | 0, s.side === 'in' ? 0 : 1);
      }
    }
  };

  const all = (of: readonly Step[], from: number, dst: number, free: number): void => {
    if (of.length === 0) move(dst, from);
    const leaving: number[] = [];
    for (const [i, member] of of.entries()) {
      put(member, i === 0 ? from : dst, dst, free);
      if (i < of.length - 1) leaving.push(emit(OP.leave, 0, dst));
    }
    land(leaving, 3);
  };

  /** Rows alone are united before they meet who is left; what costs more is asked of those alone who are left. */
  const any = (of: readonly Step[], from: number, dst: number, free: number): void => {
    const plain = (s: Step): number | undefined => {
      if (s.op === 'flag' && s.side === 'yes') return rows.rowOf(s.tag);
      return s.op === 'held' && s.side === 'in' ? rows.heldRow(s.id) : undefined;
    };
    const united = register(free);
    const alone = of.flatMap((s) => plain(s) ?? []).filter((row) => row !== 0);
    for (const [i, row] of alone.entries()) emit(i === 0 ? OP.load : OP.or, united, united, row);
    if (alone.length > 0) emit(OP.andRegister, united, united, from);
    else nobody(united);
    for (const s of of.filter((x) => plain(x) === undefined)) {
      put(s, from, register(free + 1), free + 2);
      emit(OP.orRegister, united, united, free + 1);
    }
    move(dst, united);
  };

  const everyone = rows.rowOf(EVERYONE);
  if (everyone === 0) nobody(0);
  else emit(OP.load, 0, 0, everyone);
  if (!counted) put(step, 0, 0, 1);
  else {
    const leaving: number[] = [];
    const members = step.op === 'and' ? step.of : [step];
    for (const member of members) {
      if (lines >= MOST.counts) throw new TooLarge('conditions');
      put(member, 0, 0, 1);
      leaving.push(emit(OP.count, 0, 0, lines++));
    }
    if (members.length === 0) emit(OP.count, 0, 0, lines++, ops.length / 8 + 1);
    land(leaving, 4);
  }
  return { ops: Int32Array.from(ops), sets: Uint8Array.from(sets), lines };
}

const clamped = (v: bigint): bigint => (v < LEAST ? LEAST : v > GREATEST ? GREATEST : v);
const lowEnd = (v: number | null): bigint =>
  v === null || v === Number.NEGATIVE_INFINITY ? LEAST : v === Number.POSITIVE_INFINITY ? GREATEST : clamped(BigInt(Math.ceil(v)));
const highEnd = (v: number | null): bigint =>
  v === null || v === Number.POSITIVE_INFINITY ? GREATEST : v === Number.NEGATIVE_INFINITY ? LEAST : clamped(BigInt(Math.floor(v)));

/** An i64 as two i32, the lower one first. */
const halves = (v: bigint): [number, number] => [Number(BigInt.asIntN(32, v)), Number(BigInt.asIntN(32, v >> 32n))];
