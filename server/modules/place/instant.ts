import type { Sql } from '#platform/db';
import { lastBatch } from '#tag';

const TRIES = 3;

/**
 * Asks again when a batch of tags came in force meanwhile, so that the figures of one answer speak of one instant. Where batches come faster than answers
 * the last answer stands: each of its figures is exact, two of them may be a batch apart.
 */
export async function atOneInstant<T>(sql: Sql, ask: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    const before = await lastBatch(sql);
    const answer = await ask();
    if (tried === TRIES || (await lastBatch(sql)) === before) return answer;
  }
}
