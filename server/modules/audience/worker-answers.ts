import { AT, type Kernel } from './kernel.ts';
import type { Memories, Memory } from './worker-memories.ts';
import { type Counting, compile, type Program, type Rows, type Step } from './worker-plan.ts';

/** What a worker answers about its own blocks. Counts of people in f64: they add up over workers. */
export interface Answers {
  /** How many are left after each line, the last being the count; or the count alone. */
  count(step: Step, counting: 'lines' | 'all'): Float64Array;
  /** Keeps the step's sets under this number until it is released; answers its blocks and how many are in each. Throws NoRoom. */
  hold(id: number, step: Step): People;
  /** Of what is held, the first so many of each block; blocks that are not named lose everybody. */
  trim(id: number, people: People): void;
  release(ids: readonly number[]): void;
  /** Held people by (value − from) ÷ each. */
  histogram(id: number, ask: { readonly tag: number; readonly from: bigint; readonly each: bigint; readonly bins: number }): Spread;
  /** Held people by code of a one-of. */
  codes(id: number, tag: number): Spread;
  /** Least and greatest value of a number wherever it is known; undefined: nowhere. */
  extent(tag: number): readonly [bigint, bigint] | undefined;
  /** Writes the ordinals of held people: of each block so many, from its place on. */
  write(id: number, people: People, places: Float64Array, to: Uint32Array): void;
}

export interface People {
  readonly blocks: Uint32Array;
  readonly counts: Uint32Array;
}

export interface Spread {
  readonly bins: Uint32Array;
  readonly none: number;
}

const COLUMN = 3;
const answerOf = (kernel: Kernel): number => kernel.words[AT.registers >>> 2] as number;

export function makeAnswers(memories: Memories): Answers {
  const rowsOf = ({ tags, held }: Memory): Rows => ({ formOf: tags.formOf, rowOf: tags.rowOf, heldRow: held.rowOf });
  const prepare = (memory: Memory, step: Step, counting: Counting): Program => {
    const program = compile(step, rowsOf(memory), counting);
    const { kernel } = memory;
    new Int32Array(kernel.memory.buffer, AT.program, program.ops.length).set(program.ops);
    kernel.bytes.set(program.sets, AT.sets);
    return program;
  };
  /** The set of a local block, in register 0 or where it stands. */
  const run = ({ kernel, first, step }: Memory, program: Program, local: number): number => {
    kernel.run(program.ops.length / 8, local, local + 1, first, step);
    return answerOf(kernel);
  };
  const each = (memory: Memory, id: number, see: (set: number, local: number) => void): void => {
    const row = memory.held.rowOf(id) >>> 2;
    if (row === 0) return;
    for (let local = 0; local < memory.tags.locals; local++) see(memory.kernel.words[row + local] as number, local);
  };
  const spread = (id: number, bins: number, add: (memory: Memory, set: number, local: number) => number): Spread => {
    const out = new Uint32Array(bins);
    let none = 0;
    for (const memory of memories.all) {
      const counts = memory.kernel.words.subarray(AT.histogram >>> 2, (AT.histogram >>> 2) + bins);
      counts.fill(0);
      each(memory, id, (set, local) => {
        none += add(memory, set, local);
      });
      for (let i = 0; i < bins; i++) out[i] = (out[i] as number) + (counts[i] as number);
    }
    return { bins: out, none };
  };
  const headerOf = ({ kernel, tags }: Memory, tag: number, local: number): number => {
    const row = tags.rowOf(tag);
    return row === 0 ? 0 : (kernel.words[(row >>> 2) + local] as number);
  };

  return {
    count(step, counting) {
      let sums = new Float64Array(0);
      for (const memory of memories.all) {
        const { kernel, first, step: stride, tags } = memory;
        const { ops, lines } = prepare(memory, step, counting);
        const counts = kernel.longs.subarray(AT.counts >>> 3, (AT.counts >>> 3) + lines);
        counts.fill(0n);
        kernel.run(ops.length / 8, 0, tags.locals, first, stride);
        if (sums.length === 0) sums = new Float64Array(lines);
        for (let i = 0; i < lines; i++) sums[i] = (sums[i] as number) + Number(counts[i]);
      }
      return sums;
    },
    hold(id, step) {
      const blocks: number[] = [];
      const counts: number[] = [];
      for (const memory of memories.all) {
        const program = prepare(memory, step, 'nothing');
        memory.held.begin(id, memory.tags.locals);
        for (let local = 0; local < memory.tags.locals; local++) {
          const set = run(memory, program, local);
          if (set === 0) continue;
          memory.held.put(id, local, set);
          blocks.push(memory.first + local * memory.step);
          counts.push(memory.kernel.countOf(set));
        }
      }
      return { blocks: Uint32Array.from(blocks), counts: Uint32Array.from(counts) };
    },
    trim(id, { blocks, counts }) {
      const most = new Map([...blocks].map((b, i) => [b, counts[i] as number]));
      for (const memory of memories.all)
        each(memory, id, (set, local) => {
          if (set === 0) return;
          const first = memory.kernel.firstOf(set, most.get(memory.first + local * memory.step) ?? 0, AT.areas) >>> 0;
          if (first !== set) memory.held.put(id, local, first);
        });
    },
    release(ids) {
      for (const id of ids) for (const { held } of memories.all) held.release(id);
    },
    histogram: (id, { tag, from, each: width, bins }) =>
      spread(id, bins, (memory, set, local) => memory.kernel.histogram(set, headerOf(memory, tag, local), from, width, bins)),
    codes: (id, tag) => spread(id, 65_536, (memory, set, local) => memory.kernel.codeHistogram(set, headerOf(memory, tag, local))),
    extent(tag) {
      let out: readonly [bigint, bigint] | undefined;
      for (const memory of memories.all)
        for (let local = 0; local < memory.tags.locals; local++) {
          const header = headerOf(memory, tag, local);
          if (header === 0 || memory.kernel.words[header >>> 2] !== COLUMN) continue;
          const { longs } = memory.kernel;
          const base = BigInt.asIntN(64, longs[(header + 8) >>> 3] as bigint);
          const [low, high] = [base + (longs[(header + 32) >>> 3] as bigint) - 1n, base + (longs[(header + 40) >>> 3] as bigint) - 1n];
          out = out === undefined ? [low, high] : [low < out[0] ? low : out[0], high > out[1] ? high : out[1]];
        }
      return out;
    },
    write(id, { blocks, counts }, places, to) {
      const wanted = new Map([...blocks].map((b, i) => [b, i]));
      for (const memory of memories.all)
        each(memory, id, (set, local) => {
          const block = memory.first + local * memory.step;
          const i = wanted.get(block);
          if (i === undefined || set === 0) return;
          memory.kernel.idsOf(set, block);
          const from = AT.ids >>> 2;
          to.set(memory.kernel.words.subarray(from, from + (counts[i] as number)), places[i]);
        });
    },
  };
}
