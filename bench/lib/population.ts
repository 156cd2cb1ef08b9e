import { once } from 'node:events';
import fs from 'node:fs';
import { finished } from 'node:stream/promises';
import type { CustomerMap } from '../../server/modules/customer/contract.ts';
import { seeded } from './random.ts';

/**
 * A file of customers as an operator's warehouse has them: 200 dense flags (5–60 %), 250 rare ones (0.01–5 %), 150 that are known of own customers
 * alone, 56 one-ofs (2–12 values, six of them 30–300), 16 numbers and dates; 27 of 67 customers are own.
 */

export interface Population {
  readonly tags: CustomerMap['tags'];
  /** What COPY needs for one table of the same columns. */
  readonly columns: readonly string[];
  /** What is in the file, counted while it was written: known and yes of each tag. */
  readonly known: readonly number[];
  readonly yes: readonly number[];
}

type Shape =
  | { readonly kind: 'flag'; readonly share: number; readonly ownOnly: boolean }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly most: number; readonly decimals: number }
  | { readonly kind: 'date' };

const OWN = 27 / 67;
const FLUSH = 1 << 20;

function shapes(seed: number): Shape[] {
  const random = seeded(seed);
  const flags = (n: number, low: number, high: number, ownOnly: boolean): Shape[] =>
    Array.from({ length: n }, () => ({ kind: 'flag', share: low * (high / low) ** random(), ownOnly }));
  const oneOfs: Shape[] = Array.from({ length: 56 }, (_, i) => {
    const n = i < 6 ? 30 + Math.floor(random() * 271) : 2 + Math.floor(random() * 11);
    return { kind: 'oneOf', values: Array.from({ length: n }, (_v, v) => `v${i}.${v}`) };
  });
  const numbers: Shape[] = Array.from({ length: 16 }, (_, i) =>
    i % 4 === 3 ? { kind: 'date' } : { kind: 'number', most: 10 ** (2 + (i % 3)), decimals: i % 3 },
  );
  return [...flags(200, 0.05, 0.6, false), ...flags(250, 0.0001, 0.05, false), ...flags(150, 0.05, 0.6, true), ...oneOfs, ...numbers];
}

const SQL = { flag: 'boolean', oneOf: 'text', number: 'numeric', date: 'date' } as const;
const DAYS = Array.from({ length: 3_000 }, (_, i) => new Date(Date.UTC(2018, 0, 1 + i)).toISOString().slice(0, 10));

/** Writes `customers` rows to `file`. */
export async function writePopulation(file: string, customers: number, seed: number): Promise<Population> {
  const all = shapes(seed);
  const random = seeded(seed + 1);
  const known = all.map(() => 0);
  const yes = all.map(() => 0);
  const out = fs.createWriteStream(file);
  const names = all.map((_, i) => `t${i}`);
  const thresholds = all.map((s) => (s.kind === 'flag' ? s.share : 0));
  let buffer = Buffer.allocUnsafe(FLUSH + 65_536);
  let at = buffer.write(`number,${names.join(',')}\n`);
  for (let row = 0; row < customers; row++) {
    const own = random() < OWN;
    at += buffer.write(`9${String(row).padStart(10, '0')}`, at, 'latin1');
    for (let i = 0; i < all.length; i++) {
      const shape = all[i] as Shape;
      buffer[at++] = 0x2c;
      if (shape.kind === 'flag') {
        if (shape.ownOnly && !own) continue;
        const is = random() < (thresholds[i] as number);
        buffer[at++] = is ? 0x31 : 0x30;
        if (is) yes[i] = (yes[i] as number) + 1;
      } else if (shape.kind === 'oneOf')
        at += buffer.write(shape.values[Math.floor(random() * shape.values.length)] as string, at, 'latin1');
      else if (!own && random() < 0.5) continue;
      else if (shape.kind === 'date') at += buffer.write(DAYS[Math.floor(random() * DAYS.length)] as string, at, 'latin1');
      else at += buffer.write((random() * shape.most).toFixed(shape.decimals), at, 'latin1');
      known[i] = (known[i] as number) + 1;
    }
    buffer[at++] = 0x0a;
    if (at < FLUSH) continue;
    if (!out.write(buffer.subarray(0, at))) await once(out, 'drain');
    buffer = Buffer.allocUnsafe(FLUSH + 65_536);
    at = 0;
  }
  out.end(buffer.subarray(0, at));
  await finished(out);
  return {
    tags: all.map((s, i) => ({ name: `t${i}`, column: `t${i}`, kind: s.kind })),
    columns: ['number text', ...all.map((s, i) => `t${i} ${SQL[s.kind]}`)],
    known,
    yes,
  };
}
