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

/** Everybody's work in turns, a slice of each. `later` calls back when other things had their turn. */
export function inTurns(
  later: (fn: () => void) => void,
): <T>(work: Sliced<T>, done: (value: T) => void, failed: (e: unknown) => void) => void {
  const turns: (() => boolean)[] = [];
  const next = (): void => {
    const turn = turns.shift();
    if (turn?.()) turns.push(turn);
    if (turns.length > 0) later(next);
  };
  return (work, done, failed) => {
    turns.push(() => {
      try {
        const { done: over, value } = work.next();
        if (over) done(value);
        return !over;
      } catch (e) {
        failed(e);
        return false;
      }
    });
    if (turns.length === 1) later(next);
  };
}
