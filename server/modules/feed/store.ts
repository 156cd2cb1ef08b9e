import type { Sql } from '#platform/db';
import type { FeedKind } from './contract.ts';
import type { Counts, RefusedRow, Why } from './kind.ts';

export interface FeedRecord {
  id: string;
  name: string;
  kind: FeedKind;
  source: string;
  settings: Record<string, unknown>;
  secrets: Buffer | null;
  map: string;
  paused: boolean;
  created: number;
  version: number;
  replay_from: number | null;
  position: unknown;
  shown: string | null;
  waiting: number | null;
  looked: number | null;
  heard: number | null;
  lag: number | null;
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  error: string | null;
  error_details: Record<string, unknown> | null;
  failing: number | null;
}

const FIELDS = `id, name, kind, source, settings, secrets, map, paused, created, version, replay_from, position, shown, waiting, looked, heard, lag,
  accepted, duplicates, conflicts, rejected, error, error_details, failing`;
/** Newest refused rows kept per feed. */
const REFUSED = 10_000;
const MINUTE = 60_000;
const MARKS_KEPT_MS = 90 * 86_400_000;

type Row = FeedRecord & Record<string, unknown>;

export const allFeeds = (sql: Sql): Promise<FeedRecord[]> => sql.query<Row>('feed-all', `select ${FIELDS} from feed.feed order by id`);

/** What the runner asks every second. */
export const versions = (sql: Sql): Promise<{ id: string; version: number; paused: boolean }[]> =>
  sql.query('feed-versions', 'select id, version, paused from feed.feed');

export const feedById = async (sql: Sql, id: string): Promise<FeedRecord | undefined> =>
  (await sql.query<Row>('feed-by-id', `select ${FIELDS} from feed.feed where id = $1`, [id]))[0];

export const lockFeed = async (sql: Sql, id: string): Promise<FeedRecord | undefined> =>
  (await sql.query<Row>('feed-lock', `select ${FIELDS} from feed.feed where id = $1 for update`, [id]))[0];

type Described = Pick<FeedRecord, 'id' | 'name' | 'kind' | 'source' | 'settings' | 'secrets' | 'map' | 'paused'>;

/** False when the id is taken. */
export const addFeed = async (sql: Sql, f: Described, now: number): Promise<boolean> => {
  const rows = await sql.query(
    'feed-add',
    `insert into feed.feed (id, name, kind, source, settings, secrets, map, paused, created) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict do nothing returning id`,
    [f.id, f.name, f.kind, f.source, JSON.stringify(f.settings), f.secrets, f.map, f.paused, now],
  );
  return rows.length > 0;
};

/** The work begins anew; trouble that the change may have ended is forgotten. */
export const changeFeed = (sql: Sql, f: Described & Pick<FeedRecord, 'position'>) =>
  sql.query(
    'feed-change',
    `update feed.feed set name = $2, settings = $3, secrets = $4, map = $5, paused = $6, position = $7, version = version + 1,
       error = null, error_details = null, failing = null where id = $1`,
    [f.id, f.name, JSON.stringify(f.settings), f.secrets, f.map, f.paused, f.position === null ? null : JSON.stringify(f.position)],
  );

/** Pauses every feed that works, and names them. */
export const pauseAll = (sql: Sql): Promise<{ name: string }[]> =>
  sql.query('feed-pause-all', 'update feed.feed set paused = true, version = version + 1 where not paused returning name');

export const removeFeed = (sql: Sql, id: string) => sql.query('feed-remove', 'delete from feed.feed where id = $1', [id]);

export const askReplay = (sql: Sql, id: string, from: number) =>
  sql.query('feed-replay', 'update feed.feed set replay_from = $2, version = version + 1 where id = $1', [id, from]);

/** Unless another one was asked for in the meantime. */
export const endReplay = (sql: Sql, id: string, from: number) =>
  sql.query('feed-replayed', 'update feed.feed set replay_from = null where id = $1 and replay_from = $2', [id, from]);

export const noteLook = (sql: Sql, id: string, facts: { position: string | null; waiting: number | null }, now: number) =>
  sql.query(
    'feed-looked',
    'update feed.feed set looked = $2, shown = coalesce($3, shown), waiting = $4, error = null, error_details = null, failing = null where id = $1',
    [id, now, facts.position, facts.waiting],
  );

export const noteTrouble = (sql: Sql, id: string, why: Why, now: number) =>
  sql.query('feed-trouble', 'update feed.feed set error = $2, error_details = $3, failing = coalesce(failing, $4) where id = $1', [
    id,
    why.code,
    JSON.stringify(why.details),
    now,
  ]);

/** `lag` in seconds, of the last event; null leaves the old one. */
export const addCounts = (sql: Sql, id: string, n: Counts, now: number, lag: number | null) =>
  sql.query(
    'feed-counts',
    `update feed.feed set accepted = accepted + $2, duplicates = duplicates + $3, conflicts = conflicts + $4, rejected = rejected + $5,
       heard = $6, lag = coalesce($7, lag) where id = $1`,
    [id, n.accepted, n.duplicates, n.conflicts, n.rejected, now, lag],
  );

/** The position, and the first of each minute as a mark. */
export const keepPosition = (sql: Sql, id: string, position: object, now: number) =>
  sql.query(
    'feed-position',
    `with kept as (update feed.feed set position = $2 where id = $1 returning id)
     insert into feed.mark (feed, minute, position) select id, $3, $2 from kept on conflict do nothing`,
    [id, JSON.stringify(position), Math.floor(now / MINUTE)],
  );

export const positionAt = async (sql: Sql, id: string, time: number): Promise<unknown> =>
  (
    await sql.query<{ position: unknown }>(
      'feed-position-at',
      'select position from feed.mark where feed = $1 and minute < $2 order by minute desc limit 1',
      [id, Math.floor(time / MINUTE)],
    )
  )[0]?.position ?? null;

export async function addRefused(sql: Sql, id: string, rows: readonly (RefusedRow & { sealed: Buffer })[], now: number): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    'feed-refused-add',
    `insert into feed.refused (feed, at, place, code, message, sealed)
     select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::bytea[])`,
    [id, now, rows.map((r) => String(r.line)), rows.map((r) => r.code), rows.map((r) => r.message), rows.map((r) => r.sealed)],
  );
  await sql.query(
    'feed-refused-trim',
    'delete from feed.refused where feed = $1 and id <= (select id from feed.refused where feed = $1 order by id desc offset $2 limit 1)',
    [id, REFUSED],
  );
}

export const latestRefused = (sql: Sql, id: string, limit: number) =>
  sql.query<{ at: number; place: string; code: string; message: string; sealed: Buffer }>(
    'feed-refused',
    'select at, place, code, message, sealed from feed.refused where feed = $1 order by id desc limit $2',
    [id, limit],
  );

export const forgetOldMarks = (sql: Sql, now: number) =>
  sql.query('feed-marks-tidy', 'delete from feed.mark where minute < $1', [Math.floor((now - MARKS_KEPT_MS) / MINUTE)]);
