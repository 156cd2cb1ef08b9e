import type { Precision } from './rules.ts';

/** A rule over all its days, and period by period (months, or weeks by their Monday) in those of the whole grid. */
export interface PrecisionRow {
  readonly whole: Precision;
  readonly periods: (Precision | null)[];
}

export interface PrecisionGrid {
  readonly periods: string[];
  readonly rows: PrecisionRow[];
}

/** Answers of the door as rows: the rule with the best lift first, those that cannot be judged yet last; periods from the oldest on. */
export function precisionGrid(items: readonly Precision[]): PrecisionGrid {
  const periods = [...new Set(items.flatMap(({ period }) => period ?? []))].sort();
  const rows = items
    .filter(({ period }) => period === null)
    .map((whole) => ({
      whole,
      periods: periods.map((period) => items.find((one) => one.rule === whole.rule && one.period === period) ?? null),
    }))
    .sort((a, b) => (b.whole.lift ?? -1) - (a.whole.lift ?? -1) || b.whole.undecided - a.whole.undecided);
  return { periods, rows };
}
