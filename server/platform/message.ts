/**
 * Statements in the form in which PostgreSQL reads them (its protocol 3.0, values in binary), written into one buffer as they travel. Rows of a COPY,
 * parameters, elements of arrays and fields of records are all the same cells. Nothing is quoted here, nothing is parsed there, and no row is first an
 * object, then a list, then a column.
 *
 *     const m = new Message();
 *     m.copy(KEEP); // copy … from stdin (format binary)
 *     for (const r of rows) m.row(2).uuid(r.id).bigint(r.at);
 *     m.ask(TOUCH, 1).bigint(now);
 *     const [touched] = await db.send(m);
 */

/** Prepared once a connection, under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** PostgreSQL's numbers of the types that a cell can have. */
export const TYPE = { bytea: 17, bigint: 20, smallint: 21, int: 23, text: 25, xid: 28, json: 114, texts: 1009, uuid: 2950 } as const;

const SIGN = { parse: 0x50, bind: 0x42, execute: 0x45, copyData: 0x64, copyDone: 0x63, close: 0x43, sync: 0x53 } as const;
/** What every binary COPY begins with: eleven signs, no flags, no more header. */
const COPY_HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const ROOM = 4_096;
/** Texts up to here are written sign by sign: calling the encoder takes as long as some fifty signs. */
const SHORT = 48;

/** So many bytes of rows go into one part of a COPY: PostgreSQL reads each as a whole, of at most 1 GB. */
const PART = 1 << 20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** A number of up to 16 places is two of 8, each of which fits 32 bits. */
const HALF = 100_000_000;
const width = (n: number): number => {
  let places = 1;
  for (let most = 10; n >= most; most *= 10) places++;
  return places;
};

const nibble = (c: number): number => (c < 58 ? c - 48 : (c | 32) - 87);

export class Message {
  readonly statements: Statement[] = [];
  #bytes: Buffer;
  #at = 0;
  /** Where the lengths stand of what is begun and not ended, outermost first. */
  readonly #begun: number[] = [];
  #inHand: 'copy' | 'ask' | undefined;
  /** Fields of a record say their type. */
  #inRecord = false;

  /** `bytes`: about so many will be written. */
  constructor(bytes = 0) {
    this.#bytes = Buffer.allocUnsafe(bytes + ROOM);
  }

  /** Begins a COPY from stdin in binary form; `row` begins each row. */
  copy(statement: Statement): this {
    this.#bind(statement, 0);
    this.#execute();
    this.#begin(SIGN.copyData);
    this.#inHand = 'copy';
    return this.#raw(COPY_HEADER);
  }

  /** A row of a COPY: so many cells follow. */
  row(cells: number): this {
    const begun = this.#begun[0] as number;
    if (this.#at - begun > PART) this.#end().#begin(SIGN.copyData);
    this.#room(2);
    this.#int16(cells);
    return this;
  }

  /** Begins a statement: so many parameters follow, a cell each. */
  ask(statement: Statement, parameters: number): this {
    this.#bind(statement, parameters);
    this.#inHand = 'ask';
    return this;
  }

  /** All of it, ready to travel; nothing more can be written. */
  end(): Buffer {
    this.#finish();
    this.#begin(SIGN.sync);
    this.#end();
    return this.#bytes.subarray(0, this.#at);
  }

  /** An array of so many elements of a type: its cells follow, then `close`. */
  array(type: number, length: number): this {
    this.#room(24);
    this.#open();
    this.#int32(length === 0 ? 0 : 1); // dimensions
    this.#int32(1); // there may be nulls
    this.#int32(type);
    if (length === 0) return this;
    this.#int32(length);
    this.#int32(1); // the first index
    return this;
  }

  /** A record of so many fields, as an element of an array: its cells follow, then `close`. */
  record(fields: number): this {
    this.#room(8);
    this.#open();
    this.#int32(fields);
    this.#inRecord = true;
    return this;
  }

  close(): this {
    const at = this.#begun.pop() as number;
    this.#bytes.writeInt32BE(this.#at - at - 4, at);
    this.#inRecord = false;
    return this;
  }

  /** Integers of 8 bytes as far as a number is exact: |n| < 2^53. */
  bigint(n: number | null): this {
    if (n === null) return this.#null(TYPE.bigint);
    this.#cell(TYPE.bigint, 8);
    this.#int32(Math.floor(n / 4_294_967_296));
    this.#int32(n);
    return this;
  }

  int(n: number | null): this {
    if (n === null) return this.#null(TYPE.int);
    this.#cell(TYPE.int, 4);
    this.#int32(n);
    return this;
  }

  smallint(n: number | null): this {
    if (n === null) return this.#null(TYPE.smallint);
    this.#cell(TYPE.smallint, 2);
    this.#int16(n);
    return this;
  }

  /** A transaction's number as PostgreSQL prints it. */
  xid(n: string): this {
    this.#cell(TYPE.xid, 4);
    this.#int32(Number(n));
    return this;
  }

  /** Holds no NUL sign. */
  text(s: string | null): this {
    return s === null ? this.#null(TYPE.text) : this.#text(TYPE.text, s);
  }

  /** A JSON text. */
  json(s: string | null): this {
    return s === null ? this.#null(TYPE.json) : this.#text(TYPE.json, s);
  }

  /** A JSON text written where it travels: what follows until `closeJson` is its content. */
  openJson(): this {
    this.#room(8);
    if (this.#inRecord) this.#int32(TYPE.json);
    this.#open();
    return this;
  }

  closeJson(): this {
    const at = this.#begun.pop() as number;
    this.#bytes.writeInt32BE(this.#at - at - 4, at);
    return this;
  }

  /** Signs of ASCII as they are. */
  put(s: string): this {
    this.#room(s.length);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < s.length; i++) bytes[at++] = s.charCodeAt(i);
    this.#at = at;
    return this;
  }

  /** A whole number in decimal. Numbers beyond 2^31 take the language's own way ten times as long. */
  digits(n: number): this {
    if (!(n >= 0 && n <= Number.MAX_SAFE_INTEGER)) return this.put(String(n));
    this.#room(16);
    const high = Math.floor(n / HALF);
    if (high === 0) this.#digits(n, width(n));
    else {
      this.#digits(high, width(high));
      this.#digits(n - high * HALF, 8);
    }
    return this;
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
      if (c < 32 || c === QUOTE || c === BACKSLASH || c > 126) return this.#encoded(JSON.stringify(s));
      bytes[at++] = c;
    }
    bytes[at++] = QUOTE;
    this.#at = at;
    return this;
  }

  texts(list: readonly string[]): this {
    const inRecord = this.#inRecord;
    this.#room(4);
    if (inRecord) this.#int32(TYPE.texts);
    this.#inRecord = false;
    this.array(TYPE.text, list.length);
    for (const s of list) this.#text(TYPE.text, s);
    this.close();
    this.#inRecord = inRecord;
    return this;
  }

  /** In the usual text form, 36 signs. */
  uuid(id: string | null): this {
    if (id === null) return this.#null(TYPE.uuid);
    this.#cell(TYPE.uuid, 16);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < 36; i += 2) {
      if (i === 8 || i === 13 || i === 18 || i === 23) i++;
      bytes[at++] = (nibble(id.charCodeAt(i)) << 4) | nibble(id.charCodeAt(i + 1));
    }
    this.#at = at;
    return this;
  }

  /** Also for a cell of any type that is in binary form already (`platform/columns.ts`). */
  bytea(b: Uint8Array | null): this {
    if (b === null) return this.#null(TYPE.bytea);
    this.#cell(TYPE.bytea, b.length);
    return this.#raw(b);
  }

  #text(type: number, s: string): this {
    const { length } = s;
    this.#room(8 + length * 3);
    if (this.#inRecord) this.#int32(type);
    const bytes = this.#bytes;
    const from = this.#at + 4;
    let i = 0;
    if (length <= SHORT)
      for (; i < length; i++) {
        const c = s.charCodeAt(i);
        if (c > 127) break;
        bytes[from + i] = c;
      }
    const size = i === length ? length : bytes.write(s, from, 'utf8');
    this.#int32(size);
    this.#at = from + size;
    return this;
  }

  #encoded(s: string): this {
    this.#room(s.length * 3);
    this.#at += this.#bytes.write(s, this.#at);
    return this;
  }

  #digits(n: number, places: number): void {
    const bytes = this.#bytes;
    this.#at += places;
    let rest = n | 0;
    for (let at = this.#at - 1, i = 0; i < places; i++, at--) {
      const tenth = (rest / 10) | 0;
      bytes[at] = 48 + rest - tenth * 10;
      rest = tenth;
    }
  }

  #null(type: number): this {
    this.#room(8);
    if (this.#inRecord) this.#int32(type);
    this.#int32(-1);
    return this;
  }

  /** A cell's head; so many bytes must follow at once. */
  #cell(type: number, size: number): void {
    this.#room(8 + size);
    if (this.#inRecord) this.#int32(type);
    this.#int32(size);
  }

  #raw(b: Uint8Array): this {
    this.#room(b.length);
    this.#bytes.set(b, this.#at);
    this.#at += b.length;
    return this;
  }

  #bind(statement: Statement, parameters: number): void {
    this.#finish();
    this.statements.push(statement);
    this.#begin(SIGN.bind);
    this.#string(''); // the portal
    this.#string(statement.name);
    this.#room(6);
    this.#int16(1); // one form for all parameters:
    this.#int16(1); // binary
    this.#int16(parameters);
  }

  #execute(): void {
    this.#room(2);
    this.#int16(0); // answers as text
    this.#end();
    this.#begin(SIGN.execute);
    this.#string('');
    this.#room(4);
    this.#int32(0); // all rows
    this.#end();
  }

  #finish(): void {
    if (this.#inHand === 'ask') this.#execute();
    else if (this.#inHand === 'copy') {
      this.row(-1);
      this.#end();
      this.#begin(SIGN.copyDone);
      this.#end();
    }
    this.#inHand = undefined;
  }

  /** A message of the protocol: its sign, its length with these four bytes, its content; then `#end`. */
  #begin(sign: number): this {
    this.#room(5);
    this.#bytes[this.#at++] = sign;
    this.#open();
    return this;
  }

  #end(): this {
    const at = this.#begun.pop() as number;
    this.#bytes.writeInt32BE(this.#at - at, at);
    return this;
  }

  #open(): void {
    this.#begun.push(this.#at);
    this.#at += 4;
  }

  #string(s: string): void {
    this.#encoded(s).#room(1);
    this.#bytes[this.#at++] = 0;
  }

  #int16(n: number): void {
    this.#bytes[this.#at++] = n >> 8;
    this.#bytes[this.#at++] = n;
  }

  #int32(n: number): void {
    const bytes = this.#bytes;
    const at = this.#at;
    bytes[at] = n >> 24;
    bytes[at + 1] = n >> 16;
    bytes[at + 2] = n >> 8;
    bytes[at + 3] = n;
    this.#at = at + 4;
  }

  /** Room for so many bytes more. */
  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + more));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }

  /** What prepares a statement on a connection, in place of whatever had its name there. */
  static prepare(statements: readonly Statement[]): Buffer {
    const m = new Message();
    for (const { name, text } of statements) {
      m.#begin(SIGN.close);
      m.#string(`S${name}`);
      m.#end();
      m.#begin(SIGN.parse);
      m.#string(name);
      m.#string(text);
      m.#room(2);
      m.#int16(0); // parameters' types follow from the text
      m.#end();
    }
    return m.#bytes.subarray(0, m.#at);
  }
}
