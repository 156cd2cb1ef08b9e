import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import { type Content, writeArchive } from './archive.ts';
import { platformSchemas } from './migrate.ts';

/** Names that we give: anything else in a manifest was not written by us, and is never made SQL of. */
const Name = z.string().regex(/^[a-z_][a-z0-9_]*$/);
const TableName = z.string().regex(/^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/);
const Bytes = { bytes: z.number().int(), sha256: z.string() };

export const Manifest = z.object({
  glasshouse: z.string(),
  /** When the snapshot was taken; everything that was acknowledged before it is in it. */
  at: z.iso.datetime(),
  postgres: z.number(),
  /** Shows whether a key is the right one, and nothing else; null when the store was never opened with one. */
  keyProof: z.string().nullable(),
  migrations: z.array(z.object({ module: z.string(), name: z.string(), digest: z.string() })),
  /** In the order in which they may be filled: what is referred to comes first. */
  tables: z.array(
    z.object({
      name: TableName,
      columns: z.array(Name).min(1),
      partition: z
        .object({ of: TableName, bound: z.string().regex(/^(DEFAULT|FOR VALUES FROM \('?-?\d+'?\) TO \('?-?\d+'?\))$/) })
        .optional(),
      rows: z.number().int(),
      ...Bytes,
    }),
  ),
  sequences: z.array(z.object({ name: TableName, value: z.string().regex(/^-?\d+$/), called: z.boolean() })),
  journals: z.array(z.object({ name: z.string().regex(/^[a-z-]+\.ndjson$/), ...Bytes })),
});
export type Manifest = z.infer<typeof Manifest>;

export const tableMember = (table: string): string => `tables/${table}`;
export const journalMember = (journal: string): string => `journals/${journal}`;

export interface Backup {
  readonly url: string;
  /** This program's version. */
  readonly version: string;
  /** Files of lines that belong to the store and lie beside it. */
  readonly journals: readonly { readonly name: string; readonly text: Buffer }[];
  readonly signal: AbortSignal;
  /** How much is done of how much, in bytes as they lie in the store; about right. */
  readonly onProgress: (done: number, all: number) => void;
}

/** COPY writes the same text on any server and session. */
const SESSION = `set client_encoding = 'UTF8'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 3;
  set bytea_output = 'hex'; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set jit = off`;

/**
 * Writes everything of ours in one snapshot, while the server works: every table of our schemas but those that a crash may empty
 * (unlogged: counts of limits, notes of running imports). Nobody is stopped: a table is locked only while it is read, so that even a
 * new month's partition waits no longer. Throws one sentence when there is no store, or when its tables were changed meanwhile.
 */
export async function writeBackup(put: (bytes: Uint8Array) => Promise<void>, b: Backup): Promise<Manifest> {
  const client = new pg.Client({ connectionString: b.url, application_name: 'glasshouse backup', keepAlive: true });
  client.on('error', () => undefined); // said by the call that fails
  const cut = () => void client.end().catch(() => undefined);
  await client.connect();
  b.signal.addEventListener('abort', cut);
  try {
    b.signal.throwIfAborted();
    await client.query(SESSION);
    await client.query('begin isolation level repeatable read read only');
    const migrations = await migrationsOf(client);
    const at = new Date().toISOString();
    const { tables, sequences } = await inventory(client, [...new Set(migrations.map((m) => m.module))]);
    const all = tables.reduce((sum, t) => sum + t.size, 0) || 1;
    let manifest: Manifest | undefined;
    await writeArchive(put, { glasshouse: b.version, at }, async (archive) => {
      let before = 0;
      const filled: Manifest['tables'] = [];
      for (const { size, ...table } of tables) {
        let read = 0;
        const onBytes = (n: number) => {
          read += n;
          b.onProgress(before + Math.min(read, size), all);
        };
        filled.push({
          ...table,
          ...(await copyOut(client, table, (rows) => archive.add(tableMember(table.name), rows), onBytes, b.signal)),
        });
        before += size;
      }
      const journals: Manifest['journals'] = [];
      for (const { name, text } of b.journals) journals.push({ name, ...(await archive.add(journalMember(name), once(text))) });
      const proof = await client.query<{ proof: string }>(`select encode(proof, 'base64') proof from vault.key`);
      manifest = {
        glasshouse: b.version,
        at,
        postgres: Math.floor(Number((await client.query('show server_version_num')).rows[0].server_version_num) / 10_000),
        keyProof: proof.rows[0]?.proof ?? null,
        migrations,
        tables: filled,
        sequences: await positions(client, sequences),
        journals,
      };
      await client.query('commit');
      if ((await migrationsOf(client)).length !== migrations.length)
        throw new Error('The tables were changed by a newer Glasshouse while the backup ran. Make it again.');
      await archive.close(manifest);
    });
    return manifest as unknown as Manifest;
  } finally {
    b.signal.removeEventListener('abort', cut);
    await client.end().catch(() => undefined);
  }
}

async function* once(text: Buffer): AsyncGenerator<Buffer> {
  yield text;
}

async function migrationsOf(client: pg.Client): Promise<Manifest['migrations']> {
  const there = await client.query(`select to_regclass('platform.migration') at`);
  if (there.rows[0]?.at === null) throw new Error('There is nothing to back up: this store holds no tables of Glasshouse.');
  const { rows } = await client.query<Manifest['migrations'][number]>(
    'select module, name, digest from platform.migration order by applied_at, module, name',
  );
  return rows;
}

interface Found {
  readonly name: string;
  readonly columns: string[];
  readonly partition?: { of: string; bound: string };
  readonly size: number;
}

/** Our tables that hold rows (partitions, not their parents), what is referred to first, and our sequences. */
async function inventory(client: pg.Client, modules: readonly string[]): Promise<{ tables: Found[]; sequences: string[] }> {
  const schemas = [...new Set([...platformSchemas.map((s) => s.name), ...modules])];
  const { rows } = await client.query<{
    oid: number;
    name: string;
    columns: string[];
    of: string | null;
    bound: string | null;
    size: string;
  }>(
    `select c.oid, n.nspname || '.' || c.relname name, pg_table_size(c.oid) size,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') columns,
       (select pn.nspname || '.' || p.relname from pg_inherits i join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
         where i.inhrelid = c.oid) "of",
       pg_get_expr(c.relpartbound, c.oid) bound
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname = any($1) order by 2`,
    [schemas],
  );
  const { rows: keys } = await client.query<{ here: number; there: number }>(
    `select conrelid here, confrelid there from pg_constraint where contype = 'f' and conrelid <> confrelid`,
  );
  const placed = new Set<number>();
  const tables: Found[] = [];
  const place = (row: (typeof rows)[number]): void => {
    if (placed.has(row.oid)) return;
    placed.add(row.oid);
    for (const { here, there } of keys) if (here === row.oid) for (const r of rows) if (r.oid === there) place(r);
    const partition = row.of !== null && row.bound !== null ? { partition: { of: row.of, bound: row.bound } } : {};
    tables.push({ name: row.name, columns: row.columns, size: Number(row.size), ...partition });
  };
  for (const row of rows) place(row);
  const sequences = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and n.nspname = any($1) order by 1`,
    [schemas],
  );
  return { tables, sequences: sequences.rows.map((s) => s.name) };
}

/** An identifier with its schema, safe to stand in SQL. */
export const quoted = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');

/** `copy TABLE (COLUMNS)`, quoted. */
export const copyOf = ({ name, columns }: { name: string; columns: readonly string[] }): string =>
  `copy ${quoted(name)} (${columns.map(quoted).join(', ')})`;

/** One table's rows; the lock on it goes with the savepoint, the snapshot stays. */
async function copyOut(
  client: pg.Client,
  table: { name: string; columns: readonly string[] },
  take: (rows: AsyncIterable<Buffer>) => Promise<Content>,
  onBytes: (n: number) => void,
  signal: AbortSignal,
): Promise<Content & { rows: number }> {
  await client.query('savepoint one_table');
  const stream = client.query(copyTo(`${copyOf(table)} to stdout`));
  const watched = async function* () {
    for await (const chunk of stream) {
      signal.throwIfAborted();
      onBytes((chunk as Buffer).length);
      yield chunk as Buffer;
    }
  };
  const content = await take(watched());
  await client.query('rollback to one_table');
  return { ...content, rows: stream.rowCount };
}

/** Where the sequences are: read after the rows, and so never behind them. */
async function positions(client: pg.Client, names: readonly string[]): Promise<Manifest['sequences']> {
  const out: Manifest['sequences'] = [];
  for (const name of names) {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text "value", is_called called from ${quoted(name)}`,
    );
    out.push({ name, value: rows[0]?.value ?? '1', called: rows[0]?.called ?? false });
  }
  return out;
}
