/** What is known of all customers in one tag, a value a row; *unknown* is a value of its own, never 0 and never "no". */
export type Column = { readonly name: string } & (
  | { readonly kind: 'flag' /** 1 yes, 0 no, −1 unknown. */; readonly values: Int8Array }
  | { readonly kind: 'number' | 'date' /** NaN unknown; a date is days since 1970-01-01. */; readonly values: Float64Array }
  | {
      readonly kind: 'oneOf';
      /** Places in `levels`; −1 unknown, −2 one of the values beyond `mostLevels`. */
      readonly values: Int16Array;
      readonly levels: readonly string[];
    }
);

/** Different values of a one-of column that are kept apart while it is read; what is frequent shows itself among them. */
export const mostLevels = 10_000;

/** Takes values one after another: a boolean, number or text as its kind wants, undefined for unknown. */
export interface ColumnBuilder {
  push(value: number | string | undefined): void;
  /** The column, its values in memory that threads may share. */
  done(): Column;
}

type Values = Int8Array | Float64Array | Int16Array;

/** `kind` flag takes 0 or 1, number and date a finite number, oneOf a text. */
export function columnBuilder(name: string, kind: Column['kind']): ColumnBuilder {
  const Form = kind === 'flag' ? Int8Array : kind === 'oneOf' ? Int16Array : Float64Array;
  const unknown = Form === Float64Array ? Number.NaN : -1;
  const places = new Map<string, number>();
  let values: Values = new Form(1024);
  let count = 0;

  const placeOf = (level: string): number => {
    const known = places.get(level);
    if (known !== undefined) return known;
    if (places.size >= mostLevels) return -2;
    places.set(detached(level), places.size);
    return places.size - 1;
  };

  return {
    push(value) {
      if (count === values.length) {
        const wider: Values = new Form(count * 2);
        wider.set(values);
        values = wider;
      }
      values[count++] = value === undefined ? unknown : typeof value === 'string' ? placeOf(value) : value;
    },
    done() {
      const room = new SharedArrayBuffer(count * Form.BYTES_PER_ELEMENT);
      const kept = values.subarray(0, count);
      values = new Form(0);
      if (kind === 'flag') return { name, kind, values: filled(new Int8Array(room), kept) };
      if (kind === 'oneOf') return { name, kind, values: filled(new Int16Array(room), kept), levels: [...places.keys()] };
      return { name, kind, values: filled(new Float64Array(room), kept) };
    },
  };
}

function filled<V extends Values>(room: V, values: Values): V {
  room.set(values);
  return room;
}

/** A text of its own: a part of a text keeps the whole alive. */
const detached = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
