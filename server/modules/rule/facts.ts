import { isNameable } from './cel.ts';
import type { Fact } from './contract.ts';
import type { SuppliedTag } from './supply.ts';

/** Values of a tag that nobody gave bounds to: believed as far as two of them can still be added. */
const BELIEVED = 1_000_000_000;
const DAYS = { from: 0, to: 100_000 };

/**
 * The facts that rules may speak of: those that are meant to be there, with their bounds, and every other tag that can be one: a flag, a date, a whole
 * number, named as CEL names things.
 */
export function factsAmong(tags: readonly SuppliedTag[], meant: readonly Fact[]): Fact[] {
  const isOther = (f: Fact) => tags.some((t) => t.name === f.name && (t.kind !== f.kind || t.scale !== 0)); // loaded as something else: not what rules mean
  const standard = meant.filter((f) => !isOther(f));
  const isOurs = (name: string) => meant.some((f) => name === f.name || name.startsWith(`${f.name}.`));
  const others = tags.flatMap((t): Fact[] => {
    const fits = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*){0,3}$/.test(t.name) && isNameable(t.name);
    if (t.kind === 'oneOf' || t.scale !== 0 || isOurs(t.name) || !fits) return [];
    const bounds = { flag: { from: 0, to: 1 }, date: DAYS, number: { from: -BELIEVED, to: BELIEVED } }[t.kind];
    return [{ name: t.name, kind: t.kind, unit: t.kind, ...bounds, names: { zh: t.zh || t.name, en: t.en || t.name } }];
  });
  const all = [...standard, ...others];
  const within = (f: Fact) => all.some((g) => g.name.startsWith(`${f.name}.`));
  return all.filter((f) => !within(f)); // CEL reads `a.b` as a part of `a`: where both are, only the parts can be named
}
