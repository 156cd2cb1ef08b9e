import type { RelativeDayJson } from '#audience/contract';
import type { End } from './tree.ts';

/** A day counted from today as a number and a word: 30 `daysAgo`, 1 `monthStartAgo`. Days that no word fits keep their own form (`other`, `day`). */

const WORDS = [
  'open',
  'today',
  'daysAgo',
  'daysOn',
  'monthsAgo',
  'monthsOn',
  'monthStartAgo',
  'monthEndAgo',
  'monthStartOn',
  'monthEndOn',
] as const;
export type DayWord = (typeof WORDS)[number] | 'day' | 'other';

/** The words to choose from; the one that stands there now is among them. */
export const dayWords = (now: DayWord): readonly DayWord[] => (now === 'day' || now === 'other' ? [...WORDS, now] : WORDS);

export function dayWordOf(end: End): { word: DayWord; n: number } {
  if (end === null || typeof end === 'number') return { word: 'open', n: 0 };
  if (typeof end === 'string') return { word: 'day', n: 0 };
  const { days, months, edge } = end;
  if (months === undefined) return days === undefined || days === 0 ? { word: 'today', n: 0 } : side('days', days);
  if (days !== undefined && days !== 0) return { word: 'other', n: 0 };
  return side(edge === undefined ? 'months' : edge === 'start' ? 'monthStart' : 'monthEnd', months);
}

type Unit = 'days' | 'months' | 'monthStart' | 'monthEnd';
const side = (unit: Unit, n: number): { word: DayWord; n: number } => ({ word: `${unit}${n > 0 ? 'On' : 'Ago'}`, n: Math.abs(n) });

/** The day that a word and a number say; `was` stays where the word is that it has none. */
export function relativeOf(word: DayWord, n: number, was: End): End {
  if (word === 'open') return null;
  if (word === 'today') return { days: 0 };
  if (word === 'day' || word === 'other') return was;
  const far = word.endsWith('On') ? n : 0 - n;
  const edge: Pick<RelativeDayJson, 'edge'> = word.startsWith('monthStart')
    ? { edge: 'start' }
    : word.startsWith('monthEnd')
      ? { edge: 'end' }
      : {};
  return word.startsWith('days') ? { days: far } : { months: far, ...edge };
}
