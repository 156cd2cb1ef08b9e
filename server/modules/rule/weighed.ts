import type { Value, ValueKind } from './expression.ts';

/** Values with what is known of them before any customer is looked at; numbers with decimals are integers of small units, side by side equally fine. */

export interface Weighed {
  readonly value: Value;
  readonly kind: ValueKind;
  readonly from: number;
  readonly to: number;
  /** Of a number: `value`, `from` and `to` are in units of 10^−decimals. */
  readonly decimals: number;
}

/** A figure of so many units of 10^−decimals. */
export const figure = (value: number, decimals = 0): Weighed => ({
  value: decimals === 0 ? { op: 'constant', value } : { op: 'constant', value, decimals },
  kind: 'number',
  from: value,
  to: value,
  decimals,
});

/** How far a value can be from nothing, in its units. */
export const mostOf = ({ from, to }: Pick<Weighed, 'from' | 'to'>): number => Math.max(-from, to);

/** The same number in units of 10^−decimals, which are not larger than its own. */
export function asFineAs(of: Weighed, decimals: number): Weighed {
  const by = decimals - of.decimals;
  if (by === 0) return of;
  const { value, from, to } = of;
  const units = 10 ** by;
  if (value.op === 'constant') return figure(value.value * units, decimals);
  return { value: { op: 'finer', of: value, by }, kind: 'number', from: from * units, to: to * units, decimals };
}

/** Two numbers in the finer units of the two; two values of other kinds as they are. */
export function equallyFine(a: Weighed, b: Weighed): [Weighed, Weighed] {
  const decimals = Math.max(a.decimals, b.decimals);
  return [asFineAs(a, decimals), asFineAs(b, decimals)];
}
