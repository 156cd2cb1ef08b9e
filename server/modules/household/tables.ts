import { column } from '#platform/columns';
import type { Tx } from '#platform/db';

/** Writing rows of any table: sets at once, the latest word stands. */

export type Cell = string | number | Buffer | null;
type Type = 'uuid' | 'text' | 'bigint' | 'int' | 'bytea';

interface Table {
  /** What makes a row. */
  readonly key: readonly string[];
  /** Every column, in the order of the cells. */
  readonly columns: Readonly<Record<string, Type>>;
  /** What the first word alone sets. */
  readonly once: readonly string[];
}

const numbered = { id: 'uuid', source: 'text', key: 'bytea' } as const;
const NUMBERED = { key: ['id'], once: ['source', 'key', 'made_at'] } as const;
const noted = { made_at: 'bigint', at: 'bigint' } as const;
const period = { since: 'bigint', until: 'bigint', at: 'bigint' } as const;

/** In the order in which they are written, so that two pushes wait for each other and never both ways. */
const TABLES = {
  party: { ...NUMBERED, columns: { ...numbered, kind: 'text', area: 'text', ...noted } },
  account: { ...NUMBERED, columns: { ...numbered, mode: 'text', state: 'text', area: 'text', ...noted } },
  home: {
    ...NUMBERED,
    columns: { ...numbered, area: 'text', estate: 'text', building: 'text', address: 'uuid', shown: 'bytea', ...noted },
  },
  service: {
    ...NUMBERED,
    columns: { ...numbered, kind: 'text', number: 'uuid', shown: 'bytea', customer_source: 'text', customer: 'uuid', home: 'uuid', plan: 'text', state: 'text', since: 'bigint', ended: 'bigint', area: 'text', ...noted }, // biome-ignore format: one line
  },
  bundle: { ...NUMBERED, columns: { ...numbered, kind: 'text', name: 'text', ...noted } },
  owner: {
    key: ['service', 'party', 'since', 'by_act'],
    once: [],
    columns: { service: 'uuid', party: 'uuid', since: 'bigint', until: 'bigint', by_act: 'uuid', at: 'bigint' },
  },
  payer: { key: ['account', 'party', 'since'], once: [], columns: { account: 'uuid', party: 'uuid', ...period } },
  charge: {
    key: ['service', 'account', 'what', 'since'],
    once: [],
    columns: { service: 'uuid', account: 'uuid', what: 'text', ...period },
  },
  tie: { key: ['bundle', 'service', 'since'], once: [], columns: { bundle: 'uuid', service: 'uuid', role: 'text', ...period } },
  device: {
    key: ['service', 'serial_hash'],
    once: ['serial'],
    columns: { service: 'uuid', serial_hash: 'uuid', serial: 'bytea', kind: 'text', ...period },
  },
  contract: {
    key: ['service', 'kind', 'starts'],
    once: [],
    columns: { service: 'uuid', kind: 'text', starts: 'int', ends: 'int', at: 'bigint' },
  },
  bill: { key: ['account', 'month'], once: [], columns: { account: 'uuid', month: 'int', amount: 'bigint', paid: 'bigint', at: 'bigint' } },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

const PG: Readonly<Record<Type, string>> = { uuid: 'uuid', text: 'text', bigint: 'bigint', int: 'int', bytea: 'bytea' };

/** After an erasure nobody knows the number, until its source says it again. */
const KEY_AGAIN = `, key = case when t.key = '' then excluded.key else t.key end`;

/** The statement that writes a table's rows: of several about one thing the latest, at equal times the one whose words are greater. */
function statementFor(name: TableName): string {
  const { key, columns, once }: Table = TABLES[name];
  const all = Object.keys(columns);
  const renewed = all.filter((c) => !key.includes(c) && !once.includes(c));
  const words = renewed.filter((c) => c !== 'at' && columns[c] !== 'bytea'); // what is sealed looks different each time; its hash speaks for it
  const word = (of: string) => `row(${words.map((c) => `${of}.${c}`).join(', ')})::text collate "C"`;
  return `with n (${all.join(', ')}) as (select * from unnest(${all.map((c, i) => `$${i + 1}::${PG[columns[c] as Type]}[]`).join(', ')})),
    w as (insert into household.${name} as t (${all.join(', ')})
      select distinct on (${key.map((c) => `n.${c}`).join(', ')}) n.* from n order by ${key.map((c) => `n.${c}`).join(', ')}, n.at desc, ${word('n')} desc
      on conflict (${key.join(', ')}) do update set ${renewed.map((c) => `${c} = excluded.${c}`).join(', ')}${all.includes('key') ? KEY_AGAIN : ''}
      where (t.at, ${word('t')}) < (excluded.at, ${word('excluded')}) returning 1)
    select count(*)::int changed from w`;
}

const STATEMENTS = new Map(TABLE_NAMES.map((name) => [name, statementFor(name)]));

function columnOf(type: Type, cells: readonly Cell[]): Buffer {
  if (type === 'bytea') return column.bytea(cells as (Buffer | null)[]);
  if (type === 'bigint' || type === 'int') return column[type](cells as (number | null)[]);
  return column[type](cells as (string | null)[]);
}

/** Answers how many rows are new or speak of a later time than what was there. */
export async function writeRows(tx: Tx, name: TableName, columns: readonly (readonly Cell[])[]): Promise<number> {
  if (columns.length === 0) return 0;
  const types = Object.values(TABLES[name].columns) as Type[];
  const values = types.map((type, i) => columnOf(type, columns[i] as readonly Cell[]));
  const [done] = await tx.query<{ changed: number }>(`household-write-${name}`, STATEMENTS.get(name) as string, values);
  return done?.changed ?? 0;
}

/** Values are added and never forgotten but by an erasure; the latest of a kind is shown, every one is found. */
export const addPersonal = (tx: Tx, rows: readonly { party: string; kind: string; ref: string; at: number }[]) =>
  tx.query(
    'household-personal-add',
    `insert into household.personal as t (party, kind, ref, at)
     select distinct on (p, k, r) p, k, r, a from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[]) n (p, k, r, a) order by p, k, r, a desc
     on conflict (party, kind, ref) do update set at = excluded.at where t.at < excluded.at`,
    [
      column.uuid(rows.map((r) => r.party)),
      column.text(rows.map((r) => r.kind)),
      column.uuid(rows.map((r) => r.ref)),
      column.bigint(rows.map((r) => r.at)),
    ],
  );
