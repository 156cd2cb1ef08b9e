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

export const PlaceSent = z.discriminatedUnion('kind', [EstateSent, BuildingSent]);
export type PlaceSent = z.infer<typeof PlaceSent>;

export const Taken = z.object({ places: z.number(), added: z.number(), changed: z.number() });
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
  /** When the places were last told, and when what is known of the people was. */
  placesAt: z.string().nullable(),
  peopleAt: z.string().nullable(),
});
export type PlaceMap = z.infer<typeof PlaceMap>;

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
});
export type Homes = z.infer<typeof Homes>;
