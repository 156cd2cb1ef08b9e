import { DatabaseSync } from 'node:sqlite';

export type Repeats = {
  /** How often this fingerprint (64 bits in two halves) came before. */
  before(high: number, low: number): number;
  /** Different fingerprints so far. */
  distinct(): number;
  close(): void;
};

const firstSlots = 4096;

/**
 * Counts equal fingerprints in bounded memory: a table of 12 bytes a slot grows to `maxSlots` (8 Mi: 100 MB, 150 MB while it grows; 5.8
 * million different ones), later ones go to a temporary SQLite file of its own (≈ 380,000 a second, 32 MB of cache, gone with the
 * process).
 *
 * Two different rows with one fingerprint: at 10⁸ rows the chance of any such pair is 3 × 10⁻⁴. It loses nothing and merges nothing, for a
 * row's id is made of its whole SHA-256 besides: the second of the pair is only numbered 1 instead of 0, and is so again at each import of
 * the same file.
 */
export function countRepeats(maxSlots = 8 * 1024 * 1024): Repeats {
  let slots = Math.min(firstSlots, maxSlots);
  let highs = new Uint32Array(slots);
  let lows = new Uint32Array(slots);
  let counts = new Uint32Array(slots);
  let used = 0;
  let spilled = 0;
  let spill: ReturnType<typeof openSpill> | undefined;

  /** The slot that holds the fingerprint, or the free one where it belongs. */
  const slotOf = (high: number, low: number): number => {
    let slot = (Math.imul(low, 0x9e3779b1) ^ high) >>> 0;
    for (slot &= slots - 1; counts[slot] !== 0 && (highs[slot] !== high || lows[slot] !== low); ) slot = (slot + 1) & (slots - 1);
    return slot;
  };

  const grow = (): void => {
    const old = { highs, lows, counts };
    slots *= 2;
    [highs, lows, counts] = [new Uint32Array(slots), new Uint32Array(slots), new Uint32Array(slots)];
    old.counts.forEach((count, at) => {
      if (count === 0) return;
      const slot = slotOf(old.highs[at] ?? 0, old.lows[at] ?? 0);
      highs[slot] = old.highs[at] ?? 0;
      lows[slot] = old.lows[at] ?? 0;
      counts[slot] = count;
    });
  };

  return {
    before(high, low) {
      const slot = slotOf(high, low);
      const count = counts[slot] ?? 0;
      if (count > 0) {
        counts[slot] = count + 1;
        return count;
      }
      if (used >= slots * 0.7 && slots >= maxSlots) {
        spill ??= openSpill();
        const came = spill.before(high, low);
        if (came === 0) spilled++;
        return came;
      }
      highs[slot] = high;
      lows[slot] = low;
      counts[slot] = 1;
      used++;
      if (used >= slots * 0.7 && slots < maxSlots) grow();
      return 0;
    },
    distinct: () => used + spilled,
    close: () => spill?.close(),
  };
}

/** A private temporary database: SQLite makes it without a name, and the system removes it even after `kill -9`. */
export function temporaryStore(): DatabaseSync {
  const store = new DatabaseSync('');
  store.exec('PRAGMA temp_store = FILE; PRAGMA cache_size = -32768; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;');
  return store;
}

function openSpill() {
  const store = temporaryStore();
  store.exec('CREATE TABLE seen (print INTEGER PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID; BEGIN');
  const add = store.prepare('INSERT INTO seen VALUES (?, 0) ON CONFLICT (print) DO UPDATE SET times = times + 1 RETURNING times');
  return {
    before: (high: number, low: number) => Number(add.get(BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)))?.times ?? 0),
    close: () => store.close(),
  };
}
