import type { Model, Version } from './models.ts';

/** What a model's state is, in one word, and the version that it is about. */
export interface Stand {
  readonly state: Version['state'] | 'none' | 'outside';
  readonly n: number;
  /** Of the work under way, 0 to 1. */
  readonly share: number;
}

export const shareOf = ({ done, total }: { done: number; total: number }): number => (total === 0 ? 0 : Math.min(1, done / total));

/** Work under way goes first, then what is in use, then what waits for a decision. */
export function standOf({ kind, latest, published }: Pick<Model, 'kind' | 'latest' | 'published'>): Stand {
  if (kind === 'outside') return { state: published === null ? 'retired' : 'outside', n: 1, share: 0 };
  if (latest === null) return { state: 'none', n: 0, share: 0 };
  if (latest.progress) return { state: latest.state, n: latest.n, share: shareOf(latest.progress) };
  const shown = published ?? latest;
  return { state: shown.state, n: shown.n, share: 0 };
}

/** How good a model is: by its folds, or, of scores from outside, by the latest of them that were held against their outcome, those of the day `of`. */
export function goodnessOf({ kind, published, latest, health }: Pick<Model, 'kind' | 'published' | 'latest' | 'health'>): {
  readonly auc: number | null;
  readonly ece: number | null;
  readonly of: string | null;
} {
  if (kind === 'outside') return { auc: null, ece: null, of: null, ...health?.judged };
  const figures = (published ?? latest)?.figures;
  return { auc: figures?.auc ?? null, ece: figures?.ece ?? null, of: null };
}

/** "0.849"; a dash where there is none. */
export const three = (figure: number | null | undefined): string => (figure === null || figure === undefined ? '–' : figure.toFixed(3));

/** What the odds are multiplied by: "1.8", "0.45". */
export const timesOf = (part: number): string => {
  const times = Math.exp(part);
  return times >= 10 ? times.toFixed(0) : times >= 1 ? times.toFixed(1) : times.toFixed(2);
};

/** Points of a curve in a square of this side, from the lower left. */
export const pathOf = (points: readonly { readonly x: number; readonly y: number }[], side: number): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${(x * side).toFixed(1)} ${((1 - y) * side).toFixed(1)}`).join('');
