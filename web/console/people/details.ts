import type { Namer } from '../words.ts';

/** What stands beside an act in the trail, for people: a name in the reader's language, a list by its first few, nothing where nothing is said. */

const MOST = 5;

const isNames = (value: object): value is { zh: string; en: string } => 'zh' in value && 'en' in value;

export function detailWords(value: unknown, names: Pick<Namer, 'of'>): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) {
    const some = value.slice(0, MOST).map((one) => detailWords(one, names));
    return `${some.filter(Boolean).join(' · ')}${value.length > MOST ? ` … ${value.length}` : ''}`;
  }
  if (typeof value !== 'object') return String(value);
  return isNames(value) ? names.of(value) : JSON.stringify(value);
}
