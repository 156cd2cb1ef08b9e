import type { TagValue, TagView } from '#tag/contract';
import type { Lang } from '../../kit/format.ts';
import { nameIn } from '../words.ts';

/** How values of tags read. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** A month `yyyy-MM` or a day `yyyy-MM-dd`: `2026年10月`, `3 Oct 2026`. */
export function dateWords(text: string, lang: Lang): string {
  const [year, month, day] = text.split('-').map(Number) as [number, number, number?];
  if (lang === 'zh-CN') return `${year}年${month}月${day === undefined ? '' : `${day}日`}`;
  return `${day === undefined ? '' : `${day} `}${MONTHS[month - 1]} ${year}`;
}

/** With as many decimals as the tag keeps. */
export const numberWords = (value: number, scale: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: scale, maximumFractionDigits: scale });

type Read = Pick<TagView, 'kind' | 'scale'> & { label?: { zh: string; en: string } | null };

/** A value of a customer or a bound of the tag; `yes` and `no` are the words of the language on show. Empty where nothing is known. */
export function valueWords(value: TagValue, { kind, scale, label }: Read, lang: Lang, [yes, no]: readonly [string, string]): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value === 'number') return numberWords(value, scale);
  return kind === 'date' ? dateWords(value, lang) : nameIn(label, lang) || value;
}
