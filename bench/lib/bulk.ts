import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { idCheckSign } from '../../server/platform/personal.ts';
import type { Vault } from '../../server/platform/vault.ts';
import { addJourney, addSecrets, COLUMNS, emptyRows, type Rows, TABLES, type Value } from './rows.ts';
import { eventLine, FIRST_MS } from './workload.ts';

/** Fills a store with journeys of customers, by COPY. */

export const PER_JOURNEY = 12;
const AT_ONCE = 500;

/** The customer of a journey: his service number, and the pair that answers in full. No two share any of it. */
export function customerOf(i: number): { serviceNumber: string; idNumber: string; phone: string } {
  const n = String(i).padStart(8, '0');
  const seventeen = `99${n.slice(4)}${1950 + Number(n[0])}0101${n.slice(1, 4)}`;
  return { serviceNumber: `129${n}`, idNumber: `${seventeen}${idCheckSign(seventeen)}`, phone: `138${n}` };
}

/** The lines of one journey in the order of time. Its number is named by every event, the person by the first. */
export function customerLines(prefix: string, i: number): string[] {
  const { serviceNumber, idNumber, phone } = customerOf(i);
  const begin = FIRST_MS + (i % 100_000) * 60_000;
  return Array.from({ length: PER_JOURNEY }, (_, k) =>
    eventLine(prefix, String(i), k, begin + k * 7_200_000, {
      keys: { serviceNumber },
      ...(k === 0 && { person: { name: '张三', idNumber, phone } }),
    }),
  );
}

const field = (v: Value): string => {
  if (v === null) return '\\N';
  if (typeof v === 'number') return String(v);
  if (Buffer.isBuffer(v)) return `\\\\x${v.toString('hex')}`;
  const text = typeof v === 'string' ? v : `{${(v as readonly string[]).map((s) => `"${s}"`).join(',')}}`;
  return /[\\\t\n\r]/.test(text) ? text.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n').replace(/\r/g, '\\r') : text;
};

async function copy(client: pg.Client, table: string, columns: readonly string[], rows: readonly Value[][]): Promise<void> {
  if (rows.length === 0) return;
  const stream = client.query(copyFrom(`copy ${table} (${columns.map((c) => `"${c}"`).join(', ')}) from stdin`));
  stream.end(rows.map((r) => `${r.map(field).join('\t')}\n`).join(''));
  await finished(stream);
}

export interface Load {
  readonly prefix: string;
  readonly from: number;
  readonly to: number;
  /** Id of the first event of journey 0. */
  readonly firstId: number;
  readonly received: number;
}

/** Writes journeys `from` to below `to` with everything that belongs to them. */
export async function loadJourneys(url: string, vault: Vault, { prefix, from, to, firstId, received }: Load): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('set synchronous_commit = off');
  for (let at = from; at < to; at += AT_ONCE) {
    const rows: Rows = emptyRows();
    const lines: string[] = [];
    let columns: string[] = [];
    for (let i = at; i < Math.min(to, at + AT_ONCE); i++) {
      const own = customerLines(prefix, i);
      columns = addJourney(rows, vault, own, firstId + i * PER_JOURNEY, received);
      lines.push(...own.slice(0, 1)); // the person; the number is the same in every line
    }
    await addSecrets(rows, vault, lines);
    await client.query('begin');
    for (const t of TABLES) await copy(client, t, t === 'tracking.journey' ? columns : COLUMNS[t], rows[t]);
    await client.query('commit');
  }
  await client.end();
}

/** Runs `work` while the big tables have no indexes but those whose keys rise anyway, and makes them again as they were. */
export async function withoutIndexes(url: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const tables = TABLES.filter((t) => t !== 'tracking.event')
    .map((t) => `'${t}'::regclass`)
    .join(', ');
  const { rows } = await client.query<{ drop: string; make: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
    from pg_constraint where conrelid in (${tables}) and contype in ('p', 'u')
    union all
    select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    from pg_index i where indrelid in (${tables}) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`);
  for (const r of rows) await client.query(r.drop);
  await work();
  await client.query(`set maintenance_work_mem = '1GB'`);
  for (const r of rows) await client.query(r.make);
  await client.end();
}
