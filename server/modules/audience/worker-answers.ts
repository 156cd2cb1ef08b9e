import { AT, type Kernel } from './kernel.ts';
import type { Memories, Memory } from './worker-memories.ts';
import { type Counting, compile, type Program, type Rows, type Step } from './worker-plan.ts';
import { type Sliced, slice } from './worker-slices.ts';

/**
 * What a worker answers about its own blocks. Counts of people in f64: they add up over workers. What goes over all blocks is done in slices; between two of
 * them rows may move and programs of others run, so nothing but sums and what is held is taken from one to the next.
 */
export interface Answers {
  /** How many are left after each line, the last being the count; or the count alone. */
  count(step: Step, counting: 'lines' | 'all'): Sliced<Float64Array>;
  /** Keeps the step's sets under this number until it is released; answers its blocks and how many are in each. Throws NoRoom. */
  hold(id: number, step: Step): Sliced<People>;
  /** Of what is held, the first so many of each block; blocks that are not named lose everybody. */
  trim(id: number, people: People): void;
  release(ids: readonly number[]): void;
  /** Held people by (value − from) ÷ each. */
  histogram(id: number, ask: Bins): Sliced<Spread>;
  /** The same for as few bins as there are bars. */
  bars(id: number, ask: Bins): Sliced<Spread>;
  /** Held people by code of a one-of. */
  codes(id: number, tag: number): Sliced<Spread>;
  /** Least and greatest value of a number wherever it is known; undefined: nowhere. */
  extent(tag: number): readonly [bigint, bigint] | undefined;
  /** Writes the ordinals of held people: of each block so many, from its place on. */
  write(id: number, people: People, places: Float64Array, to: Uint32Array): void;
}

interface Bins {
  readonly tag: number;
  readonly from: bigint;
  readonly each: bigint;
  readonly bins: number;
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
const AT_ONCE = 16; // blocks between two looks at the clock
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
  /** Slices over the local blocks of all memories; `portion` does some of them, `before` and `after` are called at the ends of a slice. */
  function* overAll(work: {
    before(memory: Memory): void;
    portion(memory: Memory, from: number, to: number): void;
    after(memory: Memory): void;
  }): Sliced<void> {
    for (const memory of memories.all) {
      let at = 0;
      do {
        if (at > 0) yield;
        work.before(memory);
        at = slice(at, memory.tags.locals, AT_ONCE, (from, to) => work.portion(memory, from, to));
        work.after(memory);
      } while (at < memory.tags.locals);
    }
  }
  function* spread(id: number, bins: number, add: (memory: Memory, set: number, local: number) => number): Sliced<Spread> {
    const out = new Uint32Array(bins);
    let none = 0;
    const countsOf = ({ kernel }: Memory) => kernel.words.subarray(AT.histogram >>> 2, (AT.histogram >>> 2) + bins);
    yield* overAll({
      before: (memory) => countsOf(memory).fill(0),
      portion(memory, from, to) {
        const row = memory.held.rowOf(id) >>> 2;
        if (row === 0) return;
        for (let local = from; local < to; local++) none += add(memory, memory.kernel.words[row + local] as number, local);
      },
      after(memory) {
        const counts = countsOf(memory);
        for (let i = 0; i < bins; i++) out[i] = (out[i] as number) + (counts[i] as number);
      },
    });
    return { bins: out, none };
  }
  const headerOf = ({ kernel, tags }: Memory, tag: number, local: number): number => {
    const row = tags.rowOf(tag);
    return row === 0 ? 0 : (kernel.words[(row >>> 2) + local] as number);
  };

  return {
    *count(step, counting) {
      let sums = new Float64Array(0);
      let program: Program | undefined;
      const countsOf = ({ kernel }: Memory) => kernel.longs.subarray(AT.counts >>> 3, (AT.counts >>> 3) + (program?.lines ?? 0));
      yield* overAll({
        before(memory) {
          program = prepare(memory, step, counting);
          countsOf(memory).fill(0n);
        },
        portion({ kernel, first, step: stride }, from, to) {
          kernel.run((program as Program).ops.length / 8, from, to, first, stride);
        },
        after(memory) {
          const counts = countsOf(memory);
          if (sums.length === 0) sums = new Float64Array(counts.length);
          for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + Number(counts[i]);
        },
      });
      return sums;
    },
    *hold(id, step) {
      const blocks: number[] = [];
      const counts: number[] = [];
      let program: Program | undefined;
      for (const { held, tags } of memories.all) held.begin(id, tags.locals);
      yield* overAll({
        before(memory) {
          program = prepare(memory, step, 'nothing');
        },
        portion(memory, from, to) {
          for (let local = from; local < to; local++) {
            const set = run(memory, program as Program, local);
            if (set === 0) continue;
            memory.held.put(id, local, set);
            blocks.push(memory.first + local * memory.step);
            counts.push(memory.kernel.countOf(set));
          }
        },
        after: () => undefined,
      });
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
    bars: (id, { tag, from, each: width, bins }) =>
      spread(id, bins, (memory, set, local) => memory.kernel.bars(set, headerOf(memory, tag, local), from, width, bins)),
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
