import type { Db } from '#platform/db';
import { countOf, type Intake, isBefore, marksOf, type Outcome, type Tails } from './accept.ts';
import { type ExpressPlan, firstCopies, innerOf, planExpress, repeatWithin } from './express-plan.ts';
import { type ExpressRows, isDoubt, journeyType, keepExpress, recallJourneys, recallObjects } from './express-store.ts';
import { journeyOf, type Known, type KnownJourney, lockedOf, placeOf, soleJourney } from './known.ts';
import type { Prepared } from './prepare.ts';
import type { JourneyRecord } from './record.ts';
import { hasShifted, type NextFold } from './refold.ts';
import * as store from './store.ts';
import type { Members } from './structure.ts';

/**
 * The express lane: of a batch, the events about which nothing has to be found out. Their journeys are known to this process, or begin with them, and
 * no old link changes. They are folded from memory and kept by one statement, which itself looks whether all is as remembered; if not, it keeps
 * nothing and they go the long way (`accept.ts`) with the rest. Which way an event goes changes nothing but the price.
 */
export interface Express {
  /** What became of the events that were kept or known; undefined for those that must go the long way. */
  readonly outcomes: readonly (Outcome | undefined)[];
  readonly changed: readonly string[];
  /** Where the changed journeys ended before. */
  readonly before: Tails;
}

export interface ExpressLane {
  take(batch: readonly Prepared[], rejected: ReadonlyMap<string, number>): Promise<Express | undefined>;
  /** The long way found repetitions: a file may be coming in again. */
  beWary(): void;
}

/** After a repetition that was not remembered, so many batches ask for identities first. */
const WARY = 16;

export function makeExpress(db: Db, intake: Intake): ExpressLane {
  const { known } = intake;
  let wary = 0;
  return {
    beWary: () => {
      wary = WARY;
    },
    async take(batch, rejected) {
      if (known.epoch === undefined) return undefined;
      if (wary > 0) wary = (await recallIdentities(db, known, batch)) ? WARY : wary - 1;
      return takeExpress(db, intake, batch, rejected);
    },
  };
}

async function takeExpress(
  db: Db,
  intake: Intake,
  batch: readonly Prepared[],
  rejected: ReadonlyMap<string, number>,
): Promise<Express | undefined> {
  const { known } = intake;
  const epoch = known.epoch as number;
  const outcomes: (Outcome | undefined)[] = batch.map(() => undefined);
  const { fresh, repeated, first } = firstCopies(known, batch, outcomes);
  await recall(
    db,
    known,
    fresh.map(({ p }) => p),
  );
  const type = await journeyType(db);
  const now = Date.now();
  const ids = await intake.ids(db, now, fresh.length); // from here on nothing is waited for until all is written
  const plan = planExpress(intake, fresh);
  if (plan === undefined) return undefined;
  plan.kept.forEach(({ at }, i) => {
    outcomes[at] = { result: 'accepted', event: ids[i] as number };
  });
  repeatWithin(batch, outcomes, first);
  const mine = batch.flatMap((p, i) => (outcomes[i] === undefined ? [] : [p]));
  if (mine.length === 0) return undefined;
  const counts = countOf(
    mine,
    outcomes.filter((o) => o !== undefined),
    rejected,
  );
  const before = mine.length === batch.length ? NO_TAILS : tailsOf(plan); // of no use where nothing goes the long way
  const kept = await keep(db, intake, plan, { ids, now, repeated, counts, epoch, type });
  if (kept === undefined) return undefined;
  if (known.epoch === epoch) learn(known, plan, ids, kept);
  return { outcomes, changed: kept.ready.map((r) => r.place.row.id), before };
}

const NO_TAILS: Tails = new Map();
const tailsOf = ({ folds, journeys }: ExpressPlan): Tails => new Map([...folds.keys()].map((id) => [id, journeys.get(id)?.row.fold.tail]));

interface Ready {
  readonly record: JourneyRecord;
  readonly place: KnownJourney;
  /** Absent for a journey that begins. */
  readonly seen: string | undefined;
  readonly shifted: boolean;
}

/** Folds and writes; undefined when the store knows better. */
async function keep(
  db: Db,
  { known, folding }: Intake,
  plan: ExpressPlan,
  { ids, ...batch }: Pick<ExpressRows, 'now' | 'repeated' | 'counts' | 'epoch' | 'type'> & { ids: readonly number[] },
): Promise<{ ready: readonly Ready[]; seen: string } | undefined> {
  const exists = (scenario: string) => folding.plan(scenario) !== undefined;
  const isLate = (p: Prepared, journeys: readonly string[]) => journeys.some((j) => isBefore(p.fold, plan.journeys.get(j)?.row.fold.tail));
  const events = plan.kept.map(({ p, journeys }, i) => ({
    p,
    id: ids[i] as number,
    marks: marksOf(p, batch.now, isLate(p, journeys), exists),
  }));
  const ready = [...plan.folds.keys()].sort().map((id) => foldOne(plan.journeys.get(id), plan.folds.get(id) as NextFold));
  const links: store.LinkRow[] = [];
  plan.kept.forEach(({ p, journeys }, i) => {
    for (const journey of journeys) links.push({ journey, at: p.sent.at, event: ids[i] as number, via: 0 });
  });
  const goneOn = ready.filter((r) => r.seen !== undefined);
  try {
    const seen = await keepExpress(db, {
      ...batch,
      identities: plan.kept.map(({ p }, i) => ({ identity: p.identity, content: p.content, event: ids[i] as number })),
      events,
      links,
      known: goneOn.map((r) => ({ row: r.record, seen: r.seen as string })),
      shifted: goneOn.filter((r) => r.shifted).map((r) => r.record.id),
      born: { ...plan.made, journeys: ready.filter((r) => r.seen === undefined).map((r) => r.record) },
      journeys: ready.map((r) => r.record.id),
    });
    return { ready, seen };
  } catch (e) {
    if (!isDoubt(e)) throw e;
    for (const { p } of plan.kept) for (const id of innerOf(p)) known.members.delete(id);
    for (const id of plan.folds.keys()) known.journeys.delete(id);
    for (const { identity } of batch.repeated) known.identities.delete(identity);
    return undefined;
  }
}

/** The journey's timeline is changed from here on; others may go by it again once that is kept. */
function foldOne(place: KnownJourney | undefined, next: NextFold): Ready {
  if (place !== undefined) place.inHand = true;
  const { record, history } = next();
  if (place === undefined) return { record, place: placeOf(lockedOf(record), '', history), seen: undefined, shifted: false };
  const { row, seen } = place;
  const shifted = hasShifted(row, record);
  row.scenario = record.scenario;
  row.version = record.version;
  row.started = record.started;
  row.own_over = record.own_over;
  row.sources = record.sources;
  row.fold = record.fold;
  place.history = history;
  return { record, place, seen, shifted };
}

/** What is in the store now, and may be remembered. */
function learn(
  known: Known,
  { kept, made, members }: ExpressPlan,
  ids: readonly number[],
  { ready, seen }: { ready: readonly Ready[]; seen: string },
): void {
  for (const { place } of ready) {
    place.seen = seen;
    place.inHand = false;
    known.journeys.set(place.row.id, place);
  }
  kept.forEach(({ p }, i) => {
    known.identities.set(p.identity, p.content, ids[i] as number);
  });
  const structOf = (journey: string) => known.journeys.get(journey)?.row.struct;
  for (const { id } of made.objects) {
    known.objects.set(id, true);
    learnMember(known, id, members);
  }
  for (const m of made.attached) known.attached.set(`${m.object}${m.journey}${structOf(m.journey) ?? 0}`, m.since);
}

function learnMember(known: Known, id: string, members: Members): void {
  const distance = members.get(id);
  if (distance === undefined) return;
  const struct = new Map<string, number>();
  for (const j of distance.keys()) {
    const row = known.journeys.get(j)?.row;
    if (row !== undefined) struct.set(j, row.struct);
  }
  if (struct.size === distance.size) known.members.set(id, { distance, struct });
}

/** Looks up identities that this process has not seen; answers whether the store knew any. */
async function recallIdentities(db: Db, known: Known, batch: readonly Prepared[]): Promise<boolean> {
  const unseen = [...new Set(batch.map((p) => p.identity))].filter((id) => !known.identities.has(id));
  const found = unseen.length === 0 ? [] : await store.knownIdentities(db, unseen);
  for (const { identity, content, event } of found) known.identities.set(identity, content, event);
  return found.length > 0;
}

/** Asks the store about what these events name and this process does not know. What is not answered is not there. */
async function recall(db: Db, known: Known, batch: readonly Prepared[]): Promise<void> {
  const asked = new Set<string>();
  const unsure = batch.filter((p) => soleJourney(known, p) === undefined);
  for (const p of unsure) {
    for (const id of innerOf(p)) if (!known.members.has(id)) asked.add(id);
    for (const id of p.named.assets) if (!known.objects.has(id)) asked.add(id);
  }
  if (asked.size > 0) {
    const found = new Map<string, { distance: Map<string, number>; struct: Map<string, number> }>();
    for (const r of await recallObjects(db, [...asked])) {
      known.objects.set(r.object, true);
      if (r.journey === null) continue;
      const m = found.get(r.object) ?? { distance: new Map(), struct: new Map() };
      found.set(r.object, m);
      m.distance.set(r.journey, r.distance);
      m.struct.set(r.journey, r.struct);
    }
    for (const [id, m] of found) known.members.set(id, m);
  }
  const journeys = new Set<string>();
  for (const p of unsure)
    for (const id of innerOf(p))
      for (const j of known.members.get(id)?.distance.keys() ?? []) if (journeyOf(known, j) === undefined) journeys.add(j);
  for (const { seen, ...row } of journeys.size === 0 ? [] : await recallJourneys(db, [...journeys]))
    known.journeys.set(row.id, placeOf(row, seen, undefined));
}
