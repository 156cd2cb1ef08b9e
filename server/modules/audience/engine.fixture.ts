import fc from 'fast-check';
import { BITMAP_BYTES, BLOCK, type Block, EVERYONE } from '#tag';
import type { Plan } from './plan.ts';
import { hashOf } from './sample.ts';

/** For tests only: small populations of every kind and shape, random plans over them, and the plainest answer to each. */

export interface Column {
  readonly tag: number;
  readonly kind: 'flag' | 'oneOf' | 'number';
  /** By ordinal; NaN = unknown. A flag 1 or 0, a one-of its code, a number its value. */
  readonly values: Float64Array;
  /** Bytes of its codes at least. */
  readonly width: 1 | 2 | 4 | 8;
}

export interface Population {
  readonly blocks: number;
  readonly columns: ReadonlyMap<number, Column>;
}

const SHAPES = ['nobody', 'everybody', 'few', 'tenth', 'half', 'most', 'runs'] as const;
const KINDS: readonly { tag: number; kind: Column['kind']; most: number; low: number; width: Column['width'] }[] = [
  { tag: EVERYONE, kind: 'flag', most: 1, low: 0, width: 1 },
  { tag: 11, kind: 'flag', most: 1, low: 0, width: 1 },
  { tag: 12, kind: 'flag', most: 1, low: 0, width: 1 },
  { tag: 13, kind: 'flag', most: 1, low: 0, width: 1 },
  { tag: 21, kind: 'oneOf', most: 3, low: 1, width: 1 },
  { tag: 22, kind: 'oneOf', most: 12, low: 1, width: 2 },
  { tag: 23, kind: 'oneOf', most: 300, low: 1, width: 2 },
  { tag: 24, kind: 'oneOf', most: 60_000, low: 1, width: 4 },
  { tag: 31, kind: 'number', most: 100, low: -20, width: 1 },
  { tag: 32, kind: 'number', most: 20_000, low: 0, width: 2 },
  { tag: 33, kind: 'number', most: 3_000_000, low: -1_000_000, width: 4 },
  { tag: 34, kind: 'number', most: 2 ** 44, low: -(2 ** 40), width: 8 },
];
export const TAGS = KINDS.map((k) => k.tag);

/** Chances from a seed, each in [0, 1). */
export function seeded(seed: number): () => number {
  let n = 0;
  return () => hashOf(n++, seed) / 2 ** 32;
}

/** People of a block by a shape: whether each is in. */
function shaped(shape: (typeof SHAPES)[number], random: () => number): (i: number) => boolean {
  const share = { nobody: 0, everybody: 1, few: 0.001, tenth: 0.1, half: 0.5, most: 0.97, runs: 0 }[shape];
  if (shape !== 'runs') return () => random() < share;
  const length = 1 + Math.floor(random() * 5_000);
  const shift = Math.floor(random() * length);
  return (i) => Math.floor((i + shift) / length) % 2 === 0;
}

function aValue({ kind, most, low }: (typeof KINDS)[number], random: () => number, skew: number): number {
  const share = random() ** skew;
  return kind === 'flag' ? 1 : low + Math.floor(share * most);
}

/** A population from a seed: every tag has a shape of its own in every block, for known and for yes. */
export function populationOf(seed: number, blocks: number): Population {
  const random = seeded(seed);
  const pick = () => SHAPES[Math.floor(random() * SHAPES.length)] as (typeof SHAPES)[number];
  const columns = KINDS.map((k): Column => {
    const values = new Float64Array(blocks * BLOCK).fill(Number.NaN);
    for (let b = 0; b < blocks; b++) {
      const known = shaped(k.tag === EVERYONE ? 'everybody' : pick(), random);
      const yes = shaped(k.tag === EVERYONE && random() < 0.7 ? 'most' : pick(), random);
      const skew = 1 + Math.floor(random() * 3);
      const alone = random() < 0.2 ? aValue(k, random, skew) : undefined;
      for (let i = 0; i < BLOCK; i++) {
        if (!known(i)) continue;
        values[b * BLOCK + i] = k.kind === 'flag' ? Number(yes(i)) : (alone ?? aValue(k, random, skew));
      }
    }
    return { tag: k.tag, kind: k.kind, values, width: k.width };
  });
  return { blocks, columns: new Map(columns.map((c) => [c.tag, c])) };
}

/** A block as it is stored; undefined: known of nobody. */
export function blockOf({ tag, kind, values, width }: Column, block: number): Block | undefined {
  const part = values.subarray(block * BLOCK, (block + 1) * BLOCK);
  if (part.every(Number.isNaN)) return undefined;
  if (kind === 'flag') {
    const [body, known] = [Buffer.alloc(BITMAP_BYTES), Buffer.alloc(BITMAP_BYTES)];
    for (let i = 0; i < BLOCK; i++) {
      const bit = 1 << (i & 7);
      if (part[i] === 1) body[i >> 3] = (body[i >> 3] as number) | bit;
      if (!Number.isNaN(part[i])) known[i >> 3] = (known[i >> 3] as number) | bit;
    }
    return { tag, block, base: 0, width: 1, known: part.some(Number.isNaN) ? known : null, body };
  }
  const base = kind === 'oneOf' ? 1 : part.reduce((low, v) => (v < low ? v : low), Number.POSITIVE_INFINITY);
  const body = Buffer.alloc(BLOCK * width);
  for (let i = 0; i < BLOCK; i++) {
    const v = part[i] as number;
    if (Number.isNaN(v)) continue;
    if (width === 8) body.writeBigUInt64LE(BigInt(v - base + 1), i * 8);
    else body.writeUIntLE(v - base + 1, i * width, width);
  }
  return { tag, block, base, width, known: null, body };
}

/** Who is in a plan, by asking everybody: 1 or 0 by ordinal. */
export function plainly(plan: Plan, population: Population): Uint8Array {
  const size = population.blocks * BLOCK;
  const everyone = population.columns.get(EVERYONE)?.values as Float64Array;
  const out = new Uint8Array(size);
  const each = (is: (o: number) => boolean): Uint8Array => {
    for (let o = 0; o < size; o++) out[o] = everyone[o] === 1 && is(o) ? 1 : 0;
    return out;
  };
  const values = (tag: number): Float64Array => population.columns.get(tag)?.values ?? new Float64Array(size).fill(Number.NaN);
  switch (plan.op) {
    case 'everyone':
      return each(() => true);
    case 'nobody':
      return out;
    case 'and':
    case 'or': {
      const sets = plan.of.map((p) => plainly(p, population));
      return each((o) => (plan.op === 'and' ? sets.every((s) => s[o] === 1) : sets.some((s) => s[o] === 1)));
    }
    case 'flag': {
      const of = values(plan.tag);
      return each((o) => of[o] === (plan.side === 'yes' ? 1 : 0));
    }
    case 'known':
    case 'unknown': {
      const of = values(plan.tag);
      return each((o) => Number.isNaN(of[o]) === (plan.op === 'unknown'));
    }
    case 'codes': {
      const of = values(plan.tag);
      const codes = new Set(plan.codes);
      return each((o) => !Number.isNaN(of[o]) && codes.has(of[o] as number) === (plan.side === 'in'));
    }
    case 'range': {
      const of = values(plan.tag);
      const [from, to] = [plan.from ?? Number.NEGATIVE_INFINITY, plan.to ?? Number.POSITIVE_INFINITY];
      return each((o) => !Number.isNaN(of[o]) && ((of[o] as number) >= from && (of[o] as number) <= to) === (plan.side === 'in'));
    }
    case 'sample':
      return each((o) => hashOf(o, plan.salt) < plan.below === (plan.side === 'in'));
    case 'top': {
      const of = values(plan.by);
      const set = plainly(plan.of, population);
      const sign = plan.order === 'highest' ? -1 : 1;
      const there = Array.from(set.keys()).filter((o) => set[o] === 1 && !Number.isNaN(of[o]));
      there.sort((a, b) => sign * ((of[a] as number) - (of[b] as number)) || a - b);
      const best = new Set(there.slice(0, plan.n));
      return each((o) => best.has(o) === (plan.side === 'in'));
    }
  }
}

/** How many are left after each member of an outermost `and`, the last being the count; one line of any other plan. */
export function funnelOf(plan: Plan, population: Population): number[] {
  const members = plan.op === 'and' && plan.of.length > 0 ? plan.of : [plan];
  const left = plainly({ op: 'everyone' }, population);
  return members.map((member) => {
    const set = plainly(member, population);
    for (let o = 0; o < left.length; o++) left[o] = (left[o] as number) & (set[o] as number);
    return sizeOf(left);
  });
}

export const sizeOf = (set: Uint8Array): number => set.reduce((a, b) => a + b, 0);

const of = (kind: Column['kind']) => fc.constantFrom(...KINDS.filter((k) => k.kind === kind && k.tag !== EVERYONE));
const side = fc.constantFrom('in' as const, 'out' as const);

const leaf: fc.Arbitrary<Plan> = fc.oneof(
  fc.record({ op: fc.constantFrom('everyone' as const, 'nobody' as const) }),
  fc.record({ op: fc.constant('flag' as const), tag: of('flag').map((k) => k.tag), side: fc.constantFrom('yes' as const, 'no' as const) }),
  fc.record({ op: fc.constantFrom('known' as const, 'unknown' as const), tag: fc.constantFrom(...TAGS, 999) }),
  of('oneOf').chain((k) =>
    fc.record({
      op: fc.constant('codes' as const),
      tag: fc.constant(k.tag),
      codes: fc.oneof(
        fc.array(fc.integer({ min: 1, max: k.most + 3 }), { maxLength: 5 }),
        fc.integer({ min: 0, max: k.most }).map((n) => Array.from({ length: Math.min(n, 2_000) }, (_, i) => i + 1)),
        fc
          .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
          .map(([first, every]) => Array.from({ length: Math.min(300, Math.ceil(k.most / every)) }, (_, i) => first + i * every)),
      ),
      side,
    }),
  ),
  of('number').chain((k) => {
    const end = fc.option(
      fc.integer({ min: 0, max: 1_000 }).map((share) => k.low + Math.round((k.most * (share - 50)) / 900)),
      { freq: 6 },
    );
    return fc.record({ op: fc.constant('range' as const), tag: fc.constant(k.tag), from: end, to: end, side });
  }),
  fc.record({
    op: fc.constant('sample' as const),
    salt: fc.integer({ min: 0, max: 9 }),
    below: fc.integer({ min: 0, max: 2 ** 32 }),
    side,
  }),
);

const nested = (deep: number, tops: number): fc.Arbitrary<Plan> => {
  if (deep === 0) return leaf;
  const inner = nested(deep - 1, tops);
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 3, arbitrary: fc.record({ op: fc.constantFrom('and' as const, 'or' as const), of: fc.array(inner, { maxLength: 4 }) }) },
    {
      weight: tops,
      arbitrary: fc.record({
        op: fc.constant('top' as const),
        n: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 200_000 })),
        by: of('number').map((k) => k.tag),
        order: fc.constantFrom('highest' as const, 'lowest' as const),
        of: inner,
        side,
      }),
    },
  );
};

/** Plans of every operation; `tops`: with `top`. */
export const plans = ({ tops }: { readonly tops: 0 | 1 }): fc.Arbitrary<Plan> => nested(3, tops);
