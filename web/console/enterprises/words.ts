import type { TFunction } from 'i18next';
import type { Indicator } from '#enterprise/contract';
import { figure, integer, type Lang } from '../../kit/format.ts';

/** How values of enterprises read. */

const FEN = 100;

/** Fen as money that is read, not added up: `1.2 亿元`, `¥120M`. */
export const moneyFigure = (fen: number, lang: Lang): string =>
  lang === 'zh-CN' ? `${figure(fen / FEN, lang)}${fen / FEN >= 10_000 ? '元' : ' 元'}` : `¥${figure(fen / FEN, lang)}`;

/** An indicator's value by its unit; null: unknown. */
export function valueWords(value: number | null, unit: Indicator['unit'], t: TFunction, lang: Lang): string {
  if (value === null) return t('enterprise.state.unknown');
  if (unit === 'fen') return moneyFigure(value, lang);
  if (unit === 'flag') return t(value === 0 ? 'tag.no' : 'tag.yes');
  return t(`enterprise.unit.${unit}`, { value: integer(value) });
}
