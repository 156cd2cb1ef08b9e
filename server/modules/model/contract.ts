import { z } from 'zod';
import { TAG_PURPOSES, TagName, TagValue } from '#tag/contract';

/** Observations of a model at most: the next takes the place of the oldest that is ripe. */
export const MOST_OBSERVATIONS = 6;

/** The wire forms of the register of models. Days are `yyyy-MM-dd`, instants ISO 8601. */

export const ModelId = z.string().regex(/^[a-z][a-zA-Z0-9-]{0,39}$/);
/** `trained`: learned here; `outside`: scores come from elsewhere, and are watched. */
export const ModelKind = z.enum(['trained', 'outside']);
export const SCENES = ['churn', 'need', 'winBack', 'risk', 'other'] as const;
/** What a model is for; the retention desk has a rule for `churn`. */
export const Scene = z.enum(SCENES);
export const VERSION_STATES = ['draft', 'training', 'trained', 'published', 'retired', 'failed'] as const;
export const VersionState = z.enum(VERSION_STATES);
export type VersionState = z.infer<typeof VersionState>;
export const HEALTH = ['good', 'watch', 'again'] as const;
/** `watch`: look at it; `again`: train again. */
export const Health = z.enum(HEALTH);
export type Health = z.infer<typeof Health>;

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}]*$/u);
const Words = z.strictObject({ zh: text(100).min(1), en: text(100).min(1) });
const Meaning = z.strictObject({ zh: text(1_000), en: text(1_000) });
const Names = z.object({ zh: z.string(), en: z.string() });

export const MOST_INPUTS = 1_000;
const Inputs = z.array(TagName).min(1).max(MOST_INPUTS);

export const NewModel = z.strictObject({
  id: ModelId,
  kind: ModelKind,
  names: Words,
  meaning: Meaning.default({ zh: '', en: '' }),
  scene: Scene,
  /** What its scores are for: every input must allow it. */
  purpose: z.enum(TAG_PURPOSES),
  owner: text(100).min(1),
  /** The flag that is foreseen; of a model from outside it may be absent, then only the spread of its scores is watched. */
  label: TagName.optional(),
  /** After how many days the flag tells whether a score was right. */
  horizonDays: z.number().int().min(1).max(400).default(90),
  /** Who is scored: a definition as in docs/audiences.md; absent: everybody. */
  population: z.unknown().optional(),
  /** The number that carries the scores. */
  score: TagName,
  /** The score that means "certain"; those of models trained here are 0 to 1000. */
  full: z.number().positive().max(1_000_000).default(1_000),
});
export type NewModel = z.infer<typeof NewModel>;

/** What people say of a model; what it foresees, of whom and where stays. */
export const ModelEdit = z.strictObject({ names: Words, meaning: Meaning, owner: text(100).min(1) });
export type ModelEdit = z.infer<typeof ModelEdit>;
export const Withdrawal = z.strictObject({ reason: text(500).min(1) });

export const MOST_DAYS = 400;
const MOST_SCORES = 1_001;
const People = z.number().int().min(0).max(10_000_000_000);
const Score = z.number().min(0).max(1_000_000);
/** A day before the scores were watched here: people by score (0 to `full`), and, of the day `of`, what came since by the score of then. */
export const PastDay = z.strictObject({
  day: z.iso.date(),
  unknown: People.default(0),
  scores: z
    .array(z.strictObject({ score: Score, people: People }))
    .min(1)
    .max(MOST_SCORES),
  judged: z
    .strictObject({
      of: z.iso.date(),
      scores: z
        .array(z.strictObject({ score: Score, yes: People, no: People }))
        .min(1)
        .max(MOST_SCORES),
    })
    .optional(),
});
export type PastDay = z.infer<typeof PastDay>;
export const PastDays = z.strictObject({ days: z.array(PastDay).min(1).max(MOST_DAYS) });

export const MOST_ROWS = 200_000;
/**
 * `inputs` absent: every tag that the model's purpose allows. `observations`: days of ripe ones, whose people are learned from as they stood then; absent: as
 * everybody stands when it is trained. `rows`: about so many people at most, drawn by a stable hash.
 */
export const TrainAsked = z.strictObject({
  inputs: Inputs.optional(),
  observations: z.array(z.iso.date()).min(1).max(MOST_OBSERVATIONS).optional(),
  rows: z.number().int().min(1_000).max(MOST_ROWS).default(MOST_ROWS),
});
export type TrainAsked = z.infer<typeof TrainAsked>;

const Action = z.object({
  name: z.enum(['train', 'publish', 'cancel', 'edit', 'withdraw', 'observe']),
  allowed: z.boolean(),
  because: z.string().nullable(),
});

/** An input and how much it moves the score: `importance` its mean part in the log-odds, either way; `alone` the AUC of a model of it alone. */
export const InputFigure = z.object({ tag: z.string(), names: Names, importance: z.number(), alone: z.number() });

/** How a version did on rows that it had not learned from. */
export const Figures = z.object({
  n: z.number(),
  positives: z.number(),
  /** People of whom the label is known, of whom `n` were drawn. */
  eligible: z.number(),
  auc: z.number(),
  folds: z.array(z.number()),
  ece: z.number(),
  brier: z.number(),
  logLoss: z.number(),
  lift: z.array(z.number()),
  /** The score, 0 to 1, that a hundredth of the rows reaches: from there on a churn model's rule calls. */
  top: z.number(),
  /** Ten groups of equal count, the lowest scores first: mean score, share of yes. */
  bins: z.array(z.object({ rows: z.number(), said: z.number(), seen: z.number() })),
  /** Of the zeros and of the ones, the shares that stand above a score: from (0, 0) to (1, 1). */
  roc: z.array(z.object({ x: z.number(), y: z.number() })),
  parts: z.object({ lambda: z.number(), trees: z.number(), treeShare: z.number(), calibration: z.string() }),
  inputs: z.array(InputFigure),
  /** Tags that were left out, and why. */
  leftOut: z.array(
    z.object({ tag: z.string(), names: Names, because: z.enum(['label', 'lineage', 'purpose', 'same-for-all', 'not-observed']) }),
  ),
});
export type FiguresView = z.infer<typeof Figures>;

/** Why a figure is too good to be believed. */
export const Warning = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('too-good'), auc: z.number() }),
  z.object({ kind: z.literal('alone'), tag: z.string(), names: Names, auc: z.number() }),
]);

export const VersionView = z.object({
  n: z.number(),
  state: VersionState,
  madeAt: z.string(),
  madeBy: z.string(),
  endedAt: z.string().nullable(),
  publishedAt: z.string().nullable(),
  /** How long it took, in seconds. */
  seconds: z.number().nullable(),
  seed: z.number(),
  inputs: z.number().nullable(),
  /** Days of the observations that it learned from; null: from what stood when it was trained. */
  observations: z.array(z.string()).nullable(),
  progress: z.object({ step: z.enum(['waiting', 'reading', 'judging', 'learning']), done: z.number(), total: z.number() }).nullable(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  figures: z
    .object({ auc: z.number(), ece: z.number(), brier: z.number(), n: z.number(), positives: z.number(), top: z.number() })
    .nullable(),
  warnings: z.array(Warning),
  actions: z.array(Action),
});
export type VersionView = z.infer<typeof VersionView>;

/** Scores of the day `of` against what had come by the end of the horizon. */
const Judged = z.object({ of: z.string(), n: z.number(), positives: z.number(), auc: z.number().nullable(), ece: z.number().nullable() });

export const ModelView = z.object({
  id: ModelId,
  kind: ModelKind,
  names: Names,
  meaning: Names,
  scene: Scene,
  purpose: z.string(),
  owner: z.string(),
  label: z.object({ tag: z.string(), names: Names }).nullable(),
  horizonDays: z.number(),
  population: z.object({ where: z.unknown(), sentence: z.string().nullable() }).nullable(),
  score: z.string(),
  full: z.number(),
  madeAt: z.string(),
  /** The version whose scores are in force, or will be. */
  published: VersionView.nullable(),
  latest: VersionView.nullable(),
  /** `judged`: the latest scores that were held against their outcome. */
  health: z.object({ state: Health, day: z.string(), because: z.array(z.string()), judged: Judged.nullable() }).nullable(),
  /** The last, or the running, renewal of all scores. */
  refresh: z
    .object({
      state: z.enum(['waiting', 'running', 'done', 'failed']),
      done: z.number(),
      total: z.number(),
      at: z.string().nullable(),
      scored: z.number(),
      changed: z.number(),
    })
    .nullable(),
  actions: z.array(Action),
});
export type ModelView = z.infer<typeof ModelView>;
export const ModelList = z.object({ items: z.array(ModelView) });

/** People as they stood on a day; what came of them is read on the day `due`, or the first morning after it. */
export const Observation = z.object({
  day: z.string(),
  due: z.string(),
  /** `keeping`: just being kept; `waiting`: for its outcome; `reading`: which is just being read; `ripe`: it can be learned from. */
  state: z.enum(['keeping', 'waiting', 'reading', 'ripe', 'failed']),
  progress: z.object({ done: z.number(), total: z.number() }).nullable(),
  /** People kept, of so many. */
  people: z.number(),
  eligible: z.number().nullable(),
  tags: z.number().nullable(),
  /** When the outcome was read; how many of the people were a yes then, how many a no; of the others it is not known. */
  readOn: z.string().nullable(),
  yes: z.number(),
  no: z.number(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type ObservationView = z.infer<typeof Observation>;
export const Observing = z.strictObject({ every: z.enum(['month', 'never']) });

export const ModelPage = ModelView.extend({
  versions: z.array(VersionView),
  /** The latest first. `every`: whether one begins by itself each month. `because`: why none can be begun today; null: one can. */
  observations: z.object({
    every: z.enum(['month', 'never']),
    most: z.number(),
    because: z.string().nullable(),
    items: z.array(Observation),
  }),
});

/** One day's look at the scores. */
export const MonitorDay = z.object({
  day: z.string(),
  version: z.number(),
  scored: z.number(),
  unknown: z.number(),
  mean: z.number().nullable(),
  /** Stability of the scores against the day of publication. */
  psi: z.number().nullable(),
  /** Inputs that moved most. */
  inputs: z.array(z.object({ tag: z.string(), names: Names, psi: z.number() })),
  /** Scores of an earlier day against what has come since. */
  judged: Judged.nullable(),
  /** Handed in from outside, not looked at here. */
  handed: z.boolean(),
  state: Health,
  because: z.array(z.string()),
});
export const Monitor = z.object({
  items: z.array(MonitorDay),
  /** From which figure on a model is watched, and from which it is to be trained again. */
  limits: z.array(z.object({ figure: z.string(), watch: z.number(), again: z.number().nullable() })),
  /** Days whose scores wait for their outcome, and when it is known. */
  waiting: z.array(z.object({ day: z.string(), due: z.string() })),
});

/** Why one customer has his score. `score` as it stands, 0 to `full`; `rank` from 1, among `of`. */
export const Explained = z.object({
  model: ModelId,
  names: Names,
  version: z.number().nullable(),
  score: z.number().nullable(),
  full: z.number(),
  rank: z.number().nullable(),
  of: z.number(),
  /** When the scores were made. */
  at: z.string().nullable(),
  /** What the model says of today's facts, which may have moved since; null: nothing is told, `because` says why. */
  now: z.object({ score: z.number(), base: z.number() }).nullable(),
  because: z.string().nullable(),
  /** Parts of the log-odds, those that raise it and those that lower it, the greatest first. */
  up: z.array(z.object({ tag: z.string(), names: Names, value: TagValue, label: Names.nullable(), part: z.number() })),
  down: z.array(z.object({ tag: z.string(), names: Names, value: TagValue, label: Names.nullable(), part: z.number() })),
  /** What all others add together. */
  rest: z.number(),
});
export type ExplainedView = z.infer<typeof Explained>;
