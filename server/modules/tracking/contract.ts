import { z } from 'zod';
import { Names } from '#scenario/contract';

export * from './contract-analysis.ts';
export * from './contract-erasure.ts';

/** What journeys and sources look like on the wire. Safe in the browser. Times are ISO 8601 with offset. */

const Time = z.string();

export const StageView = z.object({
  id: z.string(),
  name: z.string(),
  names: Names,
  state: z.enum(['done', 'current', 'next', 'skipped']),
  at: Time.nullable(),
});
export type StageView = z.infer<typeof StageView>;

export const MilestoneView = z.object({
  id: z.string(),
  names: Names,
  stage: z.string(),
  holder: z.string(),
  state: z.enum(['pending', 'active', 'done', 'skipped']),
  enteredAt: Time.nullable(),
  leftAt: Time.nullable(),
  entries: z.number(),
  handler: z.string().nullable(),
  sources: z.array(z.string()),
  /** Planned length in seconds (sum of the steps' p50 and p90); null where the scenario gives none. */
  planned: z.object({ p50: z.number(), p90: z.number() }),
});
export type MilestoneView = z.infer<typeof MilestoneView>;

/** A stretch of waiting, grey on the Gantt. */
export const WaitView = z.object({
  id: z.string(),
  names: Names,
  since: Time,
  until: Time.nullable(),
  endedAt: Time.nullable(),
  stops: z.boolean(),
});
export type WaitView = z.infer<typeof WaitView>;

export const HolderView = z.object({
  role: z.string(),
  names: Names,
  handler: z.string().nullable(),
  since: Time,
  /** When his own time is over (p90 of the open step in his working hours, waits left out); null while a wait stops it. */
  limit: Time.nullable(),
  /** The handler, where the staff directory knows him. */
  colleague: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
});
export type HolderView = z.infer<typeof HolderView>;

export const EventView = z.object({
  ref: z.string(),
  source: z.string(),
  id: z.string(),
  type: z.string(),
  time: Time,
  seq: z.number(),
  /** As a source would send them: one value as it is, several as a list. */
  keys: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  scenario: z.string().optional(),
  handler: z.string().optional(),
  person: z.record(z.string(), z.string()).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  receivedAt: Time,
  milestone: z.string().nullable(),
  /** late future conflict erased withdrawn unknown-step unknown-scenario wait exception repair */
  marks: z.array(z.string()),
});
export type EventView = z.infer<typeof EventView>;

/** Why an act may or may not be done now; screens copy no rules. */
export const Action = z.object({ name: z.string(), allowed: z.boolean(), because: z.string().nullable() });
export type Action = z.infer<typeof Action>;

/** One row of a list. */
export const JourneyRow = z.object({
  id: z.string(),
  root: z.object({ kind: z.string(), value: z.string() }),
  scenario: z.string(),
  scenarioName: z.string(),
  state: z.enum(['open', 'done', 'cancelled']),
  stage: z.string().nullable(),
  stageName: z.string().nullable(),
  milestone: z.string().nullable(),
  milestoneName: z.string().nullable(),
  holder: z.string().nullable(),
  holderName: z.string().nullable(),
  handler: z.string().nullable(),
  holderSince: Time.nullable(),
  wait: z.object({ id: z.string(), name: z.string(), since: Time, until: Time.nullable() }).nullable(),
  area: z.string().nullable(),
  startedAt: Time,
  finishedAt: Time.nullable(),
  lastAt: Time,
  dueAt: Time.nullable(),
  overdue: z.boolean(),
  dueSoon: z.boolean(),
  heldBack: z.boolean(),
  urged: z.number(),
  reason: z.string().nullable(),
  events: z.number(),
});
export type JourneyRow = z.infer<typeof JourneyRow>;

export const JourneyList = z.object({
  items: z.array(JourneyRow),
  total: z.number(),
  totalIsFloor: z.boolean().optional(),
  nextCursor: z.string().nullable(),
  /** The instant that the figures speak of. */
  at: Time,
});
export type JourneyList = z.infer<typeof JourneyList>;

/** Counts for state tabs and order books, by the same filter as the list (its own state tab left out). */
export const JourneyCounts = z.object({
  open: z.number(),
  dueSoon: z.number(),
  overdue: z.number(),
  waiting: z.number(),
  heldBack: z.number(),
  doneToday: z.number(),
  cancelledToday: z.number(),
  byHolder: z.array(z.object({ id: z.string(), open: z.number(), overdue: z.number(), dueSoon: z.number(), waiting: z.number() })),
  byArea: z.array(z.object({ id: z.string(), open: z.number(), overdue: z.number(), dueSoon: z.number(), waiting: z.number() })),
  byScenario: z.array(z.object({ id: z.string(), open: z.number(), overdue: z.number(), dueSoon: z.number(), waiting: z.number() })),
  byWait: z.array(z.object({ id: z.string(), open: z.number() })),
  byReason: z.array(z.object({ id: z.string(), cancelled: z.number() })),
  at: Time,
});
export type JourneyCounts = z.infer<typeof JourneyCounts>;

export const JourneyDetail = z.object({
  id: z.string(),
  root: z.object({ kind: z.string(), value: z.string() }),
  scenario: z.string(),
  scenarioVersion: z.number(),
  scenarioNames: Names,
  state: z.enum(['open', 'done', 'cancelled']),
  reason: z.string().nullable(),
  keys: z.record(z.string(), z.array(z.string())),
  /** Masked: name, phone, idNumber, address. */
  person: z.record(z.string(), z.string()).nullable(),
  area: z.string().nullable(),
  startedAt: Time,
  finishedAt: Time.nullable(),
  lastAt: Time,
  holder: HolderView.nullable(),
  /** What comes next: the open step and who does it. */
  next: z.object({ milestone: z.string(), names: Names, holder: z.string(), p50: z.number(), p90: z.number() }).nullable(),
  wait: z.object({ id: z.string(), names: Names, customer: Names, since: Time, until: Time.nullable() }).nullable(),
  promise: z.object({ from: Time, to: Time, overdue: z.boolean(), paused: z.boolean(), netSeconds: z.number() }).nullable(),
  related: z.array(z.string()),
  alsoIn: z.array(z.string()).optional(),
  stages: z.array(StageView),
  milestones: z.array(MilestoneView),
  waits: z.array(WaitView),
  exceptions: z.array(z.object({ code: z.string(), names: Names, at: Time, reason: z.string().nullable(), source: z.string() })),
  sources: z.array(
    z.object({ id: z.string(), name: z.string(), events: z.number(), lastAt: Time, lastHeardAt: Time.nullable(), silent: z.boolean() }),
  ),
  eventCount: z.number(),
  events: z.array(EventView),
  nextCursor: z.string().nullable(),
  urged: z.number(),
  actions: z.array(Action),
});
export type JourneyDetail = z.infer<typeof JourneyDetail>;

export const EventsPage = z.object({ items: z.array(EventView), nextCursor: z.string().nullable() });

/** What a customer sees of one order. `level` brief: times only, no person's data. */
export const TrackedOrder = z.object({
  ref: z.string(),
  title: z.string(),
  scenario: z.string(),
  state: z.enum(['open', 'done', 'cancelled']),
  stage: z.string().nullable(),
  stages: z.array(
    z.object({ id: z.string(), name: z.string(), state: z.enum(['done', 'current', 'next', 'skipped']), at: Time.nullable() }),
  ),
  /** The next stage's name and its usual time. */
  next: z.object({ name: z.string(), usual: z.object({ from: Time, to: Time }).nullable() }).nullable(),
  promise: z.object({ from: Time, to: Time }).nullable(),
  /** The promised day cannot be kept or told any more: which it was, and the new one where there is one; `promise` is null then. */
  replan: z.object({ was: Time, to: Time.nullable() }).nullable(),
  late: z.boolean(),
  /** One honest sentence for what holds it up, or null. */
  wait: z.string().nullable(),
  waitUntil: Time.nullable(),
  /** One honest sentence for the last thing that went wrong and still matters, or null. */
  notice: z.string().nullable(),
  slot: z.object({ from: Time, to: Time }).nullable(),
  visitor: z.object({ name: z.string(), id: z.string(), phone: z.string().nullable(), role: z.string() }).nullable(),
  parcel: z
    .object({ number: z.string(), steps: z.array(z.object({ text: z.string(), at: Time, place: z.string().nullable() })) })
    .nullable(),
  lines: z.array(z.object({ at: Time, text: z.string() })),
  updatedAt: Time,
  level: z.enum(['brief', 'full']),
  watch: z.string(),
});
export type TrackedOrder = z.infer<typeof TrackedOrder>;
export const TrackAnswer = z.object({ orders: z.array(TrackedOrder) });
export type TrackAnswer = z.infer<typeof TrackAnswer>;

export const TrackAsk = z.union([
  z.strictObject({ serviceNumber: z.string().min(1).max(128) }),
  z.strictObject({ idNumber: z.string().min(1).max(128), phone: z.string().min(1).max(128) }),
  z.strictObject({ ticket: z.string().min(1).max(200) }),
]);

export const IntakeAnswer = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  conflicts: z.number(),
  rejected: z.array(z.object({ line: z.number(), code: z.string(), message: z.string() })),
  rejectedTotal: z.number(),
});
export type IntakeAnswer = z.infer<typeof IntakeAnswer>;

export const ParkedEvents = z.object({ items: z.array(EventView), total: z.number(), nextCursor: z.string().nullable() });

export const Conflict = z.object({
  ref: z.string(),
  source: z.string(),
  id: z.string(),
  at: Time,
  kept: EventView,
  other: z.record(z.string(), z.unknown()),
  settled: z.string().nullable(),
});
export const Conflicts = z.object({ items: z.array(Conflict), total: z.number(), nextCursor: z.string().nullable() });

/** An event as it lies in the store, with the journeys it belongs to. `sealed`: it has closed data, which nobody is shown. */
export const RawEvent = EventView.extend({
  journeys: z.array(z.string()),
  sealed: z.boolean(),
  conflicts: z.array(z.object({ ref: z.string(), at: Time, other: z.record(z.string(), z.unknown()), settled: z.string().nullable() })),
});

/** A link cut or joined by a person; `value` is masked where it is personal. */
export const Repair = z.object({
  ref: z.string(),
  act: z.enum(['cut', 'join']),
  kind: z.string(),
  value: z.string(),
  reason: z.string(),
  by: z.string(),
  at: Time,
  undoneAt: Time.nullable(),
  undoneBy: z.string().nullable(),
});
export const Repairs = z.object({ items: z.array(Repair) });

export const SourceView = z.object({
  id: z.string(),
  name: z.string(),
  lastHeardAt: Time.nullable(),
  lagSeconds: z.number().nullable(),
  accepted: z.number(),
  duplicates: z.number(),
  conflicts: z.number(),
  rejected: z.number(),
  parked: z.number(),
  silent: z.boolean(),
  scenario: z.string().nullable(),
  zone: z.string().nullable(),
  open: z.union([z.array(z.string()), z.literal('all')]),
  perMinute: z.array(z.number()),
  /** The usual pause between two minutes with events, of the last day that was heard of; null when too little was heard. */
  usualSeconds: z.number().nullable(),
  /** True for a source whose events or customers came from imported files, not by a habit of sending: its silence means nothing. */
  fromFiles: z.boolean(),
});
export type SourceView = z.infer<typeof SourceView>;
