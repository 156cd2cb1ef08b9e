import type { Sql, Tx } from '#platform/db';
import type { ObservationState } from './observation.ts';
import type { KeptTag, ObservedPeople } from './observed.ts';

/** Observations and the people in them. Days since 1970-01-01, times in epoch milliseconds. */

type Row<T> = T & Record<string, never>;

export interface ObservationRow {
  readonly model: string;
  readonly day: number;
  readonly due: number;
  readonly state: ObservationState;
  readonly began_at: number | null;
  readonly tries: number;
  readonly done: number;
  readonly total: number;
  readonly eligible: number | null;
  readonly tags: readonly KeptTag[] | null;
  readonly read_day: number | null;
  readonly code: string | null;
}
/** One attempt at an observation. */
export type Attempt = Pick<ObservationRow, 'model' | 'day' | 'began_at'>;

const OBSERVATION = 'model, day, due, state, began_at, tries, done, total, eligible, tags, read_day, code';

/** The oldest first. */
export const observationsOf = (sql: Sql, model: string): Promise<ObservationRow[]> =>
  sql.query<Row<ObservationRow>>('model-observations', `select ${OBSERVATION} from model.observation where model = $1 order by day`, [
    model,
  ]);

export interface Counted {
  readonly day: number;
  readonly people: number;
  readonly yes: number;
  readonly no: number;
}

export const countsOf = (sql: Sql, model: string): Promise<Counted[]> =>
  sql.query<Row<Counted>>(
    'model-observed-counts',
    'select day, sum(people) people, sum(yes) yes, sum(no) "no" from model.observed where model = $1 group by day',
    [model],
  );

/** Under the model's lock. */
export const addObservation = (tx: Tx, o: { model: string; day: number; due: number; now: number; by: string }) =>
  tx.query(
    'model-observation-add',
    `insert into model.observation (model, day, due, state, made_at, made_by) values ($1, $2, $3, 'asked', $4, $5)`,
    [o.model, o.day, o.due, o.now, o.by],
  );

/** False when there is none of that day. */
export const dropObservation = async (sql: Sql, model: string, day: number): Promise<boolean> =>
  (await sql.query('model-observation-drop', 'delete from model.observation where model = $1 and day = $2 returning day', [model, day])).length > 0; // biome-ignore format: one line

export const isMonthly = async (sql: Sql, model: string): Promise<boolean> =>
  (await sql.query<{ monthly: boolean }>('model-monthly', 'select monthly from model.model where id = $1', [model]))[0]?.monthly ?? false;

export const monthlyModels = async (sql: Sql): Promise<string[]> =>
  (await sql.query<{ id: string }>('model-monthly-all', 'select id from model.model where monthly order by id')).map((r) => r.id);

export const setMonthly = (tx: Tx, model: string, monthly: boolean) =>
  tx.query('model-monthly-set', 'update model.model set monthly = $2 where id = $1', [model, monthly]);

/* ── work ── */

/** Those whose outcome is known by `today` are to be read. */
export const noteDue = (sql: Sql, today: number) =>
  sql.query('model-observation-due', `update model.observation set state = 'due', tries = 0 where state = 'kept' and due <= $1`, [today]);

/** Takes up what has waited longest, or whose worker was not heard of since `lost`. */
export const claimObservation = async (sql: Sql, now: number, lost: number): Promise<ObservationRow | undefined> =>
  (
    await sql.query<Row<ObservationRow>>(
      'model-observation-claim',
      `update model.observation set began_at = $1, beat = $1, tries = tries + 1, done = 0, total = 0
       where (model, day) = (select model, day from model.observation where state in ('asked', 'due') and coalesce(beat, 0) < $2
                             order by made_at limit 1 for update skip locked) returning ${OBSERVATION}`,
      [now, lost],
    )
  )[0];

/** Says how far it is; false when this attempt is not the one that counts. */
export const beatObservation = async (sql: Sql, o: Attempt, at: { now: number; done: number; total: number }): Promise<boolean> =>
  (
    await sql.query(
      'model-observation-beat',
      `update model.observation set beat = $4, done = $5, total = $6 where model = $1 and day = $2 and began_at = $3 and state in ('asked', 'due') returning day`,
      [o.model, o.day, o.began_at, at.now, at.done, at.total],
    )
  ).length > 0;

/** Gives the work back, so that the next program takes it up at once. */
export const letGoObservation = (sql: Sql, o: Attempt) =>
  sql.query(
    'model-observation-let-go',
    'update model.observation set beat = null, began_at = null, tries = tries - 1 where model = $1 and day = $2 and began_at = $3',
    [o.model, o.day, o.began_at],
  );

/** It was asked for on a day that is over: it will be one of today, unless today has one. Nothing was kept of it yet. */
export const beginAnew = (sql: Sql, o: Attempt, today: number) =>
  sql.query(
    'model-observation-anew',
    `with old as (delete from model.observation where model = $1 and day = $2 and began_at = $3 returning *)
     insert into model.observation (model, day, due, state, made_at, made_by)
     select model, $4, $4 + due - day, 'asked', made_at, made_by from old on conflict do nothing`,
    [o.model, o.day, o.began_at, today],
  );

/** Throws when this attempt is not the one that counts. */
async function once(rows: Promise<readonly unknown[]>): Promise<void> {
  if ((await rows).length === 0) throw new Error('overtaken');
}

export const wasKept = (sql: Sql, o: Attempt, { eligible, tags }: { eligible: number; tags: readonly KeptTag[] }): Promise<void> =>
  once(
    sql.query(
      'model-observation-kept',
      `update model.observation set state = 'kept', beat = null, eligible = $4, tags = $5
       where model = $1 and day = $2 and began_at = $3 and state = 'asked' returning day`,
      [o.model, o.day, o.began_at, eligible, JSON.stringify(tags)],
    ),
  );

export const wasRead = (sql: Sql, o: Attempt, today: number): Promise<void> =>
  once(
    sql.query(
      'model-observation-ripe',
      `update model.observation set state = 'ripe', beat = null, read_day = $4, code = null
       where model = $1 and day = $2 and began_at = $3 and state = 'due' returning day`,
      [o.model, o.day, o.began_at, today],
    ),
  );

/** What was not kept is given up; an outcome that could not be read waits for the next time. */
export const broke = (sql: Sql, o: Attempt, code: string) =>
  sql.query(
    'model-observation-broke',
    `update model.observation set state = case state when 'asked' then 'failed' else 'kept' end, beat = null, code = $4
     where model = $1 and day = $2 and began_at = $3 and state in ('asked', 'due')`,
    [o.model, o.day, o.began_at, code],
  );

/* ── people ── */

/** What an earlier attempt left. */
export const forgetHalfKept = (sql: Sql, o: Attempt) =>
  sql.query('model-observed-clear', 'delete from model.observed where model = $1 and day = $2', [o.model, o.day]);

/** The observation is held while it is written: an erasure that comes between begins the attempt anew. */
export const keepPeople = (sql: Sql, o: Attempt, block: number, p: Omit<ObservedPeople, 'outcome'>): Promise<void> =>
  once(
    sql.query(
      'model-observed-keep',
      `insert into model.observed (model, day, block, people, places, cells)
       select model, day, $4, $5, $6, $7 from model.observation where model = $1 and day = $2 and began_at = $3 and state = 'asked' for share returning block`,
      [o.model, o.day, o.began_at, block, p.people, p.places, p.cells],
    ),
  );

export const blocksKept = async (sql: Sql, model: string, days: readonly number[]): Promise<number[]> =>
  (
    await sql.query<{ block: number }>(
      'model-observed-blocks',
      'select distinct block from model.observed where model = $1 and day = any($2) order by block',
      [model, days],
    )
  ).map((r) => r.block);

export interface PeopleOfDay extends ObservedPeople {
  readonly day: number;
}

/** Who is kept of a block, on each of these days. */
export const peopleKept = (sql: Sql, model: string, days: readonly number[], block: number): Promise<PeopleOfDay[]> =>
  sql.query<Row<PeopleOfDay>>(
    'model-observed-people',
    'select day, people, places, cells, outcome from model.observed where model = $1 and day = any($2) and block = $3 order by day',
    [model, days, block],
  );

/** Their places and outcomes alone. */
export const outcomesKept = (sql: Sql, model: string, days: readonly number[], block: number): Promise<Omit<PeopleOfDay, 'cells'>[]> =>
  sql.query<Row<Omit<PeopleOfDay, 'cells'>>>(
    'model-observed-outcomes',
    'select day, people, places, outcome from model.observed where model = $1 and day = any($2) and block = $3 order by day',
    [model, days, block],
  );

/** The outcome of these people, as long as they are the same: an erasure that came between is looked at again. */
export const noteOutcome = (
  sql: Sql,
  o: Attempt,
  block: number,
  r: { places: Buffer; outcome: Buffer; yes: number; no: number },
): Promise<void> =>
  once(
    sql.query(
      'model-observed-outcome',
      `update model.observed set outcome = $5, yes = $6, no = $7 where model = $1 and day = $2 and block = $3 and places = $4
         and exists (select from model.observation where model = $1 and day = $2 and began_at = $8 and state = 'due') returning block`,
      [o.model, o.day, block, r.places, r.outcome, r.yes, r.no, o.began_at],
    ),
  );

/* ── erasure ── */

/** Whoever is just being kept is kept anew, from what is then known. */
export const interruptKeeping = (tx: Tx) =>
  tx.query(
    'model-observation-interrupt',
    `update model.observation set began_at = null, beat = null where state = 'asked' and began_at is not null`,
  );

export interface PeopleOfBlock extends PeopleOfDay {
  readonly model: string;
  readonly block: number;
}

/** Everybody kept of this block in any observation, held until the transaction ends; `cells` are read apart. */
export const lockBlock = (tx: Tx, block: number): Promise<Pick<PeopleOfBlock, 'model' | 'day' | 'places'>[]> =>
  tx.query<Row<Pick<PeopleOfBlock, 'model' | 'day' | 'places'>>>(
    'model-observed-lock',
    'select model, day, places from model.observed where block = $1 order by model, day for update',
    [block],
  );

export const replacePeople = (
  tx: Tx,
  at: { model: string; day: number; block: number },
  p: ObservedPeople & { readonly yes: number; readonly no: number },
) =>
  tx.query(
    'model-observed-replace',
    `update model.observed set people = $4, places = $5, cells = $6, outcome = $7, yes = $8, no = $9 where model = $1 and day = $2 and block = $3`,
    [at.model, at.day, at.block, p.people, p.places, p.cells, p.outcome, p.yes, p.no],
  );

export const dropPeople = (tx: Tx, at: { model: string; day: number; block: number }) =>
  tx.query('model-observed-drop', 'delete from model.observed where model = $1 and day = $2 and block = $3', [at.model, at.day, at.block]);
