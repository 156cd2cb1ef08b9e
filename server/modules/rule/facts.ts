import { isNameable } from './cel.ts';
import type { Fact } from './contract.ts';
import type { SuppliedTag } from './supply.ts';

/** Values of a tag that nobody gave bounds to: believed as far as two of them can still be added; of one with decimals, so far that it stands beside others. */
const BELIEVED = 1_000_000_000;
const BELIEVED_DECIMAL = 10_000_000;
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
  const isOther = (f: Fact) => tags.some((t) => t.name === f.name && (t.kind !== f.kind || t.scale !== (f.decimals ?? 0))); // loaded as something else: not what rules mean
  const standard = meant.filter((f) => !isOther(f));
  const isOurs = (name: string) => meant.some((f) => name === f.name);
  const others = tags.flatMap((t): Fact[] => {
    if ((t.kind === 'oneOf' && t.values === undefined) || t.scale !== 0 || isOurs(t.name) || !isFactName(t.name)) return [];
    const names = { zh: t.zh || t.name, en: t.en || t.name };
    if (t.kind === 'oneOf') return [oneOfFact(t.name, t.values ?? [], names)];
    const bounds = { flag: { from: 0, to: 1 }, date: DAYS, number: { from: -BELIEVED, to: BELIEVED } }[t.kind];
    return [{ name: t.name, kind: t.kind, unit: t.kind, ...bounds, names }];
  });
  return [...standard, ...others];
}

/** Numbers with decimals, in their units, for who can bear them beside the whole ones: named as CEL names things, and none of those that are meant. */
export function decimalFactsAmong(tags: readonly SuppliedTag[], meant: readonly Fact[]): Fact[] {
  return tags.flatMap(({ name, kind, scale, zh, en }): Fact[] => {
    const isMeant = meant.some((f) => f.name === name && f.decimals === scale);
    if (kind !== 'number' || scale === 0 || isMeant || !isFactName(name)) return [];
    return [{ name, kind, unit: 'number', ...decimalBounds(scale), decimals: scale, names: { zh: zh || name, en: en || name } }];
  });
}

/** How far a number of so many decimals is believed, in its units. */
export function decimalBounds(decimals: number): { from: number; to: number } {
  const most = BELIEVED_DECIMAL * 10 ** decimals;
  return { from: -most, to: most };
}

const isFactName = (name: string): boolean => /^[A-Za-z_]\w*(\.[A-Za-z_]\w*){0,3}$/.test(name) && isNameable(name);
