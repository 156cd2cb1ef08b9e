import type { Mistake } from '#rule/contract';
import { ApiRefusal } from '../../kit/api.ts';
import type { Rule, Text } from './rules.ts';

/** A rule in the form: its text, and the id that a new one is to have. */

export const EMPTY: Text = {
  names: { zh: '', en: '' },
  meaning: { zh: '', en: '' },
  effect: 'work',
  priority: 5,
  parameters: [],
  when: '',
  evidence: [],
  inForce: true,
};

export function textOf(rule: Rule): Text {
  const { names, meaning, effect, priority, parameters, when, evidence, inForce } = rule;
  return { names, meaning, effect, priority, parameters, when, evidence, inForce };
}

/** The place that the server says is wrong; null: it refused something else, or nothing. */
export function mistakeIn(error: unknown): Mistake | null {
  if (!(error instanceof ApiRefusal) || error.code !== 'rule.mistaken') return null;
  const { path, start, end, line, column, zh, en } = error.details;
  const isPlace = typeof path === 'string' && [start, end, line, column].every((n) => typeof n === 'number');
  return isPlace && typeof zh === 'string' && typeof en === 'string' ? (error.details as unknown as Mistake) : null;
}

/** A text in three: before the mistake, the mistake, after it. A mistake without length is the sign at its place, or the end. */
export function parted(text: string, { start, end }: Pick<Mistake, 'start' | 'end'>): [string, string, string] {
  const from = Math.min(start, text.length);
  const to = Math.min(Math.max(end, from + 1), text.length);
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
}

type Measure = Pick<Text['parameters'][number], 'unit' | 'decimals'>;
const YUAN_DECIMALS = 2;
/** Decimals with which a figure is typed: money is kept in fen and typed in yuan. */
export const decimalsOf = ({ unit, decimals = 0 }: Measure): number => decimals + (unit === 'fen' ? YUAN_DECIMALS : 0);
export const typedOf = (value: number, of: Measure): number => value / 10 ** decimalsOf(of);
export const keptOf = (typed: number, of: Measure): number => Math.round(typed * 10 ** decimalsOf(of));

/** What may not be sent yet. */
export const lacksIn = (text: Text): boolean =>
  [text.names.zh, text.names.en, text.meaning.zh, text.meaning.en, text.when].some((said) => said.trim() === '') ||
  text.evidence.length === 0;

/** How a rule moved from one version to the next, field by field. */
export function changedFields(before: Rule, after: Rule): (keyof Text)[] {
  const [a, b] = [textOf(before), textOf(after)];
  return (Object.keys(a) as (keyof Text)[]).filter((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]));
}
