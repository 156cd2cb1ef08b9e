import { Logger, type ParsedCronItem, parseCrontab, run, type Task, type TaskList } from 'graphile-worker';
import pg from 'pg';
import type { Log } from './log.ts';
import type { House, Module } from './module.ts';

export interface Jobs {
  /** Takes no new job, waits for those in hand (at most 5 s, then they are given back to be run again). */
  stop(): Promise<void>;
}

/** A task that fails is run again with growing pauses; its error, which may quote a value, is logged by name and place only. */
const loggerFor = (log: Log): Logger =>
  new Logger(() => (level, message, meta) => {
    if (level === 'error')
      log.error({ task: (meta?.job as { task_identifier?: string } | undefined)?.task_identifier }, message.split('\n')[0]);
    else if (level === 'warning') log.warn(message.split('\n')[0]);
    else log.trace(message);
  });

/**
 * Runs the modules' tasks and crontab lines (times in UTC) from schema `graphile_worker`, over its own connections. Every copy of the program does;
 * a job is run by one of them. Throws when two modules claim a task name, or a name does not begin with its module's.
 */
export async function startJobs(house: House, modules: readonly Module[]): Promise<Jobs> {
  const taskList: TaskList = {};
  for (const module of modules) {
    for (const [name, task] of Object.entries(module.jobs?.(house) ?? {}) as [string, Task][]) {
      if (!name.startsWith(`${module.name}.`)) throw new Error(`Job ${name} of module ${module.name} must be named ${module.name}.…`);
      if (name in taskList) throw new Error(`Job ${name} is there twice.`);
      taskList[name] = task;
    }
  }
  const pool = new pg.Pool({ connectionString: house.db.url, max: 6, application_name: 'glasshouse jobs' });
  pool.on('connect', (client) => client.on('error', () => undefined)); // one that is just closing when the store ends must not end the program
  pool.on('error', () => undefined); // a lost idle connection: the next query takes a new one
  const runner = await run({
    pgPool: pool,
    concurrency: 4,
    pollInterval: 2_000,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: 5_000,
    taskList,
    parsedCronItems: timetable(modules.map((m) => m.crontab ?? '').join('\n')),
    logger: loggerFor(house.log),
  });
  runner.promise.catch((e: Error) => house.log.error({ fault: e.message }, 'the job runner ended'));
  return {
    stop: async () => {
      await runner.stop();
      await pool.end();
    },
  };
}

/** graphile-worker's crontab reads no dot in a task's name; ours is `module.task`, so the dot travels as a slash. */
function timetable(crontab: string): ParsedCronItem[] {
  const slashed = crontab.replace(/^([ \t]*(?:[^\s#]\S*[ \t]+){5}\w+)\./gm, '$1/');
  return parseCrontab(slashed).map((item) => ({
    ...item,
    task: item.task.replace('/', '.'),
    identifier: item.identifier.replace('/', '.'),
  }));
}
