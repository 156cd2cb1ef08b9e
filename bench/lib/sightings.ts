import { type Histogram, makeHistogram } from './histogram.ts';

/** What was sent to each page, and when its page showed it. */
export interface Sightings {
  readonly latency: Histogram;
  /** An event of this page is on its way: the mark that the page will show (rising per page), and when it was due. */
  sent(page: number, mark: number, due: number): void;
  /** The page shows this mark: everything of it up to there is seen. */
  saw(page: number, mark: number, now: number): void;
  /** Sent and not yet seen. */
  readonly open: number;
  /** A new round: latencies from here on; what was not seen is forgotten. */
  clear(): void;
}

export function makeSightings(pages: number): Sightings {
  let latency = makeHistogram();
  const waiting: { mark: number; due: number }[][] = Array.from({ length: pages }, () => []);
  let open = 0;
  return {
    get latency() {
      return latency;
    },
    get open() {
      return open;
    },
    sent(page, mark, due) {
      waiting[page]?.push({ mark, due });
      open++;
    },
    saw(page, mark, now) {
      const list = waiting[page] ?? [];
      let seen = 0;
      for (; seen < list.length && (list[seen] as { mark: number }).mark <= mark; seen++)
        latency.record(now - (list[seen] as { due: number }).due);
      if (seen > 0) list.splice(0, seen);
      open -= seen;
    },
    clear() {
      latency = makeHistogram();
      for (const list of waiting) list.length = 0;
      open = 0;
    },
  };
}
