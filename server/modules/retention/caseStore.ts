import type { Sql, Tx } from '#platform/db';
import type { CaseState } from './model.ts';

/** SQL of cases, one at a time and in lists; every one of them is cut to the caller's areas. */

export interface CaseRecord {
  readonly id: number;
  readonly ordinal: number;
  readonly person: string | null;
  readonly area: string | null;
  readonly state: CaseState;
  readonly because: string | null;
  readonly priority: number;
  readonly rules: readonly string[];
  readonly opened: number;
  readonly last: number;
  readonly holder: string | null;
  readonly holder_name: string | null;
  readonly taken_at: number | null;
  readonly outcome: string | null;
  readonly cause: string | null;
  readonly closed_at: number | null;
  readonly closed_by: string | null;
}

export type Areas = 'all' | readonly string[];

const FIELDS =
  'id, ordinal, person, area, state, because, priority, rules, opened, last, holder, holder_name, taken_at, outcome, cause, closed_at, closed_by';
type Row = CaseRecord & Record<string, never>;
const areasOf = (areas: Areas): readonly string[] | null => (areas === 'all' ? null : areas);

export interface CaseFilter {
  readonly states: readonly CaseState[];
  readonly rule?: string | undefined;
  readonly area?: readonly string[] | undefined;
  readonly holder?: string | undefined;
  readonly because?: string | undefined;
  readonly outcome?: string | undefined;
  /** Some rule still spoke on this day or later. */
  readonly spokeSince?: number | undefined;
  readonly person?: string | undefined;
}

function whereOf(f: CaseFilter, areas: Areas): { text: string; values: unknown[] } {
  const values: unknown[] = [f.states];
  const parts = ['state = any($1)'];
  const add = (text: string, value: unknown) => {
    values.push(value);
    parts.push(text.replace('?', `$${values.length}`));
  };
  if (areas !== 'all') add('area = any(?::text[])', areas);
  if (f.rule !== undefined) add('? = any(rules)', f.rule);
  if (f.area !== undefined) add('area = any(?::text[])', f.area);
  if (f.holder !== undefined) add('holder = ?', f.holder);
  if (f.because !== undefined) add('because = ?', f.because);
  if (f.outcome !== undefined) add('outcome = ?', f.outcome);
  if (f.spokeSince !== undefined) add('last >= ?', f.spokeSince);
  if (f.person !== undefined) add('person = ?::uuid', f.person);
  return { text: parts.join(' and '), values };
}

/** The most urgent first, among them the newest. `after`: priority and id of the last one seen. */
export function listCases(
  sql: Sql,
  f: CaseFilter,
  areas: Areas,
  page: { limit: number; after?: readonly [priority: number, id: number] | undefined },
): Promise<CaseRecord[]> {
  const { text, values } = whereOf(f, areas);
  let more = '';
  if (page.after !== undefined) {
    values.push(...page.after);
    const [p, id] = [`$${values.length - 1}::smallint`, `$${values.length}::bigint`];
    more = ` and (priority > ${p} or (priority = ${p} and id < ${id}))`;
  }
  values.push(page.limit);
  return sql.query<Row>(
    '',
    `select ${FIELDS} from retention.case where ${text}${more} order by priority, id desc limit $${values.length}`,
    values,
  );
}

/** How many, exact up to `most`. */
export async function countCases(sql: Sql, f: CaseFilter, areas: Areas, most: number): Promise<number> {
  const { text, values } = whereOf(f, areas);
  const [row] = await sql.query<{ n: number }>(
    '',
    `select count(*) n from (select from retention.case where ${text} limit ${most + 1}) x`,
    values,
  );
  return row?.n ?? 0;
}

const ONE = `select ${FIELDS} from retention.case where id = $1 and ($2::text[] is null or area = any($2))`;

export const caseById = async (sql: Sql, id: number, areas: Areas): Promise<CaseRecord | undefined> =>
  (await sql.query<Row>('retention-case', ONE, [id, areasOf(areas)]))[0];

export const lockCase = async (tx: Tx, id: number, areas: Areas): Promise<CaseRecord | undefined> =>
  (await tx.query<Row>('retention-lock-case', `${ONE} for update`, [id, areasOf(areas)]))[0];

/** Locked in the order of their numbers. */
export const lockCases = (tx: Tx, ids: readonly number[], areas: Areas): Promise<CaseRecord[]> =>
  tx.query<Row>(
    'retention-lock-cases',
    `select ${FIELDS} from retention.case where id = any($1::bigint[]) and ($2::text[] is null or area = any($2)) order by id for update`,
    [ids, areasOf(areas)],
  );

/** Cases of any of these customers, whatever became of them, the newest first. */
export const casesOfMany = (sql: Sql, ordinals: readonly number[], areas: Areas, limit: number): Promise<CaseRecord[]> =>
  sql.query<Row>(
    'retention-cases-of-many',
    `select ${FIELDS} from retention.case where ordinal = any($1::int[]) and ($2::text[] is null or area = any($2)) order by id desc limit $3`,
    [ordinals, areasOf(areas), limit],
  );

/** Customers who have a case that is not closed, or are left in peace on that day after one. */
export const busyOn = async (sql: Sql, day: number): Promise<Set<number>> =>
  new Set(
    (
      await sql.query<{ ordinal: number }>(
        'retention-busy',
        `select distinct ordinal from retention.case where state <> 'closed' or quiet_until >= $1`,
        [day],
      )
    ).map((r) => r.ordinal),
  );

/** Cases of the same customer, the newest first. */
export const casesOf = (sql: Sql, ordinal: number, but: number): Promise<CaseRecord[]> =>
  sql.query<Row>('retention-cases-of', `select ${FIELDS} from retention.case where ordinal = $1 and id <> $2 order by id desc limit 50`, [
    ordinal,
    but,
  ]);

/** What an act makes of a case. */
export type Changed = Pick<
  CaseRecord,
  'state' | 'because' | 'holder' | 'holder_name' | 'taken_at' | 'outcome' | 'cause' | 'closed_at' | 'closed_by'
> & { readonly quiet_until: number | null };

export const saveCase = (tx: Tx, id: number, c: Changed) =>
  tx.query(
    'retention-save-case',
    `update retention.case set state = $2, because = $3, holder = $4, holder_name = $5, taken_at = $6, outcome = $7, cause = $8, closed_at = $9, closed_by = $10,
       quiet_until = $11 where id = $1`,
    [id, c.state, c.because, c.holder, c.holder_name, c.taken_at, c.outcome, c.cause, c.closed_at, c.closed_by, c.quiet_until],
  );

export const addNote = (tx: Tx, n: { caseId: number; at: number; by: string; text: Buffer }) =>
  tx.query('retention-note', 'insert into retention.note (case_id, at, by, text) values ($1, $2, $3, $4)', [n.caseId, n.at, n.by, n.text]);

export const notesOf = (sql: Sql, caseId: number): Promise<{ at: number; by: string; text: Buffer }[]> =>
  sql.query('retention-notes', 'select at, by, text from retention.note where case_id = $1 order by id desc limit 500', [caseId]);

export interface HitRecord {
  readonly case_id: number;
  readonly rule: string;
  readonly version: number;
  readonly first: number;
  readonly last: number;
  readonly days: number;
  readonly evidence: Readonly<Record<string, number | string | boolean | null>>;
  readonly latest: Readonly<Record<string, number | string | boolean | null>>;
}

/** What speaks for these cases, the latest first. */
export const hitsOf = (sql: Sql, cases: readonly number[]): Promise<HitRecord[]> =>
  sql.query<HitRecord & Record<string, never>>(
    'retention-hits',
    `select case_id, rule, version, first, last, days, evidence, latest from retention.hit where case_id = any($1::bigint[])
     order by last desc, rule, version desc`,
    [cases],
  );
