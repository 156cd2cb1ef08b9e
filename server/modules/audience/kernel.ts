import fs from 'node:fs';

/** The kernel (`kernel.as`) over one WASM memory, and the places in it that both sides know. Pointers are bytes from the memory's begin. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  readonly longs: BigUint64Array;
  readonly run: (ops: number, from: number, to: number, first: number, step: number) => void;
  readonly countOf: (set: number) => number;
  readonly idsOf: (set: number, block: number) => number;
  readonly histogram: (set: number, header: number, from: bigint, each: bigint, bins: number) => number;
  readonly codeHistogram: (set: number, header: number) => number;
  readonly bars: (set: number, header: number, from: bigint, each: bigint, n: number) => number;
  readonly codesThere: (header: number) => number;
  readonly firstOf: (set: number, most: number, area: number) => number;
  readonly toList: (bitmap: number, to: number) => number;
  readonly greatestOf: (column: number, width: number) => bigint;
  readonly tally: (column: number, width: number) => void;
  readonly slice: (column: number, width: number, k: number, to: number) => void;
  readonly handOut: (column: number, width: number) => void;
  readonly placesOf: (column: number, width: number, to: number, upper: number) => void;
  readonly knownBits: (column: number, width: number, to: number, bounds: number) => number;
  readonly dictionaryOf: (column: number, width: number, greatest: bigint) => number;
  readonly readThrough: (from: number, bytes: number) => bigint;
  readonly hashOf: (bitmap: number) => bigint;
  readonly same: (a: number, b: number) => number;
}

/** Where things lie. Everything from HEAP on is handed out by `memory.ts`. */
export const AT = {
  registers: 0x400,
  counts: 0x800,
  ones: 0x4000,
  scratch: 0x6000,
  program: 0x10000,
  areas: 0x20000,
  sets: 0xb0000,
  histogram: 0x100000,
  ids: 0x140000,
  body: 0x180000,
  known: 0x200000,
  places: 0x210000,
  dictionary: 0x250000,
  heap: 0x300000,
} as const;

/** What fits. */
export const MOST = {
  registers: 64,
  counts: 768,
  ops: (AT.areas - AT.program) / 32,
  setBytes: AT.histogram - AT.sets,
  bins: 65_536,
} as const;

const PAGE = 65_536;
let compiled: WebAssembly.Module | undefined;

/** A kernel with a memory of so many bytes (a multiple of 64 KiB, at most 4 GiB); the pages become resident when they are first written. */
export function openKernel(bytes: number): Kernel {
  compiled ??= new WebAssembly.Module(fs.readFileSync(new URL('./kernel.wasm', import.meta.url)));
  const memory = new WebAssembly.Memory({ initial: bytes / PAGE, maximum: bytes / PAGE });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const kernel = {
    ...(exports as unknown as Kernel),
    memory,
    bytes: new Uint8Array(memory.buffer),
    words: new Uint32Array(memory.buffer),
    longs: new BigUint64Array(memory.buffer),
  };
  kernel.bytes.fill(0xff, AT.ones, AT.ones + 8_192);
  return kernel;
}
