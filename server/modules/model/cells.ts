import { type Cells, codeAt, type Tag } from '#tag';
import { type Column, type ColumnBuilder, columnBuilder } from './column.ts';

/** Values of tags as columns: a number in its own unit (18.85, not 1885), so that a model is the same learned from a file or from the store. */

type Read = Pick<Tag, 'kind' | 'scale' | 'values'>;

/** A tag's code as a value of a column; undefined: unknown. */
export function shown({ kind, scale, values }: Read, code: number): number | string | undefined {
  if (Number.isNaN(code)) return undefined;
  if (kind === 'oneOf') return values[code - 1];
  return kind === 'number' ? code / 10 ** scale : code;
}

/** Appends the values of these places; of a tag without cells nothing is known. */
export function pushPlaces(builder: ColumnBuilder, tag: Read, cells: Cells | undefined, places: readonly number[]): void {
  for (const at of places) builder.push(cells === undefined ? undefined : shown(tag, codeAt(cells, at)));
}

/** The columns of some places of one block. */
export const columnsAt = (tags: readonly Tag[], opened: ReadonlyMap<number, Cells>, places: readonly number[]): Column[] =>
  tags.map((tag) => {
    const builder = columnBuilder(tag.name, tag.kind);
    pushPlaces(builder, tag, opened.get(tag.id), places);
    return builder.done();
  });
