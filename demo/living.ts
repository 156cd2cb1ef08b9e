import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { type City, makeCity } from './city.ts';
import { cityTime, startedAgain, worldTime } from './clock.ts';
import { birthsOn, type Calendar, dayOf, HISTORY_DAYS, LAST_YEAR, startOf } from './days.ts';
import { type DoorSettings, type Doors, httpDoors, registerSources } from './doors.ts';
import { openRoads, type RoadSettings, type Roads } from './feeds.ts';
import type { SystemId } from './knows.ts';
import { journey } from './life.ts';
import { readState, type State, writeState } from './state.ts';
import { arrivals, type Delivery, heldUp, lineOf, saidOf, silencesOf } from './systems.ts';
import { DAY_MS, startOfDay } from './trade.ts';

export interface CitySettings {
  readonly baseUrl: string;
  /** A bearer token that may register sources and send events: a text, or what gives one when it is needed. */
  readonly adminToken: string | (() => Promise<string>);
  /** The city's seconds per second. */
  readonly speed: number;
  readonly seed: number;
  readonly zone: string;
  /** Before this day nothing was ever ordered; absent: there was last year. */
  readonly firstDay?: number;
  /** Folder for the demo's memory. */
  readonly dir: string;
  /** Where the roads that are not HTTP lead; absent: every system speaks HTTP. */
  readonly roads?: RoadSettings;
  readonly warn: (sentence: string) => void;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly part: 'recent' | 'older';
  readonly done: number;
  readonly total: number;
  readonly events: number;
}

export interface LivingCity {
  readonly city: City;
  readonly calendar: Calendar;
  /** The city's time now. */
  readonly now: () => number;
  /** The last two weeks are in. */
  readonly recent: Promise<void>;
  /** All history is in. */
  readonly full: Promise<void>;
  readonly stop: () => Promise<void>;
}

const RECENT_DAYS = 14;
/** Longer than any journey lasts: older days have nothing left to tell. */
const MEMORY_DAYS = 150;
const NOTHING_LOADED = 1e9;
const LINES = 1_500;
/** Roots first, then what links the other numbers to them: later systems' events find their journey at once. */
const STAGES: readonly (readonly SystemId[])[] = [
  ['ordercentre', 'glasshouse'],
  ['business'],
  ['workorder'],
  ['field', 'construction', 'logistics'],
];

/** Starts the city: history first, the latest days before the older ones, then life itself, until it is stopped. */
export function startCity(s: CitySettings): LivingCity {
  const real = Date.now();
  const state: State = readState(s.dir) ?? {
    seed: s.seed,
    zone: s.zone,
    origin: startOfDay(real, s.zone, -HISTORY_DAYS),
    anchors: [],
    tokens: {},
    loadedFrom: NOTHING_LOADED,
    cursor: real,
  };
  if (state.seed !== s.seed)
    s.warn(`the demo goes on with the seed ${state.seed} that it began with; another seed needs another data folder`);
  state.anchors = startedAgain(state.anchors, real, s.speed, Math.max(state.cursor, state.reached ?? 0));
  const calendar: Calendar = { seed: state.seed, zone: state.zone, origin: state.origin };
  const city = makeCity(state.seed, state.zone);
  const stopping = new AbortController();
  const now = () => cityTime(state.anchors, Date.now());
  const settings: DoorSettings = {
    baseUrl: s.baseUrl,
    token: typeof s.adminToken === 'string' ? async () => s.adminToken as string : s.adminToken,
    tokens: state.tokens,
    zone: state.zone,
    signal: stopping.signal,
    warn: s.warn,
  };
  const life = { ...s, state, calendar, city, now, doors: httpDoors(settings), signal: stopping.signal, agenda: [] as Delivery[] };
  const recent = begin(life, settings);
  const full = recent.then((rest) => rest.older());
  const living = recent.then((rest) => rest.live());
  for (const part of [recent, full, living])
    part.catch((e: Error) => stopping.signal.aborted || s.warn(`the demo stands still: ${e.message}`));
  return {
    city,
    calendar,
    now,
    recent: recent.then(() => undefined),
    full,
    async stop() {
      stopping.abort();
      await Promise.allSettled([full, living]);
      writeState(s.dir, state);
    },
  };
}

interface Life extends CitySettings {
  readonly state: State;
  readonly calendar: Calendar;
  readonly city: City;
  readonly now: () => number;
  readonly doors: Doors;
  readonly signal: AbortSignal;
  /** What is still to be handed over, in no order. */
  agenda: Delivery[];
}

async function begin(life: Life, settings: DoorSettings) {
  const { state } = life;
  writeState(life.dir, state);
  await registerSources(settings);
  writeState(life.dir, state);
  const today = dayOf(life.calendar, life.now());
  const first = Math.min(today, HISTORY_DAYS);
  const firstDay = life.firstDay ?? LAST_YEAR;
  const again = state.loadedFrom <= Math.max(firstDay, first - RECENT_DAYS);
  const opening = openRoadsOf(settings, life);
  if (!again) await loadDays(life, 'recent', first, first - RECENT_DAYS, 3);
  return {
    older: () => loadDays(life, 'older', state.loadedFrom - 1, firstDay, 2),
    live: async () => {
      const roads = await opening;
      try {
        if (again) await remember(life, today);
        await live(life, again ? today : first, roads);
      } finally {
        await Promise.all(Object.values(roads).map((road) => road.close()));
      }
    },
  };
}

async function openRoadsOf(settings: DoorSettings, life: Life): Promise<Roads> {
  const { roads, state, dir } = life;
  if (roads === undefined) return {};
  const opened = await openRoads(settings, roads, state, (d) => saidOf(d, state.anchors, state.zone));
  writeState(dir, state);
  return opened;
}

/** After a restart: what the days already handed over have still to tell. */
async function remember(life: Life, today: number): Promise<void> {
  for (let day = today; day >= Math.max(life.state.loadedFrom, today - MEMORY_DAYS); day--) {
    for (const d of deliveriesOf(life, day)) if (d.at > life.state.cursor) life.agenda.push(d);
    await breathe();
    if (life.signal.aborted) return;
  }
}

/** Hands over days, from `from` down to `to`, a few at once; the state says how far down all is in. */
async function loadDays(life: Life, part: Progress['part'], from: number, to: number, atOnce: number): Promise<void> {
  const total = from - to + 1;
  const loaded = new Set<number>();
  let next = from;
  let events = 0;
  const worker = async () => {
    while (next >= to && !life.signal.aborted) {
      const day = next--;
      const sent = await loadDay(life, day);
      events += sent;
      loaded.add(day);
      for (let d = Math.min(life.state.loadedFrom - 1, from); loaded.has(d); d--) life.state.loadedFrom = d;
      writeState(life.dir, life.state);
      life.onProgress?.({ part, done: loaded.size, total, events });
      if (part === 'older') await sleep(50);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function loadDay(life: Life, day: number): Promise<number> {
  const { cursor } = life.state;
  const arrived: Delivery[] = [];
  for (const d of deliveriesOf(life, day)) {
    if (d.at > cursor) life.agenda.push(d);
    else if (!d.again || d.at > cursor - 3 * DAY_MS || d.source !== 'business') arrived.push(d);
  }
  await handOver(life, arrived);
  return arrived.length;
}

function* deliveriesOf({ city, calendar }: Life, day: number): Generator<Delivery> {
  for (const birth of birthsOn(calendar, day)) {
    for (const d of arrivals(journey(city, birth), calendar.zone))
      yield heldUp(
        d,
        silencesOf((n) => startOf(calendar, n), dayOf(calendar, d.at)),
      );
  }
}

/** Hands over in the order of stages; within a source in the order of time. */
async function handOver(life: Life, deliveries: readonly Delivery[]): Promise<void> {
  const bySource = Map.groupBy(deliveries, (d) => d.source);
  for (const stage of STAGES) await Promise.all(stage.map((source) => deliver(life, source, bySource.get(source) ?? [])));
}

async function deliver(life: Life, source: SystemId, deliveries: Delivery[]): Promise<void> {
  deliveries.sort((a, b) => a.at - b.at);
  for (let i = 0; i < deliveries.length; i += LINES) {
    const lines = deliveries.slice(i, i + LINES).map((d) => lineOf(d, life.state.anchors, life.calendar.zone));
    await life.doors.deliver(source, lines);
  }
}

/** What is older than this when it can be handed over at last, after days away, comes in bulk like the history. */
const BULK_AFTER = DAY_MS;

/** Life itself: each day is born when it begins, each delivery handed over when it is due. */
async function live(life: Life, known: number, roads: Roads): Promise<void> {
  const { state, signal } = life;
  const turns = turnsOf(life, roads);
  for (let day = known; !signal.aborted; ) {
    const now = life.now();
    for (; day < dayOf(life.calendar, now); day++)
      for (const d of deliveriesOf(life, day + 1)) if (d.at > state.cursor) life.agenda.push(d);
    const due = life.agenda.filter((d) => d.at <= now);
    life.agenda = life.agenda.filter((d) => d.at > now); // days that are still being loaded add to it meanwhile
    if (due.length > 0) writeState(life.dir, Object.assign(state, { reached: now }));
    const waiting = await turns(due, now);
    const next = [...waiting, ...life.agenda].reduce((min, d) => Math.min(min, d.at), Number.POSITIVE_INFINITY);
    state.cursor = Math.min(now, next - 1);
    if (due.length > 0) writeState(life.dir, state);
    const rest = worldTime(state.anchors, next) - Date.now();
    await sleep(Math.min(10_000, Math.max(1_000, rest)), undefined, { signal }).catch(() => undefined);
  }
}

/** One turn after another: everything that is due over its system's road. Answers what has to wait, which comes first the next time. */
function turnsOf(life: Life, roads: Roads): (due: readonly Delivery[], now: number) => Promise<readonly Delivery[]> {
  const own = new Map(
    Object.entries(roads).map(([id, road]) => [id as SystemId, { road, from: life.state.cursor, held: [] as Delivery[] }]),
  );
  const closed = new Set<SystemId>();
  return async (due, now) => {
    const bySource = Map.groupBy(due, (d) => {
      const way = own.get(d.source);
      const isLate = way !== undefined && (d.at <= way.from || d.at < now - BULK_AFTER);
      return way === undefined || isLate ? 'bulk' : d.source;
    });
    await handOver(life, bySource.get('bulk') ?? []);
    for (const [source, way] of own) {
      const list = [...way.held, ...(bySource.get(source) ?? [])].sort((a, b) => a.at - b.at || (a.event.id < b.event.id ? -1 : 1));
      try {
        way.held = [...(await way.road.take(list, { from: Math.max(way.from, now - BULK_AFTER), to: now }))];
        way.from = now;
        closed.delete(source);
      } catch (e) {
        way.held = list;
        if (!closed.has(source) && !life.signal.aborted) life.warn(`${source} cannot hand over, trying on: ${(e as Error).message}`);
        closed.add(source);
      }
    }
    return [...own.values()].flatMap((way) => way.held);
  };
}
