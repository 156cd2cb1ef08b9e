import type { TagKind } from '#tag/contract';
import { flagOf } from './consents.ts';
import type { Card } from './customers.ts';

export type Fact = Card['tags'][number];

const SHORT = 8;
/** The end of an id: its beginning is the time, which neighbours share. */
export const shortId = (id: string): string => id.slice(-SHORT);

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** How a value is to be read where its tag is not at hand: by its form, a number with the decimals that it has. */
export function formOf({ value, label }: Pick<Fact, 'value' | 'label'>): { kind: TagKind; scale: number; label: Fact['label'] } {
  if (typeof value === 'boolean') return { kind: 'flag', scale: 0, label };
  if (typeof value === 'number') return { kind: 'number', scale: String(value).split('.')[1]?.length ?? 0, label };
  return { kind: value !== null && label === null && DAY.test(value) ? 'date' : 'oneOf', scale: 0, label };
}

export interface FactGroup {
  readonly source: string;
  readonly facts: Fact[];
}

/** The facts whose name, code or value has these words; all of them where nothing is sought. */
export function factsLike<F extends Fact>(facts: readonly F[], sought: string): F[] {
  const words = sought.trim().toLowerCase();
  const said = ({ name, names, label, value }: F) => [
    name,
    names.zh,
    names.en,
    label?.zh,
    label?.en,
    typeof value === 'string' ? value : '',
  ];
  return facts.filter((fact) => said(fact).some((text) => text?.toLowerCase().includes(words)));
}

/** What is known of a customer by where it comes from, the source that knows most first; consents stand elsewhere. */
export function groupsOf(tags: readonly Fact[]): FactGroup[] {
  const facts = tags.filter(({ name }) => flagOf(name) === null);
  return [...Map.groupBy(facts, ({ source }) => source ?? '')]
    .map(([source, some]) => ({ source, facts: some }))
    .sort((a, b) => b.facts.length - a.facts.length || a.source.localeCompare(b.source));
}
