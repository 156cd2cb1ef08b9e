import type { Coder } from './coder.ts';
import type { Matrix } from './matrix.ts';

/** Sums by code of the first and second derivative of the loss: what a fork is chosen by. */

interface Derivatives {
  readonly matrix: Matrix;
  readonly slopes: Float64Array;
  readonly curvatures: Float64Array;
}

/** Where in a histogram each column begins, and at last where it ends: a slope and a curvature a code, unknown last. */
export function startsOf(coders: readonly Coder[]): Uint32Array {
  const starts = new Uint32Array(coders.length + 1);
  coders.forEach(({ size }, place) => {
    starts[place + 1] = starts[place]! + (size + 1) * 2;
  });
  return starts;
}

/** The sums over these rows, column after column as they begin in `starts`. */
export function histogramOf({ matrix, slopes, curvatures }: Derivatives, starts: Uint32Array, rows: Uint32Array): Float64Array {
  const { codes } = matrix;
  const out = new Float64Array(starts[codes.length]!);
  const pairs = new Float64Array(rows.length * 2);
  for (let at = 0; at < rows.length; at++) {
    pairs[at * 2] = slopes[rows[at]!]!;
    pairs[at * 2 + 1] = curvatures[rows[at]!]!;
  }
  const sums = (place: number): Float64Array => out.subarray(starts[place], starts[place + 1]);
  const fours = codes.length & ~3;
  for (let at = 0; at < fours; at += 4)
    addFour(
      rows,
      pairs,
      [codes[at]!, codes[at + 1]!, codes[at + 2]!, codes[at + 3]!],
      [sums(at), sums(at + 1), sums(at + 2), sums(at + 3)],
    );
  for (let at = fours; at < codes.length; at++) addByCode(rows, pairs, codes[at]!, sums(at));
  return out;
}

function addByCode(rows: Uint32Array, pairs: Float64Array, codes: Uint8Array, out: Float64Array): void {
  for (let at = 0; at < rows.length; at++) {
    const code = codes[rows[at]!]! * 2;
    out[code]! += pairs[at * 2]!;
    out[code + 1]! += pairs[at * 2 + 1]!;
  }
}

type Four<T> = readonly [T, T, T, T];

/** Four columns in one pass, at half the cost: an addition to one does not wait for that to another. */
function addFour(rows: Uint32Array, pairs: Float64Array, [a, b, c, d]: Four<Uint8Array>, [ofA, ofB, ofC, ofD]: Four<Float64Array>): void {
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const slope = pairs[at * 2]!;
    const curvature = pairs[at * 2 + 1]!;
    let code = a[row]! * 2;
    ofA[code]! += slope;
    ofA[code + 1]! += curvature;
    code = b[row]! * 2;
    ofB[code]! += slope;
    ofB[code + 1]! += curvature;
    code = c[row]! * 2;
    ofC[code]! += slope;
    ofC[code + 1]! += curvature;
    code = d[row]! * 2;
    ofD[code]! += slope;
    ofD[code + 1]! += curvature;
  }
}
