import { Definition, type DerivedKind, DerivedName } from '#derivation/contract';
import { type Mistake, Parameter } from '#rule/contract';
import { keptOf, typedOf } from '../retention/ruleText.ts';

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
export function lacking(tag: string, definition: Definition): 'tag' | 'names' | 'values' | 'figures' | 'form' | null {
  if (!DerivedName.safeParse(tag).success) return 'tag';
  if (definition.names.zh.trim() === '' || definition.names.en.trim() === '') return 'names';
  if (definition.kind === 'oneOf' && definition.values.some((v) => v.value.trim() === '')) return 'values';
  if (definition.parameters.some((p) => !Parameter.safeParse(p).success)) return 'figures';
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

/* ── figures with names ── */

export type Figure = Definition['parameters'][number];

/** A name stands for itself outside of texts and behind no dot. */
const WORDS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\.?[A-Za-z_]\w*/g;

const textsOf = (definition: Definition): string[] =>
  'table' in definition ? definition.table.map((row) => row.when) : [definition.expression];

/** The rows (from 1) that name it; an expression is row 1. */
export const rowsNaming = (definition: Definition, id: string): number[] =>
  textsOf(definition).flatMap((text, i) => (Array.from(text.matchAll(WORDS), ([word]) => word).includes(id) ? [i + 1] : []));

/** The figure at a place is called otherwise, wherever it is named. */
export function renamed(definition: Definition, at: number, to: string): Definition {
  const from = definition.parameters[at]?.id;
  const parameters = definition.parameters.map((p, i) => (i === at ? { ...p, id: to } : p));
  const said = (text: string) => text.replace(WORDS, (word) => (word === from ? to : word));
  if ('table' in definition)
    return { ...definition, parameters, table: definition.table.map((row) => ({ ...row, when: said(row.when) })) } as Definition;
  return { ...definition, parameters, expression: said(definition.expression) };
}

/** Can the figure at a place be called so? */
export const isFreeId = (figures: readonly Figure[], at: number, id: string): boolean =>
  Parameter.shape.id.safeParse(id).success && id !== 'today' && figures.every((p, i) => i === at || p.id !== id);

/** A new one with a name that is free. */
export function figureBeside(figures: readonly Figure[]): Figure {
  let n = figures.length + 1;
  while (figures.some((p) => p.id === `figure${n}`)) n++;
  return { id: `figure${n}`, value: 0, from: 0, to: 100, unit: 'number', names: { zh: '', en: '' } };
}

/** The same figures as they were typed, in another unit or with other decimals. */
export function measured(figure: Figure, unit: Figure['unit'], decimals: number): Figure {
  const { decimals: _, ...rest } = figure;
  const to = { unit, ...(decimals > 0 && { decimals }) };
  const moved = (value: number) => keptOf(typedOf(value, figure), to);
  return { ...rest, ...to, value: moved(figure.value), from: moved(figure.from), to: moved(figure.to) };
}
