import { BITMAP_BYTES } from '#tag';

/**
 * Room in one WASM memory. It is cut into pieces of 1 MiB; a piece serves places of one size, and when all of them are free again it may serve another.
 * Sizes below 16 KiB rise by an eighth, larger ones are 1 MiB ÷ n, so that little is lost inside a place and little at the end of a piece.
 */
export interface Room {
  /** A place of at least so many bytes (1 … 1 MiB), a multiple of 64 from the memory's begin; 0 when there is none left. */
  take(bytes: number): number;
  free(pointer: number): void;
  /** Bytes of the pieces that are in use. */
  readonly used: number;
  readonly bytes: number;
}

export const PIECE = 1 << 20;
const SMALL = 16 * 1_024;

const sizes: readonly number[] = [...steps()].toSorted((a, b) => a - b);

function steps(): Set<number> {
  const out = new Set([BITMAP_BYTES, BITMAP_BYTES + 64]); // most of what is kept: bitmaps, alone and with a header
  for (let size = 64; size < SMALL; size = Math.ceil((size * 9) / 8 / 64) * 64) out.add(size);
  for (let n = 1; PIECE / n >= SMALL; n++) out.add(Math.floor(PIECE / n / 64) * 64);
  return out;
}

/** The first size that is large enough, by halving. */
function sizeOf(bytes: number): number {
  let lo = 0;
  for (let hi = sizes.length - 1; lo < hi; ) {
    const mid = (lo + hi) >> 1;
    if ((sizes[mid] as number) >= bytes) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}

/** Room from `begin` (a multiple of 1 MiB) for so many pieces. `words`: the memory itself: a free place keeps the next free one in its first word. */
export function makeRoom(words: Uint32Array, begin: number, pieces: number): Room {
  const of = new Int16Array(pieces).fill(-1); // size of a piece's places, −1: free
  const live = new Uint32Array(pieces);
  const fresh = new Uint32Array(pieces); // places from here on were never used
  const freed = new Uint32Array(pieces); // first free place that was used before, 0: none
  const open: number[][] = sizes.map(() => []); // pieces with a free place
  const isOpen = new Uint8Array(pieces);
  const empty = Array.from({ length: pieces }, (_, i) => pieces - 1 - i);
  const placesIn = (size: number): number => Math.floor(PIECE / (sizes[size] as number));

  const pieceFor = (size: number): number => {
    const list = open[size] as number[];
    for (let piece = list.at(-1); piece !== undefined; piece = list.at(-1)) {
      if (of[piece] === size && ((freed[piece] as number) !== 0 || (fresh[piece] as number) < placesIn(size))) return piece;
      list.pop();
      isOpen[piece] = 0;
    }
    const piece = empty.pop();
    if (piece === undefined) return -1;
    of[piece] = size;
    live[piece] = fresh[piece] = freed[piece] = 0;
    list.push(piece);
    isOpen[piece] = 1;
    return piece;
  };

  return {
    take(bytes) {
      const size = sizeOf(bytes);
      const piece = pieceFor(size);
      if (piece < 0) return 0;
      live[piece] = (live[piece] as number) + 1;
      const last = freed[piece] as number;
      if (last !== 0) {
        freed[piece] = words[last >>> 2] as number;
        return last;
      }
      const place = fresh[piece] as number;
      fresh[piece] = place + 1;
      return begin + piece * PIECE + place * (sizes[size] as number);
    },
    free(pointer) {
      const piece = Math.floor((pointer - begin) / PIECE);
      const size = of[piece] as number;
      live[piece] = (live[piece] as number) - 1;
      if (live[piece] === 0) {
        const list = open[size] as number[];
        if (isOpen[piece] === 1) list.splice(list.indexOf(piece), 1);
        isOpen[piece] = 0;
        of[piece] = -1;
        empty.push(piece);
        return;
      }
      words[pointer >>> 2] = freed[piece] as number;
      freed[piece] = pointer;
      if (isOpen[piece] === 1) return;
      isOpen[piece] = 1;
      (open[size] as number[]).push(piece);
    },
    get used() {
      return (pieces - empty.length) * PIECE;
    },
    bytes: pieces * PIECE,
  };
}
