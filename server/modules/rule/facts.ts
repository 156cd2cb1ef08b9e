import { isNameable } from './cel.ts';
import type { Fact } from './contract.ts';
import type { SuppliedTag } from './supply.ts';

/** Values of a tag that nobody gave bounds to: believed as far as two of them can still be added. */
const BELIEVED = 1_000_000_000;
const DAYS = { from: 0, to: 100_000 };

const MOST_VALUES = 65_535;

/** Its values are asked for by their place, from 0. */
export const oneOfFact = (name: string, values: readonly string[], names: Fact['names']): Fact => ({
  name,
  kind: 'oneOf',
  unit: 'oneOf',
  from: 0,
  to: MOST_VALUES - 1,
  values: [...values],
  names,
});

/**
 * The facts that rules may speak of: those that are meant to be there, with their bounds, and every other tag that can be one: a flag, a date, a whole
 * number, a one-of whose values were supplied, named as CEL names things.
 */
export function factsAmong(tags: readonly SuppliedTag[], meant: readonly Fact[]): Fact[] {
  const isOther = (f: Fact) => tags.some((t) => t.name === f.name && (t.kind !== f.kind || t.scale !== 0)); // loaded as something else: not what rules mean
  const standard = meant.filter((f) => !isOther(f));
  const isOurs = (name: string) => meant.some((f) => name === f.name);
  const others = tags.flatMap((t): Fact[] => {
    const fits = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*){0,3}$/.test(t.name) && isNameable(t.name);
    if ((t.kind === 'oneOf' && t.values === undefined) || t.scale !== 0 || isOurs(t.name) || !fits) return [];
    const names = { zh: t.zh || t.name, en: t.en || t.name };
    if (t.kind === 'oneOf') return [oneOfFact(t.name, t.values ?? [], names)];
    const bounds = { flag: { from: 0, to: 1 }, date: DAYS, number: { from: -BELIEVED, to: BELIEVED } }[t.kind];
    return [{ name: t.name, kind: t.kind, unit: t.kind, ...bounds, names }];
  });
  return [...standard, ...others];
}
