import { EVERYONE } from '#tag';
import type { Population } from './naive.fixture.ts';
import type { Distribution, Engine, Plan } from './plan.ts';
import { hashOf } from './sample.ts';

/** An engine over sets of ordinals: as slow and as plain as it can be. `kinds`: of the tags, for distributions. */
export function referenceEngine(populationNow: () => Population, kinds: ReadonlyMap<number, Distribution['kind']> = new Map()): Engine {
  const membersOf = (plan: Plan): Set<number> => evaluate(plan, populationNow());
  return {
    async count(plan) {
      const lines = plan.op === 'and' ? plan.of : [plan];
      const funnel = lines.map((_, i) => membersOf({ op: 'and', of: lines.slice(0, i + 1) }).size);
      return { count: membersOf(plan).size, funnel };
    },
    size: async (plan) => membersOf(plan).size,
    async members(plan, limit) {
      return Uint32Array.from([...membersOf(plan)].sort((a, b) => a - b).slice(0, limit));
    },
    async distribution(plan, tag) {
      const values = populationNow().values.get(tag);
      return spread(
        [...membersOf(plan)].map((o) => values?.get(o) ?? null),
        kinds.get(tag) ?? 'flag',
      );
    },
    async days(plan, tag, { from, to }) {
      const values = populationNow().values.get(tag);
      const members = [...membersOf(plan)];
      return Uint32Array.from({ length: to - from + 1 }, (_, i) => members.filter((o) => values?.get(o) === from + i).length);
    },
    async valuesOf(ordinal, tags) {
      const { people, values } = populationNow();
      return tags.map(
        (t) =>
          (t === EVERYONE ? Number(people.includes(ordinal)) : undefined) ??
          values.get(t)?.get(ordinal) ??
          (kinds.get(t) === 'oneOf' ? 0 : null),
      );
    },
    readiness: () => ({ warm: kinds.size, tags: kinds.size, bytes: 0, budget: 0 }),
    close: async () => undefined,
  };
}

function evaluate(plan: Plan, population: Population): Set<number> {
  const everyone = new Set(population.people);
  const where = (is: (o: number) => boolean) => new Set([...everyone].filter(is));
  const byValue = (tag: number, is: (v: number) => boolean) => {
    const values = population.values.get(tag);
    return where((o) => values?.has(o) === true && is(values.get(o) as number));
  };
  switch (plan.op) {
    case 'everyone':
      return everyone;
    case 'nobody':
      return new Set();
    case 'and':
    case 'or': {
      const sets = plan.of.map((p) => evaluate(p, population));
      return where((o) => (plan.op === 'and' ? sets.every((s) => s.has(o)) : sets.some((s) => s.has(o))));
    }
    case 'flag':
      return byValue(plan.tag, (v) => v === (plan.side === 'yes' ? 1 : 0));
    case 'known':
      return byValue(plan.tag, () => true);
    case 'unknown':
      return where((o) => population.values.get(plan.tag)?.has(o) !== true);
    case 'codes':
      return byValue(plan.tag, (v) => plan.codes.includes(v) === (plan.side === 'in'));
    case 'range':
      return byValue(plan.tag, (v) => (v >= (plan.from ?? -Infinity) && v <= (plan.to ?? Infinity)) === (plan.side === 'in'));
    case 'sample':
      return where((o) => hashOf(o, plan.salt) < plan.below === (plan.side === 'in'));
    case 'top': {
      const values = population.values.get(plan.by);
      const scored = [...evaluate(plan.of, population)].filter((o) => values?.has(o));
      const score = (o: number) => (values?.get(o) as number) * (plan.order === 'highest' ? -1 : 1);
      const best = new Set(scored.sort((a, b) => score(a) - score(b) || a - b).slice(0, plan.n));
      return where((o) => best.has(o) === (plan.side === 'in'));
    }
  }
}

function spread(values: readonly (number | null)[], kind: Distribution['kind']): Distribution {
  const count = (is: (v: number | null) => boolean) => values.filter(is).length;
  const unknown = count((v) => v === null);
  if (kind === 'flag') return { kind, yes: count((v) => v === 1), no: count((v) => v === 0), unknown };
  const known = values.filter((v) => v !== null);
  if (kind === 'oneOf')
    return { kind, codes: Array.from({ length: Math.max(0, ...known) + 1 }, (_, c) => (c === 0 ? unknown : count((v) => v === c))) };
  const different = [...new Set(known)].sort((a, b) => a - b);
  return { kind, unknown, bars: different.map((v) => ({ from: v, to: v, count: count((x) => x === v) })) };
}
