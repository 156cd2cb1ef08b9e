import { isMoney, spokenNames, type TagValue, type TagView } from '#tag/contract';
import type { Lang } from '../../kit/format.ts';
import { moneyBy, moneyWords } from '../money.ts';
import { nameIn } from '../words.ts';
import { signed } from './days.ts';

/** How values of tags read. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** A month `yyyy-MM` or a day `yyyy-MM-dd`: `2026年10月`, `3 Oct 2026`. */
export function dateWords(text: string, lang: Lang): string {
  const [year, month, day] = text.split('-').map(Number) as [number, number, number?];
  if (lang === 'zh-CN') return `${year}年${month}月${day === undefined ? '' : `${day}日`}`;
  return `${day === undefined ? '' : `${day} `}${MONTHS[month - 1]} ${year}`;
}

const RHYTHMS = [['每日', 'daily'], ['每周', 'weekly'], ['每月', 'monthly']] as const; // biome-ignore format: one line

/** How often a tag is renewed: one of the usual words in the language, whatever else as it was written. */
export function refreshWords(text: string, lang: Lang): string {
  const said = RHYTHMS.find((words) => words.some((word) => word === text.toLowerCase()));
  return said === undefined ? text : said[lang === 'zh-CN' ? 0 : 1];
}

/** With as many decimals as the tag keeps. */
export const numberWords = (value: number, scale: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: scale, maximumFractionDigits: scale });

type Names = TagView['names'];

/** A number of a tag, with so many decimals; money in yuan. */
export const amountWords = (value: number, names: Names, scale: number, lang: Lang): string =>
  isMoney(names) ? moneyWords(value, lang) : numberWords(value, scale);

/** By how much a tag's number moved, with its sign. */
export const amountBy = (by: number, names: Names, scale: number, lang: Lang): string =>
  isMoney(names) ? moneyBy(by, lang) : signed(by, scale);

/** A tag by its words in the language, in the other one where there are none, else its name; what is told in yuan without its fen. */
export function tagWords({ name, names }: Pick<TagView, 'name' | 'names'>, lang: Lang): string {
  const said = spokenNames(names);
  return nameIn(said, lang) || nameIn(said, lang === 'zh-CN' ? 'en-US' : 'zh-CN') || name;
}

type Read = Pick<TagView, 'kind' | 'scale'> & { names?: Names; label?: Names | null };

/** A value of a customer or a bound of the tag; `yes` and `no` are the words of the language on show. Empty where nothing is known. */
export function valueWords(value: TagValue, { kind, scale, names, label }: Read, lang: Lang, [yes, no]: readonly [string, string]): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value === 'number') return names ? amountWords(value, names, scale, lang) : numberWords(value, scale);
  return kind === 'date' ? dateWords(value, lang) : nameIn(label, lang) || value;
}
