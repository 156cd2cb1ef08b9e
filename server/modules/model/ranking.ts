import type { Plan } from '#audience';
import type { Tx } from '#platform/db';
import { blocksOfTag, type Cells, codeAt, EVERYONE, type Tag } from '#tag';
import { openBlocks } from './opening.ts';
import { type Best, membersIn, type Settled, tagsIn } from './population.ts';

/**
 * A ranking looks at everybody at once. Before a pass over the blocks it is settled: the value of the n-th is found by histograms, each 65,536 times finer
 * than the one before, as the audience engine finds it; then each block knows by itself who of it is among the best.
 */

const BINS = 65_536;

type Kinds = Readonly<Record<number, Tag['kind']>>;

/** The plan with its rankings settled, in the caller's snapshot. */
export async function settled(tx: Tx, plan: Plan, kinds: Kinds): Promise<Settled> {
  if (plan.op === 'and' || plan.op === 'or') {
    const of: Settled[] = [];
    for (const one of plan.of) of.push(await settled(tx, one, kinds));
    return { op: plan.op, of };
  }
  if (plan.op !== 'top') return plan as Exclude<Settled, Best>;
  return bestOf(tx, { ...plan, of: await settled(tx, plan.of, kinds) }, kinds);
}

type Ranking = Omit<Extract<Plan, { op: 'top' }>, 'of'> & { readonly of: Settled };

async function bestOf(tx: Tx, { n, by, order, of, side }: Ranking, kinds: Kinds): Promise<Best> {
  const blocks = [...(await blocksOfTag(tx, by))].sort((a, b) => a - b);
  const needed = new Map<number, Tag['kind']>([[EVERYONE, 'flag'], [by, 'number'], ...tagsIn(of).map((id) => [id, kinds[id] as Tag['kind']] as const)]); // biome-ignore format: one line
  const each = async (take: (value: number, block: number) => void): Promise<void> => {
    for (const block of blocks) {
      const { opened } = await openBlocks(tx, needed, block);
      const cells = opened.get(by) as Cells;
      for (const [at, one] of membersIn(of, block, opened).entries()) {
        const value = one === 1 ? codeAt(cells, at) : Number.NaN;
        if (!Number.isNaN(value)) take(value, block);
      }
    }
  };
  const sign = order === 'highest' ? -1 : 1; // the best is the least
  let [all, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  await each((value) => {
    all++;
    low = Math.min(low, value * sign);
    high = Math.max(high, value * sign);
  });
  const best = { op: 'best', by, order, of, side } as const;
  if (n >= all) return { ...best, last: null, equal: {} };
  for (let left = n; ; ) {
    const width = Math.floor((high - low) / BINS) + 1;
    const [from, to] = [low, high];
    const bins = new Float64Array(BINS);
    await each((value) => {
      const at = value * sign;
      if (at >= from && at <= to) bins[Math.floor((at - from) / width)]!++;
    });
    let bin = 0;
    for (; (bins[bin] as number) < left; bin++) left -= bins[bin] as number;
    low = from + bin * width;
    high = Math.min(to, low + width - 1);
    if (width > 1) continue;
    const equal: Record<number, number> = {};
    await each((value, block) => {
      if (left === 0 || value * sign !== low) return;
      equal[block] = (equal[block] ?? 0) + 1;
      left--;
    });
    return { ...best, last: low * sign + 0, equal };
  }
}
