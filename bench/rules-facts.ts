import type { Column } from '../server/modules/rule/column.ts';
import { dayOf } from '../server/modules/rule/day.ts';

/**
 * A population's thirteen daily facts in shared memory, as they lie in blocks: codes as narrow as their values, 0 = unknown. Values are spread so that the
 * rules hit some per cent each, and every fact is unknown of somebody.
 */

export const BLOCK = 65_536;
export const TODAY = dayOf('2026-11-22');
const START = dayOf('2024-01-01');

interface Kind {
  readonly width: 1 | 2 | 4;
  readonly base: number;
  /** A value from two chances in [0, 1). */
  readonly value: (a: number, b: number) => number;
  /** How often it is unknown. */
  readonly unknown: number;
}

const kind = (width: Kind['width'], base: number, unknown: number, value: Kind['value']): Kind => ({ width, base, unknown, value });
/** Mostly small, seldom large: spending, balances. */
const skewed = (most: number) => (a: number, b: number) => a * a * a * b * most;

/** By name of the fact; the flag has no width. */
export const KINDS: Readonly<Record<string, Kind>> = {
  'bill.current': kind(4, -10_000, 0.01, (a, b) => skewed(1_000)(a, b) + 6_000 * (b < 0.06 ? 0.3 : 1)),
  'bill.previous': kind(4, -10_000, 0.02, (a, b) => skewed(1_000)(a, b) + 8_000),
  'days.current': kind(1, 0, 0.005, (a) => (a < 0.97 ? 21 : a * 21)),
  'days.previous': kind(1, 0, 0.02, (a) => (a < 0.98 ? 31 : a * 31)),
  'voice.silentDays': kind(2, 0, 0.03, (a, b) => (a < 0.97 ? b * 3 : b * b * b * 700)),
  'forward.foreignDays': kind(1, 0, 0.03, (a, b) => (a < 0.996 ? 0 : b * 90)),
  'contract.ends': kind(2, START, 0.4, (a) => START + a * 4_000),
  'balance.amount': kind(4, -500_000, 0.05, (a, b) => skewed(200_000)(a, b) + 480),
  'stop.requested': kind(2, START, 0.97, (a) => TODAY - a * a * 900),
  'arpu.before': kind(4, 0, 0.08, skewed(90_000)),
  'plan.fee': kind(2, 0, 0.01, (a) => Math.floor(a * 20) * 1_000 + 800),
  'usage.otherThanVoice': kind(2, 0, 0.04, (a, b) => (a < 0.1 ? 0 : b * 2_000)),
};
export const FLAG = 'plan.prepaid';

export interface Facts {
  readonly customers: number;
  readonly blocks: number;
  /** Codes by fact, padded with unknown to whole blocks. */
  readonly codes: ReadonlyMap<string, Uint8Array | Uint16Array | Uint32Array>;
  /** Bitmaps of the flag. */
  readonly yes: Uint8Array;
  readonly known: Uint8Array;
}

/** The same seed gives the same facts. */
export function makeFacts(customers: number, seed: number): Facts {
  const blocks = Math.ceil(customers / BLOCK);
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1;
  const chance = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
  const codes = new Map<string, Uint8Array | Uint16Array | Uint32Array>();
  for (const [name, { width, base, value, unknown }] of Object.entries(KINDS)) {
    const memory = new SharedArrayBuffer(blocks * BLOCK * width);
    const column = width === 1 ? new Uint8Array(memory) : width === 2 ? new Uint16Array(memory) : new Uint32Array(memory);
    for (let i = 0; i < customers; i++) column[i] = chance() < unknown ? 0 : Math.floor(value(chance(), chance())) - base + 1;
    codes.set(name, column);
  }
  const bitmap = () => new Uint8Array(new SharedArrayBuffer((blocks * BLOCK) / 8));
  const [yes, known] = [bitmap(), bitmap()];
  for (let i = 0; i < customers; i++) {
    const bit = 1 << (i & 7);
    if (chance() < 0.02) continue;
    known[i >> 3] = (known[i >> 3] as number) | bit;
    if (chance() < 0.4) yes[i >> 3] = (yes[i >> 3] as number) | bit;
  }
  return { customers, blocks, codes, yes, known };
}

/** One block of a fact as the sweep takes it. */
export function blockOf(facts: Facts, name: string, block: number): Column {
  if (name === FLAG) {
    const part = (bitmap: Uint8Array) => bitmap.subarray((block * BLOCK) / 8, ((block + 1) * BLOCK) / 8);
    return { base: 0, width: 1, body: part(facts.yes), known: part(facts.known) };
  }
  const { width, base } = KINDS[name] as Kind;
  const column = facts.codes.get(name) as Uint8Array;
  return { base, width, known: null, body: new Uint8Array(column.buffer, block * BLOCK * width, BLOCK * width) };
}
