import { z } from 'zod';

const Instant = z.iso.datetime();

/** News that a listener did not take eight times. `fault` says why in the program's words, without long numbers. */
export const ParkedNews = z.object({
  news: z.int(),
  listener: z.string(),
  key: z.string(),
  type: z.string(),
  attempts: z.int(),
  fault: z.string(),
  parkedAt: Instant,
  /** Later news of the same key that wait behind it. */
  blocked: z.int(),
});
export type ParkedNews = z.infer<typeof ParkedNews>;

/** A job whose last run failed. */
export const FailedJob = z.object({
  id: z.string(),
  task: z.string(),
  state: z.enum(['retrying', 'given-up']),
  attempts: z.int(),
  mostAttempts: z.int(),
  fault: z.string(),
  /** When it was first wanted, and when it runs next (past and given up: never by itself). */
  since: Instant,
  next: Instant,
});
export type FailedJob = z.infer<typeof FailedJob>;

/** What is done again and again, or when somebody asks: by name, with what stands in line. */
export const TaskView = z.object({
  task: z.string(),
  /** By the clock: when it was last called; null for what is done only when asked. */
  lastAt: Instant.nullable(),
  byClock: z.boolean(),
  waiting: z.int(),
  running: z.int(),
  failing: z.int(),
});
export type TaskView = z.infer<typeof TaskView>;

export const OperationView = z.object({
  asOf: Instant,
  program: z.object({ since: Instant, memoryBytes: z.int() }),
  store: z.object({ version: z.string(), bytes: z.int() }),
  backup: z.object({ state: z.enum(['fresh', 'late', 'none']), at: Instant.nullable() }),
  /** The longest parked hundred; `total`: all of them. */
  parked: z.object({ items: z.array(ParkedNews), total: z.int() }),
  /** The hundred that were wanted first. */
  failed: z.object({ items: z.array(FailedJob), total: z.int() }),
  tasks: z.array(TaskView),
});
export type OperationView = z.infer<typeof OperationView>;

const Which = { news: z.int().min(1), listener: z.string().min(1).max(128) };
export const NewsRetry = z.strictObject(Which);
export const NewsSkip = z.strictObject({ ...Which, reason: z.string().trim().min(2).max(500) });
export const JobRetry = z.strictObject({ id: z.string().regex(/^\d{1,18}$/) });
