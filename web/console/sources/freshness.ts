import type { SourceView } from '#tracking/contract';

/** Below this a delay is none: half the trade stamps whole seconds. */
const PROMPT_SECONDS = 60;
/** Beyond this nothing is late any more: a source that sends what happened days ago tells of the past, be it a repair or its history. */
const LATE_SECONDS = 24 * 3_600;

type Health = Pick<SourceView, 'silent' | 'fromFiles' | 'lastHeardAt' | 'lagSeconds' | 'usualSeconds'>;

/** How a source does, as one sentence: its word in the dictionary and the seconds that stand in it. */
export type Freshness =
  | { says: 'never' | 'files' | 'prompt' | 'unknown' }
  | { says: 'late' | 'past'; seconds: number }
  | { says: 'quiet'; seconds: number }
  | { says: 'quietUnlike'; seconds: number; usual: number };

/** Silence first: who is not heard has no lag worth telling. `now` in epoch ms. */
export function freshness(source: Health, now: number): Freshness {
  if (source.fromFiles) return { says: 'files' };
  if (source.lastHeardAt === null) return { says: 'never' };
  if (source.silent) {
    const seconds = Math.max(0, Math.round((now - Date.parse(source.lastHeardAt)) / 1000));
    return source.usualSeconds === null ? { says: 'quiet', seconds } : { says: 'quietUnlike', seconds, usual: source.usualSeconds };
  }
  if (source.lagSeconds === null) return { says: 'unknown' };
  if (source.lagSeconds < PROMPT_SECONDS) return { says: 'prompt' };
  return { says: source.lagSeconds < LATE_SECONDS ? 'late' : 'past', seconds: source.lagSeconds };
}

/** Silence that somebody should look at. */
export const isWorrying = (source: Pick<Health, 'silent' | 'fromFiles'>): boolean => source.silent && !source.fromFiles;
