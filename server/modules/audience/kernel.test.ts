import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockOf, funnelOf, type Population, plainly, plans, populationOf } from './engine.fixture.ts';
import { barsOver } from './engine-bars.ts';
import { AT } from './kernel.ts';
import { makeAnswers } from './worker-answers.ts';
import { type Memories, openMemories } from './worker-memories.ts';
import type { Step } from './worker-plan.ts';
import { wholly } from './worker-slices.ts';

const RUNS = Number(process.env.RUNS ?? 1);
const BLOCKS = 5;

/** Two memories of one thread with a whole population in them, given block by block. */
function filled(population: Population, pieces: number): Memories {
  const memories = openMemories({ part: 0, parts: 1, memories: 2, pieces });
  for (const { tag, kind } of population.columns.values())
    for (const { tags } of memories.all) tags.stageWhole(tag, kind === 'flag' ? 'flag' : kind === 'oneOf' ? 'codes' : 'number');
  for (const column of population.columns.values())
    for (let b = 0; b < population.blocks; b++) {
      const block = blockOf(column, b);
      if (block === undefined) continue;
      const { memory, local } = memories.of(b);
      memory.kernel.bytes.set(block.body, AT.body);
      if (block.known) memory.kernel.bytes.set(block.known, AT.known);
      memory.tags.put(column.tag, local, { width: block.width, base: BigInt(block.base), hasKnown: block.known !== null });
    }
  for (const { tags } of memories.all) tags.install();
  return memories;
}

test(
  'the kernel counts what a plain loop counts, and its funnel adds up',
  () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(plans({ tops: 0 }), { minLength: 30, maxLength: 30 }), (seed, many) => {
        const population = populationOf(seed, BLOCKS);
        const answers = makeAnswers(filled(population, 24));
        for (const plan of many) {
          const funnel = funnelOf(plan, population);
          expect([plan, ...wholly(answers.count(plan as Step, 'lines'))]).toEqual([plan, ...funnel]);
          expect([plan, ...wholly(answers.count(plan as Step, 'all'))]).toEqual([plan, funnel.at(-1)]);
          const { counts } = wholly(answers.hold(1, plan as Step));
          answers.release([1]);
          expect(counts.reduce((a, b) => a + b, 0)).toBe(funnel.at(-1));
        }
      }),
      { numRuns: 3 * RUNS, endOnFailure: true },
    );
  },
  RUNS * 180_000,
);

test(
  'the kernel draws what a plain loop draws',
  () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(plans({ tops: 0 }), { minLength: 2, maxLength: 2 }), (seed, many) => {
        const population = populationOf(seed, BLOCKS);
        const answers = makeAnswers(filled(population, 24));
        for (const plan of [{ op: 'everyone' } as const, ...many]) {
          wholly(answers.hold(1, plan as Step));
          const set = plainly(plan, population);
          for (const { tag, kind, values } of population.columns.values()) {
            if (kind === 'flag') continue;
            const there = values.filter((_, o) => set[o] === 1);
            const known = there.filter((v) => !Number.isNaN(v));
            const [low, high] = known.reduce(([l, h], v) => [Math.min(l, v), Math.max(h, v)], [known[0] ?? 0, known[0] ?? 0]);
            const bars = kind === 'oneOf' ? { from: 0n, each: 1n, bins: 65_536 } : barsOver(BigInt(low), BigInt(high));
            const plain = new Uint32Array(bars.bins);
            for (const v of known) {
              const i = Math.floor((v - Number(bars.from)) / Number(bars.each));
              plain[i] = (plain[i] as number) + 1;
            }
            const drawn = wholly(kind === 'oneOf' ? answers.codes(1, tag) : answers.bars(1, { tag, ...bars }));
            expect([tag, plan, drawn.none, drawn.bins]).toEqual([tag, plan, there.length - known.length, plain]);
          }
          answers.release([1]);
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
  RUNS * 60_000,
);

test('what was held and what was loaded gives its room back', () => {
  const population = populationOf(1, BLOCKS);
  const memories = filled(population, 24);
  const before = memories.used();
  const answers = makeAnswers(memories);
  for (let i = 0; i < 50; i++) {
    wholly(answers.hold(i, { op: 'sample', salt: i, below: 2 ** 31, side: 'in' }));
    answers.release([i]);
  }
  expect(memories.used()).toBeLessThanOrEqual(before + 4 * 2 ** 20);
  for (const { tags, shelf } of memories.all) {
    for (const tag of population.columns.keys()) tags.drop(tag);
    expect(shelf.room.used).toBe(0);
  }
});
