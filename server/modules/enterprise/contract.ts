import { z } from 'zod';

/** The wire forms of enterprise customers: what is sent of them, the tables that place them, where they stand and why. Safe in the browser. */

const isText = (s: string) => s.isWellFormed() && !s.includes('\0');
const line = (most: number) => z.string().trim().min(1).max(most).refine(isText, { error: 'text' });
const Names = z.strictObject({ zh: line(200), en: line(200) });
export type Names = z.infer<typeof Names>;
const Text = z.strictObject({ zh: line(2_000), en: line(2_000) });
export const Id = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
const IndicatorId = z.string().max(64).regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*){0,3}$/); // biome-ignore format: one line
export const Day = z.iso.date();
const MOST_VALUE = 2 ** 51;

export const AXES = ['value', 'loyalty', 'competition'] as const;
export const Axis = z.enum(AXES);
export type Axis = z.infer<typeof Axis>;
export const LEVELS = ['high', 'middle', 'low'] as const;
export const Level = z.enum(LEVELS);
export type Level = z.infer<typeof Level>;
export const SIZES = ['large', 'small'] as const;
export const Size = z.enum(SIZES);
export type Size = z.infer<typeof Size>;

/* ── in ── */

const Source = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** One enterprise as a source says it. A field that is absent stays as it was; null takes it away. */
export const EnterpriseIn = z.strictObject({
  source: Source,
  /** Its number in that source. */
  key: line(128),
  /** Numbers, of other sources too, that are the same enterprise. */
  sameAs: z
    .array(z.strictObject({ source: Source, key: line(128) }))
    .max(20)
    .default([]),
  name: line(200),
  area: line(64).nullish(),
  industry: line(100).nullish(),
  /** Who looks after it, as the source calls him: a staff number or name. */
  manager: line(100).nullish(),
  /** A person: goes to the vault. */
  contact: z.strictObject({ name: line(100).nullish(), phone: line(40).nullish() }).nullish(),
  /** The day of which all this speaks; what is older than what is known changes nothing. */
  at: Day,
  /** Whole numbers (money in fen), yes or no by indicator; null: no longer known. */
  facts: z.record(IndicatorId, z.union([z.number().int().min(-MOST_VALUE).max(MOST_VALUE), z.boolean(), z.null()])).default({}),
});
export type EnterpriseIn = z.input<typeof EnterpriseIn>;
export type EnterpriseRead = z.output<typeof EnterpriseIn>;

const Reasoned = z.string().trim().min(1).max(500);
/** `other`: any number of the enterprise that is the same. */
export const Joining = z.strictObject({ other: z.uuid(), reason: Reasoned });
export const Parting = z.strictObject({ number: z.uuid(), reason: Reasoned });

export const Taken = z.object({ received: z.number(), added: z.number(), changed: z.number(), unchanged: z.number(), moved: z.number() });
export type Taken = z.infer<typeof Taken>;

/* ── the tables ── */

export const Part = z.strictObject({ id: Id, axis: Axis, names: Names });

export type Part = z.infer<typeof Part>;

export const Indicator = z.strictObject({
  id: IndicatorId,
  part: Id,
  names: Names,
  /** The definition (口径). */
  meaning: Text,
  unit: z.enum(['fen', 'number', 'percent', 'months', 'flag']),
  /** Days for which a fact is good; null: for ever. */
  validDays: z.number().int().min(1).max(3_650).nullable(),
  /** From which value on how many points; below the first: none. */
  bands: z
    .array(z.strictObject({ from: z.number().int().min(-MOST_VALUE).max(MOST_VALUE), points: z.number().int().min(0).max(100) }))
    .min(1)
    .max(10),
});
export type Indicator = z.infer<typeof Indicator>;

const Share = z.number().int().min(0).max(100);
/** `high`, `middle`: percent of the points that the known indicators could give; `least`: percent of all points that must be known at all. */
const Thresholds = z.strictObject({ high: Share, middle: Share, least: Share });

export const Place = z.strictObject({
  id: Id,
  names: Names,
  meaning: Text,
  /** What is suggested: function and service for the large, price for the small. */
  offer: z.strictObject({ large: Text, small: Text }),
  who: Names,
  /** Seen at least every so many days. */
  everyDays: z.number().int().min(1).max(366),
});
export type Place = z.infer<typeof Place>;

const ByCompetition = z.strictObject({ high: Id, middle: Id, low: Id });
const ByLoyalty = z.strictObject({ high: ByCompetition, middle: ByCompetition, low: ByCompetition });

export const Tables = z
  .strictObject({
    axes: z.strictObject({ value: Thresholds, loyalty: Thresholds, competition: Thresholds }),
    parts: z.array(Part).min(3).max(30),
    indicators: z.array(Indicator).min(3).max(60),
    /** Large from this value of an indicator on. */
    size: z.strictObject({ indicator: IndicatorId, large: z.number().int().min(1).max(MOST_VALUE) }),
    /** The indicator that is added up as yearly revenue, in fen. */
    revenue: IndicatorId,
    places: z.array(Place).min(1).max(27),
    /** The place of each of the 27 cells, by value, then loyalty, then tie to competitors. */
    cells: z.strictObject({ high: ByLoyalty, middle: ByLoyalty, low: ByLoyalty }),
  })
  .meta({ id: 'Tables' });
export type Tables = z.infer<typeof Tables>;

/** What of a table's text is wrong, at which path. */
export const TableMistake = z.object({ path: z.string(), zh: z.string(), en: z.string() });
export type TableMistake = z.infer<typeof TableMistake>;

const Action = z.object({ name: z.string(), allowed: z.boolean(), because: z.string().nullable() });

export const TablesHead = z.object({ version: z.number(), reason: z.string(), at: z.string(), by: z.string() });
export const TablesView = TablesHead.extend({ tables: Tables, actions: z.array(Action) });
export type TablesView = z.infer<typeof TablesView>;
export const TablesTry = z.strictObject({ tables: Tables });
export const TablesEdit = z.strictObject({ basedOn: z.number().int().min(1), reason: line(200), tables: Tables });
export type TablesEdit = z.infer<typeof TablesEdit>;

/** Null: cannot be placed. `revenue`: yearly, of those who move. */
export const Tried = z.object({
  enterprises: z.number(),
  stay: z.number(),
  moves: z.array(z.object({ from: Id.nullable(), to: Id.nullable(), count: z.number(), revenue: z.number() })),
});
export type Tried = z.infer<typeof Tried>;

/* ── where they stand ── */

export const Levels = z.object({ value: Level.nullable(), loyalty: Level.nullable(), competition: Level.nullable() });
export type Levels = z.infer<typeof Levels>;

const PlaceNamed = z.object({ id: z.string(), names: Names.nullable() });

export const EnterpriseRow = z
  .object({
    id: z.string(),
    source: z.string(),
    key: z.string(),
    name: z.string(),
    area: z.string().nullable(),
    industry: z.string().nullable(),
    manager: z.string().nullable(),
    place: PlaceNamed.nullable(),
    levels: Levels,
    size: Size.nullable(),
    /** Fen a year. */
    revenue: z.number().nullable(),
    /** Since when it stands there. */
    since: z.string(),
    /** Last visit that met somebody, the visit that is planned, and by when it should be seen again; null: is not placed. */
    seenOn: z.string().nullable(),
    plannedOn: z.string().nullable(),
    dueOn: z.string().nullable(),
  })
  .meta({ id: 'EnterpriseRow' });
export type EnterpriseRow = z.infer<typeof EnterpriseRow>;

/** One indicator's share in the place: what is known of it and what it gives. */
export const Line = z.object({
  indicator: z.string(),
  state: z.enum(['known', 'unknown', 'old']),
  value: z.number().nullable(),
  at: z.string().nullable(),
  points: z.number(),
  of: z.number(),
});
export type Line = z.infer<typeof Line>;

export const Standing = z.object({ points: z.number(), of: z.number(), all: z.number(), level: Level.nullable() });
export type Standing = z.infer<typeof Standing>;

const Because = z.object({
  indicator: z.string(),
  names: Names.nullable(),
  was: z.object({ value: z.number().nullable(), points: z.number(), of: z.number() }),
  is: z.object({ value: z.number().nullable(), points: z.number(), of: z.number() }),
});

export const CAUSES = ['first', 'facts', 'tables', 'age'] as const;
export const Move = z
  .object({
    at: z.string(),
    version: z.number(),
    cause: z.enum(CAUSES),
    from: PlaceNamed.nullable(),
    to: PlaceNamed.nullable(),
    fromLevels: Levels.nullable(),
    toLevels: Levels,
    because: z.array(Because),
  })
  .meta({ id: 'Move' });
export type Move = z.infer<typeof Move>;

export const VISIT_STATES = ['planned', 'done', 'withdrawn'] as const;
export const Visit = z
  .object({
    id: z.string(),
    state: z.enum(VISIT_STATES),
    day: z.string(),
    place: PlaceNamed,
    /** What was suggested when it was accepted. */
    offer: Text,
    by: z.string(),
    at: z.string(),
    note: z.string().nullable(),
    outcome: z.object({ id: z.string(), names: Names, note: z.string().nullable(), by: z.string(), at: z.string() }).nullable(),
    actions: z.array(Action),
  })
  .meta({ id: 'Visit' });
export type Visit = z.infer<typeof Visit>;

/** A number of an enterprise: whose, what it is called there, up to which day it spoke; how it came here, null for its own. */
export const EnterpriseNumber = z.object({
  id: z.string(),
  source: z.string(),
  key: z.string(),
  name: z.string(),
  saidOn: z.string(),
  joined: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
});
export type EnterpriseNumber = z.infer<typeof EnterpriseNumber>;

export const EnterpriseDetail = EnterpriseRow.extend({
  numbers: z.array(EnterpriseNumber),
  /** Masked; absent: unknown. */
  contact: z.object({ name: z.string(), phone: z.string() }).partial(),
  version: z.number(),
  axes: z.object({ value: Standing, loyalty: Standing, competition: Standing }),
  lines: z.array(Line.extend({ names: Names, meaning: Text, unit: Indicator.shape.unit, part: Part, next: z.object({ from: z.number(), points: z.number() }).nullable() })), // biome-ignore format: one line
  /** What the place suggests; without a size both. */
  offers: z.array(z.object({ size: Size, text: Text })),
  meaning: Text.nullable(),
  who: Names.nullable(),
  everyDays: z.number().nullable(),
  moves: z.array(Move),
  visits: z.array(Visit),
  actions: z.array(Action),
}).meta({ id: 'EnterpriseDetail' });
export type EnterpriseDetail = z.infer<typeof EnterpriseDetail>;

export const EnterpriseList = z.object({
  items: z.array(EnterpriseRow),
  total: z.number(),
  totalIsFloor: z.boolean().optional(),
  nextCursor: z.string().nullable(),
});
export type EnterpriseList = z.infer<typeof EnterpriseList>;

/** One cell of the three axes; levels null: cannot be said. */
export const Matrix = z.object({
  at: z.string(),
  version: z.number(),
  enterprises: z.number(),
  revenue: z.number(),
  cells: z.array(Levels.extend({ place: z.string().nullable(), count: z.number(), revenue: z.number(), revenueKnown: z.number() })),
});
export type Matrix = z.infer<typeof Matrix>;

export const TABS = ['all', 'due', 'planned', 'moved', 'unplaced'] as const;

export const Reveal = z.strictObject({
  fields: z.array(z.enum(['name', 'phone'])).min(1).max(2),
  reason: line(200).min(2),
}); // biome-ignore format: short
export type Reveal = z.infer<typeof Reveal>;

export const VisitPlan = z.strictObject({ day: Day, note: line(2_000).nullish() });
export type VisitPlan = z.infer<typeof VisitPlan>;
export const VisitOutcome = z.strictObject({ outcome: Id, note: line(2_000).nullish() });
export type VisitOutcome = z.infer<typeof VisitOutcome>;

/** How a visit ends. `met`: somebody was seen, so the next one is due only after the place's days. */
export const Outcome = z.strictObject({ id: Id, met: z.boolean(), names: Names });
export type Outcome = z.infer<typeof Outcome>;
