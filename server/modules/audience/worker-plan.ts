import { EVERYONE } from '#tag';
import { AT, MOST } from './kernel.ts';
import type { Side } from './memory-tags.ts';
import type { Plan } from './plan.ts';
import { saltOf } from './sample.ts';

type Flag = Extract<Plan, { op: 'flag' }>;

/** A plan whose `top`s were found: what came of them is held under a number. */
export type Step =
  | Exclude<Plan, { op: 'and' | 'or' | 'top' }>
  | { readonly op: 'and' | 'or'; readonly of: readonly Step[] }
  | { readonly op: 'held'; readonly id: number; readonly side: 'in' | 'out' };

/** Where the operands of a program lie in a memory; 0: not there, known of nobody. */
export interface Rows {
  formOf(tag: number): 'flag' | 'codes' | 'number' | undefined;
  rowOf(tag: number, side?: Side): number;
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
  pair: 16,
  absent: 17,
  absentCodes: 18,
  absentThere: 19,
  absentRange: 20,
} as const;

/** A counter that nobody reads. */
const UNREAD = MOST.counts - 1;
const WHOLE = 2 ** 32;
const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 63n - 1n;

/** About how much memory a step reads for a block, so that what is cheap comes first where the order is free. */
function costOf(step: Step): number {
  if (step.op === 'and' || step.op === 'or') return step.of.reduce((sum, s) => sum + costOf(s), 0);
  return { everyone: 0, nobody: 0, held: 1, flag: 1, known: 2, unknown: 2, codes: 4, range: 8, sample: 16 }[step.op];
}

/** What a program counts: who is left after each member of an outermost `and`, in their order; at the end alone; nothing. */
export type Counting = 'lines' | 'all' | 'nothing';

/**
 * Compiles a step: its set of each block ends in register 0. Unless lines are counted, cheap members come first, and a block in which one of them has
 * nobody is left before anything of it is read. Throws TooLarge.
 */
export function compile(step: Step, rows: Rows, counting: Counting): Program {
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
  /** dst = from ∧ the sets of a row. `people`: the row of how many are in each, 0: not kept. */
  const meet = (dst: number, from: number, row: number, people = 0) => (row === 0 ? nobody(dst) : emit(OP.and, dst, from, row, people));
  const move = (dst: number, from: number) => (dst === from ? 0 : emit(OP.move, dst, from));
  const made = new Map<readonly number[], { at: number; bits: number }>();
  const setOf = (codes: readonly number[]): { at: number; bits: number } => {
    const already = made.get(codes);
    if (already !== undefined) return already;
    const wanted = codes.filter((c) => Number.isInteger(c) && c > 0 && c < MOST.setBytes * 8);
    const bits = wanted.reduce((most, c) => Math.max(most, c + 1), 16);
    const bytes = new Uint8Array((bits + 7) >> 3);
    for (const c of wanted) bytes[c >> 3] = (bytes[c >> 3] as number) | (1 << (c & 7));
    const at = sets.length;
    if (at + bytes.length > MOST.setBytes) throw new TooLarge('values');
    for (const b of bytes) sets.push(b);
    if (sets.length % 2 === 1) sets.push(0);
    const set = { at: AT.sets + at, bits };
    made.set(codes, set);
    return set;
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
        if (s.side === 'yes') meet(dst, from, rows.rowOf(s.tag, 'yes'), rows.rowOf(s.tag, 'people'));
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

  /** Two neighbours that are bitmaps of their own are read in one pass. */
  const arePair = (a: Step | undefined, b: Step | undefined): boolean =>
    [a, b].every((s) => s?.op === 'flag' && s.side === 'yes' && rows.rowOf(s.tag) !== 0);
  /** dst = from ∧ both; answers the jump to land. The first one's people are counted in `counter`. */
  const meetPair = (dst: number, from: number, [a, b]: readonly Step[], counter: number): number => {
    const [first, second] = [a as Flag, b as Flag].map((f) => rows.rowOf(f.tag)) as [number, number];
    return emit(OP.pair, dst, from, first, second, rows.rowOf((a as Flag).tag, 'people'), counter);
  };

  const all = (of: readonly Step[], from: number, dst: number, free: number): void => {
    if (of.length === 0) move(dst, from);
    const leaving: number[] = [];
    const paired: number[] = [];
    for (let i = 0; i < of.length; ) {
      const source = i === 0 ? from : dst;
      if (arePair(of[i], of[i + 1])) {
        paired.push(meetPair(dst, source, of.slice(i, i + 2), UNREAD));
        i += 2;
      } else put(of[i++] as Step, source, dst, free);
      if (i < of.length) leaving.push(emit(OP.leave, 0, dst));
    }
    land(leaving, 3);
    land(paired, 7);
  };
  /** Leaves a block where one of these has nobody: first by what stands in rows, of which sixteen cells are read at once, then by headers. */
  const sieve = (of: readonly Step[]): number[] => [...of.flatMap(sieveByRow), ...of.flatMap(sieveByHeader)];
  const sieveByRow = (s: Step): number[] => {
    if (s.op === 'codes' && s.side === 'in') {
      const there = s.codes.reduce((bits, c) => bits | (1 << (c & 31)), 0);
      return rows.rowOf(s.tag) === 0 ? [] : [emit(OP.absentThere, 0, 0, rows.rowOf(s.tag, 'there'), there)];
    }
    if (s.op !== 'flag' && s.op !== 'held') return [];
    const row = s.op === 'held' ? (s.side === 'in' ? rows.heldRow(s.id) : 0) : rows.rowOf(s.tag, s.side === 'yes' ? 'yes' : 'known');
    return row === 0 ? [] : [emit(OP.absent, 0, 0, row)];
  };
  const sieveByHeader = (s: Step): number[] => {
    if (s.op !== 'codes' && s.op !== 'range') return [];
    const row = rows.rowOf(s.tag);
    if (row === 0) return [];
    const side = s.side === 'in' ? 0 : 1;
    if (s.op === 'range') return [emit(OP.absentRange, 0, side, row, ...halves(lowEnd(s.from)), ...halves(highEnd(s.to)))];
    const { at, bits } = setOf(s.codes);
    return [emit(OP.absentCodes, 0, 0, row, at, bits, side)];
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

  /** Everybody who counts into register 0. */
  const begin = (): void => {
    const row = rows.rowOf(EVERYONE);
    if (row === 0) nobody(0);
    else emit(OP.load, 0, 0, row, rows.rowOf(EVERYONE, 'people'));
  };
  const members = step.op === 'and' ? step.of : [step];
  const counter = (): number => {
    if (lines >= UNREAD) throw new TooLarge('conditions');
    return lines++;
  };
  if (counting === 'lines' && members.length > 0) {
    begin();
    const leaving: number[] = [];
    const paired: number[] = [];
    for (let i = 0; i < members.length; ) {
      if (arePair(members[i], members[i + 1])) {
        paired.push(meetPair(0, 0, members.slice(i, i + 2), counter()));
        i += 2;
      } else put(members[i++] as Step, 0, 0, 1);
      leaving.push(emit(OP.count, 0, 0, counter()));
    }
    land(leaving, 4);
    land(paired, 7);
  } else {
    nobody(0);
    const absent = sieve(members);
    begin();
    put(step, 0, 0, 1);
    if (counting !== 'nothing') emit(OP.count, 0, 0, counter(), ops.length / 8 + 1);
    land(absent, 1);
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
