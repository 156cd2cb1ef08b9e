import { BITMAP_BYTES } from '#tag';
import { NoRoom, type Shelf } from './memory-block.ts';

/** Sets that a question keeps from one of its steps to the next: a row of sets each, in the same memory. */
export interface Held {
  begin(id: number, locals: number): void;
  put(id: number, local: number, set: number): void;
  rowOf(id: number): number;
  release(id: number): void;
}

export function makeHeld({ kernel, room }: Shelf): Held {
  const rows = new Map<number, { row: number; locals: number }>();
  const pointer = (set: number): number => (set & ~7) >>> 0;
  const releaseSet = (at: number): void => {
    const set = kernel.words[at] as number;
    if (set > 1) room.free(pointer(set));
    kernel.words[at] = 0;
  };
  return {
    begin(id, locals) {
      const row = room.take(Math.max(64, locals * 4));
      if (row === 0) throw new NoRoom('no room to hold sets');
      kernel.words.fill(0, row >>> 2, (row >>> 2) + locals);
      rows.set(id, { row, locals });
    },
    put(id, local, set) {
      const { row } = rows.get(id) as { row: number };
      const at = (row >>> 2) + local;
      if (set <= 1) {
        releaseSet(at);
        kernel.words[at] = set;
        return;
      }
      const from = pointer(set);
      const list = (set & 7) === 3;
      const bytes = list ? 2 + 2 * ((kernel.bytes[from] as number) | ((kernel.bytes[from + 1] as number) << 8)) : BITMAP_BYTES;
      const to = room.take(bytes);
      if (to === 0) throw new NoRoom('no room to hold a set');
      kernel.bytes.copyWithin(to, from, from + bytes);
      releaseSet(at);
      kernel.words[at] = (to | (set & 7)) >>> 0;
    },
    rowOf: (id) => rows.get(id)?.row ?? 0,
    release(id) {
      const held = rows.get(id);
      if (held === undefined) return;
      for (let local = 0; local < held.locals; local++) releaseSet((held.row >>> 2) + local);
      room.free(held.row);
      rows.delete(id);
    },
  };
}
