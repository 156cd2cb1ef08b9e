import { setImmediate as turn } from 'node:timers/promises';
import type { Actor } from '#platform/actor';
import type { House } from '#platform/module';
import { ensureSource } from '#source';
import type { Outcome } from './accept.ts';
import { type BadEvent, isBad, LINE_LIMIT, readEvent, type SentEvent } from './event.ts';
import { KINDS, rulesOf } from './folding.ts';
import type { Gatherer } from './intake.ts';
import type { Line } from './lines.ts';
import { type Prepared, prepare } from './prepare.ts';

/** A rejected line of a request; details fill the sentence. */
export interface Rejected {
  readonly line: number;
  readonly code: string;
  readonly details: Record<string, string | number>;
}

/** Sums of one request so far. The list keeps the first 1,000 rejections. */
export interface Sums {
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejectedTotal: number;
  readonly rejected: Rejected[];
}

export const emptySums = (): Sums => ({ accepted: 0, duplicates: 0, conflicts: 0, rejectedTotal: 0, rejected: [] });

/** What was kept under which id, for an import that wants to know its journeys. */
export type Heard = (prepared: readonly Prepared[], outcomes: readonly Outcome[]) => Promise<void>;

const AT_ONCE = 1_000;
const SHOWN = 1_000;
/**
 * After so many lines whoever else waits has his turn: a post of thousands must not keep a post of one waiting. Posts of more lines are read one after
 * the other: side by side they would all be ready at the same moment, with the store at rest until then.
 */
const TURN = 10;
/** So many lines of a post are read before the next post has its turn. */
const STRETCH = 200;

/** Reads lines, submits the good ones in portions, and adds up. Bad lines never stop good ones. */
export function receiver(house: House, gatherer: Gatherer, actor: Actor, sums: Sums, heard?: Heard) {
  const only = actor.kind === 'source' ? actor.id : undefined;
  let portion: Prepared[] = [];
  let rejections = new Map<string, number>();

  const reject = (line: number, bad: BadEvent, source: string | undefined) => {
    sums.rejectedTotal++;
    if (sums.rejected.length < SHOWN) sums.rejected.push({ line, ...bad });
    const of = only ?? source ?? 'unknown';
    rejections.set(of, (rejections.get(of) ?? 0) + 1);
  };

  const flush = async () => {
    if (portion.length === 0 && rejections.size === 0) return;
    const events = portion;
    const rejected = rejections;
    portion = [];
    rejections = new Map();
    const outcomes = await gatherer.submit(events, rejected);
    for (const o of outcomes) {
      if (o.result === 'accepted') sums.accepted++;
      else sums.duplicates++;
      if (o.result === 'conflict') sums.conflicts++;
    }
    await heard?.(events, outcomes);
  };

  const zoneOf = (source: string) => rulesOf(source).zone;
  const keep = (e: SentEvent): void => void portion.push(prepare(e, KINDS, rulesOf(e.source), house.vault));

  /** Answers a promise only where something has to be waited for: a source seen for the first time. */
  const take = (line: number, raw: unknown, unescaped = false): Promise<void> | undefined => {
    const now = Date.now();
    const e = readEvent(raw, { only, zoneOf, nowUs: now * 1000, unescaped });
    if (isBad(e)) {
      reject(line, e, namedSource(raw));
      return undefined;
    }
    const registering = ensureSource(house.db, house.live, e.source, now);
    if (registering !== undefined) return registering.then(() => keep(e));
    keep(e);
    return undefined;
  };

  const value = async (line: number, raw: unknown): Promise<void> => {
    await take(line, raw);
    if (portion.length >= AT_ONCE) await flush();
  };

  const read = async (list: readonly Line[]): Promise<void> => {
    for (const [i, l] of list.entries()) {
      if (i > 0 && i % TURN === 0) await turn();
      if ('code' in l) {
        reject(l.line, { code: l.code, details: { path: '' } }, undefined);
        continue;
      }
      let raw: unknown;
      try {
        raw = JSON.parse(l.text);
      } catch {
        // a NUL as it is, such as every other byte of UTF-16
        reject(
          l.line,
          l.text.includes('\0') ? { code: 'event.bad-encoding', details: { path: '' } } : { code: 'event.not-json', details: {} },
          undefined,
        );
        continue;
      }
      const waiting = take(l.line, raw, !l.text.includes('\\u'));
      if (waiting !== undefined) await waiting;
    }
  };

  return {
    flush,
    value,
    /** A value of a body that is larger than one event may be. */
    async measured(line: number, raw: unknown) {
      if (bytesOf(raw) > LINE_LIMIT) reject(line, { code: 'event.too-large', details: {} }, namedSource(raw));
      else await value(line, raw);
    },
    async lines(list: readonly Line[]) {
      for (let from = 0; from < list.length; ) {
        const part = list.slice(from, from + Math.min(STRETCH, AT_ONCE - portion.length));
        from += part.length;
        await (part.length > TURN ? gatherer.reading(() => read(part)) : read(part));
        if (portion.length >= AT_ONCE) await flush();
      }
    },
  };
}

/** Length as a line; 0 for what nests too deeply to be written (it is refused for that). */
function bytesOf(raw: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(raw) ?? '');
  } catch {
    return 0;
  }
}

/** A rejected line counts for the source it names, if that could be a source at all. */
function namedSource(raw: unknown): string | undefined {
  const s = (raw as { source?: unknown } | null)?.source;
  return typeof s === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(s) ? s : undefined;
}
