import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';

/** How long a rolled-up batch row stays for cursors that lag behind. */
const KEPT_MS = 3_600_000;
const ACTOR = systemActor('tracking.tally');

/** Transaction ids count anew in another store: what was rolled up goes, what was not begins where this transaction is. */
export const RESTORED = `
delete from tracking.batch where xid < (select xid from tracking.rolled);
update tracking.batch set xid = pg_current_xact_id();
update tracking.rolled set xid = pg_current_xact_id();`;

/**
 * Rolls finished batches up into counts per source and minute, each once. The cursor is a transaction id, not a row number: numbers are
 * given before commit, so a lower one may appear later; whereas every transaction below the oldest running one is over and seen.
 */
export async function rollUp(db: Db, nowMs: number): Promise<void> {
  await db.inTx(ACTOR, async ({ tx }) => {
    const [at] = await tx.query<{ from: string; upto: string }>(
      'tracking-tally-from',
      `select r.xid::text "from", pg_snapshot_xmin(pg_current_snapshot())::text upto from tracking.rolled r for update of r skip locked`,
    );
    if (at === undefined || at.from === at.upto) return;
    await tx.query(
      'tracking-tally',
      `with new as (
         select c.key source, (c.value->>0)::bigint a, (c.value->>1)::bigint d, (c.value->>2)::bigint k, (c.value->>3)::bigint r, b.at
         from tracking.batch b cross join lateral json_each(b.counts) c where b.xid >= $1::xid8 and b.xid < $2::xid8),
       pulse as (
         insert into tracking.pulse as p select source, at / 60000, sum(a) from new group by 1, 2
         on conflict (source, minute) do update set accepted = p.accepted + excluded.accepted)
       insert into tracking.tally as t (source, accepted, duplicates, conflicts, rejected, heard)
       select source, sum(a), sum(d), sum(k), sum(r), max(at) from new group by source
       on conflict (source) do update set accepted = t.accepted + excluded.accepted, duplicates = t.duplicates + excluded.duplicates,
         conflicts = t.conflicts + excluded.conflicts, rejected = t.rejected + excluded.rejected, heard = greatest(t.heard, excluded.heard)`,
      [at.from, at.upto],
    );
    await tx.query('tracking-tally-rolled', 'update tracking.rolled set xid = $1::xid8', [at.upto]);
    await tx.query('tracking-tally-clean', 'delete from tracking.batch where xid < $1::xid8 and at < $2', [at.upto, nowMs - KEPT_MS]);
    await tx.query('tracking-tally-pulse', 'delete from tracking.pulse where minute < $1', [Math.floor((nowMs - 86_400_000) / 60_000)]);
  });
}
