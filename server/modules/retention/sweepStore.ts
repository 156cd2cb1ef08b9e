import { column } from '#platform/columns';
import type { Sql, Tx } from '#platform/db';
import type { CaseState } from './model.ts';

/** SQL of the morning's sweep: sets of customers, never one by one. */

/** A run that was not heard of for so long has lost its process. */
const LOST_MS = 10 * 60_000;

/** The day's run is ours now; false while another one is at it, or when it is done already and `again` is false. A run that saw nobody is not done: customers may come at noon. */
export async function beginRun(sql: Sql, day: number, now: number, again: boolean): Promise<boolean> {
  const rows = await sql.query(
    'retention-begin-run',
    `insert into retention.run as r (day, state, began, heard) values ($1, 'running', $2, $2)
     on conflict (day) do update set state = 'running', began = $2, heard = $2, ended = null, trouble = null
       where (r.state = 'running' and r.heard < $3) or r.state = 'failed' or (r.state = 'done' and ($4 or r.customers = 0)) returning day`,
    [day, now, now - LOST_MS, again],
  );
  return rows.length > 0;
}

export interface RunFigures {
  readonly customers: number;
  readonly cases: number;
  readonly suppressed: number;
  readonly departed: number;
  /** When the facts were loaded (epoch ms), and values that were not believed, by name. */
  readonly facts: Readonly<Record<string, number | null>>;
  readonly doubtful: Readonly<Record<string, number>>;
  readonly trouble: string | null;
}

export const endRun = (tx: Sql, day: number, now: number, f: RunFigures) =>
  tx.query(
    'retention-end-run',
    `update retention.run set state = 'done', ended = $2, customers = $3, cases = $4, suppressed = $5, departed = $6, facts = $7, doubtful = $8, trouble = $9
     where day = $1`,
    [day, now, f.customers, f.cases, f.suppressed, f.departed, JSON.stringify(f.facts), JSON.stringify(f.doubtful), f.trouble],
  );

export const failRun = (sql: Sql, day: number, now: number, trouble: string) =>
  sql.query('retention-fail-run', `update retention.run set state = 'failed', ended = $2, trouble = $3 where day = $1`, [
    day,
    now,
    trouble,
  ]);

export interface SpokenRow {
  readonly rule: string;
  readonly version: number;
  readonly hits: number;
  readonly known: number;
  readonly trouble: string | null;
}

export async function saveSpoken(tx: Sql, day: number, rows: readonly SpokenRow[]): Promise<void> {
  await tx.query('retention-forget-spoken', 'delete from retention.spoken where day = $1', [day]);
  await tx.query(
    'retention-save-spoken',
    `insert into retention.spoken (day, rule, version, hits, known, trouble)
     select $1, * from unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::text[])`,
    [
      day,
      rows.map((r) => r.rule),
      rows.map((r) => r.version),
      rows.map((r) => r.hits),
      rows.map((r) => r.known),
      rows.map((r) => r.trouble),
    ],
  );
}

/** Sweeps write one after another, and a run that is being written is alive. */
export async function enterSweep(tx: Tx, day: number, now: number): Promise<void> {
  await tx.query('retention-enter', `select pg_advisory_xact_lock(hashtext('retention.sweep'))`);
  await tx.query('retention-heard', 'update retention.run set heard = $2 where day = $1', [day, now]);
}

export interface StandingRow {
  readonly ordinal: number;
  readonly id: number | null;
  readonly state: CaseState | null;
  readonly quiet_until: number | null;
}

/** How each of these customers stands: his case that is not closed, held against change, and until when he is left in peace. */
export async function standings(tx: Tx, ordinals: readonly number[]): Promise<Map<number, StandingRow>> {
  const live = await tx.query<{ ordinal: number; id: number; state: CaseState }>(
    'retention-live',
    `select ordinal, id, state from retention.case where ordinal = any($1::int[]) and state <> 'closed' order by id for update`,
    [column.int(ordinals)],
  );
  const quiet = await tx.query<{ ordinal: number; quiet_until: number | null }>(
    'retention-quiet',
    `select ordinal, max(quiet_until) quiet_until from retention.case where ordinal = any($1::int[]) and state = 'closed' group by ordinal`,
    [column.int(ordinals)],
  );
  const rows = new Map<number, StandingRow>(quiet.map((q) => [q.ordinal, { ...q, id: null, state: null }]));
  for (const l of live) rows.set(l.ordinal, { ...l, quiet_until: rows.get(l.ordinal)?.quiet_until ?? null });
  return rows;
}

export interface CaseToWrite {
  readonly ordinal: number;
  readonly person: string | null;
  readonly area: string | null;
  readonly state: CaseState;
  readonly because: string | null;
  readonly priority: number;
  readonly rules: readonly string[];
}

const CELLS = `unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::text[])
  n(ordinal, person, area, state, because, priority, rules)`;
const cells = (rows: readonly CaseToWrite[]) => [
  column.int(rows.map((r) => r.ordinal)),
  column.text(rows.map((r) => r.person)),
  column.text(rows.map((r) => r.area)),
  column.text(rows.map((r) => r.state)),
  column.text(rows.map((r) => r.because)),
  column.smallint(rows.map((r) => r.priority)),
  column.text(rows.map((r) => r.rules.join(' '))), // rules' ids hold no blank
];

export const openCases = (tx: Tx, rows: readonly CaseToWrite[], day: number, now: number): Promise<{ id: number; ordinal: number }[]> =>
  tx.query(
    'retention-open-cases',
    `insert into retention.case (ordinal, person, area, state, because, priority, rules, opened, last, opened_at)
     select ordinal, person::uuid, area, state, because, priority, string_to_array(rules, ' '), $8, $8, $9 from ${CELLS} returning id, ordinal`,
    [...cells(rows), day, now],
  );

/** Cases that go on: what spoke today is added, the most urgent priority stands, and who is in talk stays there. */
export const goOn = (tx: Tx, rows: readonly CaseToWrite[], day: number) =>
  tx.query(
    'retention-go-on',
    `update retention.case c set person = n.person::uuid, area = n.area, state = n.state, because = n.because, last = $8, priority = least(c.priority, n.priority),
       rules = (select array_agg(distinct r order by r) from unnest(c.rules || string_to_array(n.rules, ' ')) r)
     from ${CELLS} where c.ordinal = n.ordinal and c.state <> 'closed'`,
    [...cells(rows), day],
  );

export interface HitToWrite {
  readonly caseId: number;
  readonly ordinal: number;
  readonly rule: string;
  readonly version: number;
  /** JSON. */
  readonly evidence: string;
}

/** A day counts once, however often it is swept. */
export const saveHits = (tx: Tx, rows: readonly HitToWrite[], day: number) =>
  tx.query(
    'retention-save-hits',
    `insert into retention.hit as h (case_id, ordinal, rule, version, first, last, evidence, latest)
     select case_id, ordinal, rule, version, $6, $6, evidence, evidence
     from unnest($1::bigint[], $2::int[], $3::text[], $4::int[], $5::json[]) n(case_id, ordinal, rule, version, evidence)
     on conflict (case_id, rule, version) do update set
       days = h.days + case when excluded.last > h.last then 1 else 0 end, last = greatest(h.last, excluded.last), latest = excluded.latest`,
    [
      column.bigint(rows.map((r) => r.caseId)),
      column.int(rows.map((r) => r.ordinal)),
      column.text(rows.map((r) => r.rule)),
      column.int(rows.map((r) => r.version)),
      column.json(rows.map((r) => r.evidence)),
      day,
    ],
  );

/** Cases that nobody took and for which no rule has spoken since that day end by themselves. */
export const letPass = (tx: Tx, before: number, outcome: string, now: number) =>
  tx.query(
    'retention-let-pass',
    `update retention.case set state = 'closed', because = null, outcome = $2, closed_at = $3, closed_by = 'glasshouse', quiet_until = null
     where state in ('open', 'suppressed') and last < $1`,
    [before, outcome, now],
  );

/** Bitmaps of whom the last sweep looked at. */
export const lookedAt = (sql: Sql): Promise<{ block: number; body: Buffer }[]> =>
  sql.query('retention-looked', 'select block, body from retention.looked order by block');

export const saveLooked = (tx: Tx, rows: readonly { block: number; body: Uint8Array }[]) =>
  tx.query(
    'retention-save-looked',
    `insert into retention.looked (block, body) select * from unnest($1::int[], $2::bytea[]) on conflict (block) do update set body = excluded.body`,
    [column.int(rows.map((r) => r.block)), column.bytea(rows.map((r) => r.body))],
  );

export const saveDepartures = (tx: Tx, ordinals: readonly number[], day: number) =>
  tx.query(
    'retention-departures',
    'insert into retention.departure (ordinal, day) select o, $2 from unnest($1::int[]) o on conflict do nothing',
    [column.int(ordinals), day],
  );

/** What a day's sweep made, however often it ran. */
export async function figuresOf(tx: Tx, day: number): Promise<Pick<RunFigures, 'cases' | 'suppressed' | 'departed'>> {
  const [row] = await tx.query<{ cases: number; suppressed: number; departed: number }>(
    'retention-figures',
    `select (select count(*) from retention.case where opened = $1) cases, (select count(*) from retention.case where state = 'suppressed' and last = $1) suppressed,
       (select count(*) from retention.departure where day = $1) departed`,
    [day],
  );
  return row as { cases: number; suppressed: number; departed: number };
}

export interface RunRow extends RunFigures {
  readonly day: number;
  readonly state: 'running' | 'done' | 'failed';
  readonly began: number;
  readonly ended: number | null;
}

export const latestRuns = (sql: Sql, limit: number): Promise<RunRow[]> =>
  sql.query<RunRow & Record<string, never>>(
    'retention-runs',
    `select day, state, began, ended, customers, cases, suppressed, departed, facts, doubtful, trouble from retention.run order by day desc limit $1`,
    [limit],
  );

export const spokenOn = (sql: Sql, days: readonly number[]): Promise<(SpokenRow & { day: number })[]> =>
  sql.query<SpokenRow & { day: number } & Record<string, never>>(
    'retention-spoken',
    'select day, rule, version, hits, known, trouble from retention.spoken where day = any($1::int[]) order by day desc, rule',
    [days],
  );

export const isRunning = async (sql: Sql, day: number): Promise<boolean> =>
  (
    await sql.query('retention-running', `select from retention.run where day = $1 and state = 'running' and heard >= $2`, [
      day,
      Date.now() - LOST_MS,
    ])
  ).length > 0;

/** Once, however often it is asked for before it begins. */
export const askForSweep = (tx: Tx) =>
  tx.query('retention-ask', `select graphile_worker.add_job('retention.sweep', '{}'::json, job_key => 'retention.sweep')`);
