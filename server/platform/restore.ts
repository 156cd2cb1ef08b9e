import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { BadBackup, readArchive } from './archive.ts';
import { copyOf, journalMember, Manifest, quoted, tableMember } from './backup.ts';
import type { Sql } from './db.ts';
import { platformSchemas, type SchemaOwner } from './migrate.ts';

/** An empty schema that is there as long as a restore is not finished: nobody starts on half a store, and the next try begins anew. */
const MARK = 'glasshouse_restoring';

export interface Checked {
  readonly manifest: Manifest;
  /** Texts of the journals, by name. */
  readonly journals: ReadonlyMap<string, string>;
}

export interface Reading {
  readonly signal: AbortSignal;
  /** Bytes of the file that are done with. */
  readonly onBytes: (bytes: number) => void;
}

/** Reads the whole file and holds every row count and SHA-256 against its manifest. Throws `BadBackup`; changes nothing anywhere. */
export async function checkBackup(file: string, { signal, onBytes }: Reading): Promise<Checked> {
  const seen = new Map<string, { hash: Hash; bytes: number; rows: number }>();
  const journals = new Map<string, Buffer[]>();
  const archive = readArchive(file, onBytes);
  let step = await archive.next();
  for (; !step.done; step = await archive.next()) {
    signal.throwIfAborted();
    const { name, bytes } = step.value;
    const one = seen.get(name) ?? { hash: createHash('sha256'), bytes: 0, rows: 0 };
    one.hash.update(bytes);
    one.bytes += bytes.length;
    if (name.startsWith('journals/')) journals.set(name, [...(journals.get(name) ?? []), bytes]);
    else for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) one.rows++; // COPY ends a row, and nothing else, with \n
    seen.set(name, one);
  }
  const read = Manifest.safeParse(step.value);
  if (!read.success) throw new BadBackup(`${file} has a manifest that this Glasshouse does not understand.`);
  const manifest = read.data;
  const empty = createHash('sha256').digest('hex');
  const members = [
    ...manifest.tables.map((t) => ({ ...t, name: tableMember(t.name) })),
    ...manifest.journals.map((j) => ({ ...j, rows: 0, name: journalMember(j.name) })),
  ];
  for (const { name, bytes, rows, sha256 } of members) {
    const one = seen.get(name);
    if ((one?.hash.digest('hex') ?? empty) !== sha256 || (one?.bytes ?? 0) !== bytes || (one?.rows ?? 0) !== rows)
      throw new BadBackup(`${file} is damaged at ${name}. Nothing was taken from it; use another backup.`);
    seen.delete(name);
  }
  if (seen.size > 0)
    throw new BadBackup(`${file} holds ${[...seen.keys()][0]}, which its manifest does not name. Nothing was taken from it.`);
  return {
    manifest,
    journals: new Map(manifest.journals.map(({ name }) => [name, Buffer.concat(journals.get(journalMember(name)) ?? []).toString()])),
  };
}

/** Migrations of the backup that this program does not know: it was made by a newer one. */
export function unknownMigrations(manifest: Manifest, owners: readonly SchemaOwner[]): string[] {
  const known = new Set([...platformSchemas, ...owners].flatMap((o) => o.migrations.map((m) => `${o.name}/${m.name}`)));
  return manifest.migrations.map((m) => `${m.module}/${m.name}`).filter((m) => !known.has(m));
}

/** Refuses a store in which a restore was begun and not finished. */
export async function refuseHalf(sql: Sql): Promise<void> {
  const [half] = await sql.query('', 'select 1 from pg_namespace where nspname = $1', [MARK]);
  if (half) throw new Error('A restore into this store was not finished: run "glasshouse restore" again. It begins anew by itself.');
}

/**
 * Makes the store ready to be filled: refuses one that holds tables of ours, clears away what an unfinished restore left, and leaves the
 * mark. Throws one sentence.
 */
export async function beginRestore(sql: Sql, schemas: readonly string[]): Promise<void> {
  const [half] = await sql.query('', 'select 1 from pg_namespace where nspname = $1', [MARK]);
  if (half) await dropAll(sql, schemas);
  const [full] = await sql.query<{ name: string }>(
    '',
    `select n.nspname name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = any($1) limit 1`,
    [schemas],
  );
  if (full) throw new NotEmpty();
  await sql.query('', `create schema if not exists ${MARK}`);
}

/** The store already holds something. */
export class NotEmpty extends Error {}

/** Takes back what a restore began. */
export async function undoRestore(sql: Sql, schemas: readonly string[]): Promise<void> {
  await dropAll(sql, schemas);
  await sql.query('', `drop schema if exists ${MARK}`);
}

async function dropAll(sql: Sql, schemas: readonly string[]): Promise<void> {
  for (const schema of schemas) await sql.query('', `drop schema if exists ${quoted(schema)} cascade`);
}

export interface Load extends Reading {
  readonly url: string;
  readonly file: string;
  readonly manifest: Manifest;
  /** Run last, in the same transaction. */
  readonly endings: readonly string[];
}

/**
 * Fills the tables, which a migration to the backup's own state has made, in one transaction: rows, sequences, what the modules put
 * right, and the mark taken away. Then the planner is told what is there.
 */
export async function loadBackup({ url, file, manifest, endings, signal, onBytes }: Load): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'glasshouse restore', keepAlive: true });
  client.on('error', () => undefined); // said by the call that fails
  const cut = () => void client.end().catch(() => undefined);
  await client.connect();
  signal.addEventListener('abort', cut);
  try {
    signal.throwIfAborted();
    await client.query(
      `set client_encoding = 'UTF8'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set statement_timeout = 0`,
    );
    await client.query('begin');
    for (const { name, partition } of manifest.tables)
      if (partition)
        await client.query(`create table if not exists ${quoted(name)} partition of ${quoted(partition.of)} ${partition.bound}`);
    await checkColumns(client, manifest);
    for (const { name } of [...manifest.tables].reverse()) {
      const { rowCount } = await client.query(`select 1 from ${quoted(name)} limit 1`);
      if (rowCount) await client.query(`delete from ${quoted(name)}`); // a migration's first rows; the backup has them as they became
    }
    await fill(client, file, manifest, { signal, onBytes });
    for (const { name, value, called } of manifest.sequences)
      await client.query('select setval($1::regclass, $2, $3)', [quoted(name), value, called]);
    for (const ending of endings) await client.query(ending);
    await client.query(`drop schema ${MARK}`);
    await client.query('commit');
    for (const { name } of manifest.tables) await client.query(`analyze ${quoted(name)}`);
  } finally {
    signal.removeEventListener('abort', cut);
    await client.end().catch(() => undefined);
  }
}

async function checkColumns(client: pg.Client, manifest: Manifest): Promise<void> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select n.nspname || '.' || c.relname name, array_agg(a.attname::text) columns from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where n.nspname || '.' || c.relname = any($1) group by 1`,
    [manifest.tables.map((t) => t.name)],
  );
  const there = new Map(rows.map((r) => [r.name, new Set(r.columns)]));
  for (const { name, columns } of manifest.tables) {
    const lost = columns.find((c) => !there.get(name)?.has(c));
    if (lost !== undefined)
      throw new Error(
        `The backup's ${name}.${lost} has no place in the tables of this Glasshouse. Restore with version ${manifest.glasshouse}, which made it.`,
      );
  }
}

/** Sends the pieces to their tables, one COPY a table. */
async function fill(client: pg.Client, file: string, manifest: Manifest, { signal, onBytes }: Reading): Promise<void> {
  const tables = new Map(manifest.tables.map((t) => [tableMember(t.name), t]));
  let open: { member: string; stream: ReturnType<typeof copyFrom>; done: Promise<unknown> } | undefined;
  const close = async (): Promise<void> => {
    if (open === undefined) return;
    const { member, stream, done } = open;
    open = undefined;
    stream.end();
    await done;
    const wanted = tables.get(member)?.rows;
    if (stream.rowCount !== wanted)
      throw new BadBackup(`${file}: ${member} gave ${stream.rowCount} rows instead of ${wanted}. Nothing was restored.`);
  };
  for await (const { name, bytes } of readArchive(file, onBytes)) {
    signal.throwIfAborted();
    if (open?.member !== name) await close();
    const table = tables.get(name);
    if (table === undefined) continue; // a journal
    if (open === undefined) {
      const stream = client.query(copyFrom(`${copyOf(table)} from stdin`));
      const done = once(stream, 'finish');
      done.catch(() => undefined); // told by whoever waits for it
      open = { member: name, stream, done };
    }
    if (!open.stream.write(bytes)) await Promise.race([once(open.stream, 'drain'), open.done]);
  }
  await close();
}
