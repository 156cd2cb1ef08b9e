import type { Precision } from './rules.ts';

/** A rule over all its days, and month by month in the months of the whole grid. */
export interface PrecisionRow {
  readonly whole: Precision;
  readonly months: (Precision | null)[];
}

export interface PrecisionGrid {
  readonly months: string[];
  readonly rows: PrecisionRow[];
}

/** Answers of the door as rows: the rule with the best lift first, those that cannot be judged yet last; months from the oldest on. */
export function precisionGrid(items: readonly Precision[]): PrecisionGrid {
  const months = [...new Set(items.flatMap(({ month }) => month ?? []))].sort();
  const rows = items
    .filter(({ month }) => month === null)
    .map((whole) => ({
      whole,
      months: months.map((month) => items.find((one) => one.rule === whole.rule && one.month === month) ?? null),
    }))
    .sort((a, b) => (b.whole.lift ?? -1) - (a.whole.lift ?? -1) || b.whole.undecided - a.whole.undecided);
  return { months, rows };
}
