/** Who was looked at by the last sweep and is not counted any more: bitmaps of blocks, least significant bit first. */

const BLOCK = 65_536;
const BYTES = BLOCK / 8;

export interface Seen {
  /** Whom this sweep looked at, and who still counts. */
  readonly looked: Uint8Array;
  readonly counted: Uint8Array;
}

export interface Departures {
  readonly ordinals: readonly number[];
  /** How many were looked at before. */
  readonly before: number;
  /** By block: whoever was looked at now or before and still counts. A fact that is missing for a day makes nobody leave. */
  readonly looked: ReadonlyMap<number, Uint8Array>;
}

export function departures(before: ReadonlyMap<number, Uint8Array>, now: ReadonlyMap<number, Seen>): Departures {
  const ordinals: number[] = [];
  const looked = new Map<number, Uint8Array>();
  let there = 0;
  for (const block of new Set([...before.keys(), ...now.keys()])) {
    const was = before.get(block);
    const seen = now.get(block);
    const is = new Uint8Array(BYTES);
    for (let i = 0; i < BYTES; i++) {
      const earlier = was?.[i] ?? 0;
      const counted = seen?.counted[i] ?? 0;
      is[i] = ((seen?.looked[i] ?? 0) | earlier) & counted;
      if (earlier === 0) continue;
      for (let bit = 0; bit < 8; bit++) {
        if (((earlier >> bit) & 1) === 0) continue;
        there++;
        if (((counted >> bit) & 1) === 0) ordinals.push(block * BLOCK + i * 8 + bit);
      }
    }
    looked.set(block, is);
  }
  return { ordinals, before: there, looked };
}
