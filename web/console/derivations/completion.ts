import type { Fact } from '#rule/contract';

/** What may come next while a condition is typed: names of tags, values of a one-of, words of the language. */

export interface Offer {
  /** What is put in the place of the signs from `start` to the cursor. */
  readonly text: string;
  readonly start: number;
  readonly names: Fact['names'] | null;
  readonly kind: Fact['kind'] | 'value' | 'word';
}

const MOST = 8;
const WORDS = ['today', 'today.plusMonths()', 'has()'] as const;
/** Where a value is being typed: `plan.name == "冰`, also within `in [ … ]`. */
const VALUE = /([A-Za-z_][\w.]*)\s*(?:==|!=|in\s*\[[^\]]*?)\s*"([^"]*)$/;
/** A name as it is being typed; letters of any script, for a tag is also found by its words. */
const NAME = /[\p{L}_][\p{L}\p{N}_.]*$/u;

/** The best first: names that begin so, then those that contain it, then those whose words do. Nothing within a text that is no tag's value. */
export function offersFor(text: string, cursor: number, facts: readonly Fact[]): Offer[] {
  const before = text.slice(0, cursor);
  const value = VALUE.exec(before);
  if (value !== null) {
    const [, name, typed = ''] = value;
    const fact = facts.find((f) => f.name === name);
    const values = (fact?.values ?? []).filter((v) => v.toLowerCase().includes(typed.toLowerCase()) && !v.includes('"'));
    return values.slice(0, MOST).map((v) => ({ text: `${v}"`, start: cursor - typed.length, names: null, kind: 'value' }));
  }
  if ((before.match(/"/g)?.length ?? 0) % 2 === 1) return [];
  const typed = NAME.exec(before)?.[0];
  if (typed === undefined) return [];
  const start = cursor - typed.length;
  const low = typed.toLowerCase();
  const rank = (f: Fact): number => {
    const name = f.name.toLowerCase();
    if (name.startsWith(low)) return 0;
    if (name.includes(low)) return 1;
    return `${f.names.zh} ${f.names.en}`.toLowerCase().includes(low) ? 2 : 3;
  };
  const found = facts
    .map((f) => ({ f, is: rank(f) }))
    .filter(({ f, is }) => is < 3 && f.name !== typed)
    .toSorted((a, b) => a.is - b.is || a.f.name.localeCompare(b.f.name))
    .map(({ f }): Offer => ({ text: f.name, start, names: f.names, kind: f.kind }));
  const words = WORDS.filter((w) => w.startsWith(typed) && w !== typed).map((w): Offer => ({ text: w, start, names: null, kind: 'word' }));
  return [...words, ...found].slice(0, MOST);
}

/** The text with an offer taken, and where the cursor stands then: within the brackets of a word that has some. */
export function taken(text: string, cursor: number, offer: Offer): { text: string; cursor: number } {
  const end = offer.start + offer.text.length;
  return {
    text: text.slice(0, offer.start) + offer.text + text.slice(cursor),
    cursor: offer.kind === 'word' && offer.text.endsWith(')') ? end - 1 : end,
  };
}
