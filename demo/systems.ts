import { type Anchor, worldTime, written } from './clock.ts';
import { share } from './dice.ts';
import type { Keys, SystemId } from './knows.ts';
import { startOfDay } from './trade.ts';
import type { TrueEvent } from './walk.ts';

/**
 * The source systems' habits (`scenarios.md` §1): what of the truth arrives, when, and how it is written. A delivery is what one system
 * hands over at one moment; which road it takes is the business of `doors.ts`.
 */
export interface Delivery {
  readonly source: SystemId;
  /** When the system hands it over, in the city's time. */
  readonly at: number;
  readonly event: TrueEvent;
  /** The time that the system writes down, which its clock may have wrong. */
  readonly stamp: number;
  readonly form: 'full' | 'bare' | 'day';
  /** Handed over once more, though it arrived the first time. */
  readonly again?: true;
  /** `made`: it names a work order that is none. `mended`: the same report once more, with the number put right: another content under one id. */
  readonly slip?: 'made' | 'mended';
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const POLL = 2 * MINUTE;
export const BATCH = 5 * MINUTE;
/** A batch's file is there so long after its end. */
export const BATCH_LAG = 20 * SECOND;
/** Yesterday's full file: so long after midnight. */
export const FULL_AT = 2 * HOUR + 10 * MINUTE;
const ASKED = 30 * MINUTE;

type Habit = (events: readonly TrueEvent[], zone: string) => Delivery[];

const plain = (event: TrueEvent, delay: number): Delivery => ({
  source: event.system,
  at: event.at + delay,
  event,
  stamp: event.at,
  form: 'full',
});
const chanceOf = (event: TrueEvent, what: string): number => share(what, event.id);

/** JSON at once; what its own time-out did not see answered it sends again. */
const ordercentre: Habit = (events) =>
  events.flatMap((event) => {
    const once = plain(event, 300 + Math.floor(chanceOf(event, 'oc') * 1_500));
    const again = chanceOf(event, 'oc-again');
    if (again > 0.03) return [once];
    return [
      once,
      { ...once, at: once.at + 30 * SECOND, again: true as const },
      ...(again < 0.006 ? [{ ...once, at: once.at + 5 * MINUTE, again: true as const }] : []),
    ];
  });

/** A file every five minutes, whole seconds without a zone; yesterday once more in the night. */
const business: Habit = (events, zone) =>
  events.flatMap((event) => {
    const batch = Math.ceil((event.at + 1) / BATCH) * BATCH + BATCH_LAG;
    const once: Delivery = { source: 'business', at: batch, event, stamp: Math.floor(event.at / SECOND) * SECOND, form: 'bare' };
    return [once, { ...once, at: startOfDay(event.at, zone, 1) + FULL_AT, again: true as const }];
  });

/** State tables of the work order system: a work order has one row in each, which the next state overwrites. Other steps have a table each. */
const TABLES: readonly (readonly [table: string, prefixes: readonly string[]])[] = [
  ['resource', ['resource.']],
  ['work', ['work.']],
  ['television', ['tv.', 'box.', 'picture.']],
  ['activation', ['activation.', 'port.', 'profile.', 'service.']],
  ['ticket', ['line.', 'fault.', 'remote.', 'ticket.']],
];
export const tableOf = (type: string): string => TABLES.find(([, prefixes]) => prefixes.some((p) => type.startsWith(p)))?.[0] ?? type;

/** Its own word for a state: a number of the table, D where something is done, S where it has just begun. */
const CODES: Readonly<Record<string, string>> = {
  'resource.requested': '10S',
  'resource.none': '15D',
  'resource.released': '90D',
  'work.created': '10S',
  'work.dispatched': '20S',
  'work.reassigned': '30S',
  'tv.account-opened': '10S',
  'box.bound': '20S',
  'tv.activated': '20D',
  'picture.confirmed': '30D',
  'activation.requested': '10S',
  'activation.failed': '15D',
  'port.switched': '20D',
  'profile.changed': '30D',
  'service.stopped': '90D',
  'line.tested': '10S',
  'fault.classified': '20S',
  'ticket.joined-outage': '30S',
  'remote.fixed': '20D',
  'line.retested': '30D',
};
export const codeOf = (type: string): string => CODES[type] ?? '10D';

const workorder: Habit = (events) => {
  const seen = new Map<string, TrueEvent>();
  for (const event of events) seen.set(`${tableOf(event.type)} ${String(event.keys.workOrder)} ${Math.floor(event.at / POLL)}`, event);
  return [...seen.values()].map((event) => plain(event, POLL - (event.at % POLL) + 3 * SECOND));
};

/** Typed in the evening of a working day; sometimes only the date is. */
const construction: Habit = (events, zone) =>
  events.map((event) => {
    const evening = startOfDay(event.at, zone) + 19 * HOUR + Math.floor(chanceOf(event, 'nc') * 3.5 * HOUR);
    const at = evening > event.at ? evening : evening + 24 * HOUR;
    const dayOnly = event.type !== 'construction.requested' && chanceOf(event, 'nc-day') < 0.3;
    return { ...plain(event, at - event.at), form: dayOnly ? 'day' : 'full' };
  });

/** One phone in fifty; half of them are ahead. */
function wrongBy(handler: string | undefined): number {
  const phone = share('phone', handler ?? '');
  return phone < 0.01 ? 90 * SECOND : phone < 0.02 ? -90 * SECOND : 0;
}

/** Of the phones' reports: the work order's number was typed by hand, and a digit that stands twice in a row only once. */
const SLIPS = 1 / 900;
/** Of these: put right in the evening, when the day's reports are gone through. */
const MENDED = 0.4;

/** One digit less than any number has, so it is nobody's. */
const oneDigitLess = (keys: Keys): Keys =>
  Object.fromEntries(Object.entries(keys).map(([kind, number]) => [kind, String(number).replace(/(\d)\1/, '$1')]));

/** Now and then a report about nobody's work order; some of these once more, with the right number, under the id that it had. */
function slipped(d: Delivery, zone: string): Delivery[] {
  if (chanceOf(d.event, 'slip') >= SLIPS) return [d];
  const made: Delivery = { ...d, event: { ...d.event, keys: oneDigitLess(d.event.keys) }, slip: 'made' };
  if (chanceOf(d.event, 'slip-mended') >= MENDED) return [made];
  const evening = startOfDay(d.at, zone) + 20 * HOUR + Math.floor(chanceOf(d.event, 'slip-at') * 2 * HOUR);
  return [made, { ...d, at: evening > d.at ? evening : evening + 24 * HOUR, slip: 'mended' }];
}

/** A visit in a cellar is reported afterwards in one heap; one phone in fifty has its clock 90 s wrong; a few numbers are typed wrong. */
const field: Habit = (events, zone) => {
  const visits = Map.groupBy(events, (event) => String(event.keys.visit ?? ''));
  return [...visits].flatMap(([visit, group]) => {
    const hidden = visit !== '' && share('offline', visit) < 0.28;
    const back = group[group.length - 1]!.at + (5 + 150 * share('back', visit)) * MINUTE;
    return group.flatMap((event) => {
      const at = hidden
        ? back + Math.floor(chanceOf(event, 'fd') * 20 * SECOND)
        : event.at + SECOND + Math.floor(chanceOf(event, 'fd') * 15 * SECOND);
      return slipped({ ...plain(event, at - event.at), stamp: event.at + wrongBy(event.handler) }, zone);
    });
  });
};

/** Each carrier is asked every half hour; "signed" may come before "out for delivery". */
const logistics: Habit = (events) =>
  events.map((event) => {
    const turn = (Number(String(event.keys.parcel).replace(/\D/g, '').slice(0, 11)) % 3) * 10 * MINUTE;
    const asked = Math.ceil((event.at - turn + 1) / ASKED) * ASKED + turn;
    const overtaken = event.type === 'parcel.out-for-delivery' && chanceOf(event, 'lg') < 0.06;
    return plain(event, asked - event.at + 5 * SECOND + (overtaken ? 20 * ASKED : 0));
  });

const glasshouse: Habit = (events) => events.map((event) => plain(event, 50));

const HABITS: Readonly<Record<SystemId, Habit>> = { ordercentre, business, workorder, construction, field, logistics, glasshouse };

/** Everything that ever arrives of one journey, unsorted. */
export function arrivals(events: readonly TrueEvent[], zone: string): Delivery[] {
  const bySystem = Map.groupBy(events, (event) => event.system);
  return [...bySystem].flatMap(([system, own]) => HABITS[system](own, zone));
}

/** Hours in which a source is silent: what it would have handed over then comes in one rush afterwards. */
export interface Silence {
  readonly source: SystemId;
  readonly from: number;
  readonly to: number;
}

export function silencesOf(startOfDayN: (day: number) => number, day: number): Silence[] {
  const out: Silence[] = [];
  if (day === 52) out.push({ source: 'workorder', from: startOfDayN(day) + 14 * HOUR, to: startOfDayN(day) + 17 * HOUR });
  if (day >= 60 && (day - 60) % 7 === 0)
    out.push({ source: 'logistics', from: startOfDayN(day) + 13 * HOUR, to: startOfDayN(day) + 16 * HOUR });
  return out;
}

export function heldUp(d: Delivery, silences: readonly Silence[]): Delivery {
  const silence = silences.find((s) => s.source === d.source && d.at >= s.from && d.at < s.to);
  return silence === undefined ? d : { ...d, at: silence.to + Math.floor((d.at - silence.from) / 90) };
}

const INSTANTS = new Set(['slotFrom', 'slotTo', 'until']);
/** What goes through a file or a table has texts alone, on every road. */
const TEXTS_ALONE: ReadonlySet<SystemId> = new Set(['business', 'workorder']);

/** An event as its system says it: what `POST /api/events` takes, and what every other road must come to. */
export interface Said {
  readonly source: SystemId;
  readonly id?: string;
  readonly type: string;
  readonly time: string;
  readonly keys: Keys;
  readonly scenario?: string;
  readonly handler?: string;
  readonly person?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * The same words on whichever road and however often, so that saying it again changes nothing: what lies ahead of an event is told by the clock as
 * it went when it happened. Carriers' answers have no id of their own.
 */
export function saidOf(d: Delivery, anchors: readonly Anchor[], zone: string): Said {
  const { event, source } = d;
  const then = anchors.filter((a, i) => i === 0 || a.city <= event.at);
  const told = (name: string, value: unknown): unknown => {
    if (INSTANTS.has(name) && typeof value === 'number') return written(worldTime(then, value), zone);
    return TEXTS_ALONE.has(source) ? String(value) : value;
  };
  const data = Object.fromEntries(Object.entries(event.data ?? {}).map(([name, value]) => [name, told(name, value)]));
  if (source === 'workorder') data.code = codeOf(event.type);
  const { scenario, handler, person } = event;
  return {
    source,
    ...(source !== 'logistics' && { id: event.id }),
    type: event.type,
    time: written(worldTime(anchors, d.stamp), zone, d.form),
    keys: event.keys,
    ...(scenario !== undefined && { scenario }),
    ...(handler !== undefined && { handler }),
    ...(person !== undefined && { person }),
    ...(Object.keys(data).length > 0 && { data }),
  };
}

/** One line of NDJSON, as the source sends it. */
export const lineOf = (d: Delivery, anchors: readonly Anchor[], zone: string): string => JSON.stringify(saidOf(d, anchors, zone));
