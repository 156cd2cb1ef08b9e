/** Bytes one after the other, in a buffer that grows. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DASH = 0x2d;
/** Texts up to here are written sign by sign: calling the encoder takes as long as some fifty signs. */
const SHORT = 48;
/** A number of up to 16 places is two of 8, each of which fits 32 bits. */
const HALF = 100_000_000;

const width = (n: number): number => {
  let places = 1;
  for (let most = 10; n >= most; most *= 10) places++;
  return places;
};

const nibble = (c: number): number => (c < 58 ? c - 48 : (c | 32) - 87);

export class Bytes {
  #bytes: Buffer;
  #at = 0;

  /** `room`: about so many will be written. */
  constructor(room: number) {
    this.#bytes = Buffer.allocUnsafe(room);
  }

  get length(): number {
    return this.#at;
  }

  /** So many bytes can be written before it grows. */
  get room(): number {
    return this.#bytes.length;
  }

  /** What was written so far; good until more is. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Empty again; the room stays. */
  clear(): this {
    this.#at = 0;
    return this;
  }

  byte(n: number): this {
    this.#room(1);
    this.#bytes[this.#at++] = n;
    return this;
  }

  /** Whole numbers with their highest byte first. */
  int16(n: number): this {
    this.#room(2);
    this.#bytes[this.#at++] = n >> 8;
    this.#bytes[this.#at++] = n;
    return this;
  }

  int32(n: number): this {
    this.#room(4);
    this.#at += 4;
    return this.int32At(this.#at - 4, n);
  }

  /** Of 8 bytes, as far as a number is exact: |n| < 2^53. */
  int64(n: number): this {
    return this.int32(Math.floor(n / 4_294_967_296)).int32(n);
  }

  /** In the place of what stands there. */
  int32At(at: number, n: number): this {
    const bytes = this.#bytes;
    bytes[at] = n >> 24;
    bytes[at + 1] = n >> 16;
    bytes[at + 2] = n >> 8;
    bytes[at + 3] = n;
    return this;
  }

  raw(b: Uint8Array): this {
    this.#room(b.length);
    this.#bytes.set(b, this.#at);
    this.#at += b.length;
    return this;
  }

  /** The 16 bytes of a uuid in its usual text form. */
  uuidBytes(id: string): this {
    this.#room(16);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < 36; i += 2) {
      if (id.charCodeAt(i) === DASH) i++;
      bytes[at++] = (nibble(id.charCodeAt(i)) << 4) | nibble(id.charCodeAt(i + 1));
    }
    this.#at = at;
    return this;
  }

  /** In UTF-8. */
  signs(s: string): this {
    const { length } = s;
    this.#room(length * 3);
    const bytes = this.#bytes;
    const from = this.#at;
    let i = 0;
    if (length <= SHORT)
      for (; i < length; i++) {
        const c = s.charCodeAt(i);
        if (c > 127) break;
        bytes[from + i] = c;
      }
    this.#at += i === length ? length : bytes.write(s, from, 'utf8');
    return this;
  }

  /** A text of ASCII alone. */
  put(s: string): this {
    this.#room(s.length);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < s.length; i++) bytes[at++] = s.charCodeAt(i);
    this.#at = at;
    return this;
  }

  /** A whole number in decimal. The language's own way takes ten times as long where it is beyond 2^31. */
  digits(n: number): this {
    if (!(n >= 0 && n <= Number.MAX_SAFE_INTEGER)) return this.put(String(n));
    const high = Math.floor(n / HALF);
    return high === 0 ? this.#places(n, width(n)) : this.#places(high, width(high)).#places(n - high * HALF, 8);
  }

  /** A JSON string. */
  quoted(s: string): this {
    const { length } = s;
    this.#room(length + 2);
    const bytes = this.#bytes;
    let at = this.#at;
    bytes[at++] = QUOTE;
    for (let i = 0; i < length; i++) {
      const c = s.charCodeAt(i);
      if (c < 32 || c === QUOTE || c === BACKSLASH || c > 126) return this.signs(JSON.stringify(s));
      bytes[at++] = c;
    }
    bytes[at++] = QUOTE;
    this.#at = at;
    return this;
  }

  #places(n: number, places: number): this {
    this.#room(places);
    const bytes = this.#bytes;
    this.#at += places;
    let rest = n | 0;
    for (let at = this.#at - 1, i = 0; i < places; i++, at--) {
      const tenth = (rest / 10) | 0;
      bytes[at] = 48 + rest - tenth * 10;
      rest = tenth;
    }
    return this;
  }

  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + more));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
