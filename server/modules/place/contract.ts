import { z } from 'zod';

/** The wire forms of places, their portraits and the homes to visit. Points are [longitude, latitude] in degrees, as in GeoJSON. */

const Key = z.string().trim().min(1).max(128);
const Names = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) });
export const Point = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
export type Point = z.infer<typeof Point>;
const Count = z.number().int().min(0).max(1_000_000);

const sent = {
  /** Who tells it, and by which number he knows the place. */
  source: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  key: Key,
  /** What the tag (`estate`, `building`) says of who lives there; absent: the key. */
  value: z.string().trim().min(1).max(200).optional(),
  centre: Point.optional(),
  households: Count.optional(),
};

/** A residential district as a geographic system tells it. */
export const EstateSent = z.strictObject({
  kind: z.literal('estate'),
  ...sent,
  /** The unit of the organisation that answers for it. */
  area: z.string().min(1).max(64),
  names: Names,
  /** Its ring, the first point not repeated at the end. */
  outline: z.array(Point).min(3).max(500).optional(),
});

export type EstateSent = z.infer<typeof EstateSent>;

/** A building of an estate. Its `value` is its number within the estate: "3幢", "A座". */
export const BuildingSent = z.strictObject({
  kind: z.literal('building'),
  ...sent,
  /** The key of its estate, of the same source. */
  estate: Key,
  names: Names.optional(),
  floors: z.number().int().min(1).max(200).optional(),
  /** Stairways. */
  units: z.number().int().min(1).max(200).optional(),
  portsTotal: Count.optional(),
  portsFree: Count.optional(),
});

export type BuildingSent = z.infer<typeof BuildingSent>;

/** A place that is no more: pulled down, or merged into another one of its kind and source. Told as a place again, it is back. */
export const GoneSent = z.strictObject({
  kind: z.literal('gone'),
  what: z.enum(['estate', 'building']),
  source: sent.source,
  key: Key,
  /** The key of the place that takes its people; absent: it was pulled down. */
  into: Key.optional(),
});

export type GoneSent = z.infer<typeof GoneSent>;

export const PlaceSent = z.discriminatedUnion('kind', [EstateSent, BuildingSent, GoneSent]);
export type PlaceSent = z.infer<typeof PlaceSent>;

/** `places` lines were told; of them `added` are new, `changed` say something else, `back` had been gone; `gone` are no more, named or left out. */
export const Taken = z.object({ places: z.number(), added: z.number(), changed: z.number(), back: z.number(), gone: z.number() });
export type Taken = z.infer<typeof Taken>;

/* ── figures ── */

/** A definition of an audience (docs/audiences.md). */
const Where = z.record(z.string(), z.unknown());

/** What a figure counts, for those who ask: `where` counts its upper part. */
export const FigureWords = z.object({ id: z.string(), names: Names, meaning: Names, good: z.enum(['high', 'low']).nullable() });
export type FigureWords = z.infer<typeof FigureWords>;

/**
 * `part` of `whole`; `unknown`: people of whom it is not known, in neither. All null where the facts for it are not there: `missing` names the tag, or
 * `people` (nobody is known to live there), `households`, `ports`.
 */
export const Figure = z.object({
  id: z.string(),
  part: z.number().nullable(),
  whole: z.number().nullable(),
  unknown: z.number().nullable(),
  missing: z.string().nullable(),
});
export type Figure = z.infer<typeof Figure>;

const Ports = z.object({ total: z.number(), free: z.number() });

const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(Point)) }),
  z.object({ type: z.literal('Point'), coordinates: Point }),
]);

/** One estate on the map: GeoJSON (RFC 7946). `geometry` null: nobody said where it lies. */
export const EstateFeature = z.object({
  type: z.literal('Feature'),
  id: z.string(),
  geometry: Geometry.nullable(),
  properties: z.object({
    names: Names,
    area: z.string(),
    households: z.number().nullable(),
    buildings: z.number(),
    ports: Ports.nullable(),
    people: z.number().nullable(),
    figures: z.array(Figure),
  }),
});
export type EstateFeature = z.infer<typeof EstateFeature>;

/** `total` estates are there; `features` holds the first of them by name when `limited`. `toleranceMetres`: no outline is further from the told one. */
export const PlaceMap = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(EstateFeature),
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  total: z.number(),
  limited: z.boolean(),
  toleranceMetres: z.number(),
  figures: z.array(FigureWords),
  /** Places of these areas that are no more; none of them is drawn or counted. */
  gone: z.number(),
  /** When the places were last told, and when what is known of the people was. */
  placesAt: z.string().nullable(),
  peopleAt: z.string().nullable(),
});
export type PlaceMap = z.infer<typeof PlaceMap>;

/** Why a place is no more: pulled down, merged into another one, or left out where its source told all it has. */
export const WHY_GONE = ['demolished', 'merged', 'not-named'] as const;
export const WhyGone = z.enum(WHY_GONE);
export type WhyGone = z.infer<typeof WhyGone>;

/** `into`: what it was merged into, where that is known. */
const Gone = z.object({ at: z.string(), why: WhyGone, into: z.object({ id: z.string(), names: Names }).nullable() });

/** Places that are no more, the latest first; the first 200 of `total`. Buildings of an estate that is gone are not named one by one. */
export const GonePlaces = z.object({
  total: z.number(),
  items: z.array(
    Gone.extend({ id: z.string(), names: Names, estate: z.object({ id: z.string(), names: Names }).nullable(), area: z.string() }),
  ),
});
export type GonePlaces = z.infer<typeof GonePlaces>;

/* ── portraits ── */

const Bar = z.object({
  value: z.union([z.string(), z.boolean()]).optional(),
  names: Names.optional(),
  from: z.union([z.number(), z.string(), z.boolean(), z.null()]).optional(),
  to: z.union([z.number(), z.string(), z.boolean(), z.null()]).optional(),
  count: z.number(),
});
export const PlaceSpread = z.object({ tag: z.string(), names: Names, kind: z.string(), bars: z.array(Bar), unknown: z.number() });
export type PlaceSpread = z.infer<typeof PlaceSpread>;

/** A figure with what it says, and the audience behind its upper part. */
const PortraitFigure = Figure.extend({ names: Names, meaning: Names, good: FigureWords.shape.good, where: Where.nullable() });
export type PortraitFigure = z.infer<typeof PortraitFigure>;

const BuildingLine = z.object({
  id: z.string(),
  names: Names,
  households: z.number().nullable(),
  ports: Ports.nullable(),
  people: z.number().nullable(),
  figures: z.array(Figure),
});

export const PlacePortrait = z.object({
  id: z.string(),
  kind: z.enum(['estate', 'building']),
  names: Names,
  area: z.string(),
  /** Of a building. */
  estate: z.object({ id: z.string(), names: Names }).nullable(),
  floors: z.number().nullable(),
  units: z.number().nullable(),
  /** Null: it stands. A building of an estate that is gone is gone with it. */
  gone: Gone.nullable(),
  households: z.number().nullable(),
  ports: Ports.nullable(),
  /** Who lives there, as an audience. */
  where: Where,
  people: z.object({ known: z.number(), own: z.number(), offNet: z.number(), unknown: z.number() }).nullable(),
  figures: z.array(PortraitFigure),
  needs: z.array(PortraitFigure),
  risks: z.array(PortraitFigure),
  /** Cases of the retention desk that are not closed; null: the caller may not see them. */
  cases: z.object({ open: z.number(), taken: z.number(), suppressed: z.number() }).nullable(),
  /** Null where fewer people than `least` are known there: how they are spread would speak of single persons. */
  spreads: z.array(PlaceSpread).nullable(),
  least: z.number(),
  /** Of an estate. */
  buildings: z.array(BuildingLine),
  placesAt: z.string(),
  peopleAt: z.string().nullable(),
});
export type PlacePortrait = z.infer<typeof PlacePortrait>;

/* ── the ten homes of today ── */

/** A row of the scoring table as it is published; of rows of one group the best counts. */
export const ScoringRow = z.object({
  id: z.string(),
  group: z.string(),
  points: z.number(),
  names: Names,
  where: Where,
  freePorts: z.boolean(),
});
export const ScoringTable = z.object({
  version: z.number(),
  most: z.number(),
  rows: z.array(ScoringRow),
  conditions: z.array(z.object({ id: z.string(), names: Names })),
  /** How many days a home is left alone after each result. */
  results: z.array(z.object({ id: z.string(), names: Names, quietDays: z.number() })),
});
export type ScoringTable = z.infer<typeof ScoringTable>;

export const RESULTS = ['talked', 'not-at-home', 'refused', 'deal'] as const;
export const Result = z.enum(RESULTS);
export type Result = z.infer<typeof Result>;

export const NewVisit = z.strictObject({ result: Result, note: z.string().trim().min(1).max(500).optional() });
export type NewVisit = z.infer<typeof NewVisit>;

const Action = z.object({ name: z.string(), allowed: z.boolean(), because: z.string().nullable() });

export const Visit = z.object({ result: Result, at: z.string(), by: z.string(), note: z.string().nullable() });

export const Home = z.object({
  id: z.string(),
  /** From 1; it does not move during the day. */
  rank: z.number(),
  customer: z.string(),
  /** Masked. */
  name: z.string().nullable(),
  estate: z.object({ id: z.string().nullable(), names: Names }).nullable(),
  building: z.object({ id: z.string().nullable(), names: Names, freePorts: z.number().nullable() }).nullable(),
  score: z.number(),
  reasons: z.array(z.object({ id: z.string(), points: z.number(), says: Names })),
  /** Others of the grid's candidates at the same address. */
  others: z.number(),
  /** Where its building lies, else its estate; null: nobody said. */
  spot: Point.nullable(),
  /** Who is to go there; null: whoever of the grid comes first. */
  holder: z.object({ id: z.string(), name: z.string() }).nullable(),
  visit: Visit.nullable(),
  actions: z.array(Action),
});
export type Home = z.infer<typeof Home>;

export const Homes = z.object({
  area: z.string(),
  names: Names,
  /** The operator's day for which the list was made, and when. Null: there is none yet. */
  day: z.string(),
  madeAt: z.string().nullable(),
  peopleAt: z.string().nullable(),
  version: z.number(),
  /** From everybody of the grid to who may be visited: people left after each condition. */
  left: z.array(z.object({ id: z.string(), names: Names, count: z.number().nullable() })),
  /** Tags that the table speaks of and that are not there: their rows gave nobody points. */
  missing: z.array(z.string()),
  items: z.array(Home),
  /** A short way between the homes whose place is known, and the metres to each from the one before: as the crow flies, no streets are known. */
  walk: z.object({ metres: z.number(), homes: z.array(z.object({ id: z.string(), metres: z.number() })) }),
});
export type Homes = z.infer<typeof Homes>;

export const NewHolder = z.strictObject({ to: z.string().min(1).max(128).nullable() });
export const Workers = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
export type Workers = z.infer<typeof Workers>;

/** What has come of today's homes, by grid; `homes` null: nobody has asked for that grid's list yet. The first 200 grids of `total`. */
export const GridDays = z.object({
  day: z.string(),
  total: z.number(),
  items: z.array(
    z.object({
      area: z.string(),
      names: Names,
      homes: z.number().nullable(),
      held: z.number(),
      results: z.array(z.object({ id: Result, count: z.number() })),
    }),
  ),
});
export type GridDays = z.infer<typeof GridDays>;
