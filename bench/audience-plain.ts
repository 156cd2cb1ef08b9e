import type { Plan } from '../server/modules/audience/plan.ts';
import { type Layout, type Made, valueIn } from './audience-data.ts';

/** How many are in a plan, asked of everybody one after the other; their values are made anew, no block is read. */
export function countPlainly(plan: Plan, tags: readonly Made[], layout: Layout): number {
  const is = test(plan, new Map(tags.map((t) => [t.tag, t])), layout);
  let n = 0;
  for (let o = 0; o < layout.size; o++) if (is(o)) n++;
  return n;
}

function test(plan: Plan, tags: ReadonlyMap<number, Made>, layout: Layout): (ordinal: number) => boolean {
  const value = (tag: number) => {
    const t = tags.get(tag) as Made;
    return (o: number) => valueIn(t, o, layout);
  };
  switch (plan.op) {
    case 'and': {
      const parts = plan.of.map((p) => test(p, tags, layout));
      return (o) => parts.every((is) => is(o));
    }
    case 'or': {
      const parts = plan.of.map((p) => test(p, tags, layout));
      return (o) => parts.some((is) => is(o));
    }
    case 'flag': {
      const of = value(plan.tag);
      const wanted = plan.side === 'yes' ? 1 : 0;
      return (o) => of(o) === wanted;
    }
    case 'codes': {
      const of = value(plan.tag);
      const codes = new Set(plan.codes);
      return (o) => {
        const v = of(o);
        return v > 0 && codes.has(v) === (plan.side === 'in');
      };
    }
    case 'range': {
      const of = value(plan.tag);
      const [from, to] = [plan.from ?? Number.NEGATIVE_INFINITY, plan.to ?? Number.POSITIVE_INFINITY];
      return (o) => {
        const v = of(o);
        return v >= 0 && (v >= from && v <= to) === (plan.side === 'in');
      };
    }
    default:
      throw new Error(`no plain loop for ${plan.op}`);
  }
}
