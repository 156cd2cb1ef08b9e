import { fill } from '#platform/i18n';
import type { House } from '#platform/module';
import { refusals, takeIn } from '#tracking';
import { openLedger } from './fileStore.ts';
import { type Desk, type FeedRow, noCounts, type OpenMap, type RefusedRow, type Taken } from './kind.ts';
import * as store from './store.ts';

/** Events handed to the intake at once. */
const AT_ONCE = 1_000;

export interface DeskOf {
  readonly feed: store.FeedRecord;
  /** With its secrets. */
  readonly settings: unknown;
  readonly map: OpenMap;
  readonly signal: AbortSignal;
}

/** The desk at which a kind works on one feed. Everything that it is told is written at once. */
export function openDesk(house: House, { feed, settings, map, signal }: DeskOf): Desk {
  const { db, vault } = house;
  const { id, source } = feed;
  return {
    id,
    settings,
    map,
    signal,
    position: feed.position,
    replayFrom: feed.replay_from,
    async take(rows) {
      const sum = { ...noCounts(), refused: [] as RefusedRow[] };
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        const some = await takeSome(house, source, rows.slice(from, from + AT_ONCE));
        const now = Date.now();
        await store.addCounts(db, id, some, now, lagOf(rows, now));
        await store.addRefused(
          db,
          id,
          some.refused.map((r) => ({ ...r, sealed: vault.seal(r.raw) })),
          now,
        );
        for (const name of ['accepted', 'duplicates', 'conflicts', 'rejected'] as const) sum[name] += some[name];
        sum.refused.push(...some.refused);
      }
      return sum;
    },
    async keep(position) {
      await store.keepPosition(db, id, position, Date.now());
    },
    positionAt: (time) => store.positionAt(db, id, time),
    async replayed() {
      if (feed.replay_from !== null) await store.endReplay(db, id, feed.replay_from);
    },
    async looked(facts) {
      await store.noteLook(db, id, facts, Date.now());
    },
    files: openLedger(db, id),
  };
}

async function takeSome(house: House, source: string, rows: readonly FeedRow[]): Promise<Taken> {
  const refused: RefusedRow[] = [];
  const good: (FeedRow & { event: object })[] = [];
  for (const row of rows) {
    if ('event' in row) good.push(row);
    else refused.push({ line: row.line, ...row.rejected });
  }
  const sums = await takeIn(
    house,
    source,
    good.map((row, at) => ({ line: at, value: row.event })),
  );
  for (const { line: at, code, details } of sums.rejected) {
    const row = good[at];
    refused.push({
      line: row?.line ?? 0,
      code,
      message: fill(refusals[code]?.en ?? code, details).trim(),
      raw: JSON.stringify(row?.event),
    });
  }
  const { accepted, duplicates, conflicts } = sums;
  return { accepted, duplicates, conflicts, rejected: refused.length, refused };
}

/** Seconds from the latest event's time to now; null where no row is an event. */
function lagOf(rows: readonly FeedRow[], now: number): number | null {
  let latest = Number.NEGATIVE_INFINITY;
  for (const row of rows) if ('event' in row) latest = Math.max(latest, Date.parse((row.event as { time?: string }).time ?? '') || latest);
  return Number.isFinite(latest) ? Math.max(0, Math.min(2_000_000_000, Math.round((now - latest) / 1_000))) : null;
}
