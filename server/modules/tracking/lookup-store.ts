import { list, type Sql } from '#platform/db';
import { gather } from '#platform/gather';
import type { JourneyRecord } from './record.ts';

/** The customer's questions as SQL. Those asked at the same time are one statement: sending it costs more than what it looks up. */

const MOST = 20;

/** What the customer's view needs of a journey's row. */
export type TrackedRow = Pick<JourneyRecord, 'id' | 'scenario' | 'version' | 'state' | 'stage' | 'fold'>;
type Row = TrackedRow & Record<string, never>;
type Asked = Row & { readonly n: number };

const ROW = 'j.id, j.scenario, j.version, j.state, j.stage, j.fold';
const RECENT = '(j.finished is null or j.finished >= $2)';

/**
 * The latest journeys of each question. Its members come first and alone (`offset 0`), and the order is by an expression: walking all journeys from
 * the latest on, until enough are his, never ends for a miss. The keys come out of a subquery, so that the plan is the same for one and for a hundred
 * and is made once.
 */
const latest = (keys: string, members: string): string => `
  select q.n::int as n, ${ROW} from ${keys} cross join lateral (
    select j.* from (${members} offset 0) m join tracking.journey j on j.id = m.journey where ${RECENT} order by j.started + 0 desc limit ${MOST}
  ) j order by q.n, j.started desc`;

const BY_NUMBER = latest(
  'unnest((select $1::uuid[])) with ordinality q(object, n)',
  'select journey from tracking.member where object = q.object',
);
/** `intersect` walks both lists once in their common order: of a join the planner makes a product, and a firm asked with a shop's phone takes seconds. */
const BY_PAIR = latest(
  'rows from (unnest((select $1::uuid[])), unnest((select $3::uuid[]))) with ordinality q(a, b, n)',
  'select journey from tracking.member where object = q.a intersect select journey from tracking.member where object = q.b',
);
const BY_TICKET = `select ${ROW} from tracking.ticket t join tracking.member m on m.object = t.journey and m.distance < 100
  join tracking.journey j on j.id = m.journey where t.hash = $1 and ${RECENT} order by j.started desc limit 1`;

/** Ids are keyed hashes; `since` (µs): what was over before then is not told any more. */
export interface LookupStore {
  byNumber(number: string): Promise<TrackedRow[]>;
  byPair(pair: readonly [idNumber: string, phone: string]): Promise<TrackedRow[]>;
  byTicket(hash: string, since: number): Promise<TrackedRow[]>;
  byId(journey: string): Promise<TrackedRow | undefined>;
}

/** Rows as they lie in the store: the timeline is still packed. */
export function openLookupStore(sql: Sql, since: () => number): LookupStore {
  const apart = (rows: readonly Asked[], questions: number): TrackedRow[][] => {
    const out: TrackedRow[][] = Array.from({ length: questions }, () => []);
    for (const r of rows) out[r.n - 1]?.push(r);
    return out;
  };
  return {
    byNumber: gather(async (numbers) =>
      apart(await sql.query<Asked>('track-by-number', BY_NUMBER, [list(numbers), since()]), numbers.length),
    ),
    byPair: gather(async (pairs) =>
      apart(
        await sql.query<Asked>('track-by-pair', BY_PAIR, [list(pairs.map(([id]) => id)), since(), list(pairs.map(([, phone]) => phone))]),
        pairs.length,
      ),
    ),
    byTicket: (hash, over) => sql.query<Row>('track-by-ticket', BY_TICKET, [hash, over]),
    byId: gather(async (ids) => {
      const rows = await sql.query<Row>(
        'track-by-id',
        `select ${ROW} from tracking.journey j where j.id = any((select $1::uuid[])::uuid[])`,
        [list(ids)],
      );
      const found = new Map(rows.map((r) => [r.id, r]));
      return ids.map((id) => found.get(id));
    }),
  };
}
