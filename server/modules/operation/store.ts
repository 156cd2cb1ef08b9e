import type { Ctx, Sql } from '#platform/db';

const SHOWN = 100;

export interface JobRow {
  id: string;
  task: string;
  attempts: number;
  most: number;
  fault: string | null;
  since: Date;
  next: Date;
}

/** Jobs whose last run failed and which are not running just now, with how many there are in all. */
export const failedJobs = (sql: Sql): Promise<(JobRow & { total: number })[]> =>
  sql.query(
    'operation-failed',
    `select id::text, task_identifier task, attempts::int, max_attempts::int most, last_error fault, created_at since, run_at next, count(*) over ()::int total
     from graphile_worker.jobs where last_error is not null and locked_at is null order by created_at, id limit ${SHOWN}`,
  );

export interface TaskRow {
  task: string;
  byClock: boolean;
  lastAt: Date | null;
  waiting: number;
  running: number;
  failing: number;
}

export const taskRows = (sql: Sql): Promise<TaskRow[]> =>
  sql.query(
    'operation-tasks',
    `select task, bool_or(by_clock) "byClock", max(last_at) "lastAt", sum(waiting)::int waiting, sum(running)::int running, sum(failing)::int failing from (
       select identifier task, true by_clock, last_execution last_at, 0 waiting, 0 running, 0 failing from graphile_worker._private_known_crontabs
       union all
       select task_identifier, false, null, count(*) filter (where locked_at is null and last_error is null), count(*) filter (where locked_at is not null),
         count(*) filter (where locked_at is null and last_error is not null) from graphile_worker.jobs group by 1) t
     group by 1 order by 1`,
  );

/** Runs a failed job at once, with all its attempts before it again; undefined when there is no such job. */
export async function retryJob(ctx: Ctx, id: string): Promise<string | undefined> {
  const [row] = await ctx.tx.query<{ task: string }>(
    'operation-job',
    'select task_identifier task from graphile_worker.jobs where id = $1 and last_error is not null and locked_at is null',
    [id],
  );
  if (row === undefined) return undefined;
  await ctx.tx.query('operation-job-again', 'select graphile_worker.reschedule_jobs(array[$1::bigint], run_at => now(), attempts => 0)', [
    id,
  ]);
  return row.task;
}

export const storeSize = async (sql: Sql): Promise<{ version: string; bytes: number }> =>
  (
    await sql.query<{ version: string; bytes: number }>(
      'operation-store',
      `select current_setting('server_version') version, pg_database_size(current_database()) bytes`,
    )
  )[0] ?? { version: '', bytes: 0 };
