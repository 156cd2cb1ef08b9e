import type { Column } from './column.ts';
import type { Fact } from './contract.ts';

export const aFact = (name: string, kind: Fact['kind'], over: Partial<Fact> = {}): Fact => ({
  name,
  kind,
  unit: kind,
  from: kind === 'flag' ? 0 : -1_000_000_000,
  to: kind === 'flag' ? 1 : 1_000_000_000,
  names: { zh: name, en: name },
  ...over,
});

const BLOCK = 65_536;

/** A block of codes with these values at these places, all others unknown. */
export function aColumn(values: ReadonlyMap<number, number>, base: number, width: Column['width']): Column {
  const body = new Uint8Array(BLOCK * width);
  const view = new DataView(body.buffer);
  for (const [i, value] of values) {
    const code = BigInt(value - base + 1);
    for (let b = 0; b < width; b++) view.setUint8(i * width + b, Number((code >> BigInt(8 * b)) & 255n));
  }
  return { base, width, known: null, body };
}

/** Bitmaps of a flag; `known` null: who is not in `values` is a no. */
export function aFlag(values: ReadonlyMap<number, boolean>, known: 'some' | 'all'): Column {
  const yes = new Uint8Array(BLOCK / 8);
  const there = new Uint8Array(BLOCK / 8);
  const set = (to: Uint8Array, i: number): void => {
    to[i >> 3] = (to[i >> 3] as number) | (1 << (i & 7));
  };
  for (const [i, value] of values) {
    set(there, i);
    if (value) set(yes, i);
  }
  return { base: 0, width: 1, known: known === 'all' ? null : there, body: yes };
}
