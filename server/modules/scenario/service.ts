import type { Sql, Tx } from '#platform/db';
import type { Live } from '#platform/live';
import { book } from './book.ts';
import type { Scenario } from './contract.ts';
import { standardScenarios } from './standard.ts';
import * as store from './store.ts';

/** Live topic: a scenario was published; the book of the announcing process has it already. */
export const PUBLISHED = 'scenario.published';

/** First data and the book's news: the standard scenarios are published once, and every copy reads anew when one publishes. */
export async function startScenarios(sql: Sql, live: Live, now: number): Promise<void> {
  for (const s of standardScenarios()) await store.publish(sql, s, 'standard', now);
  await book.reload(sql);
  live.on(PUBLISHED, () => void book.reload(sql).catch(() => undefined)); // the next news, or the next start, reads again
}

/** Publishes the next version of a scenario; answers it. To be announced after commit by `announcePublished`. */
export async function publishNext(tx: Tx, draft: Scenario, by: string, now: number): Promise<Scenario> {
  const [last] = await store.versionsOf(tx, draft.id);
  const next = { ...draft, version: (last?.version ?? 0) + 1 };
  await store.publish(tx, next, by, now);
  return next;
}

export async function announcePublished(sql: Sql, live: Live): Promise<void> {
  await book.reload(sql);
  live.announce(PUBLISHED, {});
}
