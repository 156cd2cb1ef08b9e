import { gunzipSync, gzipSync } from 'node:zlib';
import { type Cells, codeAt, type Tag } from '#tag';
import { shown } from './cells.ts';
import type { ColumnBuilder } from './column.ts';

/** What is kept of some people of one block: their values, tag after tag, in one compressed piece. A number is kept in its own unit, so that a finer scale moves nothing. */

export type KeptTag = Pick<Tag, 'name' | 'kind'>;
/** A value a person. Of a flag 1, 0, −1 unknown; of a one-of its code, 0 unknown; of a number or a date NaN unknown. */
type Values = Int8Array | Uint16Array | Float64Array;

const FORMS = { flag: Int8Array, oneOf: Uint16Array, number: Float64Array, date: Float64Array } as const;
const UNKNOWN = { flag: -1, oneOf: 0, number: Number.NaN, date: Number.NaN } as const;

/** A tag's values of the people at these places; without cells nothing is known. */
export function valuesAt(tag: Tag, cells: Cells | undefined, places: readonly number[]): Values {
  const values = new FORMS[tag.kind](places.length).fill(UNKNOWN[tag.kind]);
  if (cells === undefined) return values;
  places.forEach((at, i) => {
    const code = codeAt(cells, at);
    if (!Number.isNaN(code)) values[i] = tag.kind === 'oneOf' ? code : (shown(tag, code) as number);
  });
  return values;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Values | Uint16Array): Buffer => Buffer.from(buffer, byteOffset, byteLength);

/** In the order of their tags. */
export const packValues = (columns: readonly Values[]): Buffer => gzipSync(Buffer.concat(columns.map(bytesOf)));

export function openValues(tags: readonly KeptTag[], packed: Buffer, people: number): Values[] {
  const bytes = gunzipSync(packed);
  let at = 0;
  return tags.map(({ kind }) => {
    const Form = FORMS[kind];
    const end = at + people * Form.BYTES_PER_ELEMENT;
    const { buffer } = Uint8Array.from(bytes.subarray(at, end)); // a column may begin anywhere in memory, a view of it may not
    at = end;
    return new Form(buffer);
  });
}

export const packPlaces = (places: readonly number[]): Buffer => bytesOf(Uint16Array.from(places));
export const openPlaces = (packed: Buffer): number[] => [...new Uint16Array(Uint8Array.from(packed).buffer)];

/** Appends a person's value. `tag` as it is now: values of a one-of are never taken away. */
export function pushValue(builder: ColumnBuilder, tag: Tag, values: Values, row: number): void {
  const value = values[row] as number;
  const isUnknown = Number.isNaN(value) || value === UNKNOWN[tag.kind];
  builder.push(isUnknown ? undefined : tag.kind === 'oneOf' ? tag.values[value - 1] : value);
}

/** A block's people. */
export interface ObservedPeople {
  readonly people: number;
  readonly places: Buffer;
  readonly cells: Buffer;
  readonly outcome: Buffer | null;
}

/** The same without those at these places; null: nobody is left. */
export function without(tags: readonly KeptTag[], row: ObservedPeople, gone: ReadonlySet<number>): ObservedPeople | null {
  const places = openPlaces(row.places);
  const stays = places.flatMap((place, i) => (gone.has(place) ? [] : [i]));
  if (stays.length === 0) return null;
  const columns = openValues(tags, row.cells, row.people).map((values) => values.filter((_, i) => !gone.has(places[i] as number)));
  return {
    people: stays.length,
    places: packPlaces(stays.map((i) => places[i] as number)),
    cells: packValues(columns),
    outcome: row.outcome && Buffer.from(stays.map((i) => (row.outcome as Buffer)[i] as number)),
  };
}

/** How many of each outcome. */
export const countOutcome = (outcome: Buffer, of: number): number => outcome.reduce((sum, one) => sum + Number(one === of), 0);
