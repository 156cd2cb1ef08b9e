/** Work that is done a slice at a time, so that a long question does not hold the short ones that come after it. */
export type Sliced<T> = Generator<void, T, void>;

/** As long as a slice lasts: some thirty times what it costs to go from one to the next. */
const SLICE_MS = 2;

/** Does portions of `each` from `from` on until a slice is over or there are no more; answers where it stopped. */
export function slice(from: number, end: number, each: number, portion: (from: number, to: number) => void): number {
  const until = performance.now() + SLICE_MS;
  let at = from;
  do {
    const to = Math.min(end, at + each);
    portion(at, to);
    at = to;
  } while (at < end && performance.now() < until);
  return at;
}

/** All of it at once. */
export function wholly<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Work that was given up. */
export class Stopped extends Error {}

export interface Turns {
  /** Begins what is called `n`. */
  begin<T>(n: number, work: Sliced<T>, done: (value: T) => void, failed: (e: unknown) => void): void;
  /** Gives it up: it fails with Stopped, unless it is over. */
  stop(n: number): void;
}

/** Everybody's work in turns, a slice of each; who finds nobody before him begins at once. `later` calls back when other things had their turn. */
export function inTurns(later: (fn: () => void) => void): Turns {
  let turns: { readonly n: number; slice(): boolean; failed(e: unknown): void }[] = [];
  let due = false;
  const plan = (): void => {
    if (due || turns.length === 0) return;
    due = true;
    later(next);
  };
  const next = (): void => {
    due = false;
    const turn = turns.shift();
    if (turn?.slice()) turns.push(turn);
    plan();
  };
  return {
    begin(n, work, done, failed) {
      const slice = (): boolean => {
        try {
          const { done: over, value } = work.next();
          if (over) done(value);
          return !over;
        } catch (e) {
          failed(e);
          return false;
        }
      };
      turns.push({ n, slice, failed });
      if (turns.length === 1 && !due) next();
      else plan();
    },
    stop(n) {
      const stopped = turns.filter((t) => t.n === n);
      turns = turns.filter((t) => t.n !== n);
      for (const { failed } of stopped) failed(new Stopped('nobody waits for it'));
    },
  };
}
