/** What was, what is, and what was taken back. `tag`: the field of the last change; typing on in one field is one step back. */
export interface History<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
  readonly tag: string | null;
}

const MOST = 200;

export const begin = <T>(now: T): History<T> => ({ past: [], now, future: [], tag: null });

/** The next state; one that says the same changes nothing. */
export function change<T>(history: History<T>, next: T, tag: string | null = null): History<T> {
  if (JSON.stringify(next) === JSON.stringify(history.now)) return history;
  const goesOn = tag !== null && tag === history.tag;
  return { past: goesOn ? history.past : [...history.past, history.now].slice(-MOST), now: next, future: [], tag };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], tag: null };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...rest] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.now], now: next, future: rest, tag: null };
}
