/** Codes of many rows: a byte a cell, column after column, in the order of the coders. */
export interface Matrix {
  readonly rows: number;
  readonly codes: readonly Uint8Array[];
}

/** The rows at these places, in their order. */
export const rowsOf = (matrix: Matrix, places: Uint32Array): Matrix => ({
  rows: places.length,
  codes: matrix.codes.map((codes) => picked(codes, places)),
});

export function picked(values: Uint8Array, places: Uint32Array): Uint8Array {
  const out = new Uint8Array(places.length);
  for (let at = 0; at < places.length; at++) out[at] = values[places[at]!]!;
  return out;
}
