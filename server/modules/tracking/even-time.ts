/**
 * When misses are answered: else the time would tell a firm of thousands of orders from nobody. `least` ms after they were asked, and on a busy
 * machine, where they take longer than that, as long as nineteen of twenty took of late, at most `most` ms: one hiccup holds up nobody. What of late
 * means fades with every miss, and by half in `half` ms.
 */
export function evenTime({ least, most, half }: { least: number; most: number; half: number }) {
  let usual = least;
  let at = 0;
  /** ms to wait for a miss that has taken `elapsed` ms at `now` (ms of any clock that only goes on). */
  return (elapsed: number, now: number): number => {
    const until = Math.min(most, Math.max(least, usual * 2 ** ((at - now) / half)));
    usual = until * (elapsed > until ? UP : DOWN);
    at = now;
    return Math.max(0, until - elapsed);
  };
}

/** Nineteen steps down are one step up: so it comes to rest where one of twenty took longer. */
const DOWN = 0.996;
const UP = DOWN ** -19;
