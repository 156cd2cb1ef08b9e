import { z } from 'zod';
import { audit, auditTrail } from '#platform/audit';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { countParked, NEWS, parked, retry, skip } from '#platform/outbox';
import { orThrow, refuse } from '#platform/result';
import { JobRetry, NewsRetry, NewsSkip, OperationView } from './contract.ts';
import { backupState, shownFault } from './model.ts';
import * as store from './store.ts';

const tags = ['operation'];
const SHOWN = 100;
const Done = z.object({ done: z.literal(true) });
const DONE = { done: true } as const;

/** What the night shift looks at, and what it may do about it. */
export function routes(app: App, { db, live }: House): void {
  app.get('/api/operation', { config: { right: 'operation:read' }, schema: { tags, response: { 200: OperationView } } }, async () => {
    const now = Date.now();
    const [failed, tasks, news, total, [backup], size] = await Promise.all([
      store.failedJobs(db),
      store.taskRows(db),
      parked(db, { limit: SHOWN }),
      countParked(db),
      auditTrail(db, { act: 'store.backed-up', limit: 1 }),
      store.storeSize(db),
    ]);
    return {
      asOf: new Date(now).toISOString(),
      program: { since: new Date(now - process.uptime() * 1_000).toISOString(), memoryBytes: process.memoryUsage.rss() },
      store: size,
      backup: { state: backupState(backup?.at, now), at: backup?.at.toISOString() ?? null },
      parked: { total, items: news.map((n) => ({ ...n, fault: shownFault(n.fault), parkedAt: n.parkedAt.toISOString() })) },
      failed: {
        total: failed[0]?.total ?? 0,
        items: failed.map((j) => ({
          id: j.id,
          task: j.task,
          state: j.attempts >= j.most ? ('given-up' as const) : ('retrying' as const),
          attempts: j.attempts,
          mostAttempts: j.most,
          fault: shownFault(j.fault),
          since: j.since.toISOString(),
          next: j.next.toISOString(),
        })),
      },
      tasks: tasks.map((t) => ({ ...t, lastAt: t.lastAt?.toISOString() ?? null })),
    };
  });

  const manage = { right: 'operation:manage' } as const;
  app.post('/api/operation/news/retry', { config: manage, schema: { tags, body: NewsRetry, response: { 200: Done } } }, async (req) => {
    await db.inTx(req.actor, async (ctx) => (await retry(ctx, req.body)) ?? true);
    live.announce(NEWS, []);
    return DONE;
  });

  app.post('/api/operation/news/skip', { config: manage, schema: { tags, body: NewsSkip, response: { 200: Done } } }, async (req) => {
    await db.inTx(req.actor, async (ctx) => (await skip(ctx, req.body)) ?? true);
    live.announce(NEWS, []);
    return DONE;
  });

  app.post('/api/operation/jobs/retry', { config: manage, schema: { tags, body: JobRetry, response: { 200: Done } } }, async (req) => {
    const { id } = req.body;
    await db.inTx(req.actor, async (ctx) => {
      const task = await store.retryJob(ctx, id);
      if (task === undefined) return orThrow(refuse('operation.no-failed-job'));
      await audit(ctx, 'job.retried', `job:${id}`, { details: { task } });
      return true;
    });
    return DONE;
  });
}
