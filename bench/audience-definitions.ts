import type { Plan } from '../server/modules/audience/plan.ts';
import { EVERYONE } from '../server/modules/tag/model.ts';
import type { Made } from './audience-data.ts';
import { below, type Random, seeded } from './lib/random.ts';

/** Definitions such as analysts make, as plans: 1–14 conditions, no two alike. */

export interface Asked {
  readonly plan: Plan;
  readonly conditions: number;
  readonly ranges: number;
  /** Flags that need not be rare, and nothing else: each is a whole bitmap. */
  readonly flagsAlone: boolean;
}

/** A good third of what is asked. */
const LONG = 0.25;

export function definitions(tags: readonly Made[], seed: number, count: number): Asked[] {
  const random = seeded(seed);
  const kinds = groups(tags);
  const seen = new Set<string>();
  const out: Asked[] = [];
  while (out.length < count) {
    const asked = one(kinds, random, out.length % 5 === 0);
    const text = JSON.stringify(asked.plan);
    if (seen.has(text)) continue;
    seen.add(text);
    out.push(asked);
  }
  return out;
}

type Groups = Record<'dense' | 'rare' | 'own' | 'oneOf' | 'number', readonly Made[]>;

function groups(tags: readonly Made[]): Groups {
  const of = (...names: Made['group'][]) => tags.filter((t) => names.includes(t.group));
  return { dense: of('dense'), rare: of('rare'), own: of('own'), oneOf: of('few', 'many', 'place'), number: of('number') };
}

const pick = <T>(list: readonly T[], random: Random): T => list[below(random, list.length)] as T;

/** One to five conditions three times out of four; some are pairs of which either is enough, some are turned round. */
function one(kinds: Groups, random: Random, flagsAlone: boolean): Asked {
  const conditions = flagsAlone || random() >= LONG ? 1 + below(random, 5) : 6 + below(random, 9);
  const leaves: Plan[] = [];
  let ranges = 0;
  while (leaves.length < conditions) {
    const chance = flagsAlone ? 0 : random();
    if (chance < 0.6)
      leaves.push(flag(pick(flagsAlone ? kinds.dense : pick([kinds.dense, kinds.dense, kinds.rare, kinds.own], random), random), random));
    else if (chance < 0.85) leaves.push(oneOf(pick(kinds.oneOf, random), random));
    else if (ranges < 2) {
      leaves.push(range(pick(kinds.number, random), random));
      ranges++;
    }
  }
  const members: Plan[] = [];
  while (leaves.length > 0) {
    const either = leaves.length > 1 && random() < 0.2;
    members.push(either ? { op: 'or', of: leaves.splice(0, 2) } : (leaves.shift() as Plan));
  }
  return { plan: { op: 'and', of: members }, conditions, ranges, flagsAlone };
}

const flag = (t: Made, random: Random): Plan => ({ op: 'flag', tag: t.tag, side: random() < 0.85 ? 'yes' : 'no' });

/** One value half the time; else up to half of them. */
function oneOf(t: Made, random: Random): Plan {
  const many = random() < 0.5 ? 1 : 1 + below(random, Math.max(1, t.values >> 1));
  const codes = new Set<number>();
  while (codes.size < many) codes.add(1 + below(random, t.values));
  return { op: 'codes', tag: t.tag, codes: [...codes].sort((a, b) => a - b), side: random() < 0.85 ? 'in' : 'out' };
}

function range(t: Made, random: Random): Plan {
  const [a, b] = [below(random, t.values), below(random, t.values)];
  const ends = random();
  const from = ends < 0.3 ? null : t.low + Math.min(a, b);
  const to = ends > 0.7 ? null : t.low + Math.max(a, b);
  return { op: 'range', tag: t.tag, from, to, side: random() < 0.9 ? 'in' : 'out' };
}

/** The condition of a plan in SQL over columns that are named like tags, null = unknown. */
export function whereOf(plan: Plan, name: (tag: number) => string): string {
  switch (plan.op) {
    case 'and':
    case 'or':
      return `(${plan.of.map((p) => whereOf(p, name)).join(` ${plan.op} `)})`;
    case 'flag':
      return plan.side === 'yes' ? name(plan.tag) : `not ${name(plan.tag)}`;
    case 'codes':
      return `${name(plan.tag)} ${plan.side === 'in' ? 'in' : 'not in'} (${plan.codes.join(', ')})`;
    case 'range': {
      const ends = [
        plan.from === null ? [] : `${name(plan.tag)} >= ${plan.from}`,
        plan.to === null ? [] : `${name(plan.tag)} <= ${plan.to}`,
      ].flat();
      return `${plan.side === 'in' ? '' : 'not '}(${ends.join(' and ')})`;
    }
    default:
      throw new Error(`no SQL for ${plan.op}`);
  }
}

/** The tags that a plan names. */
export const namesIn = (plan: Plan): number[] =>
  plan.op === 'and' || plan.op === 'or' ? plan.of.flatMap(namesIn) : 'tag' in plan ? [plan.tag] : [EVERYONE];
