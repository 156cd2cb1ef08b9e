import { BLOCK } from '#tag';
import { AT, type Kernel, openKernel } from './kernel.ts';
import { makeRoom, PIECE } from './memory.ts';
import { makeShared, type Shelf } from './memory-block.ts';
import { type Held, makeHeld } from './memory-held.ts';
import { makeTags, type Tags } from './memory-tags.ts';

/** One WASM memory of a worker; the block of its local block n is `first` + n × `step`. */
export interface Memory {
  readonly kernel: Kernel;
  readonly shelf: Shelf;
  readonly tags: Tags;
  readonly held: Held;
  readonly first: number;
  readonly step: number;
}

/** The memories of worker `part` of `parts`: its blocks (those whose number leaves `part` when divided by `parts`) are dealt out to them in turn. */
export interface Memories {
  readonly all: readonly Memory[];
  readonly part: number;
  readonly parts: number;
  of(block: number): { readonly memory: Memory; readonly local: number };
  used(): number;
}

export interface Share {
  readonly part: number;
  readonly parts: number;
  /** How many memories, and the pieces of 1 MiB that each may use. */
  readonly memories: number;
  readonly pieces: number;
}

/** A memory of 4 GiB less what the kernel keeps for itself. */
export const PIECES_MOST = 4_096 - AT.heap / PIECE;

/** Ordinals are u32. */
export const BLOCKS_MOST = 2 ** 32 / BLOCK;

export function openMemories({ part, parts, memories, pieces }: Share): Memories {
  const all = Array.from({ length: memories }, (_, m): Memory => {
    const kernel = openKernel(AT.heap + pieces * PIECE);
    const shelf: Shelf = { kernel, room: makeRoom(kernel.words, AT.heap, pieces), shared: makeShared() };
    return { kernel, shelf, tags: makeTags(shelf), held: makeHeld(shelf), first: part + parts * m, step: parts * memories };
  });
  return {
    all,
    part,
    parts,
    of(block) {
      if (block < 0 || block >= BLOCKS_MOST) throw new Error(`there is no block ${block}`);
      const turn = Math.floor(block / parts);
      return { memory: all[turn % memories] as Memory, local: Math.floor(turn / memories) };
    },
    used: () => all.reduce((sum, { shelf }) => sum + shelf.room.used, 0),
  };
}
