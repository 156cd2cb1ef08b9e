import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import type { Log } from '#platform/log';
import { Refused, refuse } from '#platform/result';
import { batchesAfter, EVERYONE, lastBatch, type StoredTag, shareSnapshot, storedTags } from '#tag';
import { type Crew, Gone, Unanswered } from './engine-crew.ts';
import type { Gate } from './engine-gate.ts';
import type { Reading } from './load.ts';
import type { Form } from './memory-block.ts';

/**
 * What the threads hold, and how it keeps up with the store. One thing at a time: in one snapshot of the store the threads read the tags that are
 * wanted and the blocks of all batches since, and then take both in between two questions. So what they hold is always the state of one instant.
 */
export interface Stock {
  /** These tags, read and kept until the answered function is called. Throws Refused when there is no room for them at once. */
  need(tags: readonly number[]): Promise<() => void>;
  /** Reads what was announced until now; throws when the store cannot be read. */
  catchUp(): Promise<void>;
  /** Looks whether there are batches that nobody announced. */
  look(): Promise<void>;
  /** Lets so many tags go that nobody wants now; false: there are none. */
  leave(most: number): Promise<boolean>;
  kindOf(tag: number): StoredTag['kind'] | undefined;
  readiness(): { readonly warm: number; readonly tags: number };
  /** No more reading; what is under way ends first. */
  close(): Promise<void>;
}

export interface StockOptions {
  readonly db: Db;
  readonly crew: Crew;
  readonly gate: Gate;
  readonly log: Log;
  /** Tags that stay in the store until they are asked for. */
  readonly cold: (tag: StoredTag) => boolean;
}

interface Wanted {
  readonly tags: readonly number[];
  readonly done: () => void;
  readonly fail: (e: Error) => void;
}

const BEHIND = 1_000; // batches whose ids are that far below the last one may still be committed
const FLAGS_AT_ONCE = 8;
const PAUSE_MS = 1_000;

export function openStock({ db, crew, gate, log, cold }: StockOptions): Stock {
  const tags = new Map<number, StoredTag>();
  const warm = new Set<number>();
  const pins = new Map<number, number>();
  const usedAt = new Map<number, number>();
  const seen = new Set<number>();
  let lastSeen: number | undefined;
  let clock = 0;
  let wanted: Wanted[] = [];
  let background: number[] | undefined; // undefined: not looked up yet
  let shouldBeWarm = 0;
  let closed = false;
  let running: Promise<void> | undefined;

  const formOf = (tag: number): Form => {
    const kind = tags.get(tag)?.kind ?? 'flag';
    return kind === 'flag' ? 'flag' : kind === 'oneOf' ? 'codes' : 'number';
  };
  const learn = async (): Promise<void> => {
    for (const t of await storedTags(db)) tags.set(t.id, t);
  };

  /** Reads whole tags and every later batch in one snapshot, and takes them in. Throws Unanswered (no room), and what the database says. */
  const read = async (whole: readonly number[]): Promise<void> => {
    const fresh: number[] = [];
    try {
      const staged = await db.inTx(systemActor('audience'), async ({ tx }) => {
        const snapshot = await shareSnapshot(tx);
        const last = lastSeen ?? (await lastBatch(tx));
        const later = (await batchesAfter(tx, last - BEHIND)).filter((b) => !seen.has(b.id));
        fresh.push(...later.map((b) => b.id));
        lastSeen ??= last;
        const changes = later
          .map((b) => ({ tags: b.tags.filter((t) => warm.has(t) && !whole.includes(t)), blocks: b.blocks }))
          .filter((c) => c.tags.length > 0);
        if (whole.length === 0 && changes.length === 0) return false;
        const reading: Reading = { snapshot, whole: whole.map((tag) => ({ tag, form: formOf(tag) })), changes };
        await crew.all({ ask: 'stage', reading });
        return true;
      });
      if (staged) await gate.writing(() => crew.all({ ask: 'install' }));
    } catch (e) {
      await crew.all({ ask: 'discard' }).catch(() => undefined);
      throw e;
    }
    for (const id of fresh) {
      seen.add(id);
      lastSeen = Math.max(lastSeen ?? 0, id);
    }
    for (const id of seen) if (id <= (lastSeen ?? 0) - BEHIND) seen.delete(id);
    for (const tag of whole) {
      warm.add(tag);
      usedAt.set(tag, usedAt.get(tag) ?? 0);
    }
  };

  /** Those that were not asked for the longest. */
  const leave = async (most: number): Promise<boolean> => {
    const idle = [...warm].filter((t) => t !== EVERYONE && !pins.has(t));
    const out = idle.sort((a, b) => (usedAt.get(a) ?? 0) - (usedAt.get(b) ?? 0)).slice(0, most);
    if (out.length === 0) return false;
    for (const tag of out) warm.delete(tag);
    await gate.writing(() => crew.all({ ask: 'drop', tags: out }));
    return true;
  };
  const reasonOf = (e: Error): Error => {
    if (e instanceof Refused || e instanceof Gone) return e;
    log.error({ reason: e.message }, 'tags could not be read');
    return new Refused(refuse('audience.not-read'));
  };
  const isFull = (e: unknown): boolean => e instanceof Unanswered && e.why === 'no-room';

  /** As `read`, other tags leaving until there is room. */
  const readInstead = async (whole: readonly number[]): Promise<void> => {
    for (let most = 1; ; most *= 2) {
      try {
        await read(whole);
        return;
      } catch (e) {
        if (!isFull(e)) throw e;
        if (!(await leave(most))) throw new Refused(refuse('audience.no-room'));
      }
    }
  };

  const serve = async (round: readonly Wanted[]): Promise<void> => {
    const missing = [...new Set(round.flatMap((w) => w.tags))].filter((t) => !warm.has(t));
    if (missing.some((t) => !tags.has(t))) await learn();
    for (const tag of missing.filter((t) => tags.has(t))) await readInstead([tag]);
    if (missing.length === 0) await readInstead([]);
  };

  const step = async (): Promise<boolean> => {
    const round = wanted;
    wanted = [];
    if (round.length > 0) {
      await serve(round).then(
        () => {
          for (const w of round) w.done();
        },
        (e: Error) => {
          for (const w of round) w.fail(reasonOf(e));
        },
      );
      return true;
    }
    if (background === undefined) {
      await learn();
      background = order([...tags.values()].filter((t) => !cold(t)));
      shouldBeWarm = background.length;
    }
    const next = portion(background.filter((t) => !warm.has(t)));
    if (next.length === 0) return false;
    try {
      await read(next);
    } catch (e) {
      if (!isFull(e)) throw e;
      background = [...warm];
      shouldBeWarm = warm.size;
      log.info({ tags: warm.size }, 'the memory for tags is full; the others are read when they are asked for');
    }
    return true;
  };
  const portion = (left: readonly number[]): readonly number[] => {
    const flags = left.findIndex((t) => formOf(t) !== 'flag');
    return left.slice(0, Math.max(1, Math.min(FLAGS_AT_ONCE, flags < 0 ? left.length : flags)));
  };
  /** Who counts first, then what is small and asked for most. */
  const order = (all: readonly StoredTag[]): number[] => {
    const place = { flag: 1, oneOf: 2, date: 3, number: 3 };
    const rank = (t: StoredTag): number => (t.id === EVERYONE ? 0 : place[t.kind]);
    return all.toSorted((a, b) => rank(a) - rank(b) || a.id - b.id).map((t) => t.id);
  };

  const run = async (): Promise<void> => {
    while (!closed) {
      try {
        if (!(await step())) return;
      } catch (e) {
        if (closed) return;
        log.warn({ reason: (e as Error).message }, 'the audience engine could not read tags; it tries again');
        await new Promise((done) => setTimeout(done, PAUSE_MS).unref());
      }
    }
  };
  const go = (): void => {
    running ??= run().finally(() => {
      running = undefined;
      if (wanted.length > 0 && !closed) go();
    });
  };
  const want = (list: readonly number[]): Promise<void> =>
    new Promise((done, fail) => {
      if (closed) {
        fail(new Refused(refuse('audience.closing')));
        return;
      }
      wanted.push({ tags: list, done, fail });
      go();
    });
  go();

  return {
    async need(list) {
      for (const t of list) pins.set(t, (pins.get(t) ?? 0) + 1);
      const unpin = (): void => {
        for (const t of list) {
          const n = (pins.get(t) ?? 1) - 1;
          if (n === 0) pins.delete(t);
          else pins.set(t, n);
        }
      };
      try {
        if (list.some((t) => !warm.has(t))) await want(list);
        clock++;
        for (const t of list) usedAt.set(t, clock);
        return unpin;
      } catch (e) {
        unpin();
        throw e;
      }
    },
    catchUp: () => want([]),
    async look() {
      if (lastSeen === undefined || running) return;
      const later = await batchesAfter(db, lastSeen - BEHIND);
      if (later.some((b) => !seen.has(b.id))) await want([]);
    },
    leave,
    kindOf: (tag) => tags.get(tag)?.kind,
    readiness: () => ({ warm: [...warm].filter((t) => background?.includes(t)).length, tags: shouldBeWarm }),
    async close() {
      closed = true;
      for (const w of wanted) w.fail(new Refused(refuse('audience.closing')));
      wanted = [];
      await running;
    },
  };
}
