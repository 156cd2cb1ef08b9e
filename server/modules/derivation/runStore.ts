import { randomUUID } from 'node:crypto';
import type { Db, Sql, Tx } from '#platform/db';
import type { DerivationRun, Trial } from './contract.ts';

/** SQL of runs and trials, and the lock of whoever looks. */

type Row<T> = T & Record<string, never>;

export type RunRow = Omit<DerivationRun, 'began' | 'ended'> & {
  readonly tag: string;
  readonly began: number;
  readonly ended: number | null;
};

const FIELDS = 'id, tag, version, why, state, began, ended, done, blocks, customers, changed, doubtful';
/** Runs that are kept of each tag. */
const KEPT = 200;

export const runsOf = (sql: Sql, tag: string, limit: number): Promise<RunRow[]> =>
  sql.query<Row<RunRow>>('derivation-runs', `select ${FIELDS} from derivation.run where tag = $1 order by id desc limit $2`, [tag, limit]);

export const lastRuns = (sql: Sql): Promise<RunRow[]> =>
  sql.query<Row<RunRow>>(
    'derivation-last-runs',
    `select ${FIELDS} from (select distinct on (tag) ${FIELDS} from derivation.run order by tag, id desc) r`,
  );

/** A run that everybody may watch; the oldest of its tag goes. */
export const beginRun = async (sql: Sql, run: Pick<RunRow, 'tag' | 'version' | 'why' | 'began' | 'blocks'>): Promise<number> =>
  (
    await sql.query<{ id: number }>(
      'derivation-run-begin',
      `with old as (delete from derivation.run where tag = $1 and id <= (select id from derivation.run where tag = $1 order by id desc offset ${KEPT} limit 1))
       insert into derivation.run (tag, version, why, state, began, blocks) values ($1, $2, $3, 'running', $4, $5) returning id`,
      [run.tag, run.version, run.why, run.began, run.blocks],
    )
  )[0]?.id as number;

export const goOnRun = (sql: Sql, id: number, done: number) =>
  sql.query('derivation-run-on', 'update derivation.run set done = $2 where id = $1', [id, done]);

export const endRun = (tx: Tx, id: number, run: Pick<RunRow, 'customers' | 'changed' | 'doubtful'> & { readonly ended: number }) =>
  tx.query(
    'derivation-run-end',
    `update derivation.run set state = 'done', done = blocks, ended = $2, customers = $3, changed = $4, doubtful = $5 where id = $1`,
    [id, run.ended, run.customers, run.changed, JSON.stringify(run.doubtful)],
  );

/** Runs that nobody goes on with: whoever looks is alone, so what is still running broke off. */
export const failRuns = (sql: Sql, now: number) =>
  sql.query('derivation-runs-fail', `update derivation.run set state = 'failed', ended = $1 where state = 'running'`, [now]);

/** Does the work unless another copy, or another part of this one, is at it; a lock that goes with its connection. Answers whether it did. */
export async function alone(db: Db, work: () => Promise<void>): Promise<boolean> {
  const client = await db.pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ ours: boolean }>(`select pg_try_advisory_lock(hashtext('derivation.look')) ours`);
    if (rows[0]?.ours !== true) return false;
    try {
      await work();
    } finally {
      await client.query(`select pg_advisory_unlock(hashtext('derivation.look'))`).catch((e: Error) => {
        broken = e;
      });
    }
    return true;
  } finally {
    client.release(broken);
  }
}

/* ── trials ── */

const TRIAL_KEPT_MS = 86_400_000;
/** A trial that says nothing for so long is no more. */
const TRIAL_SILENT_MS = 60_000;

export async function beginTrial(sql: Sql, tag: string, now: number): Promise<string> {
  await sql.query('derivation-trials-old', 'delete from derivation.trial where heard < $1', [now - TRIAL_KEPT_MS]);
  const id = randomUUID();
  await sql.query('derivation-trial', `insert into derivation.trial (id, tag, state, heard) values ($1, $2, 'running', $3)`, [
    id,
    tag,
    now,
  ]);
  return id;
}

export const goOnTrial = (sql: Sql, id: string, { done, blocks, now }: { done: number; blocks: number; now: number }) =>
  sql.query('derivation-trial-on', 'update derivation.trial set done = $2, blocks = $3, heard = $4 where id = $1', [id, done, blocks, now]);

/** `result` null: it broke off. */
export const endTrial = (sql: Sql, id: string, result: Trial['result'], now: number) =>
  sql.query('derivation-trial-end', 'update derivation.trial set state = $2, done = blocks, result = $3, heard = $4 where id = $1', [
    id,
    result === null ? 'failed' : 'done',
    result && JSON.stringify(result),
    now,
  ]);

export const trialOf = async (sql: Sql, tag: string, id: string, now: number): Promise<Trial | undefined> =>
  (
    await sql.query<Row<Trial>>(
      'derivation-trial-get',
      `select id, case when state = 'running' and heard < $3 then 'failed' else state end state, done, blocks, result
       from derivation.trial where id = $1 and tag = $2`,
      [id, tag, now - TRIAL_SILENT_MS],
    )
  )[0];
