import type { CaseDetail } from '#retention/contract';
import { type Lang, percent, spaced } from '../../kit/format.ts';
import { moneyWords } from '../money.ts';
import { dateWords } from '../tags/values.ts';
import { nameIn } from '../words.ts';

/** The figures behind a rule, in words. Pure: the language and the words for yes and no are handed over. */

type Evidence = CaseDetail['hits'][number]['evidence'];
type Shown = Evidence[number]['first'];

export interface Speech {
  readonly lang: Lang;
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  /** Unit behind a count: "{{count}} 天". */
  readonly counted: (unit: 'days' | 'times', count: number) => string;
}

/** A fact's value by its unit. */
export function shownWords(value: Shown, unit: string, speech: Speech): string {
  if (value === null) return speech.unknown;
  if (typeof value === 'boolean') return value ? speech.yes : speech.no;
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dateWords(value, speech.lang) : value;
  if (unit === 'fen') return moneyWords(value, speech.lang);
  if (unit === 'days' || unit === 'times') return speech.counted(unit, value);
  return value.toLocaleString('en-US');
}

/** The bill of a month and the days that it covers, by the names of the standard facts. */
const BILL = { now: ['bill.current', 'days.current'], before: ['bill.previous', 'days.previous'] } as const;

export interface Daily {
  /** Fen a day, not rounded. */
  readonly before: number;
  readonly now: number;
  /** Share by which it changed; below zero: it fell. */
  readonly change: number;
}

/** A bill is compared by the day, for months differ in length. Null where a figure is missing. */
export function dailyOf(evidence: Evidence): Daily | null {
  const value = (name: string): number | null => {
    const found = evidence.find(({ fact }) => fact === name)?.last;
    return typeof found === 'number' ? found : null;
  };
  const aDay = ([bill, days]: readonly [string, string]): number | null => {
    const [sum, count] = [value(bill), value(days)];
    return sum === null || count === null || count <= 0 ? null : sum / count;
  };
  const [now, before] = [aDay(BILL.now), aDay(BILL.before)];
  return now === null || before === null || before <= 0 ? null : { before, now, change: now / before - 1 };
}

const signed = (share: number): string => `${share < 0 ? '−' : '+'}${percent(Math.abs(Math.round(share * 100) / 100))}`;

/** `3.20 → 1.90 元，−41%`. */
export const dailyWords = ({ before, now, change }: Daily, lang: Lang): string => {
  const [from, to] = [Math.round(before), Math.round(now)].map((fen) => moneyWords(fen, lang)) as [string, string];
  return lang === 'zh-CN' ? `${from.replace(' 元', '')} → ${to}，${signed(change)}` : `${from} → ${to}, ${signed(change)}`;
};

const IN_DAILY = new Set<string>([...BILL.now, ...BILL.before]);

/** So many facts stand in one line; the drawer has them all. */
const MOST = 3;

/** One line for a list: the bill by the day where that is what speaks, else each known fact with its latest value. */
export function inOneLine(evidence: Evidence, dailyName: string, speech: Speech): string {
  const daily = dailyOf(evidence);
  const rest = evidence.filter(({ fact, last }) => last !== null && !(daily && IN_DAILY.has(fact)));
  const facts = rest.map(({ names, last, unit }) => `${nameIn(names, speech.lang)} ${shownWords(last, unit, speech)}`);
  const all = daily ? [`${dailyName} ${dailyWords(daily, speech.lang)}`, ...facts] : facts;
  return spaced([...all.slice(0, MOST), ...(all.length > MOST ? ['…'] : [])].join(speech.lang === 'zh-CN' ? '；' : '; '));
}
