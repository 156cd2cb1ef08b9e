/** A row of bars that is cut by two handles. Bars are of any width; a handle stands between two of them. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Where the handles stand for a range: how many bars lie before the first, and up to the second. Ends between two edges go to the outer one. */
export function handlesOf(bars: readonly Bar[], from: number | null, to: number | null): [number, number] {
  const first = from === null ? 0 : bars.findIndex((bar) => bar.to >= from);
  const last = to === null ? bars.length : bars.findLastIndex((bar) => bar.from <= to) + 1;
  const low = first < 0 ? bars.length : first;
  return [low, Math.max(low, last)];
}

/** The range that handles cut; a handle at the very edge leaves its end open. */
export const rangeAt = (bars: readonly Bar[], [low, high]: readonly [number, number]): { from: number | null; to: number | null } => ({
  from: low === 0 ? null : (bars[low]?.from ?? null),
  to: high === bars.length ? null : (bars[high - 1]?.to ?? null),
});

/** Whether any of a bar lies in the range. */
export const isIn = (bar: Bar, from: number | null, to: number | null): boolean =>
  (from === null || bar.to >= from) && (to === null || bar.from <= to);
