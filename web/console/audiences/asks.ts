import type { RelativeDayJson } from '#audience/contract';
import type { TagKind } from '#tag/contract';
import type { Ask, Condition, End, Line } from './tree.ts';

/** What can be asked of each kind of tag, as words of a list; a "not" of a flag or of "known" is the other side of it. */

export type AskWord = 'yes' | 'no' | 'in' | 'out' | 'known' | 'unknown';

export const WORDS: Readonly<Record<TagKind, readonly AskWord[]>> = {
  flag: ['yes', 'no', 'known', 'unknown'],
  oneOf: ['in', 'out', 'known', 'unknown'],
  number: ['in', 'out', 'known', 'unknown'],
  date: ['in', 'out', 'known', 'unknown'],
};

/** How a line on a tag reads. A line on a flag or on "known" that is negated as a whole is turned round; unknown is on neither side. */
export function wordOf({ not, what }: Line): AskWord {
  const ask = what.on === 'tag' ? what.ask : null;
  if (ask?.how === 'known') return ask.known !== not ? 'known' : 'unknown';
  if (ask?.how === 'is' && typeof ask.value === 'boolean') return ask.value !== not ? 'yes' : 'no';
  return not ? 'out' : 'in';
}

/** The line with another word; values already chosen stay where the new word has a place for them. */
export function worded(line: Line, tag: string, word: AskWord): Line {
  const before = line.what.on === 'tag' && line.what.tag === tag ? line.what.ask : null;
  const values = before?.how === 'known' || (before?.how === 'is' && typeof before.value === 'boolean') ? null : before;
  const ask: Ask | null =
    word === 'known' || word === 'unknown'
      ? { how: 'known', known: word === 'known' }
      : word === 'yes' || word === 'no'
        ? { how: 'is', value: word === 'yes' }
        : values;
  return { ...line, not: word === 'out', what: { on: 'tag', tag, ask } };
}

/** What a fresh line asks of a tag: of a flag yes, of the others nothing until a value is chosen. */
export const firstAsk = (tag: string, kind: TagKind): Condition => ({
  on: 'tag',
  tag,
  ask: kind === 'flag' ? { how: 'is', value: true } : null,
});

/** The values of a one-of that are asked for. */
export const valuesOf = (ask: Ask | null): readonly string[] =>
  ask?.how === 'oneOf' ? ask.values : ask?.how === 'is' && typeof ask.value === 'string' ? [ask.value] : [];

export const rangeOf = (ask: Ask | null): { from: End; to: End } =>
  ask?.how === 'range' ? { from: ask.from, to: ask.to } : { from: null, to: null };

/** Days that people ask for, counted from today. */
export const PRESETS: Readonly<Record<string, { from: RelativeDayJson | null; to: RelativeDayJson | null }>> = {
  today: { from: { days: 0 }, to: { days: 0 } },
  last7: { from: { days: -6 }, to: { days: 0 } },
  last30: { from: { days: -29 }, to: { days: 0 } },
  thisMonth: { from: { months: 0, edge: 'start' }, to: { months: 0, edge: 'end' } },
  lastMonth: { from: { months: -1, edge: 'start' }, to: { months: -1, edge: 'end' } },
  last3Months: { from: { months: -3 }, to: { days: 0 } },
  lastYear: { from: { months: -12 }, to: { days: 0 } },
  next30: { from: { days: 0 }, to: { days: 30 } },
  nextMonth: { from: { months: 1, edge: 'start' }, to: { months: 1, edge: 'end' } },
  over1Year: { from: null, to: { months: -12 } },
};

const same = (a: End, b: End): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (end: End): unknown =>
  typeof end === 'object' && end !== null ? [end.months ?? null, end.days ?? null, end.edge ?? null] : end;

/** Which of them a range is. */
export const presetOf = (from: End, to: End): string | undefined =>
  Object.keys(PRESETS).find((name) => same(PRESETS[name]!.from, from) && same(PRESETS[name]!.to, to));

export type DateMode = 'preset' | 'day' | 'relative';

/** In which of the three ways a range of dates is written; one end each of a kind is shown as relative. */
export function dateModeOf(from: End, to: End): DateMode {
  if (presetOf(from, to) !== undefined) return 'preset';
  const ends = [from, to].filter((end) => end !== null);
  if (ends.length === 0) return 'preset';
  return ends.every((end) => typeof end === 'string') ? 'day' : 'relative';
}
