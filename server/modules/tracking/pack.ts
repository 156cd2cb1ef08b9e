import { BLANK, blankTimeline, type MilestoneState, own, type PersonRef, type Place, type Timeline, type WaitState } from './timeline.ts';

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

/** Where a packed timeline is written. */
export interface Out {
  /** ASCII as it is. */
  put(text: string): Out;
  /** A whole number. */
  digits(n: number): Out;
  /** A JSON string. */
  quoted(text: string): Out;
}

/** The timeline as JSON, `Packed` when parsed. Written out part by part: every event pays for one. */
export function packInto(out: Out, t: Timeline): void {
  const s = t.started;
  const [at, seq, rank, source, id] = t.tail;
  out
    .put('{"n":')
    .digits(t.events)
    .put(',"s":')
    .digits(s)
    .put(',"l":')
    .digits(t.last - s);
  out
    .put(',"t":[')
    .digits(at - s)
    .put(',')
    .digits(seq)
    .put(',')
    .digits(rank)
    .put(',')
    .quoted(source)
    .put(',')
    .quoted(id)
    .put('],"d":')
    .digits(t.done);
  out.put(',"stages":[');
  for (let i = 0; i < t.stages.length; i++) item(out, i, t.stages[i], 0);
  out.put('],"left":[');
  for (let i = 0; i < t.milestones.length; i++) item(out, i, t.milestones[i]?.left, s);
  out.put('],"mv":').digits(t.moved - s);
  milestonesInto(out, t);
  if (t.finished !== undefined) out.put(',"f":').digits(t.finished - s);
  if (t.cancelled !== undefined) out.put(',"c":').digits(t.cancelled - s);
  if (t.stopped !== 0) out.put(',"k":').digits(t.stopped);
  if (t.urged !== 0) out.put(',"u":').digits(t.urged);
  if (t.named) out.put(',"nm":1');
  text(out, ',"r":', t.reason);
  member(out, 'w', t.wait);
  member(out, 'sl', t.slot);
  member(out, 'hs', t.held);
  text(out, ',"pl":', t.place);
  text(out, ',"a":', t.area);
  text(out, ',"v":', t.visitor);
  member(out, 'pc', t.parcel);
  if (t.waits.length > 0) member(out, 'ws', t.waits);
  if (t.exceptions.length > 0) member(out, 'x', t.exceptions);
  for (const _ in t.counts) {
    member(out, 'ct', t.counts);
    break;
  }
  if (t.person !== undefined)
    member(out, 'p', Object.fromEntries(Object.entries(t.person).map(([f, [subject, ref]]) => [f, [short(subject), short(ref)]])));
  out.put('}');
}

/** The same as a text. */
export function pack(t: Timeline): string {
  let text = '';
  const out: Out = {
    put: (s) => add(s),
    digits: (n) => add(String(n)),
    quoted: (s) => add(JSON.stringify(s)),
  };
  const add = (s: string): Out => {
    text += s;
    return out;
  };
  packInto(out, t);
  return text;
}

function text(out: Out, name: string, value: string | undefined): void {
  if (value !== undefined) out.put(name).quoted(value);
}

function member(out: Out, name: keyof Packed, value: unknown): void {
  if (value !== undefined) json(out.put(`,"${name}":`), value);
}

/** Whatever it is, in ASCII: a sign beyond is written as an escape. */
function json(out: Out, value: unknown): void {
  out.put(JSON.stringify(value).replace(BEYOND, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

const BEYOND = /[^\x20-\x7e]/g;

/** A place in a list of times that may be missing. */
function item(out: Out, i: number, at: number | null | undefined, from: number): void {
  if (i > 0) out.put(',');
  if (at === null || at === undefined) out.put('null');
  else out.digits(at - from);
}

function milestonesInto(out: Out, t: Timeline): void {
  const sources: string[] = [];
  let listed = 0;
  for (let i = 0; i < t.milestones.length; i++) {
    const m = t.milestones[i] as MilestoneState;
    if (m.entries === 0 && m.seen === undefined) continue;
    out
      .put(listed++ === 0 ? ',"m":[[' : ',[')
      .digits(i)
      .put(',')
      .digits(m.entries)
      .put(',');
    out.digits((m.inside ? INSIDE : 0) | (m.seen ? SEEN : 0)).put(',');
    if (m.handler === undefined) out.put('null,[');
    else out.quoted(m.handler).put(',[');
    for (let k = 0; k < m.sources.length; k++) {
      const source = m.sources[k] as string;
      let place = sources.indexOf(source);
      if (place < 0) place = sources.push(source) - 1;
      if (k > 0) out.put(',');
      out.digits(place);
    }
    out.put(']]');
  }
  if (listed === 0) return;
  out.put(']');
  for (let i = 0; i < sources.length; i++) out.put(i === 0 ? ',"src":[' : ',').quoted(sources[i] as string);
  if (sources.length > 0) out.put(']');
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
  const t = blankTimeline(
    p.left.map(() => BLANK),
    p.stages,
  );
  for (const [i, entries, flags, handler, sources] of p.m ?? []) {
    const x = own(t, i);
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
  t.visitor = p.v;
  t.parcel = p.pc;
  return t;
}
