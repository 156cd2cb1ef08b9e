import { Definition, type DerivedKind, DerivedName } from '#derivation/contract';
import type { Mistake } from '#rule/contract';

/** A definition in a person's hand: how it begins, how its rows move, what of it differs from another. */

export type Table = Extract<Definition, { table: unknown }>;
export type Row = Table['table'][number];

const NOTHING = { zh: '', en: '' };

/** Of a kind that is chosen: a flag is one row, a one-of has two values, a number and a day are one expression. */
export function beginning(kind: DerivedKind, names = NOTHING): Definition {
  const common = { names, meaning: NOTHING, parameters: [] };
  if (kind === 'number' || kind === 'date') return { kind, ...common, expression: '' };
  if (kind === 'flag') return { kind, ...common, table: [{ when: '', value: true }], otherwise: false, whenUnknown: 'unknown' };
  const values = [
    { value: 'high', zh: '高', en: 'High' },
    { value: 'low', zh: '低', en: 'Low' },
  ];
  return { kind, ...common, values, table: [{ when: '', value: 'high' }], otherwise: 'low', whenUnknown: 'unknown' };
}

/** A list with the item at `from` at `to`; unchanged where there is no such place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const out = [...list];
  if (to < 0 || to >= out.length || from === to) return out;
  out.splice(to, 0, ...out.splice(from, 1));
  return out;
}

/** What a row may give, as text for a choice; null is unknown. */
export const choicesOf = (table: Table): (string | boolean | null)[] =>
  table.kind === 'flag' ? [true, false, null] : [...table.values.map((v) => v.value), null];

/** The mistakes at a place: `table[2].when`. */
export const mistakesAt = (mistakes: readonly Mistake[], path: string): Mistake[] => mistakes.filter((m) => m.path === path);

/** Those at none of the places that are shown each for itself. */
export const mistakesElsewhere = (mistakes: readonly Mistake[], definition: Definition): Mistake[] => {
  const shown = new Set(
    'table' in definition
      ? ['otherwise', ...definition.table.flatMap((_, i) => [`table[${i}].when`, `table[${i}].value`])]
      : ['expression'],
  );
  return mistakes.filter((m) => !shown.has(m.path));
};

/** What is still to be written before it can be kept; null: nothing. */
export function lacking(tag: string, definition: Definition): 'tag' | 'names' | 'values' | 'form' | null {
  if (!DerivedName.safeParse(tag).success) return 'tag';
  if (definition.names.zh.trim() === '' || definition.names.en.trim() === '') return 'names';
  if (definition.kind === 'oneOf' && definition.values.some((v) => v.value.trim() === '')) return 'values';
  return Definition.safeParse(definition).success ? null : 'form';
}

/** Lines of one version beside another's: in order, with those that went and those that came. */
export function lineChanges(
  before: readonly string[],
  after: readonly string[],
): { readonly sign: '=' | '-' | '+'; readonly line: string }[] {
  const gone = before.filter((line) => !after.includes(line)).map((line) => ({ sign: '-' as const, line }));
  return [...gone, ...after.map((line) => ({ sign: before.includes(line) ? ('=' as const) : ('+' as const), line }))];
}
