import { closeSync, createReadStream, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Place } from '#customer';
import { type RowCells, textCells } from './customers-cells.ts';

/** A row of an import with its place among the customers. */
export interface Placed {
  readonly file: number;
  readonly line: number;
  /** The cells of the columns asked for, in their order. */
  readonly cells: RowCells;
  readonly place: Place;
}

const HELD_CHARACTERS = 1 << 20;

/** Puts rows aside on the disk by the part that their ordinal is in (`size` ordinals each), and gives them back part by part. */
export async function* aside(folder: string, rows: AsyncIterable<Placed>, size: number): AsyncGenerator<Placed> {
  const parts = new Map<number, { file: string; handle: number; held: string[]; length: number }>();
  const flush = (p: { handle: number; held: string[]; length: number }) => {
    if (p.held.length > 0) writeSync(p.handle, `${p.held.join('\n')}\n`);
    p.held = [];
    p.length = 0;
  };
  const partOf = (number: number) => {
    const known = parts.get(number);
    if (known !== undefined) return known;
    const file = path.join(folder, `part-${number}.ndjson`);
    const made = { file, handle: openSync(file, 'w', 0o600), held: [], length: 0 };
    parts.set(number, made);
    return made;
  };
  for await (const { file, line, cells, place } of rows) {
    const part = partOf(place.ordinal === null ? 0 : Math.floor(place.ordinal / size));
    const text = JSON.stringify([file, line, place, Array.from({ length: cells.count }, (_, i) => cells.text(i))]);
    part.held.push(text);
    part.length += text.length;
    if (part.length >= HELD_CHARACTERS / Math.max(1, parts.size / 64)) flush(part);
  }
  for (const part of parts.values()) {
    flush(part);
    closeSync(part.handle);
  }
  for (const [, { file }] of [...parts].sort(([a], [b]) => a - b)) {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      const [of, line, place, cells] = JSON.parse(text) as [number, number, Place, string[]];
      yield { file: of, line, cells: textCells(cells), place };
    }
    rmSync(file);
  }
}
