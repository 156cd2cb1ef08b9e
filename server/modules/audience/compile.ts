import { createHash } from 'node:crypto';
import type { Definition, Leaf } from './model.ts';
import type { Plan } from './plan.ts';

/**
 * A definition's three values as sets: whom it is true of, false of, and neither. Negation is pushed down to the leaves, where unknown is on no side;
 * audiences, lists, `top` and `sample` are sets that one is in or not, so whoever is not in is out.
 */

const EVERYONE: Plan = { op: 'everyone' };
const NOBODY: Plan = { op: 'nobody' };

/** Whom it is true of. */
export function planOf(d: Definition): Plan {
  switch (d.op) {
    case 'and':
      return all(d.of.map(planOf));
    case 'or':
      return any(d.of.map(planOf));
    case 'not':
      return falseOf(d.of);
    default:
      return leafPlan(d);
  }
}

/** Whom it is false of. */
function falseOf(d: Definition): Plan {
  switch (d.op) {
    case 'and':
      return any(d.of.map(falseOf));
    case 'or':
      return all(d.of.map(falseOf));
    case 'not':
      return planOf(d.of);
    case 'flag':
      return { op: 'flag', tag: d.tag.id, side: d.yes ? 'no' : 'yes' };
    case 'among':
      return d.codes.length === 0 ? { op: 'known', tag: d.tag.id } : { op: 'codes', tag: d.tag.id, codes: d.codes, side: 'out' };
    case 'range':
      return isTurned(d) ? { op: 'known', tag: d.tag.id } : { ...range(d), side: 'out' };
    default:
      return othersThan(leafPlan(d)); // two-valued: in or out
  }
}

/** Of whom it is neither. */
export const unsureOf = (d: Definition): Plan => all([othersThan(planOf(d)), othersThan(falseOf(d))]);

/** All of a plan's lines, each a member of its own in the order given, so that a funnel counts them one by one. */
export const linesPlan = (lines: readonly Plan[]): Plan => ({ op: 'and', of: lines });

function leafPlan(d: Leaf): Plan {
  switch (d.op) {
    case 'flag':
      return { op: 'flag', tag: d.tag.id, side: d.yes ? 'yes' : 'no' };
    case 'among':
      return d.codes.length === 0 ? NOBODY : { op: 'codes', tag: d.tag.id, codes: d.codes, side: 'in' };
    case 'range':
      return isTurned(d) ? NOBODY : range(d);
    case 'known':
      return { op: d.known ? 'known' : 'unknown', tag: d.tag.id };
    case 'audience':
      return planOf(d.of);
    case 'list':
      return { op: 'flag', tag: d.tag, side: 'yes' };
    case 'top':
      return { op: 'top', n: d.n, by: d.by.id, order: d.order, of: planOf(d.of), side: 'in' };
    case 'sample':
      return { op: 'sample', salt: saltNumber(d.salt), below: limitOf(d.share), side: 'in' };
  }
}

type Range = Extract<Leaf, { op: 'range' }>;
type RangePlan = Extract<Plan, { op: 'range' }>;

const range = ({ tag, from, to }: Range): RangePlan => ({
  op: 'range',
  tag: tag.id,
  from: from?.units ?? null,
  to: to?.units ?? null,
  side: 'in',
});

/** Between two neighbouring values, or turned: nobody is in it. */
const isTurned = ({ from, to }: Range): boolean => from !== null && to !== null && from.units > to.units;

/** A sample's salt as the hash takes it: 32 bits of the text's SHA-256. */
export const saltNumber = (salt: string): number => createHash('sha256').update(salt, 'utf8').digest().readUInt32LE(0);

/** A share of all 2^32 hashes; 1 is all of them. */
export const limitOf = (share: number): number => Math.max(1, Math.round(share * 2 ** 32));

/** Everybody who is not in the plan's set. */
export function othersThan(plan: Plan): Plan {
  switch (plan.op) {
    case 'and':
      return any(plan.of.map(othersThan));
    case 'or':
      return all(plan.of.map(othersThan));
    case 'everyone':
      return NOBODY;
    case 'nobody':
      return EVERYONE;
    case 'flag':
      return any([{ ...plan, side: plan.side === 'yes' ? 'no' : 'yes' }, unknown(plan.tag)]);
    case 'known':
      return unknown(plan.tag);
    case 'unknown':
      return { op: 'known', tag: plan.tag };
    case 'codes':
    case 'range':
      return any([{ ...plan, side: plan.side === 'in' ? 'out' : 'in' }, unknown(plan.tag)]);
    case 'sample':
    case 'top':
      return { ...plan, side: plan.side === 'in' ? 'out' : 'in' };
  }
}

const unknown = (tag: number): Plan => ({ op: 'unknown', tag });

/** In every one of them; what changes nothing is left out. */
export const all = (of: readonly Plan[]): Plan => joined('and', of, EVERYONE, NOBODY);
/** In at least one of them. */
export const any = (of: readonly Plan[]): Plan => joined('or', of, NOBODY, EVERYONE);

function joined(op: 'and' | 'or', of: readonly Plan[], nothing: Plan, decided: Plan): Plan {
  const flat = of.flatMap((p) => (p.op === op ? p.of : p.op === nothing.op ? [] : [p]));
  if (flat.some((p) => p.op === decided.op)) return decided;
  return flat.length === 0 ? nothing : flat.length === 1 ? (flat[0] as Plan) : { op, of: flat };
}
