import { type Column, type Ready, valuesAt } from './column.ts';
import * as kernel from './kernel.ts';
import { MOST_RULES, type Program } from './program.ts';
import { BLOCK, doubtfulIn, openRun, RUN, WORDS } from './run.ts';

/** Whom the rules of a program hit in a block, and with what. */

const BITS = 8; // of one group of masks: a byte a customer

/** What a block gave. `yes` and `known` by rule (a rule that is known but not yes is no), `doubtful` by column: values that were not believed. */
export interface Swept {
  readonly customers: number;
  readonly yes: Float64Array;
  readonly known: Float64Array;
  readonly doubtful: Float64Array;
  /** Places within the block of those who are hit by a wanted rule, their masks (bit = rule), and by column of evidence their values (NaN: unknown). */
  readonly hits: Uint16Array;
  readonly masks: Uint32Array;
  readonly evidence: readonly Float64Array[];
  /** Bitmap of those who were looked at. */
  readonly looked: Uint8Array;
}

/** Makes the slots once and answers how to sweep one block. `wanted`: bits of the rules whose hits are told; `columns` in the program's order. */
export function openSweep(program: Program, wanted: number): (columns: readonly (Column | null)[]) => Swept {
  if (program.rules.length > MOST_RULES) throw new Error(`a sweep takes at most ${MOST_RULES} rules, not ${program.rules.length}`);
  const { slots, looked, begin, step } = openRun(program);
  const groups = Array.from({ length: Math.ceil(program.rules.length / BITS) }, () => new Uint32Array(BLOCK / 4));

  const room: Room = { any: new Uint32Array(BLOCK / 4), places: new Uint16Array(BLOCK), masks: new Uint32Array(BLOCK) };

  return (given) => {
    const columns = begin(given);
    const counts = program.rules.map(() => new Float64Array(2));
    const bitmap = new Uint8Array(BLOCK / 8);
    for (const g of groups) g.fill(0);
    let customers = 0;
    for (let from = 0; from < BLOCK; from += RUN) {
      step(columns, from);
      for (const [rule, slot] of program.rules.entries()) {
        const masks = (groups[rule >> 3] as Uint32Array).subarray(from / 4, from / 4 + WORDS);
        kernel.mark(slots.words[slot] as Uint32Array, looked, rule & 7, masks, WORDS, counts[rule] as Float64Array);
      }
      customers += kernel.count(looked, WORDS);
      pack(looked, bitmap, from / 8);
    }
    const hits = hitsOf(groups, wanted, room);
    const evidence = program.evidence.map((c) => valuesAt(columns[c] as Ready, hits.places));
    return {
      customers,
      yes: Float64Array.from(counts, (c) => c[0] as number),
      known: Float64Array.from(counts, (c) => c[1] as number),
      doubtful: doubtfulIn(columns),
      hits: hits.places,
      masks: hits.masks,
      evidence,
      looked: bitmap,
    };
  };
}

/** Bytes of 0 and 1 (bit 0 of each), eight a byte. */
function pack(looked: Uint32Array, bitmap: Uint8Array, at: number): void {
  for (let i = 0; i < WORDS; i += 2) bitmap[at + i / 2] = nibble(looked[i] as number) | (nibble(looked[i + 1] as number) << 4);
}

/** The lowest bits of a word's four bytes, side by side. */
const nibble = (w: number): number => (w & 1) | ((w >>> 7) & 2) | ((w >>> 14) & 4) | ((w >>> 21) & 8);

/** Who has a wanted bit in his mask. */
function hitsOf(groups: readonly Uint32Array[], wanted: number, room: Room): { places: Uint16Array; masks: Uint32Array } {
  const { any, places, masks } = room;
  any.fill(0);
  for (const [g, group] of groups.entries()) kernel.gather(group, Math.imul((wanted >>> (g * BITS)) & 255, 0x01010101), any);
  const bytes = groups.map((g) => new Uint8Array(g.buffer));
  let n = 0;
  for (let w = 0; w < BLOCK / 4; w++) {
    if (any[w] === 0) continue;
    for (let i = w * 4; i < w * 4 + 4; i++) {
      let mask = 0;
      for (let g = 0; g < bytes.length; g++) mask |= ((bytes[g] as Uint8Array)[i] as number) << (g * BITS);
      if ((mask & wanted) === 0) continue;
      places[n] = i;
      masks[n++] = mask;
    }
  }
  return { places: places.slice(0, n), masks: masks.slice(0, n) };
}

/** Memory that is used again for every block. */
interface Room {
  readonly any: Uint32Array;
  readonly places: Uint16Array;
  readonly masks: Uint32Array;
}
