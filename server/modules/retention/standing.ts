import type { Sql } from '#platform/db';

/** A case that is not closed, for other modules: whose, and whether somebody talks with him already. */
export interface LiveCase {
  readonly ordinal: number;
  readonly state: 'open' | 'suppressed' | 'taken';
}

/** Of these areas (null: of all). */
export const liveCases = (sql: Sql, areas: readonly string[] | null): Promise<LiveCase[]> =>
  sql.query<LiveCase & Record<string, never>>(
    'retention-live-cases',
    `select ordinal, state from retention.case where state <> 'closed' and ($1::text[] is null or area = any($1))`,
    [areas],
  );
