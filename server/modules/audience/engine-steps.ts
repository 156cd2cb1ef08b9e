import { barsOver, filled, nth } from './engine-bars.ts';
import type { Crew } from './engine-crew.ts';
import { MOST } from './kernel.ts';
import type { Counted, Distribution, Plan } from './plan.ts';
import type { Ask } from './worker.ts';
import type { People, Spread } from './worker-answers.ts';
import type { Step } from './worker-plan.ts';

/** Questions of several steps over all threads. What they hold in between is given back at the end, whatever happened. */

type Of<Op extends Plan['op']> = Extract<Plan, { op: Op }>;

export interface Steps {
  count(plan: Plan): Promise<Counted>;
  size(plan: Plan): Promise<number>;
  members(plan: Plan, limit: number): Promise<Uint32Array>;
  flags(plan: Plan, tag: number): Promise<Distribution>;
  codes(plan: Plan, tag: number): Promise<Distribution>;
  bars(plan: Plan, tag: number, kind: 'number' | 'date'): Promise<Distribution>;
  days(plan: Plan, tag: number, between: { readonly from: number; readonly to: number }): Promise<Uint32Array>;
  release(): void;
}

let lastId = 0;

/** `gone`: nobody waits for the answer any more. */
export function makeSteps(crew: Crew, gone?: AbortSignal): Steps {
  const held: number[] = [];
  const all = <T>(ask: Ask): Promise<T[]> => crew.all<T>(ask, gone);

  const hold = async (step: Step): Promise<{ id: number; people: People[]; total: number }> => {
    const id = ++lastId;
    held.push(id);
    const people = await all<People>({ ask: 'hold', id, step });
    return { id, people, total: people.reduce((sum, p) => sum + p.counts.reduce((a, b) => a + b, 0), 0) };
  };
  const histogram = async (id: number, ask: { tag: number; from: bigint; each: bigint; bins: number }): Promise<Spread> =>
    added(await all<Spread>({ ask: 'histogram', id, ...ask }));
  const extentOf = async (tag: number): Promise<readonly [bigint, bigint] | undefined> => {
    const each = (await all<readonly [bigint, bigint] | undefined>({ ask: 'extent', tag })).filter((e) => e !== undefined);
    if (each.length === 0) return undefined;
    return [each.map((e) => e[0]).reduce((a, b) => (a < b ? a : b)), each.map((e) => e[1]).reduce((a, b) => (a > b ? a : b))];
  };
  const counted = async (step: Step, counting: 'lines' | 'all'): Promise<number[]> => {
    const sums = await all<Float64Array>({ ask: 'count', step, counting });
    return Array.from(sums[0] as Float64Array, (_, i) => sums.reduce((sum, s) => sum + (s[i] as number), 0));
  };

  const found = async (plan: Plan): Promise<Step> => {
    switch (plan.op) {
      case 'and':
      case 'or': {
        const of: Step[] = [];
        for (const p of plan.of) of.push(await found(p));
        return { op: plan.op, of };
      }
      case 'top':
        return best(plan);
      default:
        return plan;
    }
  };
  /**
   * The n best: who has a value is held, the value of the n-th is found by histograms, each 65,536 times finer than the one before; in are those who
   * are better, and of those who are equal the first ones, block by block.
   */
  const best = async ({ n, by, order, of, side }: Of<'top'>): Promise<Step> => {
    const known = await hold({ op: 'and', of: [await found(of), { op: 'known', tag: by }] });
    const extent = await extentOf(by);
    if (n >= known.total || extent === undefined) return { op: 'held', id: known.id, side };
    const { value, left } = n > 0 ? await valueOfNth(known.id, by, { n, order, extent }) : { value: null, left: 0 };
    if (value === null) return { op: side === 'in' ? 'nobody' : 'everyone' };
    const members: Step = { op: 'held', id: known.id, side: 'in' };
    const range = (from: number | null, to: number | null): Step => ({ op: 'range', tag: by, from, to, side: 'in' });
    const equal = await hold({ op: 'and', of: [members, range(value, value)] });
    await all({ ask: 'trim', id: equal.id, people: firstOf(equal.people, left) });
    const better = order === 'highest' ? range(value + 1, null) : range(null, value - 1);
    const both: Step = {
      op: 'or',
      of: [
        { op: 'held', id: equal.id, side: 'in' },
        { op: 'and', of: [members, better] },
      ],
    };
    if (side === 'in') return both;
    return { op: 'held', id: (await hold(both)).id, side: 'out' };
  };
  const valueOfNth = async (
    id: number,
    tag: number,
    { n, order, extent }: { n: number; order: 'highest' | 'lowest'; extent: readonly [bigint, bigint] },
  ): Promise<{ value: number; left: number }> => {
    let [low, high] = extent;
    for (let left = n; ; ) {
      const each = (high - low) / BigInt(MOST.bins) + 1n;
      const bins = Number((high - low) / each) + 1;
      const at = nth((await histogram(id, { tag, from: low, each, bins })).bins, left, order);
      left = at.left;
      low += BigInt(at.bin) * each;
      if (each === 1n) return { value: Number(low), left };
      if (low + each - 1n < high) high = low + each - 1n;
    }
  };

  return {
    async count(plan) {
      const funnel = await counted(await found(plan), 'lines');
      if (plan.op === 'and' && plan.of.length === 0) return { count: funnel[0] ?? 0, funnel: [] };
      return { count: funnel.at(-1) ?? 0, funnel };
    },
    size: async (plan) => (await counted(await found(plan), 'all'))[0] ?? 0,
    async members(plan, limit) {
      const { id, people } = await hold(await found(plan));
      const wanted = firstOf(people, limit);
      const places = new Float64Array(wanted.blocks.length);
      let total = 0;
      for (let i = 0; i < places.length; i++) {
        places[i] = total;
        total += wanted.counts[i] as number;
      }
      const to = new Uint32Array(new SharedArrayBuffer(total * 4));
      if (total > 0) await all({ ask: 'write', id, people: wanted, places, to });
      return to;
    },
    async flags(plan, tag) {
      const { id, total } = await hold(await found(plan));
      const among = async (side: 'yes' | 'no'): Promise<number> =>
        (
          await counted(
            {
              op: 'and',
              of: [
                { op: 'held', id, side: 'in' },
                { op: 'flag', tag, side },
              ],
            },
            'all',
          )
        )[0] as number;
      const [yes, no] = [await among('yes'), await among('no')];
      return { kind: 'flag', yes, no, unknown: total - yes - no };
    },
    async codes(plan, tag) {
      const { id } = await hold(await found(plan));
      const { bins, none } = added(await all<Spread>({ ask: 'codes', id, tag }));
      const last = filled(bins)?.[1] ?? 0;
      return { kind: 'oneOf', codes: [none, ...bins.subarray(1, last + 1)] };
    },
    async bars(plan, tag, kind) {
      const { id, total } = await hold(await found(plan));
      const extent = await extentOf(tag);
      const bare = { kind, unknown: total, bars: [] };
      if (extent === undefined) return bare;
      for (let wide = barsOver(...extent); ; ) {
        const { bins, none } = added(await all<Spread>({ ask: 'bars', id, tag, ...wide }));
        const ends = filled(bins);
        if (ends === undefined) return { ...bare, unknown: none };
        const edge = (i: number): bigint => wide.from + BigInt(i) * wide.each;
        const narrow = barsOver(edge(ends[0]), edge(ends[1] + 1) - 1n);
        if (narrow.each === wide.each) {
          const bars = Array.from(bins, (count, i) => ({ from: Number(edge(i)), to: Number(edge(i + 1) - 1n), count }));
          return { kind, unknown: none, bars: bars.slice(ends[0], ends[1] + 1) };
        }
        wide = narrow;
      }
    },
    async days(plan, tag, { from, to }) {
      const { id } = await hold(await found(plan));
      const out = new Uint32Array(to - from + 1);
      for (let at = from; at <= to; at += MOST.bins) {
        const bins = Math.min(MOST.bins, to - at + 1);
        out.set((await histogram(id, { tag, from: BigInt(at), each: 1n, bins })).bins, at - from);
      }
      return out;
    },
    release() {
      if (held.length > 0) crew.all({ ask: 'release', ids: held }).catch(() => undefined); // a crew that is gone holds nothing
    },
  };
}

/** The first so many of all people, by block. */
function firstOf(people: readonly People[], limit: number): People {
  const all = people.flatMap((p) => Array.from(p.blocks, (block, i) => ({ block, count: p.counts[i] as number })));
  all.sort((a, b) => a.block - b.block);
  const blocks: number[] = [];
  const counts: number[] = [];
  let left = limit;
  for (const { block, count } of all) {
    if (left <= 0) break;
    blocks.push(block);
    counts.push(Math.min(left, count));
    left -= count;
  }
  return { blocks: Uint32Array.from(blocks), counts: Uint32Array.from(counts) };
}

function added(each: readonly Spread[]): Spread {
  const bins = new Uint32Array(each[0]?.bins.length ?? 0);
  for (const s of each) for (let i = 0; i < bins.length; i++) bins[i] = (bins[i] as number) + (s.bins[i] as number);
  return { bins, none: each.reduce((sum, s) => sum + s.none, 0) };
}
