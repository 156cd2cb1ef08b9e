import { BITMAP_BYTES, BLOCK, EVERYONE } from '../server/modules/tag/model.ts';
import { seeded } from './lib/random.ts';

/**
 * 672 tags and 12 scores of as many customers as are wanted, from a seed. Every value follows from its ordinal and its tag by whole-number arithmetic, so
 * that a block, a plain loop and DuckDB's SQL make the same one. Ordinals lie in the order of the area, in each area own customers before off-net ones.
 */

export interface Made {
  readonly tag: number;
  readonly name: string;
  readonly kind: 'flag' | 'oneOf' | 'number' | 'date';
  readonly group: 'everyone' | 'dense' | 'rare' | 'own' | 'few' | 'many' | 'place' | 'number' | 'score';
  readonly salt: number;
  /** Whose hash is below this says yes; an even number. */
  readonly below: number;
  /** Values of a one-of; of a number how far it reaches. */
  readonly values: number;
  /** The least value of a number. */
  readonly low: number;
  /** Whose second hash is below this is unknown. */
  readonly unknown: number;
  readonly width: 1 | 2 | 4;
}

export interface Layout {
  readonly size: number;
  readonly blocks: number;
  /** Customers of an area; the first `own` of them are own ones. */
  readonly area: number;
  readonly own: number;
}

export const AREAS = 100;
const OWN = 27 / 67;
const WHOLE = 2 ** 32;
const FACTOR = 0x045d9f3b;
const OTHER = 0x5bd1e995; // what the second hash of a customer is salted with beside

export function layoutOf(size: number): Layout {
  const area = Math.ceil(size / AREAS);
  return { size, blocks: Math.ceil(size / BLOCK), area, own: Math.round(area * OWN) };
}

export function tagsOf(seed: number): readonly Made[] {
  const random = seeded(seed);
  const between = (low: number, high: number) => low + random() * (high - low);
  const out: Made[] = [];
  const add = (group: Made['group'], kind: Made['kind'], over: Partial<Made> = {}): void => {
    const tag = group === 'everyone' ? EVERYONE : 10_000 + out.length;
    const salt = Math.floor(random() * WHOLE);
    out.push({ tag, name: `t${tag}`, kind, group, salt, below: 0, values: 0, low: 0, unknown: 0, width: 1, ...over });
  };
  const even = (share: number) => 2 * Math.floor(share * (WHOLE / 2));
  add('everyone', 'flag', { below: WHOLE });
  for (let i = 0; i < 200; i++) add('dense', 'flag', { below: even(between(0.05, 0.6)) });
  for (let i = 0; i < 250; i++) add('rare', 'flag', { below: even(0.0001 * 500 ** random()) });
  for (let i = 0; i < 150; i++) add('own', 'flag', { below: even(between(0.05, 0.6)) });
  const unknown = () => (random() < 0.5 ? 0 : Math.floor(between(0.02, 0.3) * WHOLE));
  for (let i = 0; i < 50; i++) add('few', 'oneOf', { values: 2 + (i % 11), unknown: unknown() });
  add('place', 'oneOf', { values: AREAS });
  for (const values of [30, 60, 120, 200, 300]) add('many', 'oneOf', { values, unknown: unknown(), width: values > 255 ? 2 : 1 });
  for (let i = 0; i < 16; i++) {
    const width = ([2, 2, 1, 4, 2, 1, 2, 2] as const)[i % 8] as 1 | 2 | 4;
    const values = { 1: 110, 2: 30_000 + 2_000 * i, 4: 2_000_000 }[width];
    const date = i % 3 === 2 && width === 2;
    add('number', date ? 'date' : 'number', {
      values: date ? 12_000 : values,
      width,
      low: date ? 8_000 : 0,
      unknown: i % 2 === 0 ? 0 : unknown(),
    });
  }
  for (let i = 0; i < 12; i++) add('score', 'number', { values: 255 });
  return out;
}

/** 0 … 2^32 − 1 of an ordinal under a salt. */
const hash = (ordinal: number, salt: number): number => mixed(ordinal ^ salt) >>> 0;

/** In 32-bit integers throughout: whoever mixes hundreds of millions waits for nothing else. */
function mixed(x: number): number {
  const y = Math.imul(x ^ (x >>> 16), FACTOR);
  const z = Math.imul(y ^ (y >>> 16), FACTOR);
  return z ^ (z >>> 16);
}

export const isOwn = (ordinal: number, { area, own }: Layout): boolean => ordinal % area < own;

/** The value of one customer: a flag 1 or 0, a one-of's code, units; −1 = unknown. */
export function valueIn(t: Made, ordinal: number, layout: Layout): number {
  if (t.kind === 'flag') return t.group === 'own' && !isOwn(ordinal, layout) ? -1 : Number(hash(ordinal, t.salt) < t.below);
  if (t.unknown > 0 && hash(ordinal, t.salt ^ OTHER) < t.unknown) return -1;
  if (t.group === 'place') return 1 + Math.floor(ordinal / layout.area);
  const h = hash(ordinal, t.salt);
  if (t.kind === 'oneOf') return 1 + Math.floor((h * t.values) / WHOLE);
  const skewed = Math.floor(((h >>> 16) * (h >>> 16)) / 65_536); // many small values, few large ones
  return t.low + (t.width === 4 ? Math.floor(((h >>> 8) * t.values) / 2 ** 24) : Math.floor((skewed * t.values) / 65_536));
}

/** DuckDB's SQL for a table of these columns, named like the tags, null = unknown: three rounds of projections, then the values. */
export function tableSql(tags: readonly Made[], layout: Layout): string {
  const salts = tags.flatMap((t) => [
    { h: `h${t.tag}`, salt: t.salt },
    { h: `u${t.tag}`, salt: (t.salt ^ OTHER) >>> 0 },
  ]);
  const each = (from: string, next: (s: { h: string; salt: number }) => string) =>
    `(select o, ${salts.map((s) => `${next(s)} ${s.h}`).join(', ')} from ${from})`;
  const round = (from: string) => each(from, ({ h }) => `(xor(${h}, ${h} >> 16) * ${FACTOR}) & 4294967295`);
  const begun = each(`(select range::ubigint o from range(${layout.size}))`, ({ salt }) => `xor(o, ${salt}::ubigint)`);
  const mixed = each(round(round(begun)), ({ h }) => `xor(${h}, ${h} >> 16)`);
  return `select ${tags.map((t) => `${sqlOf(t, layout)} ${t.name}`).join(', ')} from ${mixed}`;
}

function sqlOf(t: Made, layout: Layout): string {
  const [h, u] = [`h${t.tag}`, `u${t.tag}`];
  if (t.kind === 'flag')
    return t.group === 'own' ? `case when o % ${layout.area} < ${layout.own} then ${h} < ${t.below} end` : `${h} < ${t.below}`;
  const skewed = `((((${h} >> 16) * (${h} >> 16)) >> 16) * ${t.values}) >> 16`;
  const number = `${t.low} + (${t.width === 4 ? `((${h} >> 8) * ${t.values}) >> 24` : skewed})`;
  const value = t.group === 'place' ? `1 + o // ${layout.area}` : t.kind === 'oneOf' ? `1 + ((${h} * ${t.values}) >> 32)` : number;
  const typed = `(${value})::${{ 1: 'utinyint', 2: 'usmallint', 4: 'uinteger' }[t.width]}`;
  return t.unknown > 0 ? `case when ${u} >= ${t.unknown} then ${typed} end` : typed;
}

export interface Stored {
  readonly base: number;
  readonly known: Uint8Array | null;
  readonly body: Uint8Array;
}

/** A block as `tag.block` keeps it; undefined: known of nobody in it. */
export function blockOf(t: Made, block: number, layout: Layout): Stored | undefined {
  const first = block * BLOCK;
  const people = Math.min(BLOCK, layout.size - first);
  return t.kind === 'flag' ? flagBlock(t, first, people, layout) : columnBlock(t, first, people, layout);
}

function flagBlock(t: Made, first: number, people: number, layout: Layout): Stored | undefined {
  const known = t.group === 'own' ? ownBits(first, people, layout) : people < BLOCK ? firstBits(people) : null;
  if (known?.every((b) => b === 0)) return undefined;
  const body = new Uint8Array(BITMAP_BYTES);
  const { salt } = t;
  const half = (t.below / 2) | 0;
  for (let at = 0, o = first; at < BITMAP_BYTES; at++) {
    let byte = 0;
    // the sign of a difference instead of a comparison: nobody can foresee what a hash is, and a wrong guess is dearer than the hash
    for (let b = 0; b < 8; b++, o++) byte |= (((mixed(o ^ salt) >>> 1) - half) >>> 31) << b;
    body[at] = t.below === WHOLE ? 255 : byte;
  }
  if (known !== null) for (let at = 0; at < BITMAP_BYTES; at++) body[at] = (body[at] as number) & (known[at] as number);
  return { base: 0, known: known?.every((b) => b === 255) ? null : known, body };
}

const firstBits = (people: number): Uint8Array =>
  Uint8Array.from({ length: BITMAP_BYTES }, (_, i) => 2 ** Math.min(8, Math.max(0, people - i * 8)) - 1);

const ownOf = new Map<number, Uint8Array>();

/** Own customers of a block, made once: 150 tags ask for them. */
function ownBits(first: number, people: number, layout: Layout): Uint8Array {
  const made = ownOf.get(first);
  if (made !== undefined) return made;
  const bits = new Uint8Array(BITMAP_BYTES);
  for (let i = 0; i < people; i++) if (isOwn(first + i, layout)) bits[i >> 3] = (bits[i >> 3] as number) | (1 << (i & 7));
  ownOf.set(first, bits);
  return bits;
}

function columnBlock(t: Made, first: number, people: number, layout: Layout): Stored {
  const body = new Uint8Array(BLOCK * t.width);
  const column = t.width === 1 ? body : t.width === 2 ? new Uint16Array(body.buffer) : new Uint32Array(body.buffer);
  codesInto(column, t, first, people, layout);
  if (t.unknown > 0) for (let i = 0; i < people; i++) if (mixed((first + i) ^ t.salt ^ OTHER) >>> 0 < t.unknown) column[i] = 0;
  return { base: t.kind === 'oneOf' ? 1 : t.low, known: null, body };
}

/** Codes from 1 on, one loop for each kind: two hundred million hashes are waited for here. */
function codesInto(column: Uint8Array | Uint16Array | Uint32Array, t: Made, first: number, people: number, layout: Layout): void {
  const { salt, values } = t;
  if (t.group === 'place') for (let i = 0; i < people; i++) column[i] = 1 + Math.floor((first + i) / layout.area);
  else if (t.kind === 'oneOf') for (let i = 0; i < people; i++) column[i] = 1 + ((mixed((first + i) ^ salt) >>> 0) * values) / WHOLE;
  else if (t.width === 4) for (let i = 0; i < people; i++) column[i] = 1 + ((mixed((first + i) ^ salt) >>> 8) * values) / 2 ** 24;
  else
    for (let i = 0; i < people; i++) {
      const high = mixed((first + i) ^ salt) >>> 16;
      column[i] = 1 + (Math.imul(Math.imul(high, high) >>> 16, values) >>> 16);
    }
}
