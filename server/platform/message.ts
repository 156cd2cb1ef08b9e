import { Bytes } from './bytes.ts';

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
/** So many bytes of rows go into one part of a COPY: PostgreSQL reads each as a whole, of at most 1 GB. */
const PART = 1 << 20;
const ROOM = 4_096;
/** Buffers of messages that were answered, for the next ones: new ones of a megabyte, some hundred times a second, keep the system and the collector busy. */
const spare: Bytes[] = [];
const MOST_SPARE = 4;
const LARGEST_SPARE = 4 << 20;

export class Message {
  readonly statements: Statement[] = [];
  readonly #out: Bytes;
  /** Where the lengths stand of what is begun and not ended, outermost first. */
  readonly #begun: number[] = [];
  #inHand: 'copy' | 'ask' | undefined;
  /** Fields of a record say their type. */
  #inRecord = false;
  #isOver = false;

  /** `bytes`: about so many will be written. */
  constructor(bytes = 0) {
    this.#out = spare.pop() ?? new Bytes(bytes + ROOM);
  }

  /** PostgreSQL has read all of it: what it was written in may be used again. The message may not. */
  answered(): void {
    if (this.#isOver || spare.length >= MOST_SPARE || this.#out.room > LARGEST_SPARE) return;
    this.#isOver = true;
    spare.push(this.#out.clear());
  }

  /** Begins a COPY from stdin in binary form; `row` begins each row. */
  copy(statement: Statement): this {
    this.#bind(statement, 0);
    this.#execute();
    this.#begin(SIGN.copyData);
    this.#inHand = 'copy';
    this.#out.raw(COPY_HEADER);
    return this;
  }

  /** A row of a COPY: so many cells follow. */
  row(cells: number): this {
    if (this.#out.length - (this.#begun[0] as number) > PART) {
      this.#end();
      this.#begin(SIGN.copyData);
    }
    this.#out.int16(cells);
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
    return this.#out.written();
  }

  /** An array of so many elements of a type: its cells follow, then `close`. */
  array(type: number, length: number): this {
    this.#open();
    this.#out.int32(length === 0 ? 0 : 1); // dimensions
    this.#out.int32(1).int32(type); // there may be nulls
    if (length > 0) this.#out.int32(length).int32(1); // the first index
    return this;
  }

  /** A record of so many fields, as an element of an array: its cells follow, then `close`. */
  record(fields: number): this {
    this.#open();
    this.#out.int32(fields);
    this.#inRecord = true;
    return this;
  }

  close(): this {
    this.#inRecord = false;
    return this.#closeCell();
  }

  /** |n| < 2^53. */
  bigint(n: number | null): this {
    if (n === null) return this.#head(TYPE.bigint, -1);
    this.#head(TYPE.bigint, 8);
    this.#out.int64(n);
    return this;
  }

  int(n: number | null): this {
    if (n === null) return this.#head(TYPE.int, -1);
    this.#head(TYPE.int, 4);
    this.#out.int32(n);
    return this;
  }

  smallint(n: number | null): this {
    if (n === null) return this.#head(TYPE.smallint, -1);
    this.#head(TYPE.smallint, 2);
    this.#out.int16(n);
    return this;
  }

  /** A transaction's number as PostgreSQL prints it. */
  xid(n: string): this {
    this.#head(TYPE.xid, 4);
    this.#out.int32(Number(n));
    return this;
  }

  /** Holds no NUL sign. */
  text(s: string | null): this {
    return s === null ? this.#head(TYPE.text, -1) : this.#text(TYPE.text, s);
  }

  /** A JSON text. */
  json(s: string | null): this {
    return s === null ? this.#head(TYPE.json, -1) : this.#text(TYPE.json, s);
  }

  /** A JSON text written where it travels: what `write` writes. */
  jsonOf<T>(write: (out: Bytes, of: T) => void, of: T): this {
    this.#openCell(TYPE.json);
    write(this.#out, of);
    return this.#closeCell();
  }

  texts(list: readonly string[]): this {
    const inRecord = this.#inRecord;
    if (inRecord) this.#out.int32(TYPE.texts);
    this.#inRecord = false;
    this.array(TYPE.text, list.length);
    for (const s of list) this.#text(TYPE.text, s);
    this.#inRecord = inRecord;
    return this.#closeCell();
  }

  /** In the usual text form, 36 signs. */
  uuid(id: string | null): this {
    if (id === null) return this.#head(TYPE.uuid, -1);
    this.#head(TYPE.uuid, 16);
    this.#out.uuidBytes(id);
    return this;
  }

  /** Also for a cell of any type that is in binary form already (`platform/columns.ts`). */
  bytea(b: Uint8Array | null): this {
    if (b === null) return this.#head(TYPE.bytea, -1);
    this.#head(TYPE.bytea, b.length);
    this.#out.raw(b);
    return this;
  }

  /** What prepares statements on a connection, in place of whatever had their names there. */
  static prepare(statements: readonly Statement[]): Buffer {
    const m = new Message();
    for (const { name, text } of statements) {
      m.#begin(SIGN.close);
      m.#string(`S${name}`);
      m.#end();
      m.#begin(SIGN.parse);
      m.#string(name);
      m.#string(text);
      m.#out.int16(0); // parameters' types follow from the text
      m.#end();
    }
    return m.#out.written();
  }

  /** A cell's head: its size, −1 for NULL. */
  #head(type: number, size: number): this {
    if (this.#inRecord) this.#out.int32(type);
    this.#out.int32(size);
    return this;
  }

  #text(type: number, s: string): this {
    this.#openCell(type);
    this.#out.signs(s);
    return this.#closeCell();
  }

  #openCell(type: number): void {
    if (this.#inRecord) this.#out.int32(type);
    this.#open();
  }

  #closeCell(): this {
    const at = this.#begun.pop() as number;
    this.#out.int32At(at, this.#out.length - at - 4);
    return this;
  }

  #bind(statement: Statement, parameters: number): void {
    this.#finish();
    this.statements.push(statement);
    this.#begin(SIGN.bind);
    this.#string(''); // the portal
    this.#string(statement.name);
    this.#out.int16(1).int16(1); // one form for all parameters: binary
    this.#out.int16(parameters);
  }

  #execute(): void {
    this.#out.int16(0); // answers as text
    this.#end();
    this.#begin(SIGN.execute);
    this.#string('');
    this.#out.int32(0); // all rows
    this.#end();
  }

  #finish(): void {
    if (this.#inHand === 'ask') this.#execute();
    else if (this.#inHand === 'copy') {
      this.#out.int16(-1);
      this.#end();
      this.#begin(SIGN.copyDone);
      this.#end();
    }
    this.#inHand = undefined;
  }

  /** A message of the protocol: its sign, its length with these four bytes, its content; then `#end`. */
  #begin(sign: number): void {
    this.#out.byte(sign);
    this.#open();
  }

  #end(): void {
    const at = this.#begun.pop() as number;
    this.#out.int32At(at, this.#out.length - at);
  }

  #open(): void {
    this.#begun.push(this.#out.length);
    this.#out.int32(0);
  }

  #string(s: string): void {
    this.#out.signs(s).byte(0);
  }
}
