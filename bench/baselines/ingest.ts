import type { Db, Sql } from '../../server/platform/db.ts';

/**
 * The baseline of `ingest`: the very rows that the intake left behind (events, ledger, objects, links, journeys), ready in memory, written by
 * `insert … select from unnest` of 1,000 rows, each its own durable transaction, over two connections, into the same tables with the same indexes.
 * It finds nothing out, compares nothing and folds nothing: what is left is the price of keeping the rows.
 */

const AT_ONCE = 1_000;
const CONNECTIONS = 2;

interface Table {
  readonly name: string;
  /** Column → type; `text[]` travels as one text with line breaks, as in the intake. */
  readonly columns: Readonly<Record<string, string>>;
  /** Which rows one round left behind: `$1` the last event id before it, `$2` the beginning of its values. */
  readonly where: string;
}

const TABLES: readonly Table[] = [
  {
    name: 'event',
    columns: {
      id: 'bigint',
      source: 'text',
      sid: 'text',
      type: 'text',
      at: 'bigint',
      seq: 'int',
      received: 'bigint',
      keys: 'json',
      scenario: 'text',
      handler: 'text',
      person: 'json',
      data: 'json',
      sealed: 'bytea',
      marks: 'smallint',
    },
    where: 'id > $1 and $2::text is not null',
  },
  { name: 'ledger', columns: { identity: 'uuid', content: 'uuid', event: 'bigint' }, where: 'event > $1 and $2::text is not null' },
  {
    name: 'object',
    columns: { id: 'uuid', kind: 'text', role: 'text', value: 'text' },
    where: `$1::bigint is not null and value like $2 || '%'`,
  },
  {
    name: 'link',
    columns: { journey: 'uuid', at: 'bigint', event: 'bigint', via: 'smallint' },
    where: 'event > $1 and $2::text is not null',
  },
];

/** A statement's text and its values: one array per column. */
interface Portion {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[][];
}

/** The journeys' columns are asked from the store, so that a new one is not forgotten. */
async function journeyTable(sql: Sql): Promise<Table> {
  const columns = await sql.query<{ name: string; type: string }>(
    '',
    `select attname as name, format_type(atttypid, null) as type from pg_attribute where attrelid = 'tracking.journey'::regclass and attnum > 0 and not attisdropped`,
  );
  return {
    name: 'journey',
    columns: Object.fromEntries(columns.map((c) => [c.name, c.type])),
    where: `$1::bigint is not null and root_value like $2 || '%'`,
  };
}

/** Reads what one round left behind, cut into portions in the order in which the intake made them. */
export async function readRemains(db: Db, lastEvent: number, prefix: string): Promise<Portion[]> {
  const out: Portion[] = [];
  for (const t of [...TABLES, await journeyTable(db)]) {
    const names = Object.keys(t.columns);
    const listed = names.map((c) => `"${c}"`).join(', ');
    const asText = names.map((c) =>
      t.columns[c] === 'text[]' ? `array_to_string("${c}", E'\\n')` : t.columns[c] === 'json' ? `"${c}"::text` : `"${c}"`,
    );
    const order = t.name === 'event' ? 'id' : 'ctid';
    const rows = await db.pool.query<unknown[]>({
      text: `select ${asText.join(', ')} from tracking.${t.name} where ${t.where} order by ${order}`,
      values: [lastEvent, prefix],
      rowMode: 'array',
    });
    const targets = names.map((c) => (t.columns[c] === 'text[]' ? `string_to_array("${c}", E'\\n')` : `"${c}"`)).join(', ');
    const casts = names.map((c, i) => `$${i + 1}::${t.columns[c] === 'text[]' ? 'text' : t.columns[c]}[]`).join(', ');
    const text = `insert into tracking.${t.name} (${listed}) select ${targets} from unnest(${casts}) g(${listed})`;
    for (let i = 0; i < rows.rows.length; i += AT_ONCE) {
      const part = rows.rows.slice(i, i + AT_ONCE);
      out.push({ name: `baseline-${t.name}`, text, values: names.map((_, c) => part.map((r) => r[c])) });
    }
  }
  return out;
}

/** Writes all portions over two connections; answers the milliseconds it took. */
export async function writeRemains(db: Db, portions: readonly Portion[]): Promise<number> {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => db.pool.connect()));
  let next = 0;
  const begin = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (let p = portions[next++]; p !== undefined; p = portions[next++]) await client.query(p);
    }),
  );
  const ms = performance.now() - begin;
  for (const client of clients) client.release();
  return ms;
}
