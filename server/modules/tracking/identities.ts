/**
 * Which identities were lately kept, with which content and as which event. Two tables of numbers in turn, like `Recent`: as texts and objects in a map the
 * same would be half of what this process remembers, and the collector would carry each of them several times.
 */

/** Four numbers of identity, four of content, two of the event's id. */
const WIDTH = 10;
const [CONTENT, EVENT] = [4, 8] as const;
const TWO_32 = 2 ** 32;
const FREED = -1;

const nibble = (c: number): number => (c < 58 ? c - 48 : (c | 32) - 87);

const asked = new Int32Array(8);

/** A uuid's text as four numbers. */
function read(uuid: string, into: number): void {
  for (let i = 0, word = into, digits = 0, n = 0; i < 36; i++) {
    const c = uuid.charCodeAt(i);
    if (c === 45) continue;
    n = (n << 4) | nibble(c);
    if (++digits % 8 === 0) asked[word++] = n;
  }
}

interface Table {
  readonly cells: Int32Array;
  used: number;
}

export class Identities {
  readonly #half: number;
  readonly #slots: number;
  #young: Table;
  #old: Table;

  /** Remembers at most `most`. */
  constructor(most: number) {
    this.#half = Math.max(1, Math.floor(most / 2));
    this.#slots = 2 ** Math.ceil(Math.log2(this.#half * 2));
    this.#young = this.#empty();
    this.#old = this.#empty();
  }

  /** The event that is kept under this identity, −1 if it is kept with another content; undefined when nothing is remembered. */
  find(identity: string, content: string): number | undefined {
    read(identity, 0);
    const young = this.#slot(this.#young.cells);
    const found = (this.#young.cells[young + EVENT] as number) !== 0 ? this.#young.cells : this.#old.cells;
    const at = found === this.#young.cells ? young : this.#slot(found);
    const high = found[at + EVENT] as number;
    if (high === 0) return undefined;
    read(content, CONTENT);
    for (let i = CONTENT; i < EVENT; i++) if (found[at + i] !== asked[i]) return -1;
    return (high - 1) * TWO_32 + ((found[at + EVENT + 1] as number) >>> 0);
  }

  has(identity: string): boolean {
    return this.find(identity, identity) !== undefined;
  }

  set(identity: string, content: string, event: number): void {
    read(identity, 0);
    read(content, CONTENT);
    if (this.#young.used >= this.#half) {
      this.#old = this.#young;
      this.#young = this.#empty();
    }
    const { cells } = this.#young;
    const at = this.#slot(cells);
    if (cells[at + EVENT] === 0) this.#young.used++;
    cells.set(asked, at);
    cells[at + EVENT] = Math.floor(event / TWO_32) + 1; // 0 is for nothing
    cells[at + EVENT + 1] = event | 0;
  }

  delete(identity: string): void {
    read(identity, 0);
    for (const { cells } of [this.#young, this.#old]) {
      const at = this.#slot(cells);
      if (cells[at + EVENT] !== 0) cells.fill(FREED, at, at + WIDTH);
    }
  }

  clear(): void {
    this.#young = this.#empty();
    this.#old = this.#empty();
  }

  #empty(): Table {
    return { cells: new Int32Array(this.#slots * WIDTH), used: 0 };
  }

  /** Where what is asked for lies, or would. */
  #slot(cells: Int32Array): number {
    const mask = this.#slots - 1;
    for (let i = (asked[3] as number) & mask; ; i = (i + 1) & mask) {
      const at = i * WIDTH;
      if (cells[at + EVENT] === 0) return at;
      if (cells[at] === asked[0] && cells[at + 1] === asked[1] && cells[at + 2] === asked[2] && cells[at + 3] === asked[3]) return at;
    }
  }
}
