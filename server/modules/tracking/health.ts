import { sourcesOfFiles } from '#customer';
import type { House } from '#platform/module';
import { listSources } from '#source';
import type { SourceView } from './contract.ts';
import * as read from './read-store.ts';
import { rollUp } from './tally.ts';

/** Freshness of the sources: a silent source is not a stuck order. Looked up every few seconds, not per request. */
export interface Health {
  isSilent(source: string): boolean;
  lastHeard(source: string): string | null;
  refresh(): Promise<void>;
}

/** Silent: nothing heard for three times its usual pause, at least this long. */
const SILENT_MS = 30 * 60_000;
const PAUSES = 3;
/** Among so many events last received a source's lag is looked for. */
const LATELY = 20_000;

export function makeHealth(house: House): Health {
  let heard = new Map<string, number>();
  let usual = new Map<string, number | null>();
  return {
    isSilent: (source) => isSilent(Date.now() - (heard.get(source) ?? 0), usual.get(source) ?? null),
    lastHeard: (source) => (heard.has(source) ? new Date(heard.get(source) as number).toISOString() : null),
    async refresh() {
      await rollUp(house.db, Date.now());
      usual = new Map((await read.spokenMinutes(house.db)).map((s) => [s.source, usualPause(s)]));
      heard = new Map((await read.sourceCounts(house.db)).flatMap((c) => (c.heard === null ? [] : [[c.source, c.heard]])));
    },
  };
}

/** Whether a pause of so many milliseconds is more than a source's habit explains. */
export const isSilent = (pauseMs: number, usualSeconds: number | null): boolean =>
  pauseMs > Math.max(SILENT_MS, PAUSES * 1_000 * (usualSeconds ?? 0));

/** Minutes with events that make a habit. */
const HABIT = 10;

/** The mean pause between the minutes in which a source spoke, in seconds; null before it has a habit. */
export const usualPause = (spoken: { minutes: number; first: number; last: number } | undefined): number | null =>
  spoken === undefined || spoken.minutes < HABIT ? null : Math.round(((spoken.last - spoken.first) * 60) / (spoken.minutes - 1));

/** `GET /api/sources`: counts are exact as of now, the lag is that of the last event. */
export async function sourceViews(house: House): Promise<SourceView[]> {
  const now = Date.now();
  const [counts, parked, times, minutes, spoken, imported, customers] = await Promise.all([
    read.sourceCounts(house.db),
    read.countParked(house.db),
    read.lastEventTimes(house.db, LATELY),
    read.perMinute(house.db, now - 30 * 60_000),
    read.spokenMinutes(house.db),
    read.importedSources(house.db),
    sourcesOfFiles(house.db),
  ]);
  const by = <T extends { source: string }>(rows: readonly T[]) => new Map(rows.map((r) => [r.source, r]));
  const files = new Set([...imported.map((i) => i.source), ...customers]);
  const [c, p, t, k] = [by(counts), by(parked), by(times), by(spoken)];
  const first = Math.floor(now / 60_000) - 29;
  const ids = new Set([...listSources().map((s) => s.id), ...counts.map((x) => x.source)]);
  const settings = new Map(listSources().map((s) => [s.id, s]));
  return [...ids].sort().map((id) => {
    const n = c.get(id);
    const last = t.get(id);
    const s = settings.get(id);
    const usualSeconds = usualPause(k.get(id));
    const perMinute = Array.from({ length: 30 }, () => 0);
    for (const m of minutes) if (m.source === id && m.minute >= first) perMinute[m.minute - first] = m.n;
    return {
      id,
      name: s?.name ?? id,
      lastHeardAt: n?.heard ? new Date(n.heard).toISOString() : null,
      lagSeconds: last === undefined ? null : Math.max(0, Math.round(last.received / 1000 - last.at / 1_000_000)),
      accepted: n?.accepted ?? 0,
      duplicates: n?.duplicates ?? 0,
      conflicts: n?.conflicts ?? 0,
      rejected: n?.rejected ?? 0,
      parked: p.get(id)?.n ?? 0,
      silent: isSilent(now - (n?.heard ?? 0), usualSeconds),
      scenario: s?.scenario ?? null,
      zone: s?.zone ?? null,
      open: s?.open ?? [],
      perMinute,
      usualSeconds,
      fromFiles: files.has(id) && usualSeconds === null,
    };
  });
}
