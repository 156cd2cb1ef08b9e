import pg from 'pg';
import type { PostgresSettings } from '#feed/contract';
import { trouble, why } from './say.ts';

/** A foreign table or view, looked up in its server's catalog. */
export interface Table {
  /** Quoted, with its schema. */
  readonly name: string;
  readonly columns: readonly string[];
  /** SQL type of the cursor column, and whether it is a moment rather than a number. */
  readonly cursorType: string;
  readonly isMoment: boolean;
  /** Ordinary tables; of views and foreign tables the server's transactions do not say everything. */
  readonly isTable: boolean;
}

const NUMBERS = ['smallint', 'integer', 'bigint', 'numeric'];
const MOMENTS = ['timestamp with time zone', 'timestamp without time zone', 'date'];
/** PostgreSQL's own words for types that do not arrive as one text. */
const BOOL = 16;
const JSONS = [114, 3802];
const TEXT_ARRAYS = [1009, 1015, 1016, 1007, 1005, 2951, 1231];
const textArray = pg.types.getTypeParser(1009 as never) as (text: string) => (string | null)[];

/** Values as their server writes them (a long number keeps its tail); lists of texts and numbers as lists, JSON as what it says. */
const types = {
  getTypeParser: (oid: number) => {
    if (oid === BOOL) return (text: string) => (text === 't' ? 'true' : 'false');
    if (JSONS.includes(oid)) return (text: string) => JSON.parse(text) as unknown;
    if (TEXT_ARRAYS.includes(oid)) return (text: string) => textArray(text).filter((v) => v !== null);
    return (text: string) => text;
  },
};

/** A connection that can only read: writing is off, statements end after 30 s, times are UTC in ISO form. Throws `feed.table-away`. */
export async function connectTo(s: PostgresSettings): Promise<pg.Client> {
  const url = new URL(s.url);
  if (s.password) url.password = encodeURIComponent(s.password);
  const client = new pg.Client({
    connectionString: url.href,
    application_name: 'glasshouse feed',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: types as never,
  });
  client.on('error', () => undefined); // the next statement says it
  try {
    await client.connect();
    await client.query(`set default_transaction_read_only = on; set statement_timeout = '30s'; set lock_timeout = '5s';
      set idle_in_transaction_session_timeout = '60s'; set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'`);
    return client;
  } catch (e) {
    await client.end().catch(() => undefined);
    throw trouble('feed.table-away', { why: why(e) });
  }
}

/** Looks the relation up. Throws `feed.table-missing`, `feed.table-column`, `feed.table-cursor`. `named`: columns that the map names. */
export async function findTable(client: pg.Client, s: PostgresSettings, named: readonly string[]): Promise<Table> {
  const { relation } = s;
  const found = await client
    .query<{ schema: string; name: string; kind: string; column: string; type: string }>(
      `select n.nspname "schema", c.relname "name", c.relkind "kind", a.attname "column", format_type(a.atttypid, null) "type"
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.oid = to_regclass($1) order by a.attnum`,
      [relation],
    )
    .catch((e) => {
      throw trouble('feed.table-fault', { relation, why: why(e) });
    });
  const [first] = found.rows;
  if (first === undefined) throw trouble('feed.table-missing', { relation });
  const columns = found.rows.map((r) => r.column);
  for (const column of [s.cursor, ...s.key, ...named])
    if (!columns.includes(column)) throw trouble('feed.table-column', { relation, column, columns: columns.join(', ') });
  const cursorType = found.rows.find((r) => r.column === s.cursor)?.type ?? '';
  if (!NUMBERS.includes(cursorType) && !MOMENTS.includes(cursorType))
    throw trouble('feed.table-cursor', { column: s.cursor, type: cursorType });
  return {
    name: `${pg.escapeIdentifier(first.schema)}.${pg.escapeIdentifier(first.name)}`,
    columns,
    cursorType,
    isMoment: MOMENTS.includes(cursorType),
    isTable: first.kind === 'r' || first.kind === 'p',
  };
}

export type TableRow = Record<string, unknown>;

/** The statement for rows from `$1` on (null: from the beginning), `$2` further back, in the cursor's order. */
export function selectFrom(table: Table, cursor: string): string {
  const column = pg.escapeIdentifier(cursor);
  const back = table.isMoment ? 'make_interval(secs => $2::float8)' : '$2::bigint';
  return `select t.*, t.${column}::text as "cursor of the feed" from ${table.name} t
    where t.${column} is not null and ($1::text is null or t.${column} >= $1::text::${table.cursorType} - ${back}) order by t.${column}`;
}
