import type { Fact } from './contract.ts';
import type { Sign } from './expression.ts';
import type { Span } from './kernel.ts';

/**
 * A block of one fact as it comes from the tags (decision 12): of a flag `body` and `known` are bitmaps of yes and known (null: known of all), else `body`
 * is a column of little-endian codes of `width` bytes, 0 = unknown, else the value is `base` + code − 1.
 */
export interface Column {
  readonly base: number;
  readonly width: 1 | 2 | 4 | 8;
  readonly known: Uint8Array | null;
  readonly body: Uint8Array;
}

export type Codes = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** A column made ready for the steps. Codes from `low` to `high` are believed. */
export type Ready =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'flag'; readonly yes: Uint8Array; readonly known: Uint8Array | null }
  | {
      readonly kind: 'codes';
      readonly codes: Codes;
      readonly shift: number;
      readonly low: number;
      readonly high: number;
      readonly sure: boolean;
    };

const MOST_CODE = { 1: 2 ** 8 - 1, 2: 2 ** 16 - 1, 4: 2 ** 32 - 1, 8: Number.POSITIVE_INFINITY } as const;

/** `column` null: nobody's value is known. Where the body does not lie on a multiple of its width it is copied. */
export function ready(fact: Fact, column: Column | null): Ready {
  if (column === null) return { kind: 'nothing' };
  if (fact.kind === 'flag') return { kind: 'flag', yes: column.body, known: column.known };
  const { base, width } = column;
  const low = Math.max(1, fact.from - base + 1);
  const high = Math.min(MOST_CODE[width], fact.to - base + 1);
  return { kind: 'codes', codes: codesOf(column), shift: base - 1, low, high, sure: low === 1 && high === MOST_CODE[width] };
}

function codesOf({ width, body }: Column): Codes {
  const aligned = body.byteOffset % Math.min(width, 4) === 0 ? body : new Uint8Array(body);
  const n = body.length / width;
  if (width === 1) return aligned;
  if (width === 2) return new Uint16Array(aligned.buffer, aligned.byteOffset, n);
  if (width === 4) return new Uint32Array(aligned.buffer, aligned.byteOffset, n);
  const halves = new Uint32Array(aligned.buffer, aligned.byteOffset, n * 2);
  return Float64Array.from({ length: n }, (_, i) => (halves[2 * i] as number) + (halves[2 * i + 1] as number) * 2 ** 32);
}

/** The codes for which `value sign fixed` holds, and what the other believed ones get. */
export function spanOf(sign: Sign, fixed: number, { shift, low, high }: Extract<Ready, { kind: 'codes' }>): Span {
  const code = fixed - shift;
  const [from, to] = {
    '<': [low, code - 1],
    '<=': [low, code],
    '>': [code + 1, high],
    '>=': [code, high],
    '==': [code, code],
    '!=': [code, code],
  }[sign];
  const inside = sign === '!=' ? 2 : 1;
  return { from: Math.max(from as number, low), to: Math.min(to as number, high), low, high, inside, outside: 3 - inside };
}

/** The value of one customer: an integer; 1 or 0 of a flag; NaN where it is unknown or not believed. */
export function valueAt(column: Ready, i: number): number {
  if (column.kind === 'nothing') return Number.NaN;
  if (column.kind === 'flag') {
    const bit = 1 << (i & 7);
    if (column.known !== null && ((column.known[i >> 3] as number) & bit) === 0) return Number.NaN;
    return ((column.yes[i >> 3] as number) & bit) === 0 ? 0 : 1;
  }
  const code = column.codes[i] as number;
  return code >= column.low && code <= column.high ? code + column.shift : Number.NaN;
}
