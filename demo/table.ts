import pg from 'pg';
import { columnsOf, placesOf } from './columns.ts';
import type { Road, Say } from './road.ts';
import { codeOf, type Delivery, tableOf } from './systems.ts';

/**
 * The work order system's road: a state table in a database of its own, in which a work order has one row per board. The next state overwrites it;
 * whoever polls too seldom never sees the one before. Its states are codes; a view says them in words.
 */

const SCHEMA = 'oss';
export const RELATION = `${SCHEMA}.work_state_view`;
export const CURSOR = 'changed_at';
export const KEY = ['board', 'wo_no'];

/** The view's columns that the table has as well: all but the word for the state. */
const COLUMNS = columnsOf('workorder').filter(([what]) => what !== 'type');
const TYPES: Readonly<Record<string, string>> = { time: 'timestamptz(3)', 'key.workOrder': 'text[]' };
const names = COLUMNS.map(([, column]) => column);

const DDL = `
  create schema if not exists ${SCHEMA};
  create table if not exists ${SCHEMA}.state_code (
    board text not null, state_code text not null, state text not null, primary key (board, state_code));
  create table if not exists ${SCHEMA}.work_state (
    board text not null, wo_no text not null, ${COLUMNS.map(([what, column]) => `${column} ${TYPES[what] ?? 'text'}`).join(', ')},
    ${CURSOR} timestamptz not null default clock_timestamp(), primary key (board, wo_no));
  create index if not exists work_state_changed on ${SCHEMA}.work_state (${CURSOR});
  create or replace view ${RELATION} as
    select s.board, s.wo_no, c.state, ${names.map((name) => `s.${name}`).join(', ')}, s.${CURSOR}
    from ${SCHEMA}.work_state s join ${SCHEMA}.state_code c using (board, state_code)`;

/** Who polls is given so long to see a state; then it is overwritten, seen or not. */
const PATIENCE = '2 minutes';
/** A state is overwritten by a later one only. */
const UPSERT = `insert into ${SCHEMA}.work_state as s (board, wo_no, ${names.join(', ')})
  values (${['', '', ...names].map((_, i) => `$${i + 1}`).join(', ')})
  on conflict (board, wo_no) do update set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}, ${CURSOR} = clock_timestamp()
  where (s.state_at, s.log_no) < (excluded.state_at, excluded.log_no) and
    (s.${CURSOR} < $${names.length + 3}::timestamptz or s.${CURSOR} < clock_timestamp() - interval '${PATIENCE}')`;

/** This state or a later one of the work order stands there. */
const STANDS = `select 1 from ${SCHEMA}.work_state where board = $1 and wo_no = $2 and (state_at, log_no) >= ($3::timestamptz, $4)`;

/** The system's own database beside ours; a schema in ours where making one is not allowed. Answers its address. */
export async function openForeignDb(own: pg.Pool, ownUrl: string): Promise<string> {
  const url = new URL(ownUrl);
  const name = `${decodeURIComponent(url.pathname.slice(1))}_oss`;
  const there = await own.query('select 1 from pg_database where datname = $1', [name]);
  if (there.rowCount === 0) {
    try {
      await own.query(`create database ${pg.escapeIdentifier(name)} template template0`);
    } catch (e) {
      if ((e as { code?: string }).code !== '42501') throw e; // insufficient_privilege
      return ownUrl;
    }
  }
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

/**
 * `seenUntil`: until when who polls has seen every change. The system itself is slow enough for any poller; what many days brought, or a city that
 * lives fast, waits for him, so that the habit stays what it is: of two states within two minutes only the later is seen.
 */
export async function tableRoad({ url, seenUntil, say }: { url: string; seenUntil: () => Promise<Date>; say: Say }): Promise<Road> {
  const pool = new pg.Pool({ connectionString: url, max: 1, application_name: 'work orders of the demo' });
  pool.on('error', () => undefined); // the next statement says it
  pool.on('connect', (client) => client.on('error', () => undefined));
  const known = new Set<string>();
  let seen = new Date(0);
  const learn = async (board: string, type: string) => {
    if (known.has(type)) return;
    await pool.query(`insert into ${SCHEMA}.state_code values ($1, $2, $3) on conflict do nothing`, [board, codeOf(type), type]);
    known.add(type);
  };
  /** True when the state stands in the table, now or already. */
  const write = async (board: string, wo: string, d: Delivery): Promise<boolean> => {
    const places = placesOf(say(d));
    const values = COLUMNS.map(([what]) => (what === 'key.workOrder' ? [places.get(what)].flat() : (places.get(what) ?? null)));
    await learn(board, d.event.type);
    const { rowCount } = await pool.query({ name: 'state', text: UPSERT, values: [board, wo, ...values, seen] });
    if (rowCount === 1) return true;
    const stands = await pool.query({ name: 'stands', text: STANDS, values: [board, wo, places.get('time'), places.get('id')] });
    return stands.rowCount === 1;
  };
  await pool.query(DDL).catch(async (e) => {
    await pool.end();
    throw e;
  });
  return {
    async take(deliveries) {
      const held: Delivery[] = [];
      const waiting = new Set<string>();
      for (const d of deliveries) {
        const [board, wo] = [tableOf(d.event.type), String(d.event.keys.workOrder)];
        if (waiting.has(`${board} ${wo}`) || !(await write(board, wo, d))) {
          waiting.add(`${board} ${wo}`);
          held.push(d);
        }
      }
      if (held.length > 0) seen = await seenUntil();
      return held;
    },
    close: () => pool.end(),
  };
}
