import { column } from '#platform/columns';
import type { Sql, Tx } from '#platform/db';
import type { CaseRecord } from './caseStore.ts';

/** SQL of cases given to somebody, many at once. */

export interface AssignmentRecord {
  readonly id: number;
  readonly at: number;
  readonly by: string;
  readonly by_name: string;
  readonly holder: string;
  readonly holder_name: string;
  readonly undone_at: number | null;
}

type Before = Pick<CaseRecord, 'id' | 'state' | 'because' | 'holder' | 'holder_name' | 'taken_at'>;

/** They are his since `at`; how they stood is kept. */
export async function assign(tx: Tx, a: Omit<AssignmentRecord, 'id' | 'undone_at'>, cases: readonly Before[]): Promise<number> {
  const [row] = await tx.query<{ id: number }>(
    'retention-assignment',
    'insert into retention.assignment (at, by, by_name, holder, holder_name) values ($1, $2, $3, $4, $5) returning id',
    [a.at, a.by, a.by_name, a.holder, a.holder_name],
  );
  const id = row?.id as number;
  const ids = cases.map((c) => c.id);
  await tx.query(
    'retention-assigned',
    `insert into retention.assigned (assignment, case_id, state, because, holder, holder_name, taken_at)
     select $1, * from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])`,
    [
      id,
      column.bigint(ids),
      column.text(cases.map((c) => c.state)),
      column.text(cases.map((c) => c.because)),
      column.text(cases.map((c) => c.holder)),
      column.text(cases.map((c) => c.holder_name)),
      column.bigint(cases.map((c) => c.taken_at)),
    ],
  );
  await tx.query(
    'retention-assign',
    `update retention.case set state = 'taken', because = null, holder = $2, holder_name = $3, taken_at = $4 where id = any($1::bigint[])`,
    [ids, a.holder, a.holder_name, a.at],
  );
  return id;
}

export const lockAssignment = async (tx: Tx, id: number): Promise<AssignmentRecord | undefined> =>
  (
    await tx.query<AssignmentRecord & Record<string, never>>(
      'retention-lock-assignment',
      'select id, at, by, by_name, holder, holder_name, undone_at from retention.assignment where id = $1 for update',
      [id],
    )
  )[0];

export const casesIn = async (sql: Sql, assignment: number): Promise<number[]> =>
  (
    await sql.query<{ case_id: number }>('retention-cases-in', 'select case_id from retention.assigned where assignment = $1', [assignment])
  ).map((r) => r.case_id);

/** These cases stand again as they did before the assignment. */
export async function unassign(tx: Tx, assignment: number, ids: readonly number[], now: number): Promise<void> {
  await tx.query(
    'retention-unassign',
    `update retention.case c set state = a.state, because = a.because, holder = a.holder, holder_name = a.holder_name, taken_at = a.taken_at
     from retention.assigned a where a.assignment = $1 and a.case_id = c.id and c.id = any($2::bigint[])`,
    [assignment, ids],
  );
  await tx.query('retention-assignment-undone', 'update retention.assignment set undone_at = $2 where id = $1', [assignment, now]);
}
