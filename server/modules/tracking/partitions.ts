import type { Db } from '#platform/db';
import { firstIdAt } from './intake.ts';

const AHEAD = 3;

/** Partitions of `event` for this month and the next ones; what comes when none fits lies in `event_rest`. May run twice. */
export async function makePartitions(db: Db, nowMs: number): Promise<void> {
  const now = new Date(nowMs);
  for (let i = 0; i < AHEAD; i++) {
    const from = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + i, 1);
    const to = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + i + 1, 1);
    const name = `event_${new Date(from).toISOString().slice(0, 7).replace('-', '_')}`;
    await db.query(
      '',
      `create table if not exists tracking.${name} partition of tracking.event for values from (${firstIdAt(from)}) to (${firstIdAt(to)})`,
    );
  }
}
