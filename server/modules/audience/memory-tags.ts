import { EVERYONE } from '#tag';
import { PIECE } from './memory.ts';
import { type Cells, dropFlag, dropHeader, type Form, keepCodes, keepColumn, keepFlag, NoRoom, type Shelf } from './memory-block.ts';

/**
 * The tags in one memory. A tag has a row of cells, one for each local block (a flag three: yes, known, how many say yes; a one-of two: headers, which codes are
 * there). What is loaded or changed is first *staged* beside what is counted, and takes its place in one step, so that no question sees half of it.
 */
export interface Tags {
  readonly shelf: Shelf;
  /** Local blocks in which somebody counts. */
  readonly locals: number;
  formOf(tag: number): Form | undefined;
  /** As what a block of a tag is about to be put. */
  formComing(tag: number): Form | undefined;
  /** Pointer of a row of cells; 0 when the tag is not in this memory. */
  rowOf(tag: number, side?: Side): number;
  /** A tag is to come whole. */
  stageWhole(tag: number, form: Form): void;
  /** These blocks of a tag are to change; those that are not put are known of nobody from then on. */
  stageChange(tag: number, locals: readonly number[]): void;
  /** The block at AT.body and AT.known. Throws NoRoom. */
  put(tag: number, local: number, block: Stored): void;
  install(): void;
  discard(): void;
  drop(tag: number): void;
}

export interface Stored {
  readonly width: number;
  readonly base: bigint;
  readonly hasKnown: boolean;
}

const ROWS = { yes: 0, known: 1, there: 1, people: 2 } as const;
const ROWS_OF: Readonly<Record<Form, 1 | 2 | 3>> = { flag: 3, codes: 2, number: 1 };
export type Side = keyof typeof ROWS;

interface Entry {
  readonly form: Form;
  /** Pointer of the first row; the others follow it. */
  row: number;
}

const LEAST_ROOM = 64;

export function makeTags(shelf: Shelf): Tags {
  const { kernel, room } = shelf;
  const { words } = kernel;
  const kept = new Map<number, Entry>();
  const whole = new Map<number, Entry>();
  const changes = new Map<number, Map<number, Cells>>();
  let cap = LEAST_ROOM;
  let locals = 0;
  let comingLocals = 0;

  const makeRow = (form: Form): number => {
    const row = room.take(ROWS_OF[form] * cap * 4);
    if (row === 0) throw new NoRoom('no room for a row');
    words.fill(0, row >>> 2, (row >>> 2) + ROWS_OF[form] * cap);
    return row;
  };
  /** More local blocks than there were: every row anew. */
  const grow = (local: number): void => {
    const old = cap;
    while (cap <= local) cap *= 2;
    if (ROWS_OF.flag * cap * 4 > PIECE) {
      cap = old;
      throw new NoRoom(`no row reaches local block ${local}`);
    }
    const entries = [...kept.values(), ...whole.values()];
    const fresh = entries.map((e) => room.take(ROWS_OF[e.form] * cap * 4));
    if (fresh.includes(0)) {
      for (const row of fresh) if (row !== 0) room.free(row);
      cap = old;
      throw new NoRoom('no room for longer rows');
    }
    for (const [i, entry] of entries.entries()) {
      const row = fresh[i] as number;
      words.fill(0, row >>> 2, (row >>> 2) + ROWS_OF[entry.form] * cap);
      for (let k = 0; k < ROWS_OF[entry.form]; k++)
        words.copyWithin((row >>> 2) + k * cap, (entry.row >>> 2) + k * old, (entry.row >>> 2) + (k + 1) * old);
      room.free(entry.row);
      entry.row = row;
    }
  };
  const read = (entry: Entry, local: number): Cells => {
    const at = (entry.row >>> 2) + local;
    const [first, second, third] = [0, 1, 2].map((k) => (k < ROWS_OF[entry.form] ? (words[at + k * cap] as number) : 0));
    return [first as number, second as number, third as number];
  };
  const write = (entry: Entry, local: number, cells: Cells): void => {
    const at = (entry.row >>> 2) + local;
    for (let k = 0; k < ROWS_OF[entry.form]; k++) words[at + k * cap] = cells[k] as number;
  };
  const free = (form: Form, cells: Cells): void => (form === 'flag' ? dropFlag(shelf, cells) : dropHeader(shelf, cells[0]));
  const freeEntry = (entry: Entry): void => {
    for (let local = 0; local < cap; local++) free(entry.form, read(entry, local));
    room.free(entry.row);
  };
  const cellsOf = (form: Form, { width, base, hasKnown }: Stored): Cells => {
    if (form === 'flag') return keepFlag(shelf, hasKnown);
    return form === 'codes' ? keepCodes(shelf, width) : [keepColumn(shelf, width, base), 0, 0];
  };

  return {
    shelf,
    get locals() {
      return locals;
    },
    formOf: (tag) => kept.get(tag)?.form,
    formComing: (tag) => (whole.get(tag) ?? kept.get(tag))?.form,
    rowOf(tag, side = 'yes') {
      const entry = kept.get(tag);
      return entry === undefined ? 0 : entry.row + ROWS[side] * cap * 4;
    },
    stageWhole(tag, form) {
      whole.set(tag, { form, row: makeRow(form) });
    },
    stageChange(tag, places) {
      if (!kept.has(tag) || whole.has(tag)) return;
      const cells = changes.get(tag) ?? new Map<number, Cells>();
      for (const local of places) if (!cells.has(local)) cells.set(local, [0, 0, 0]);
      changes.set(tag, cells);
    },
    put(tag, local, block) {
      const entry = whole.get(tag);
      const changed = changes.get(tag);
      const form = entry?.form ?? kept.get(tag)?.form;
      if (form === undefined || (entry === undefined && changed === undefined)) return;
      if (local >= cap) grow(local);
      const cells = cellsOf(form, block);
      if (tag === EVERYONE) comingLocals = Math.max(comingLocals, local + 1);
      if (entry === undefined) changed?.set(local, cells);
      else write(entry, local, cells);
    },
    install() {
      for (const [tag, entry] of whole) {
        const old = kept.get(tag);
        if (old) freeEntry(old);
        kept.set(tag, entry);
      }
      for (const [tag, cells] of changes) {
        const entry = kept.get(tag);
        if (entry === undefined) continue;
        for (const [local, fresh] of cells) {
          if (local >= cap) continue; // nothing stood there, nothing comes
          free(entry.form, read(entry, local));
          write(entry, local, fresh);
        }
      }
      locals = Math.max(locals, comingLocals);
      whole.clear();
      changes.clear();
    },
    discard() {
      for (const entry of whole.values()) freeEntry(entry);
      for (const [tag, cells] of changes) {
        const form = kept.get(tag)?.form;
        if (form !== undefined) for (const fresh of cells.values()) free(form, fresh);
      }
      comingLocals = locals;
      whole.clear();
      changes.clear();
    },
    drop(tag) {
      const entry = kept.get(tag);
      if (entry === undefined) return;
      freeEntry(entry);
      kept.delete(tag);
    },
  };
}
