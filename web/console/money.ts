import type { Lang } from '../kit/format.ts';

export const FEN = 100;

const yuanOf = (fen: number, least: number): string =>
  (fen / FEN).toLocaleString('en-US', { minimumFractionDigits: least, maximumFractionDigits: 2 });

const marked = (yuan: string, fen: number, lang: Lang): string =>
  lang === 'zh-CN' ? `${yuan} 元` : `${fen < 0 ? '-' : ''}¥${yuan.replace('-', '')}`;

/** Fen as yuan with two decimals: `3.20 元`, `¥3.20`. */
export const moneyWords = (fen: number, lang: Lang): string => marked(yuanOf(fen, 2), fen, lang);

/** The same with its sign: `+3.20 元`, `−¥3.20`. */
export function moneyBy(fen: number, lang: Lang): string {
  return fen === 0 ? '0' : `${fen > 0 ? '+' : '−'}${moneyWords(Math.abs(fen), lang)}`;
}

/** From so many fen to so many, with no more decimals than it needs: `19–49.99 元`, `¥19–49.99`. */
export function moneyRange(from: number, to: number, lang: Lang): string {
  const ends = from === to ? yuanOf(from, 0) : `${yuanOf(from, 0)}–${yuanOf(to, 0)}`;
  return lang === 'zh-CN' ? `${ends} 元` : `¥${ends}`;
}
