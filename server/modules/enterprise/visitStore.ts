import type { Sql, Tx } from '#platform/db';
import type { Place, VISIT_STATES } from './contract.ts';
import { type Areas, areasOf } from './store.ts';

/** SQL of visits. */

export interface VisitRecord {
  readonly id: number;
  readonly enterprise: string;
  readonly state: (typeof VISIT_STATES)[number];
  readonly day: number;
  readonly place: string;
  readonly version: number;
  readonly offer: Place['offer']['large'];
  readonly by: string;
  readonly by_name: string;
  readonly at: number;
  readonly note: Buffer | null;
  readonly outcome: string | null;
  readonly met: boolean | null;
  readonly outcome_note: Buffer | null;
  readonly outcome_by: string | null;
  readonly outcome_by_name: string | null;
  readonly outcome_at: number | null;
}

/** `enterprise`: the head of the number that it was planned for. */
const FIELDS = `v.id, (select coalesce("into", id) from enterprise.enterprise where id = v.enterprise) enterprise, v.state, v.day, v.place, v.version, v.offer, v.by, v.by_name, v.at, v.note, v.outcome, v.met, v.outcome_note, v.outcome_by,
  v.outcome_by_name, v.outcome_at`;
type Row = VisitRecord & Record<string, never>;

/** Of all its numbers, the latest first. */
export const visitsOf = (sql: Sql, enterprise: string): Promise<VisitRecord[]> =>
  sql.query<Row>(
    'enterprise-visits',
    `select ${FIELDS} from enterprise.visit v where v.enterprise = $1 or v.enterprise in (select id from enterprise.enterprise where "into" = $1)
     order by v.id desc limit 100`,
    [enterprise],
  );

/** The enterprise of a visit in these areas, locked: whoever acts on its visits waits for the one before him. */
export const lockEnterprise = async (tx: Tx, id: string, areas: Areas): Promise<boolean> =>
  (
    await tx.query(
      'enterprise-lock',
      'select from enterprise.enterprise where id = $1 and "into" is null and ($2::text[] is null or area = any($2)) for update',
      [id, areasOf(areas)],
    )
  ).length > 0;

export const visitById = async (sql: Sql, id: number): Promise<VisitRecord | undefined> =>
  (await sql.query<Row>('enterprise-visit', `select ${FIELDS} from enterprise.visit v where v.id = $1`, [id]))[0];

export const addVisit = (
  tx: Tx,
  v: Pick<VisitRecord, 'enterprise' | 'day' | 'place' | 'version' | 'offer' | 'by' | 'by_name' | 'at' | 'note'>,
): Promise<{ id: number }[]> =>
  tx.query(
    'enterprise-add-visit',
    `insert into enterprise.visit (enterprise, state, day, place, version, offer, by, by_name, at, note) values ($1, 'planned', $2, $3, $4, $5, $6, $7, $8, $9)
     returning id`,
    [v.enterprise, v.day, v.place, v.version, JSON.stringify(v.offer), v.by, v.by_name, v.at, v.note],
  );

/** What an act makes of a visit. */
export type Changed = Pick<VisitRecord, 'state' | 'outcome' | 'met' | 'outcome_note' | 'outcome_by' | 'outcome_by_name' | 'outcome_at'>;

export const saveVisit = (tx: Tx, id: number, c: Changed) =>
  tx.query(
    'enterprise-save-visit',
    `update enterprise.visit set state = $2, outcome = $3, met = $4, outcome_note = $5, outcome_by = $6, outcome_by_name = $7, outcome_at = $8 where id = $1`,
    [id, c.state, c.outcome, c.met, c.outcome_note, c.outcome_by, c.outcome_by_name, c.outcome_at],
  );
