import { type Chance, drawn, shuffle } from './chance.ts';

/**
 * Deals rows into `count` folds of nearly equal size, each class apart, so that every fold has its share of both. `label`: 0 or 1 a row.
 * Answers the fold of each row, 0 to `count` − 1.
 */
export function stratifiedFolds(label: Uint8Array, count: number, chance: Chance): Uint8Array {
  const folds = new Uint8Array(label.length);
  let next = 0;
  for (const ones of [1, 0]) {
    for (const row of shuffle(rowsWhere(label, ones), chance)) {
      folds[row] = next;
      next = (next + 1) % count;
    }
  }
  return folds;
}

/** The places in `values` that hold `value`, in their order. */
export function rowsWhere(values: Uint8Array, value: number): Uint32Array {
  let count = 0;
  for (const one of values) if (one === value) count++;
  const rows = new Uint32Array(count);
  let at = 0;
  for (let row = 0; row < values.length; row++) if (values[row] === value) rows[at++] = row;
  return rows;
}

/** The places in `values` that hold anything but `value`, in their order. */
export function rowsWithout(values: Uint8Array, value: number): Uint32Array {
  const rows = new Uint32Array(values.length);
  let at = 0;
  for (let row = 0; row < values.length; row++) if (values[row] !== value) rows[at++] = row;
  return rows.slice(0, at);
}

/** At most `count` places of `label` by chance, each class by its share, in their order; all of them where there are no more. */
export function stratifiedSample(label: Uint8Array, count: number, chance: Chance): Uint32Array {
  if (label.length <= count) return Uint32Array.from(label.keys());
  const parts = [1, 0].map((ones) => {
    const rows = rowsWhere(label, ones);
    const share = Math.max(Math.min(rows.length, 1), Math.round((rows.length * count) / label.length));
    return drawn(rows, share, chance);
  });
  return Uint32Array.from(parts.flatMap((part) => [...part])).sort();
}
