import type { Sql } from '#platform/db';
import type { FeedFile } from './contract.ts';
import type { KnownFile, Ledger } from './kind.ts';

/** The ledger of a folder's files: each name as often as it came, each content taken once. */

export interface FileRecord {
  id: number;
  name: string;
  size: number;
  state: FeedFile['state'];
  rows: number | null;
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  why: string | null;
  why_details: Record<string, unknown> | null;
  seen: number;
  taken: number | null;
}

/** Names of this age are looked through for gaps in their numbers. */
const GAP_DAYS_MS = 31 * 86_400_000;

export function openLedger(sql: Sql, feed: string): Ledger {
  const query = sql.query;
  const put = async (name: string, size: number, state: string, sha256: string | null, why: { code: string; details: object } | null) => {
    const [row] = await query<{ id: number }>(
      'feed-file-put',
      `insert into feed.file as f (feed, name, size, state, sha256, why, why_details, seen) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (feed, name) where state in ('waiting', 'taking', 'taken')
       do update set size = excluded.size, state = excluded.state, sha256 = excluded.sha256, why = excluded.why, why_details = excluded.why_details
       returning id`,
      [feed, name, size, state, sha256, why?.code ?? null, why === null ? null : JSON.stringify(why.details), Date.now()],
    );
    return row?.id as number;
  };
  const end = (id: number, state: string, kept: string) =>
    query('feed-file-end', 'update feed.file set state = $2, kept = $3, taken = $4 where id = $1', [id, state, kept, Date.now()]);
  return {
    async here(names) {
      const moved = await query<{ name: string }>(
        'feed-file-moved-away',
        `with gone as (select id, state from feed.file where feed = $1 and state in ('waiting', 'taking', 'taken') and name <> all ($2::text[])),
           forgotten as (delete from feed.file where id in (select id from gone where state <> 'taken'))
         update feed.file set state = 'done' where id in (select id from gone where state = 'taken') returning name`,
        [feed, names],
      );
      return moved.map((r) => r.name);
    },
    waits: async (name, size, why) => {
      await put(name, size, 'waiting', null, why);
    },
    known: async (sha256) =>
      (
        await query<KnownFile & Record<string, unknown>>(
          'feed-file-known',
          `select id, name, kept, rows, state from feed.file where feed = $1 and sha256 = $2 and state in ('taken', 'done') order by id limit 1`,
          [feed, sha256],
        )
      )[0],
    begins: (name, size, sha256) => put(name, size, 'taking', sha256, null),
    async taken(id, kept, rows, n) {
      await query(
        'feed-file-taken',
        `update feed.file set state = 'taken', kept = $2, rows = $3, accepted = $4, duplicates = $5, conflicts = $6, rejected = $7, taken = $8 where id = $1`,
        [id, kept, rows, n.accepted, n.duplicates, n.conflicts, n.rejected, Date.now()],
      );
    },
    async moved(id) {
      await query('feed-file-moved', `update feed.file set state = 'done' where id = $1`, [id]);
    },
    rejects: async (name, size, kept, why) => {
      await end(await put(name, size, 'waiting', null, why), 'rejected', kept);
    },
    same: async (name, size, sha256, kept, as) => {
      await end(await put(name, size, 'waiting', sha256, { code: 'feed.file-same', details: { name: as } }), 'same', kept);
    },
    async takenSince(from) {
      const rows = await query<{ kept: string }>(
        'feed-file-since',
        `select kept from feed.file where feed = $1 and state in ('taken', 'done') and taken >= $2 and kept is not null order by taken, id`,
        [feed, from],
      );
      return rows.map((r) => r.kept);
    },
  };
}

/** The newest first; `state` may be absent. */
export const latestFiles = (sql: Sql, feed: string, state: string | undefined, limit: number): Promise<FileRecord[]> =>
  sql.query<FileRecord & Record<string, unknown>>(
    'feed-files',
    `select id, name, size, state, rows, accepted, duplicates, conflicts, rejected, why, why_details, seen, taken from feed.file
     where feed = $1 and ($2::text is null or state = $2) order by id desc limit $3`,
    [feed, state ?? null, limit],
  );

export const countFiles = (sql: Sql): Promise<{ feed: string; state: FeedFile['state']; n: number }[]> =>
  sql.query('feed-file-counts', 'select feed, state, count(*) n from feed.file group by 1, 2');

/** Names seen lately, for their numbers. */
export const recentNames = async (sql: Sql, feed: string, now: number): Promise<string[]> =>
  (
    await sql.query<{ name: string }>('feed-file-names', 'select distinct name from feed.file where feed = $1 and seen >= $2', [
      feed,
      now - GAP_DAYS_MS,
    ])
  ).map((r) => r.name);
