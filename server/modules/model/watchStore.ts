import { column } from '#platform/columns';
import type { Sql } from '#platform/db';
import type { Health } from './contract.ts';

/** Renewals of scores, copies that wait for their outcome, and what each day's look found. */

type Row<T> = T & Record<string, never>;

export interface RefreshRow {
  readonly model: string;
  readonly asked_at: number;
  readonly served_at: number;
  readonly beat: number | null;
  readonly tries: number;
  readonly load: string | null;
  readonly done: number;
  readonly total: number;
  readonly ended_at: number | null;
  readonly version: number | null;
  readonly scored: number;
  readonly changed: number;
  readonly failed: boolean;
}

const REFRESH = 'model, asked_at, served_at, beat, tries, load, done, total, ended_at, version, scored, changed, failed';

export const refreshes = (sql: Sql): Promise<RefreshRow[]> =>
  sql.query<Row<RefreshRow>>('model-refreshes', `select ${REFRESH} from model.refresh`);

/** People by score in thousandths (0 to 1000), as the last renewal found them; undefined before the first. */
export const spreadOf = async (
  sql: Sql,
  model: string,
): Promise<{ spread: number[]; ended_at: number; version: number | null } | undefined> => {
  const [row] = await sql.query<{ spread: number[] | null; ended_at: number; version: number | null }>(
    'model-spread',
    'select array_to_json(spread) spread, ended_at, version from model.refresh where model = $1',
    [model],
  );
  return row?.spread ? { spread: row.spread, ended_at: row.ended_at, version: row.version } : undefined;
};

export const askRefresh = (sql: Sql, model: string, now: number) =>
  sql.query(
    'model-refresh-ask',
    `insert into model.refresh (model, asked_at) values ($1, $2)
     on conflict (model) do update set asked_at = greatest($2, model.refresh.asked_at + 1), tries = 0`,
    [model, now],
  );

/** Takes up what has waited longest, or whose worker was not heard of since `lost`. The load before it, if any, is `load`. */
export const claimRefresh = async (sql: Sql, now: number, lost: number): Promise<RefreshRow | undefined> =>
  (
    await sql.query<Row<RefreshRow>>(
      'model-refresh-claim',
      `update model.refresh set beat = $1, tries = tries + 1, done = 0, total = 0
       where model = (select model from model.refresh where asked_at > served_at and coalesce(beat, 0) < $2 order by asked_at limit 1 for update skip locked)
       returning ${REFRESH}`,
      [now, lost],
    )
  )[0];

export const noteLoad = (sql: Sql, model: string, load: string) =>
  sql.query('model-refresh-load', 'update model.refresh set load = $2 where model = $1', [model, load]);

/** False when another attempt has taken it over: each notes a load of its own. */
export const beatRefresh = async (
  sql: Sql,
  { model, load, now, done, total }: { model: string; load: string; now: number; done: number; total: number },
): Promise<boolean> =>
  (
    await sql.query(
      'model-refresh-beat',
      'update model.refresh set beat = $3, done = $4, total = $5 where model = $1 and load = $2 returning model',
      [model, load, now, done, total],
    )
  ).length > 0;

export const endRefresh = (
  sql: Sql,
  r: {
    readonly model: string;
    readonly served: number;
    readonly now: number;
    readonly version: number;
    readonly scored: number;
    readonly changed: number;
    readonly spread: readonly number[];
  },
) =>
  sql.query(
    'model-refresh-end',
    `update model.refresh set served_at = $2, ended_at = $3, beat = null, load = null, tries = 0, version = $4, scored = $5, changed = $6, spread = $7, failed = false
     where model = $1`,
    [r.model, r.served, r.now, r.version, r.scored, r.changed, r.spread],
  );

/** Nobody is scored any more. */
export const clearRefresh = (
  sql: Sql,
  r: { readonly model: string; readonly served: number; readonly now: number; readonly changed: number },
) =>
  sql.query(
    'model-refresh-clear',
    `update model.refresh set served_at = $2, ended_at = $3, beat = null, load = null, tries = 0, version = null, scored = 0, changed = $4, spread = null, failed = false
     where model = $1`,
    [r.model, r.served, r.now, r.changed],
  );

/** Gives it up until it is asked for again (`served`), or only for now. */
export const leaveRefresh = (sql: Sql, model: string, served: number | null) =>
  sql.query(
    'model-refresh-leave',
    'update model.refresh set beat = null, load = null, served_at = coalesce($2, served_at), failed = $2 is not null where model = $1',
    [model, served],
  );

/** How inputs and scores are spread when a version first scores: later days are held against it. */
export interface Base {
  readonly spread: readonly number[];
  /** People by code of the version's coder, unknown last. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
}

export const baseOf = async (sql: Sql, model: string, n: number): Promise<Base | null> =>
  (await sql.query<{ base: Base | null }>('model-base', 'select base from model.version where model = $1 and n = $2', [model, n]))[0]
    ?.base ?? null;

export const saveBase = (sql: Sql, model: string, n: number, base: Base) =>
  sql.query('model-base-save', 'update model.version set base = $3 where model = $1 and n = $2', [model, n, JSON.stringify(base)]);

/* ── scores that wait ── */

const LAST_DAY = 2 ** 31 - 1;

export const keepScores = (
  sql: Sql,
  { model, day, version }: { model: string; day: number; version: number },
  blocks: readonly { readonly block: number; readonly scores: Buffer }[],
) =>
  sql.query(
    'model-keep',
    `insert into model.kept (model, day, version, block, scores) select $1, $2, $3, * from unnest($4::int[], $5::bytea[])
     on conflict (model, day, block) do update set scores = excluded.scores, version = excluded.version, whole = false`,
    [model, day, version, column.int(blocks.map((b) => b.block)), column.bytea(blocks.map((b) => b.scores))],
  );

/** What an earlier attempt at this day left. */
export const forgetHalf = (sql: Sql, model: string) =>
  sql.query('model-keep-half', 'delete from model.kept where model = $1 and not whole', [model]);

export const keptWhole = (sql: Sql, model: string, day: number) =>
  sql.query('model-keep-whole', 'update model.kept set whole = true where model = $1 and day = $2', [model, day]);

/** Days of which there are whole copies, the oldest first. */
export const copiesOf = async (sql: Sql, model: string): Promise<number[]> =>
  (
    await sql.query<{ day: number }>('model-copies', 'select distinct day from model.kept where model = $1 and whole order by day', [model])
  ).map((r) => r.day);

export const copyAt = async (sql: Sql, model: string, day: number, block: number): Promise<Buffer | undefined> =>
  (
    await sql.query<{ scores: Buffer }>(
      'model-copy',
      'select scores from model.kept where model = $1 and day = $2 and block = $3 and whole',
      [model, day, block],
    )
  )[0]?.scores;

export const dropCopies = (sql: Sql, model: string, upTo: number) =>
  sql.query('model-copies-drop', 'delete from model.kept where model = $1 and day <= $2', [model, Math.min(upTo, LAST_DAY)]);

/* ── days ── */

export interface Judgement {
  readonly of: number;
  readonly n: number;
  readonly positives: number;
  readonly auc: number | null;
  readonly ece: number | null;
}

export interface DayRow {
  readonly day: number;
  readonly version: number;
  readonly scored: number;
  readonly unknown: number;
  readonly mean: number | null;
  readonly psi: number | null;
  readonly inputs: readonly { readonly tag: string; readonly psi: number }[];
  readonly judged: Judgement | null;
  readonly state: Health;
  readonly because: readonly string[];
}

const DAY = 'day, version, scored, unknown, mean, psi, inputs, judged, state, because';
const DAY_SHOWN = `${DAY}, handed`;

/** A second look on one day replaces the first, but keeps what the first judged. */
export const saveDay = (sql: Sql, model: string, d: DayRow, at: number, from: 'looked' | 'handed' = 'looked') =>
  sql.query(
    'model-day-save',
    `insert into model.day (model, ${DAY}, at, handed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (model, day) do update set version = excluded.version, scored = excluded.scored, unknown = excluded.unknown, mean = excluded.mean,
       psi = excluded.psi, inputs = excluded.inputs, judged = coalesce(excluded.judged, model.day.judged), state = excluded.state, because = excluded.because, at = excluded.at,
       handed = excluded.handed`,
    [
      model,
      d.day,
      d.version,
      d.scored,
      d.unknown,
      d.mean,
      d.psi,
      JSON.stringify(d.inputs),
      d.judged === null ? null : JSON.stringify(d.judged),
      d.state,
      d.because,
      at,
      from === 'handed',
    ],
  );

const firstDay = async (sql: Sql, model: string, handed: boolean): Promise<number | null> =>
  (
    await sql.query<{ day: number | null }>('model-first-day', 'select min(day) as "day" from model.day where model = $1 and handed = $2', [
      model,
      handed,
    ])
  )[0]?.day ?? null;
/** The first day that was looked at here; null: none yet. */
export const firstLook = (sql: Sql, model: string) => firstDay(sql, model, false);
/** The first day that was handed in. */
export const firstHanded = (sql: Sql, model: string) => firstDay(sql, model, true);

/** The latest first. */
export const daysOf = (sql: Sql, model: string, limit: number): Promise<(DayRow & { readonly handed: boolean })[]> =>
  sql.query<Row<DayRow & { handed: boolean }>>(
    'model-days',
    `select ${DAY_SHOWN} from model.day where model = $1 order by day desc limit $2`,
    [model, limit],
  );

/** The latest day of each model. `known`: what came of the latest scores that were held against their outcome; null: none were. */
export const lastDays = (sql: Sql): Promise<(DayRow & { model: string; known: Judgement | null })[]> =>
  sql.query<Row<DayRow & { model: string; known: Judgement | null }>>(
    'model-last-days',
    `select distinct on (model) model, ${DAY},
       (select j.judged from model.day j where j.model = d.model and j.judged is not null order by j.day desc limit 1) known
     from model.day d order by model, day desc`,
  );
