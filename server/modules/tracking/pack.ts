import { blankMilestone, blankTimeline, type MilestoneState, type PersonRef, type Place, type Timeline, type WaitState } from './fold.ts';

/**
 * A timeline as it lies in a journey's row: short names, times from the journey's begin, and nothing that says "nothing yet". A row is
 * written anew with every event, so its size is what following a journey costs. Two lists have plain names, for the analysis reads them in
 * SQL: `stages`, when each was reached (µs since 1970), and `left`, when each milestone was closed (µs after the begin).
 */
export interface Packed {
  n: number;
  s: number;
  l: number;
  t: Place;
  d: number;
  stages: (number | null)[];
  left: (number | null)[];
  mv: number;
  /** What there is to say of milestones beside `left`, by index. */
  m?: PackedMilestone[];
  src?: string[];
  f?: number;
  c?: number;
  r?: string;
  w?: WaitState;
  ws?: Timeline['waits'];
  x?: Timeline['exceptions'];
  k?: number;
  ct?: Record<string, number>;
  u?: number;
  sl?: [number, number];
  hs?: [number, number];
  pl?: string;
  a?: string;
  h?: string;
  v?: string;
  p?: Record<string, [subject: string, id: string]>;
  pc?: Timeline['parcel'];
  nm?: 1;
}

type PackedMilestone = [index: number, entries: number, flags: number, handler: string | null, sources: number[]];

const INSIDE = 1;
const SEEN = 2;

/** 16 bytes as 22 signs instead of 36. */
const short = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
const long = (text: string): string => {
  const h = Buffer.from(text, 'base64url').toString('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
};

/** The timeline as JSON text, `Packed` when parsed. Written out sign by sign: every event pays for one. */
export function pack(t: Timeline): string {
  const s = t.started;
  const [at, seq, rank, source, id] = t.tail;
  let out = `{"n":${t.events},"s":${s},"l":${t.last - s},"t":[${at - s},${seq},${rank},${JSON.stringify(source)},${JSON.stringify(id)}],"d":${t.done}`;
  out += `,"stages":[${t.stages.map(orNull).join()}],"left":[${t.milestones.map((m) => (m.left === undefined ? 'null' : m.left - s)).join()}]`;
  out += `,"mv":${t.moved - s}${milestonesOf(t)}`;
  if (t.finished !== undefined) out += `,"f":${t.finished - s}`;
  if (t.cancelled !== undefined) out += `,"c":${t.cancelled - s}`;
  if (t.stopped !== 0) out += `,"k":${t.stopped}`;
  if (t.urged !== 0) out += `,"u":${t.urged}`;
  if (t.named) out += ',"nm":1';
  for (const [name, field] of REST) out += member(name, t[field]);
  if (t.waits.length > 0) out += member('ws', t.waits);
  if (t.exceptions.length > 0) out += member('x', t.exceptions);
  for (const _ in t.counts) {
    out += member('ct', t.counts);
    break;
  }
  if (t.person !== undefined)
    out += member('p', Object.fromEntries(Object.entries(t.person).map(([f, [subject, ref]]) => [f, [short(subject), short(ref)]])));
  return `${out}}`;
}

/** What is there or not, as it is. */
const REST = [
  ['r', 'reason'],
  ['w', 'wait'],
  ['sl', 'slot'],
  ['hs', 'held'],
  ['pl', 'place'],
  ['a', 'area'],
  ['h', 'handler'],
  ['v', 'visitor'],
  ['pc', 'parcel'],
] as const satisfies readonly (readonly [keyof Packed, keyof Timeline])[];

const member = (name: keyof Packed, value: unknown): string => (value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`);
const orNull = (n: number | null | undefined): number | 'null' => n ?? 'null';

function milestonesOf(t: Timeline): string {
  const sources: string[] = [];
  const indexOf = (name: string) => {
    const i = sources.indexOf(name);
    return i >= 0 ? i : sources.push(name) - 1;
  };
  let list = '';
  for (const [i, m] of t.milestones.entries()) {
    if (m.entries === 0 && m.seen === undefined) continue;
    const handler = m.handler === undefined ? 'null' : JSON.stringify(m.handler);
    list += `${list === '' ? '' : ','}[${i},${m.entries},${(m.inside ? INSIDE : 0) | (m.seen ? SEEN : 0)},${handler},[${m.sources.map(indexOf).join()}]]`;
  }
  return list === '' ? '' : `,"m":[${list}]${sources.length === 0 ? '' : `,"src":${JSON.stringify(sources)}`}`;
}

/** A row of the store with its timeline unpacked. */
export const unpackRow = <R extends { readonly fold: Timeline }>(row: R): R => ({ ...row, fold: unpack(row.fold as unknown as Packed) });

/** The same without the person, whom the customer's view never shows: his references cost as much as all the rest. */
export const unpackTracked = <R extends { readonly fold: Timeline }>(row: R): R => ({
  ...row,
  fold: unpackTimes(row.fold as unknown as Packed),
});

export function unpack(p: Packed): Timeline {
  const t = unpackTimes(p);
  if (p.p !== undefined)
    t.person = Object.fromEntries(Object.entries(p.p).map(([f, [subject, ref]]): [string, PersonRef] => [f, [long(subject), long(ref)]]));
  return t;
}

function unpackTimes(p: Packed): Timeline {
  const s = p.s;
  const [at, seq, rank, source, id] = p.t;
  const t = blankTimeline(p.left.map(blankMilestone), p.stages);
  for (const [i, entries, flags, handler, sources] of p.m ?? []) {
    const x = t.milestones[i] as MilestoneState;
    x.entries = entries;
    x.sources = sources.map((n) => p.src?.[n] ?? '');
    const left = p.left[i];
    if (left !== null && left !== undefined) x.left = left + s;
    if (flags & INSIDE) x.inside = true;
    if (flags & SEEN) x.seen = true;
    if (handler !== null) x.handler = handler;
  }
  t.events = p.n;
  t.started = s;
  t.last = p.l + s;
  t.tail = [at + s, seq, rank, source, id];
  t.done = p.d;
  t.moved = p.mv + s;
  t.waits = p.ws ?? [];
  t.exceptions = p.x ?? [];
  t.stopped = p.k ?? 0;
  t.counts = p.ct ?? {};
  t.urged = p.u ?? 0;
  if (p.f !== undefined) t.finished = p.f + s;
  if (p.c !== undefined) t.cancelled = p.c + s;
  if (p.nm === 1) t.named = true;
  t.reason = p.r;
  t.wait = p.w;
  t.slot = p.sl;
  t.held = p.hs;
  t.place = p.pl;
  t.area = p.a;
  t.handler = p.h;
  t.visitor = p.v;
  t.parcel = p.pc;
  return t;
}
