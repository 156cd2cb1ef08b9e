import type { Said } from '#customer';
import { list, type Sql, type Tx } from '#platform/db';

/** SQL of transfers; each is where its service is, and outside the caller's areas it is not there. */

export interface TransferRow {
  readonly id: string;
  readonly service: string;
  readonly from_parties: readonly string[];
  readonly to_party: string;
  readonly area: string | null;
  readonly customer: number | null;
  readonly at: number;
  readonly reason: string;
  readonly proof: Buffer;
  readonly said: readonly Said[];
  readonly made_at: number;
  readonly by: string;
  readonly by_name: string;
  readonly undone_at: number | null;
  readonly undone_by_name: string | null;
  readonly undo_reason: string | null;
}

export type Areas = 'all' | readonly string[];
const areasOf = (areas: Areas): readonly string[] | null => (areas === 'all' ? null : areas);
const FIELDS =
  'id, service, from_parties, to_party, area, customer, at, reason, proof, said, made_at, by, by_name, undone_at, undone_by_name, undo_reason';
const OPEN = '($2::text[] is null or area = any($2))';
type Row = TransferRow & Record<string, never>;

export const addTransfer = (tx: Tx, t: Omit<TransferRow, 'undone_at' | 'undone_by_name' | 'undo_reason'>) =>
  tx.query(
    'transfer-add',
    `insert into transfer.transfer (id, service, from_parties, to_party, area, customer, at, reason, proof, said, made_at, by, by_name)
     values ($1, $2, $3::uuid[], $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      t.id,
      t.service,
      list(t.from_parties),
      t.to_party,
      t.area,
      t.customer,
      t.at,
      t.reason,
      t.proof,
      JSON.stringify(t.said),
      t.made_at,
      t.by,
      t.by_name,
    ],
  );

const ONE = `select ${FIELDS} from transfer.transfer where id = $1 and ${OPEN}`;

export const transferById = async (sql: Sql, id: string, areas: Areas): Promise<TransferRow | undefined> =>
  (await sql.query<Row>('transfer-one', ONE, [id, areasOf(areas)]))[0];

export const lockTransfer = async (tx: Tx, id: string, areas: Areas): Promise<TransferRow | undefined> =>
  (await tx.query<Row>('transfer-lock', `${ONE} for update`, [id, areasOf(areas)]))[0];

/** Transfers of these services that stand, the latest first. */
export const standingOf = (sql: Sql, services: readonly string[]): Promise<TransferRow[]> =>
  sql.query<Row>(
    'transfer-standing',
    `select ${FIELDS} from transfer.transfer where service = any($1::uuid[]) and undone_at is null order by made_at desc, id desc`,
    [list(services)],
  );

/** Of a service, or of any of these: parties (either side), a counted customer. What is absent is not asked. The latest first. */
export const listTransfers = (
  sql: Sql,
  f: { areas: Areas; service: string | null; parties: readonly string[] | null; customer: number | null; limit: number },
): Promise<TransferRow[]> =>
  sql.query<Row>(
    '',
    `select ${FIELDS} from transfer.transfer where ($1::uuid is null or service = $1) and ${OPEN}
       and (($3::uuid[] is null and $4::int is null) or to_party = any($3) or from_parties && $3 or customer = $4) order by made_at desc, id desc limit $5`,
    [f.service, areasOf(f.areas), f.parties === null ? null : list(f.parties), f.customer, f.limit],
  );

export const saveUndone = (tx: Tx, u: { id: string; at: number; by: string; name: string; reason: string }) =>
  tx.query(
    'transfer-undone',
    'update transfer.transfer set undone_at = $2, undone_by = $3, undone_by_name = $4, undo_reason = $5 where id = $1',
    [u.id, u.at, u.by, u.name, u.reason],
  );
