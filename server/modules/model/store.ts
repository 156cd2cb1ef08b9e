import { gunzipSync, gzipSync } from 'node:zlib';
import type { Sql, Tx } from '#platform/db';
import type { NewModel, VersionState } from './contract.ts';
import type { NotUsed, Warned } from './model.ts';

/** Models and their versions. Times in epoch milliseconds. */

export interface ModelRow {
  readonly id: string;
  readonly kind: NewModel['kind'];
  readonly zh: string;
  readonly en: string;
  readonly meaning_zh: string;
  readonly meaning_en: string;
  readonly scene: NewModel['scene'];
  readonly purpose: string;
  readonly owner: string;
  readonly label: string | null;
  readonly horizon: number;
  readonly population: unknown;
  readonly score: string;
  readonly top: number;
  readonly published: number | null;
  readonly made_at: number;
  readonly made_by: string;
}

const MODEL =
  'id, kind, zh, en, meaning_zh, meaning_en, scene, purpose, owner, label, horizon, population, score, top, published, made_at, made_by';
type Row<T> = T & Record<string, never>;

export const allModels = (sql: Sql): Promise<ModelRow[]> =>
  sql.query<Row<ModelRow>>('model-all', `select ${MODEL} from model.model order by made_at, id limit 1000`);

/** Those that foresee this tag, say by it who is scored, carry their scores in it, or have it as an input of what is in force or was trained last. */
export const modelsUsing = (sql: Sql, tag: string): Promise<ModelRow[]> =>
  sql.query<Row<ModelRow>>(
    'model-using',
    `select ${MODEL} from model.model m
     where label = $1 or score = $1 or position(to_json($1::text)::text in population::text) > 0
       or exists (select from model.version v, json_array_elements(v.figures->'inputs') i
         where v.model = m.id and i->>'tag' = $1
           and v.n in (m.published, (select max(n) from model.version w where w.model = m.id and w.figures is not null)))
     order by made_at, id limit 1000`,
    [tag],
  );

export const modelById = async (sql: Sql, id: string): Promise<ModelRow | undefined> =>
  (await sql.query<Row<ModelRow>>('model-by-id', `select ${MODEL} from model.model where id = $1`, [id]))[0];

/** Held until the transaction ends. */
export const lockModel = async (tx: Tx, id: string): Promise<ModelRow | undefined> =>
  (await tx.query<Row<ModelRow>>('model-lock', `select ${MODEL} from model.model where id = $1 for update`, [id]))[0];

/** False when there is one of this id, or of this score. */
export const addModel = async (tx: Tx, m: ModelRow): Promise<boolean> =>
  (
    await tx.query(
      'model-add',
      `insert into model.model (${MODEL}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) on conflict do nothing returning id`,
      [
        m.id,
        m.kind,
        m.zh,
        m.en,
        m.meaning_zh,
        m.meaning_en,
        m.scene,
        m.purpose,
        m.owner,
        m.label,
        m.horizon,
        m.population === null ? null : JSON.stringify(m.population),
        m.score,
        m.top,
        m.published,
        m.made_at,
        m.made_by,
      ],
    )
  ).length > 0;

export const saveWords = (tx: Tx, m: Pick<ModelRow, 'id' | 'zh' | 'en' | 'meaning_zh' | 'meaning_en' | 'owner'>) =>
  tx.query('model-words', 'update model.model set zh = $2, en = $3, meaning_zh = $4, meaning_en = $5, owner = $6 where id = $1', [
    m.id,
    m.zh,
    m.en,
    m.meaning_zh,
    m.meaning_en,
    m.owner,
  ]);

/* ── versions ── */

export type Step = 'waiting' | 'reading' | 'judging' | 'learning';

export interface VersionRow {
  readonly model: string;
  readonly n: number;
  readonly state: VersionState;
  readonly made_at: number;
  readonly made_by: string;
  readonly began_at: number | null;
  readonly beat: number | null;
  readonly tries: number;
  readonly ended_at: number | null;
  readonly published_at: number | null;
  readonly seed: number;
  readonly wanted: readonly string[] | null;
  /** Rows at most. */
  readonly most: number;
  /** Days of the observations that it learns from; null: from what stands when it is trained. */
  readonly observed: readonly number[] | null;
  readonly step: Step;
  readonly done: number;
  readonly total: number;
  readonly code: string | null;
  readonly details: Record<string, unknown> | null;
  readonly summary: Summary | null;
}

/** What lists show of a version's figures. */
export interface Summary {
  readonly auc: number;
  readonly ece: number;
  readonly brier: number;
  readonly n: number;
  readonly positives: number;
  readonly top: number;
  /** How many there are. */
  readonly inputs: number;
  readonly warned: readonly Warned[];
}

/** The figures of a version; undefined where it has none. */
export const figuresOf = async (sql: Sql, model: string, n: number): Promise<KeptFigures | undefined> =>
  (
    await sql.query<{ figures: KeptFigures | null }>('model-figures', 'select figures from model.version where model = $1 and n = $2', [
      model,
      n,
    ])
  )[0]?.figures ?? undefined;

/** What of `Figures` (contract.ts) is kept: names are said when it is read. */
export interface KeptFigures {
  readonly n: number;
  readonly positives: number;
  readonly eligible: number;
  readonly auc: number;
  readonly folds: readonly number[];
  readonly ece: number;
  readonly brier: number;
  readonly logLoss: number;
  readonly lift: readonly number[];
  /** The score, 0 to 1, that a hundredth of the rows reaches. */
  readonly top: number;
  readonly bins: readonly { readonly rows: number; readonly said: number; readonly seen: number }[];
  readonly roc: readonly { readonly x: number; readonly y: number }[];
  readonly parts: { readonly lambda: number; readonly trees: number; readonly treeShare: number; readonly calibration: string };
  readonly inputs: readonly { readonly tag: string; readonly importance: number; readonly alone: number }[];
  readonly leftOut: readonly { readonly tag: string; readonly because: NotUsed }[];
}

const VERSION =
  'model, n, state, made_at, made_by, began_at, beat, tries, ended_at, published_at, seed, wanted, most, observed, step, done, total, code, details, summary';

/** The latest first. */
export const versionsOf = (sql: Sql, model: string): Promise<VersionRow[]> =>
  sql.query<Row<VersionRow>>('model-versions', `select ${VERSION} from model.version where model = $1 order by n desc limit 500`, [model]);

/** Of each model the latest version, and the one that is published. */
export const topVersions = (sql: Sql): Promise<VersionRow[]> =>
  sql.query<Row<VersionRow>>(
    'model-top-versions',
    `select ${VERSION} from model.version v where n = (select max(n) from model.version w where w.model = v.model) or state = 'published'`,
  );

export const versionOf = async (sql: Sql, model: string, n: number): Promise<VersionRow | undefined> =>
  (await sql.query<Row<VersionRow>>('model-version', `select ${VERSION} from model.version where model = $1 and n = $2`, [model, n]))[0];

/** Under the model's lock; answers its number. */
export const addVersion = async (
  tx: Tx,
  v: Pick<VersionRow, 'model' | 'seed' | 'wanted' | 'most' | 'observed'> & { readonly at: number; readonly by: string },
): Promise<number> =>
  (
    await tx.query<{ n: number }>(
      'model-version-add',
      `insert into model.version (model, n, state, made_at, made_by, seed, wanted, most, observed)
       select $1, coalesce(max(n), 0) + 1, 'draft', $2, $3, $4, $5, $6, $7 from model.version where model = $1 returning n`,
      [v.model, v.at, v.by, v.seed, v.wanted, v.most, v.observed],
    )
  )[0]?.n as number;

/** The one version of a model whose scores come from outside. */
export const addOutside = (tx: Tx, model: string, at: number, by: string) =>
  tx.query(
    'model-version-outside',
    `insert into model.version (model, n, state, made_at, made_by, ended_at, published_at, seed) values ($1, 1, 'published', $2, $3, $2, $2, 0)`,
    [model, at, by],
  );

/** Takes up the training that has waited longest, or whose worker was not heard of since `lost`. */
export const claimVersion = async (sql: Sql, now: number, lost: number): Promise<VersionRow | undefined> =>
  (
    await sql.query<Row<VersionRow>>(
      'model-version-claim',
      `update model.version set state = 'training', began_at = $1, beat = $1, tries = tries + 1, step = 'reading', done = 0, total = 0
       where (model, n) = (select model, n from model.version where state in ('draft', 'training') and coalesce(beat, 0) < $2
                           order by made_at limit 1 for update skip locked) returning ${VERSION}`,
      [now, lost],
    )
  )[0];

/** Says that it is worked on and how far it is; false when it is not to be any more. `began` tells this attempt from a later one. */
export const beatVersion = async (
  sql: Sql,
  v: Pick<VersionRow, 'model' | 'n' | 'began_at'>,
  at: { readonly now: number; readonly step: Step; readonly done: number; readonly total: number },
): Promise<boolean> =>
  (
    await sql.query(
      'model-version-beat',
      `update model.version set beat = $4, step = $5, done = $6, total = $7 where model = $1 and n = $2 and began_at = $3 and state = 'training' returning n`,
      [v.model, v.n, v.began_at, at.now, at.step, at.done, at.total],
    )
  ).length > 0;

/** Gives the work back, so that the next program takes it up at once. */
export const letGoVersion = (sql: Sql, v: Pick<VersionRow, 'model' | 'n' | 'began_at'>) =>
  sql.query(
    'model-version-let-go',
    `update model.version set beat = null, tries = tries - 1 where model = $1 and n = $2 and began_at = $3 and state = 'training'`,
    [v.model, v.n, v.began_at],
  );

/** The whole version at once, or nothing of it; false when this attempt is not the one that counts. */
export const finishVersion = async (
  sql: Sql,
  v: Pick<VersionRow, 'model' | 'n' | 'began_at'>,
  made: { readonly now: number; readonly summary: Summary; readonly figures: KeptFigures; readonly trained: string },
): Promise<boolean> =>
  (
    await sql.query(
      'model-version-finish',
      `update model.version set state = 'trained', beat = null, ended_at = $4, summary = $5, figures = $6, trained = $7
       where model = $1 and n = $2 and began_at = $3 and state = 'training' returning n`,
      [v.model, v.n, v.began_at, made.now, JSON.stringify(made.summary), JSON.stringify(made.figures), gzipSync(made.trained)],
    )
  ).length > 0;

/** `began` null: whatever attempt there is. */
export const failVersion = async (
  sql: Sql,
  v: { readonly model: string; readonly n: number; readonly began_at: number | null },
  why: { readonly now: number; readonly code: string; readonly details?: Record<string, unknown> },
): Promise<boolean> =>
  (
    await sql.query(
      'model-version-fail',
      `update model.version set state = 'failed', beat = null, ended_at = $4, code = $5, details = $6
       where model = $1 and n = $2 and ($3::bigint is null or began_at = $3) and state in ('draft', 'training') returning n`,
      [v.model, v.n, v.began_at, why.now, why.code, why.details ? JSON.stringify(why.details) : null],
    )
  ).length > 0;

/** What a version needs to score; undefined: it never was trained. */
export async function trainedOf(sql: Sql, model: string, n: number): Promise<string | undefined> {
  const [row] = await sql.query<{ trained: Buffer | null }>(
    'model-trained',
    'select trained from model.version where model = $1 and n = $2',
    [model, n],
  );
  return row?.trained ? gunzipSync(row.trained).toString('utf8') : undefined;
}

/** One version in force instead of another. Under the model's lock. */
export async function publish(tx: Tx, { model, n, now }: { model: string; n: number; now: number }): Promise<void> {
  await tx.query(
    'model-version-retire',
    `update model.version set state = 'retired' where model = $1 and state = 'published' and n <> $2`,
    [model, n],
  );
  await tx.query(
    'model-version-publish',
    `update model.version set state = 'published', published_at = $3, base = null where model = $1 and n = $2`,
    [model, n, now],
  );
  await tx.query('model-published', 'update model.model set published = $2 where id = $1', [model, n]);
}

/** No version is in force any more. Under the model's lock. */
export async function withdraw(tx: Tx, model: string): Promise<void> {
  await tx.query('model-version-withdraw', `update model.version set state = 'retired' where model = $1 and state = 'published'`, [model]);
  await tx.query('model-withdrawn', 'update model.model set published = null where id = $1', [model]);
}

/** Someone works on trainings and renewals soon: at once where this program or another is free. */
export const askForWork = (sql: Sql) =>
  sql.query('model-work-ask', `select graphile_worker.add_job('model.work', '{}'::json, job_key => 'model.work')`);
