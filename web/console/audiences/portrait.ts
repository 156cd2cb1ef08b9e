import type { z } from 'zod';
import type { Portrait } from '#audience/contract';
import { isMoney } from '#tag/contract';
import type { Lang } from '../../kit/format.ts';
import { moneyRange } from '../money.ts';
import { dateWords } from '../tags/values.ts';
import type { Namer } from '../words.ts';

type PortraitTag = z.infer<typeof Portrait>['tags'][number];

/** A bar of the audience beside everybody: shares of those of whom the tag is known; `index`: 100 = as everybody, null where nobody has it. */
export interface PortraitLine {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly base: number;
  readonly share: number;
  readonly baseShare: number;
  readonly index: number | null;
}

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

type End = number | string | undefined;
const ends = (from: End, to: End, money: Lang | null): string => {
  if (money !== null && typeof from === 'number' && typeof to === 'number') return moneyRange(from, to, money);
  const said = (end: End) => (typeof end === 'number' ? end.toLocaleString('en-US') : (end ?? ''));
  return from === to ? said(from) : `${said(from)}–${said(to)}`;
};

/** A piece of the calendar by its first day, as people call it. */
export function pieceWords(piece: NonNullable<PortraitTag['piece']>, from: string, to: string, lang: Lang): string {
  const [year = '', month = ''] = from.split('-');
  switch (piece) {
    case 'month':
      return dateWords(`${year}-${month}`, lang);
    case 'quarter':
      return lang === 'zh-CN' ? `${Number(year)}年${Math.ceil(Number(month) / 3)}季度` : `Q${Math.ceil(Number(month) / 3)} ${Number(year)}`;
    case 'year':
      return lang === 'zh-CN' ? `${Number(year)}年` : String(Number(year));
    case 'decade':
      return `${Number(year)}–${Number(to.slice(0, 4))}`;
    default:
      return from === to ? dateWords(from, lang) : `${dateWords(from, lang)}–${dateWords(to, lang)}`;
  }
}

/** A tag's bars as lines. Values of a one-of in the order of how many there are here; numbers and dates in their own. */
export function portraitLines(tag: Pick<PortraitTag, 'kind' | 'names' | 'bars' | 'piece'>, names: Namer, lang: Lang): PortraitLine[] {
  const known = tag.bars.reduce((n, bar) => n + bar.count, 0);
  const baseKnown = tag.bars.reduce((n, bar) => n + bar.base, 0);
  const lines = tag.bars.map((bar) => {
    const [share, baseShare] = [ratio(bar.count, known), ratio(bar.base, baseKnown)];
    const said = tag.piece
      ? pieceWords(tag.piece, String(bar.from), String(bar.to), lang)
      : bar.value === undefined
        ? ends(bar.from, bar.to, isMoney(tag.names) ? lang : null)
        : names.of(bar.names) || String(bar.value);
    return {
      key: String(bar.value ?? bar.from),
      label: said,
      count: bar.count,
      base: bar.base,
      share,
      baseShare,
      index: baseShare > 0 ? Math.round((share / baseShare) * 100) : null,
    };
  });
  return tag.kind === 'oneOf' ? lines.sort((a, b) => b.count - a.count || b.base - a.base) : lines;
}

/** Pieces of a number that lie side by side, as one: from where the first begins to where the last ends. */
export const spanned = (lines: readonly PortraitLine[]): string =>
  [lines[0]?.label.split('–')[0] ?? '', lines.at(-1)?.label.split('–').at(-1) ?? ''].join('–');

/** The first lines, and all others as one where they are many; `rest` says what those are called. */
export function shortened(
  lines: readonly PortraitLine[],
  most: number,
  rest: (others: readonly PortraitLine[]) => string,
): readonly PortraitLine[] {
  if (lines.length <= most) return lines;
  const others = lines.slice(most - 1);
  const sum = (field: 'count' | 'base' | 'share' | 'baseShare') => others.reduce((n, line) => n + line[field], 0);
  const [share, baseShare] = [sum('share'), sum('baseShare')];
  return [
    ...lines.slice(0, most - 1),
    {
      key: 'rest',
      label: rest(others),
      count: sum('count'),
      base: sum('base'),
      share,
      baseShare,
      index: baseShare > 0 ? Math.round((share / baseShare) * 100) : null,
    },
  ];
}
