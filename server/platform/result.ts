/**
 * A refusal is a value, named like a sentence: `noun.reason`. A fault is thrown. Status codes live at the edge (`http.ts`).
 */
export interface Refusal {
  readonly refused: true;
  readonly code: string;
  readonly details: Record<string, unknown>;
}

export const refuse = (code: string, details: Record<string, unknown> = {}): Refusal => ({ refused: true, code, details });

export const isRefusal = (x: unknown): x is Refusal => typeof x === 'object' && x !== null && (x as { refused?: unknown }).refused === true;

/** Thrown by `inTx` and by doors so that a refusal rolls back and travels; never used as control flow inside a module. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** The value, or the refusal thrown: for doors, where a refusal ends the request. */
export const orThrow = <T>(x: T): Exclude<T, Refusal> => {
  if (isRefusal(x)) throw new Refused(x);
  return x as Exclude<T, Refusal>;
};
