// The audience kernel: boolean programs over blocks of 65,536 customers. AssemblyScript; `npm run golden` builds `kernel.wasm` from it.
//
// A *set* is a u32: 0 nobody, 1 everybody of the block, pointer|2 a bitmap of 8 KiB, pointer|3 a sorted list (u16 how many, then u16 ordinals within the
// block). Pointers are multiples of 8. A register holds a set; what is computed for it lies in its own area, what is only taken over stays where it is.
// A *cell* is what a tag has in a block: of a flag two sets (yes, known), of every other tag a pointer to a header (0: known of nobody), by its form:
//   SLICED  +4 slices (1…4) · +8 their sets: bit i of every customer's code
//   LISTED  +4 entries · +8 set of known · +12 how many are known · +16 entries of (code, set, how many)
//   COLUMN  +4 width · +8 base i64 · +16 column · +20 slices or 0 · +24 buckets · +28 set of known · +32 least code u64 · +40 greatest code u64 ·
//           +64 least code of bucket 1…63 u64 (at +64 + 8 × bucket); the six slices are those of every customer's bucket, 0 = unknown
// Codes as they are stored: 0 = unknown, a number's value is base + code − 1.

const WORDS: usize = 8192; // bytes of a bitmap
const ZERO: usize = 0x2000; // a bitmap of nobody
const ONES: usize = 0x4000; // a bitmap of everybody
const REGS: usize = 0x400; // sets in the registers
const COUNTS: usize = 0x800; // u64 per counter
const PROGRAM: usize = 0x10000;
const AREAS: usize = 0x20000;
const AREA: usize = 0x2100;
const AREAS_END: usize = AREAS + 64 * AREA;
const SPARE: usize = 0xa6000;
const OTHER: usize = 0xa9000;
const FROM: usize = 0x250000; // bitmaps of a range's bounds
const TO: usize = 0x252000;
const FIRST: usize = 0x254000;
const BEYOND: usize = 0x256000;
const HISTOGRAM: usize = 0x100000; // 65,536 × u32
const IDS: usize = 0x140000; // 65,536 × u32
const PLACES: usize = 0x210000; // 65,536 × u32

const SLICED: u32 = 1;
const LISTED: u32 = 2;
const COLUMN: u32 = 3;

const FEW: u32 = 1024; // so many are looked up in a column one by one: fewer lines of memory than all its slices
const THIN: u32 = 64; // what is left of two bitmaps becomes a list up to here: fewer lines of memory are touched by all that follows

// ---- sets

@inline function ptr(set: u32): usize { return <usize>(set & ~7); }
@inline function isList(set: u32): bool { return (set & 7) == 3; }
@inline function size(list: u32): u32 { return <u32>load<u16>(ptr(list)); }
@inline function item(list: usize, i: u32): u32 { return <u32>load<u16>(list + 2 + ((<usize>i) << 1)); }
@inline function put(list: usize, i: u32, v: u32): void { store<u16>(list + 2 + ((<usize>i) << 1), <u16>v); }
@inline function has(bitmap: usize, i: u32): u32 { return (<u32>load<u8>(bitmap + (i >> 3)) >> (i & 7)) & 1; }
@inline function raise(bitmap: usize, i: u32): void { const p = bitmap + (i >> 3); store<u8>(p, <u8>(<u32>load<u8>(p) | ((<u32>1) << (i & 7)))); }
@inline function lower(bitmap: usize, i: u32): void { const p = bitmap + (i >> 3); store<u8>(p, <u8>(<u32>load<u8>(p) & ~((<u32>1) << (i & 7)))); }
@inline function ones(v: v128): u32 { return <u32>(popcnt(i64x2.extract_lane(v, 0)) + popcnt(i64x2.extract_lane(v, 1))); }

/** A list in an area: nobody when it is empty. */
function listed(area: usize, n: u32): u32 {
  if (n == 0) return 0;
  store<u16>(area, <u16>n);
  return <u32>area | 3;
}

/** The bitmap of a set that is no list. */
@inline function bits(set: u32): usize { return set == 0 ? ZERO : set == 1 ? ONES : ptr(set); }

/** A bitmap just computed into an area, and how many are in it: thin ones become lists. */
function settled(area: usize, n: u32): u32 {
  if (n == 0) return 0;
  if (n > THIN) return <u32>area | 2;
  return toList(area, SPARE) == 0 ? 0 : (memory.copy(area, SPARE, 2 + (n << 1)), <u32>area | 3);
}

/** Writes a bitmap's list, answers how many; the caller knows that they have room. */
export function toList(bitmap: usize, to: usize): u32 {
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 8) {
    let m = load<u64>(bitmap + i);
    while (m != 0) {
      put(to, n++, <u32>((i << 3) + <usize>ctz(m)));
      m &= m - 1;
    }
  }
  store<u16>(to, <u16>n);
  return n;
}

export function countOf(set: u32): u32 {
  if (set == 0) return 0;
  if (set == 1) return 65536;
  if (isList(set)) return size(set);
  const p = ptr(set);
  let a: u64 = 0, b: u64 = 0, c: u64 = 0, d: u64 = 0;
  for (let i: usize = 0; i < WORDS; i += 32) {
    a += popcnt(load<u64>(p + i));
    b += popcnt(load<u64>(p + i, 8));
    c += popcnt(load<u64>(p + i, 16));
    d += popcnt(load<u64>(p + i, 24));
  }
  return <u32>(a + b + c + d);
}

function and(a: u32, b: u32, area: usize): u32 {
  if (a == 0 || b == 0) return 0;
  if (a == 1) return b;
  if (b == 1) return a;
  if (isList(a)) return isList(b) ? meet(a, b, area) : sift(a, ptr(b), 1, area);
  if (isList(b)) return sift(b, ptr(a), 1, area);
  const p = ptr(a), q = ptr(b);
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 64) {
    const w = v128.and(v128.load(p + i), v128.load(q + i));
    const x = v128.and(v128.load(p + i, 16), v128.load(q + i, 16));
    const y = v128.and(v128.load(p + i, 32), v128.load(q + i, 32));
    const z = v128.and(v128.load(p + i, 48), v128.load(q + i, 48));
    v128.store(area + i, w);
    v128.store(area + i, x, 16);
    v128.store(area + i, y, 32);
    v128.store(area + i, z, 48);
    n += ones(w) + ones(x) + ones(y) + ones(z);
  }
  return settled(area, n);
}

function without(a: u32, b: u32, area: usize): u32 {
  if (a == 0 || b == 1) return 0;
  if (b == 0) return a;
  if (isList(a)) return isList(b) ? differ(a, b, area) : sift(a, ptr(b), 0, area);
  const p = bits(a);
  if (isList(b)) {
    let from = ptr(b);
    if (from == area) { memory.copy(SPARE, from, 2 + (size(b) << 1)); from = SPARE; }
    if (p != area) memory.copy(area, p, WORDS);
    const n = <u32>load<u16>(from);
    for (let i: u32 = 0; i < n; i++) lower(area, item(from, i));
    return <u32>area | 2;
  }
  const q = ptr(b);
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 32) {
    const w = v128.andnot(v128.load(p + i), v128.load(q + i));
    const x = v128.andnot(v128.load(p + i, 16), v128.load(q + i, 16));
    v128.store(area + i, w);
    v128.store(area + i, x, 16);
    n += ones(w) + ones(x);
  }
  return settled(area, n);
}

function or(a: u32, b: u32, area: usize): u32 {
  if (a == 1 || b == 1) return 1;
  if (a == 0) return b;
  if (b == 0) return a;
  if (isList(a)) {
    const other = a; a = b; b = other; // the list, if there is one, is b
  }
  if (!isList(b)) {
    const p = ptr(a), q = ptr(b);
    for (let i: usize = 0; i < WORDS; i += 32) {
      v128.store(area + i, v128.or(v128.load(p + i), v128.load(q + i)));
      v128.store(area + i, v128.or(v128.load(p + i, 16), v128.load(q + i, 16)), 16);
    }
    return <u32>area | 2;
  }
  let from = ptr(b);
  if (from == area) { memory.copy(SPARE, from, 2 + (size(b) << 1)); from = SPARE; }
  if (isList(a)) {
    let first = ptr(a);
    if (first == area) { memory.copy(OTHER, first, 2 + (size(a) << 1)); first = OTHER; }
    memory.fill(area, 0, WORDS);
    const n = <u32>load<u16>(first);
    for (let i: u32 = 0; i < n; i++) raise(area, item(first, i));
  } else if (ptr(a) != area) memory.copy(area, ptr(a), WORDS);
  const n = <u32>load<u16>(from);
  for (let i: u32 = 0; i < n; i++) raise(area, item(from, i));
  return <u32>area | 2;
}

/** Those of a list whose bit is as wanted. */
function sift(list: u32, bitmap: usize, want: u32, area: usize): u32 {
  const p = ptr(list), n = size(list), to = bitmap == area ? SPARE : area; // the bits are read until the last one
  let k: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const v = item(p, i);
    put(to, k, v);
    k += <u32>(has(bitmap, v) == want);
  }
  if (to != area) memory.copy(area + 2, to + 2, k << 1);
  return listed(area, k);
}

function meet(a: u32, b: u32, area: usize): u32 {
  const p = ptr(a), q = ptr(b), n = size(a), m = size(b);
  let i: u32 = 0, j: u32 = 0, k: u32 = 0;
  while (i < n && j < m) {
    const x = item(p, i), y = item(q, j);
    i += <u32>(x <= y);
    j += <u32>(y <= x);
    if (x == y) put(area, k++, x);
  }
  return listed(area, k);
}

function differ(a: u32, b: u32, area: usize): u32 {
  const p = ptr(a), n = size(a), m = size(b);
  let q = ptr(b);
  if (q == area) { memory.copy(SPARE, q, 2 + (m << 1)); q = SPARE; }
  let j: u32 = 0, k: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const x = item(p, i);
    while (j < m && item(q, j) < x) j++;
    if (j == m || item(q, j) != x) put(area, k++, x);
  }
  return listed(area, k);
}

// ---- codes of a one-of

@inline function within(set: usize, most: u32, code: u32): u32 { return code < most ? has(set, code) : 0; }

/** Customers of `a` with a code among (side 0) or known and not among (side 1) a set of codes: a bitmap of `most` bits. */
function codes(a: u32, header: usize, set: usize, most: u32, side: u32, area: usize): u32 {
  if (a == 0 || header == 0) return 0;
  const form = load<u32>(header);
  if (form == SLICED) {
    let table = <u32>load<u16>(set);
    if (most < 16) table &= (1 << most) - 1;
    if (side) table = ~table & 0xfffe;
    return pick(a, header, table, area);
  }
  if (form == LISTED) return fromLists(a, header, set, most, side, area);
  return fromColumn(a, header, set, most, side, area);
}

@inline function splatBit(table: u32, i: u32): v128 { return i32x4.splat(-(<i32>((table >> i) & 1))); }

/** Customers of `a` whose code's bit in the table is 1. */
function pick(a: u32, header: usize, table: u32, area: usize): u32 {
  const k = load<u32>(header, 4);
  const r0 = load<u32>(header, 8), r1 = k > 1 ? load<u32>(header, 12) : 0, r2 = k > 2 ? load<u32>(header, 16) : 0, r3 = k > 3 ? load<u32>(header, 20) : 0;
  if ((r0 | r1 | r2 | r3) <= 1) return (table >> (r0 | (r1 << 1) | (r2 << 2) | (r3 << 3))) & 1 ? a : 0;
  const p0 = bits(r0), p1 = bits(r1), p2 = bits(r2), p3 = bits(r3);
  if (isList(a)) {
    const p = ptr(a), n = size(a);
    let m: u32 = 0;
    for (let i: u32 = 0; i < n; i++) {
      const v = item(p, i);
      put(area, m, v);
      m += (table >> (has(p0, v) | (has(p1, v) << 1) | (has(p2, v) << 2) | (has(p3, v) << 3))) & 1;
    }
    return listed(area, m);
  }
  table &= (1 << (1 << k)) - 1;
  if (popcnt(table) == 1) return single(bits(a), p0, p1, p2, p3, k, ctz(table), area);
  return k < 4 ? pick3(bits(a), p0, p1, p2, table, area) : pick4(bits(a), p0, p1, p2, p3, table, area);
}

/** Whose code is this one. */
function single(a: usize, p0: usize, p1: usize, p2: usize, p3: usize, k: u32, code: u32, area: usize): u32 {
  const m0 = splatBit(~code, 0), m1 = splatBit(~code, 1), m2 = splatBit(~code, 2), m3 = splatBit(~code, 3);
  let n: u32 = 0;
  if (k < 4) {
    for (let i: usize = 0; i < WORDS; i += 16) {
      const r = v128.and(
        v128.and(v128.load(a + i), v128.xor(v128.load(p0 + i), m0)),
        v128.and(v128.xor(v128.load(p1 + i), m1), v128.xor(v128.load(p2 + i), m2)),
      );
      v128.store(area + i, r);
      n += ones(r);
    }
  } else {
    for (let i: usize = 0; i < WORDS; i += 16) {
      const r = v128.and(
        v128.and(v128.load(a + i), v128.xor(v128.load(p0 + i), m0)),
        v128.and(v128.and(v128.xor(v128.load(p1 + i), m1), v128.xor(v128.load(p2 + i), m2)), v128.xor(v128.load(p3 + i), m3)),
      );
      v128.store(area + i, r);
      n += ones(r);
    }
  }
  return settled(area, n);
}

/** Two neighbouring rows of the table, by the lowest slice: (s & (c0 ^ c1)) ^ c0. */
@inline function pair(s: v128, differs: v128, low: v128): v128 { return v128.xor(v128.and(s, differs), low); }

function pick3(a: usize, p0: usize, p1: usize, p2: usize, table: u32, area: usize): u32 {
  const flip = table ^ (table >> 1);
  const d0 = splatBit(flip, 0), d1 = splatBit(flip, 2), d2 = splatBit(flip, 4), d3 = splatBit(flip, 6);
  const c0 = splatBit(table, 0), c1 = splatBit(table, 2), c2 = splatBit(table, 4), c3 = splatBit(table, 6);
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 16) {
    const m = v128.load(a + i), s0 = v128.load(p0 + i), s1 = v128.load(p1 + i);
    const low = v128.bitselect(pair(s0, d1, c1), pair(s0, d0, c0), s1);
    const high = v128.bitselect(pair(s0, d3, c3), pair(s0, d2, c2), s1);
    const r = v128.and(m, v128.bitselect(high, low, v128.load(p2 + i)));
    v128.store(area + i, r);
    n += ones(r);
  }
  return settled(area, n);
}

function pick4(a: usize, p0: usize, p1: usize, p2: usize, p3: usize, table: u32, area: usize): u32 {
  const flip = table ^ (table >> 1);
  const d0 = splatBit(flip, 0), d1 = splatBit(flip, 2), d2 = splatBit(flip, 4), d3 = splatBit(flip, 6);
  const d4 = splatBit(flip, 8), d5 = splatBit(flip, 10), d6 = splatBit(flip, 12), d7 = splatBit(flip, 14);
  const c0 = splatBit(table, 0), c1 = splatBit(table, 2), c2 = splatBit(table, 4), c3 = splatBit(table, 6);
  const c4 = splatBit(table, 8), c5 = splatBit(table, 10), c6 = splatBit(table, 12), c7 = splatBit(table, 14);
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 16) {
    const m = v128.load(a + i), s0 = v128.load(p0 + i), s1 = v128.load(p1 + i), s2 = v128.load(p2 + i);
    const x = v128.bitselect(pair(s0, d1, c1), pair(s0, d0, c0), s1);
    const y = v128.bitselect(pair(s0, d3, c3), pair(s0, d2, c2), s1);
    const low = v128.bitselect(y, x, s2);
    const u = v128.bitselect(pair(s0, d5, c5), pair(s0, d4, c4), s1);
    const w = v128.bitselect(pair(s0, d7, c7), pair(s0, d6, c6), s1);
    const high = v128.bitselect(w, u, s2);
    const r = v128.and(m, v128.bitselect(high, low, v128.load(p3 + i)));
    v128.store(area + i, r);
    n += ones(r);
  }
  return settled(area, n);
}

/** The union of the chosen values' sets, or what is known without the union of the others: whichever has fewer people to mark. */
function fromLists(a: u32, header: usize, set: usize, most: u32, side: u32, area: usize): u32 {
  const entries = load<u32>(header, 4);
  let chosen: u32 = 0, people: u32 = 0, last: u32 = 0;
  for (let i: u32 = 0; i < entries; i++) {
    const e = header + 16 + <usize>i * 12;
    if (within(set, most, load<u32>(e)) == side) continue;
    chosen++;
    people += load<u32>(e, 8);
    last = load<u32>(e, 4);
  }
  if (chosen == 0) return 0;
  if (chosen == 1) return and(a, last, area);
  const known = load<u32>(header, 8), all = load<u32>(header, 12);
  if (people == all) return and(a, known, area);
  if (people <= all >> 1) return and(a, union(header, set, most, side), area);
  a = without(a, union(header, set, most, side ^ 1), area);
  return and(a, known, area);
}

/** The union of the sets of the codes within (side 0) or not within (side 1) the set of codes, in the spare area. */
function union(header: usize, set: usize, most: u32, side: u32): u32 {
  const entries = load<u32>(header, 4);
  memory.fill(OTHER, 0, WORDS);
  for (let i: u32 = 0; i < entries; i++) {
    const e = header + 16 + <usize>i * 12;
    if (within(set, most, load<u32>(e)) == side) continue;
    const s = load<u32>(e, 4);
    if (s == 1) return 1;
    const p = ptr(s);
    if (isList(s)) {
      const n = size(s);
      for (let k: u32 = 0; k < n; k++) raise(OTHER, item(p, k));
    } else for (let k: usize = 0; k < WORDS; k += 16) v128.store(OTHER + k, v128.or(v128.load(OTHER + k), v128.load(p + k)));
  }
  return <u32>OTHER | 2;
}

/** A code of a column of any width. */
function codeAt(column: usize, width: u32, i: u32): u64 {
  if (width == 1) return <u64>load<u8>(column + i);
  if (width == 2) return <u64>load<u16>(column + (i << 1));
  if (width == 4) return <u64>load<u32>(column + (i << 2));
  return load<u64>(column + (i << 3));
}

/** A one-of of very many values in this block: customer by customer. */
function fromColumn(a: u32, header: usize, set: usize, most: u32, side: u32, area: usize): u32 {
  const width = load<u32>(header, 4), column = <usize>load<u32>(header, 16);
  if (isList(a)) {
    const p = ptr(a), n = size(a);
    let k: u32 = 0;
    for (let i: u32 = 0; i < n; i++) {
      const v = item(p, i), c = codeAt(column, width, v);
      put(area, k, v);
      k += <u32>(c != 0 && (c < <u64>most ? has(set, <u32>c) : 0) != side);
    }
    return listed(area, k);
  }
  const p = bits(a);
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 8) {
    let m = load<u64>(p + i), r = m;
    while (m != 0) {
      const b = <u32>ctz(m), c = codeAt(column, width, <u32>(i << 3) + b);
      m &= m - 1;
      if (c == 0 || (c < <u64>most ? has(set, <u32>c) : 0) == side) r &= ~((<u64>1) << b);
    }
    store<u64>(area + i, r);
    n += <u32>popcnt(r);
  }
  return settled(area, n);
}

// ---- ranges of a number

/** The greatest code not above a value's, as a code: 0 below the base; codes stay below 2^64 − 1. */
@inline function codeOf(value: i64, base: i64): u64 { return value < base ? 0 : <u64>(value - base) == u64.MAX_VALUE ? u64.MAX_VALUE : <u64>(value - base) + 1; }

/** Customers of `a` whose value is known and from ≤ value ≤ to (side 0), or known and not (side 1). */
function range(a: u32, header: usize, from: i64, to: i64, side: u32, area: usize): u32 {
  if (a == 0 || header == 0) return 0;
  const base = load<i64>(header, 8), least = load<u64>(header, 32), greatest = load<u64>(header, 40), knownOnes = load<u32>(header, 28);
  let lo = codeOf(from, base), hi = codeOf(to, base);
  if (lo < least) lo = least;
  if (hi > greatest) hi = greatest;
  if (from > to || lo > hi) return side ? and(a, knownOnes, area) : 0;
  if (lo == least && hi == greatest) return side ? 0 : and(a, knownOnes, area);
  const width = load<u32>(header, 4), column = <usize>load<u32>(header, 16);
  if (isList(a)) {
    const p = ptr(a), n = size(a);
    let k: u32 = 0;
    for (let i: u32 = 0; i < n; i++) {
      const v = item(p, i), c = codeAt(column, width, v);
      put(area, k, v);
      k += <u32>(c != 0 && <u32>(c < lo || c > hi) == side);
    }
    return listed(area, k);
  }
  return load<u32>(header, 20) ? bySlices(bits(a), header, lo, hi, side, area) : byBytes(bits(a), column, <u32>lo, <u32>hi, side, area);
}

/** A column of bytes, compared sixteen at a time; lines of memory that nobody is left in are not read. */
function byBytes(a: usize, column: usize, lo: u32, hi: u32, side: u32, area: usize): u32 {
  const low = i8x16.splat(<i8>lo), span = i8x16.splat(<i8>(hi - lo)), nothing = i8x16.splat(0);
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 8) {
    const m = load<u64>(a + i);
    let r: u64 = 0;
    if (m != 0) {
      const p = column + (i << 3);
      let known = ~(<u64>0);
      for (let k: usize = 0; k < 64; k += 16) {
        const c = v128.load(p + k);
        r |= (<u64><u32>i8x16.bitmask(i8x16.le_u(i8x16.sub(c, low), span))) << k;
        if (side) known &= ~((<u64><u32>i8x16.bitmask(i8x16.eq(c, nothing))) << k);
      }
      r = m & (side ? known & ~r : r);
    }
    store<u64>(area + i, r);
    n += <u32>popcnt(r);
  }
  return settled(area, n);
}

/** The bucket that holds a code: the last one that begins at it or before. */
function bucketOf(header: usize, code: u64): u32 {
  let b = load<u32>(header, 24);
  while (b > 1 && load<u64>(header + 64 + ((<usize>b) << 3)) > code) b--;
  return b;
}

/**
 * Whose bucket is ≥ c, slice by slice from the least significant: where c has a 1, x must have it too and be ≥ below; where it has a 0, either is enough.
 */
function upFrom(slices: usize, c: u32, to: usize): void {
  if (c > 63) {
    memory.fill(to, 0, WORDS);
    return;
  }
  for (let i: usize = 0; i < WORDS; i += 64) {
    let w = i32x4.splat(-1), x = w, y = w, z = w, p = slices + i;
    for (let k: u32 = c | 64; k != 1; k >>= 1, p += WORDS) {
      if (k & 1) {
        w = v128.and(w, v128.load(p)); x = v128.and(x, v128.load(p, 16)); y = v128.and(y, v128.load(p, 32)); z = v128.and(z, v128.load(p, 48));
      } else {
        w = v128.or(w, v128.load(p)); x = v128.or(x, v128.load(p, 16)); y = v128.or(y, v128.load(p, 32)); z = v128.or(z, v128.load(p, 48));
      }
    }
    v128.store(to + i, w); v128.store(to + i, x, 16); v128.store(to + i, y, 32); v128.store(to + i, z, 48);
  }
}

/**
 * By the slices of the bucket numbers: who lies between the bounds' buckets is in, who lies in a bound's own bucket is looked up in the column. The
 * slices are three eighths of a column of two bytes. Few people are looked up at once.
 */
function bySlices(a: usize, header: usize, lo: u64, hi: u64, side: u32, area: usize): u32 {
  const width = load<u32>(header, 4), column = <usize>load<u32>(header, 16), slices = <usize>load<u32>(header, 20), buckets = load<u32>(header, 24);
  if (a != ONES && countOf(<u32>a | 2) <= FEW) return lookedUp(a, column, width, lo, hi, side, area);
  const first = bucketOf(header, lo), last = bucketOf(header, hi);
  const wholeFirst = load<u64>(header + 64 + ((<usize>first) << 3)) == lo;
  const end = last == buckets ? load<u64>(header, 40) : load<u64>(header + 72 + ((<usize>last) << 3)) - 1;
  // in for sure: from ≤ bucket < to; in question: first ≤ bucket ≤ last, and not in for sure
  const from = wholeFirst ? first : first + 1, to = end == hi ? last + 1 : last;
  upFrom(slices, from, FROM);
  upFrom(slices, to, TO);
  if (from != first) upFrom(slices, first, FIRST);
  if (to == last) upFrom(slices, last + 1, BEYOND);
  const low = from == first ? FROM : FIRST, high = to == last ? BEYOND : TO;
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 16) {
    const m = v128.load(a + i), sure = v128.andnot(v128.load(FROM + i), v128.load(TO + i));
    let maybe = v128.andnot(v128.andnot(v128.and(m, v128.load(low + i)), v128.load(high + i)), sure);
    let r = v128.and(m, sure);
    if (side) {
      const p = slices + i;
      const known = v128.or(
        v128.or(v128.or(v128.load(p), v128.load(p + WORDS)), v128.or(v128.load(p + 2 * WORDS), v128.load(p + 3 * WORDS))),
        v128.or(v128.load(p + 4 * WORDS), v128.load(p + 5 * WORDS)),
      );
      r = v128.andnot(v128.andnot(v128.and(m, known), sure), maybe);
    }
    if (v128.any_true(maybe)) {
      const x = looked(i64x2.extract_lane(maybe, 0), column, width, <u32>(i << 3), lo, hi, side);
      const y = looked(i64x2.extract_lane(maybe, 1), column, width, <u32>(i << 3) + 64, lo, hi, side);
      r = v128.or(r, i64x2.replace_lane(i64x2.splat(x), 1, y));
    }
    v128.store(area + i, r);
    n += ones(r);
  }
  return settled(area, n);
}

/** Everybody of a bitmap looked up in the column. */
function lookedUp(a: usize, column: usize, width: u32, lo: u64, hi: u64, side: u32, area: usize): u32 {
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 8) {
    const m = load<u64>(a + i);
    let r: u64 = 0;
    if (m != 0) {
      r = looked(m, column, width, <u32>(i << 3), lo, hi, side);
      if (side) r &= m & looked(m, column, width, <u32>(i << 3), 0, 0, 1); // 0 is unknown
    }
    store<u64>(area + i, r);
    n += <u32>popcnt(r);
  }
  return settled(area, n);
}

/** Those of 64 customers whose code in the column is from lo to hi (side 0) or not (side 1). */
function looked(m: u64, column: usize, width: u32, at: u32, lo: u64, hi: u64, side: u32): u64 {
  let r: u64 = 0;
  const span = hi - lo;
  if (width == 2) {
    while (m != 0) {
      const b = ctz(m);
      m &= m - 1;
      r |= (<u64>(<u32>(<u64>load<u16>(column + ((<usize>at + <usize>b) << 1)) - lo <= span) ^ side)) << b;
    }
  } else if (width == 4) {
    while (m != 0) {
      const b = ctz(m);
      m &= m - 1;
      r |= (<u64>(<u32>(<u64>load<u32>(column + ((<usize>at + <usize>b) << 2)) - lo <= span) ^ side)) << b;
    }
  } else {
    while (m != 0) {
      const b = ctz(m);
      m &= m - 1;
      r |= (<u64>(<u32>(codeAt(column, width, at + <u32>b) - lo <= span) ^ side)) << b;
    }
  }
  return r;
}

/** Customers of `a` of whom a tag with a header is known. */
function knownOf(a: u32, header: usize, area: usize): u32 {
  if (a == 0 || header == 0) return 0;
  const form = load<u32>(header);
  if (form == SLICED) return pick(a, header, 0xfffe, area);
  return and(a, form == LISTED ? load<u32>(header, 8) : load<u32>(header, 28), area);
}

// ---- samples: `sample.ts` has the same arithmetic

@inline function mixed(x: v128): v128 {
  const f = i32x4.splat(0x045d9f3b);
  let h = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), f);
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), f);
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/** Customers of `a` whose hash is below the limit (side 0) or not (side 1). `salt`: as `saltOf` gives it. */
function sample(a: u32, block: u32, salt: u32, below: u32, side: u32, area: usize): u32 {
  if (a == 0) return 0;
  let p = bits(a);
  if (isList(a)) {
    memory.fill(OTHER, 0, WORDS);
    p = OTHER;
    const from = ptr(a), n = size(a);
    for (let i: u32 = 0; i < n; i++) raise(OTHER, item(from, i));
  }
  const limit = i32x4.splat(<i32>below), s = i32x4.splat(<i32>salt), steps = i32x4(0, 1, 2, 3);
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 4) {
    const m = load<u32>(p + i);
    let r: u32 = 0;
    if (m != 0) {
      const first = (block << 16) + <u32>(i << 3);
      for (let k: u32 = 0; k < 32; k += 4) {
        const o = i32x4.add(i32x4.splat(<i32>(first + k)), steps);
        r |= (<u32>i32x4.bitmask(i32x4.lt_u(mixed(v128.xor(o, s)), limit))) << k;
      }
      r = m & (side ? ~r : r);
    }
    store<u32>(area + i, r);
    n += popcnt(r);
  }
  return settled(area, n);
}

// ---- programs

@inline function reg(i: u32): u32 { return load<u32>(REGS + ((<usize>i) << 2)); }

/** A set that lies in another register's area is copied: that one may be used again while this one lives. */
function own(set: u32, area: usize): u32 {
  const p = ptr(set);
  if (set <= 1 || p == area || p < AREAS || p >= AREAS_END) return set;
  memory.copy(area, p, isList(set) ? 2 + (size(set) << 1) : WORDS);
  return <u32>area | (set & 7);
}

/**
 * Runs a program of `ops` operations over local blocks `from` … `to` − 1; the last block's answer stays in register 0. Operations are eight i32:
 * what, register, register read, and up to five values. The block of a local block is `first` + local × `step`.
 */
export function run(ops: u32, from: u32, to: u32, first: u32, step: u32): void {
  for (let local = from; local < to; local++) {
    let pc: u32 = 0;
    while (pc < ops) {
      const p = PROGRAM + ((<usize>pc) << 5);
      pc++;
      const op = load<u32>(p), dst = load<u32>(p, 4), a = reg(load<u32>(p, 8)), x = load<u32>(p, 12);
      const area = AREAS + <usize>dst * AREA;
      let r: u32 = 0;
      switch (op) {
        case 0: r = x; break; // nobody or everybody
        case 1: r = load<u32>(<usize>x + ((<usize>local) << 2)); break; // a set of a tag
        case 2: r = and(a, load<u32>(<usize>x + ((<usize>local) << 2)), area); break;
        case 3: r = or(a, load<u32>(<usize>x + ((<usize>local) << 2)), area); break;
        case 4: r = without(a, load<u32>(<usize>x + ((<usize>local) << 2)), area); break;
        case 5: r = own(and(a, reg(x), area), area); break;
        case 6: r = own(or(a, reg(x), area), area); break;
        case 7: r = own(without(a, reg(x), area), area); break;
        case 8: r = codes(a, <usize>load<u32>(<usize>x + ((<usize>local) << 2)), <usize>load<u32>(p, 16), load<u32>(p, 20), load<u32>(p, 24), area); break;
        case 9: r = range(a, <usize>load<u32>(<usize>x + ((<usize>local) << 2)), load<i64>(p, 16), load<i64>(p, 24), 0, area); break;
        case 10: r = range(a, <usize>load<u32>(<usize>x + ((<usize>local) << 2)), load<i64>(p, 16), load<i64>(p, 24), 1, area); break;
        case 11: r = knownOf(a, <usize>load<u32>(<usize>x + ((<usize>local) << 2)), area); break;
        case 12: r = sample(a, first + local * step, x, load<u32>(p, 16), load<u32>(p, 20), area); break;
        case 13: r = own(a, area); break;
        case 14: { // count; nobody left: go on there
          const counter = COUNTS + ((<usize>x) << 3);
          store<u64>(counter, load<u64>(counter) + <u64>countOf(a));
          if (a == 0) pc = load<u32>(p, 16);
          continue;
        }
        default: // nobody left: go on there
          if (a == 0) pc = x;
          continue;
      }
      store<u32>(REGS + ((<usize>dst) << 2), r);
    }
  }
}

/** Writes the ordinals of a set, answers how many. */
export function idsOf(set: u32, block: u32): u32 {
  const first = block << 16;
  let w = IDS;
  if (isList(set)) {
    const p = ptr(set), n = size(set);
    for (let i: u32 = 0; i < n; i++, w += 4) store<u32>(w, first + item(p, i));
    return n;
  }
  const p = bits(set);
  for (let i: usize = 0; i < WORDS; i += 8) {
    let m = load<u64>(p + i);
    const at = first + <u32>(i << 3);
    while (m != 0) {
      store<u32>(w, at + <u32>ctz(m));
      w += 4;
      m &= m - 1;
    }
  }
  return <u32>((w - IDS) >> 2);
}

/** Adds the people of a set to the histogram by (value − from) ÷ each, those outside of its bins left out; answers how many have no value. */
export function histogram(set: u32, header: usize, from: i64, each: u64, bins: u32): u32 {
  if (set == 0) return 0;
  const all = countOf(set);
  if (header == 0) return all;
  const base = load<i64>(header, 8), width = load<u32>(header, 4), column = <usize>load<u32>(header, 16);
  const n = idsOf(set, 0);
  let none: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const c = codeAt(column, width, load<u32>(IDS + ((<usize>i) << 2)));
    if (c == 0) {
      none++;
      continue;
    }
    const v = base + <i64>(c - 1);
    if (v < from) continue;
    const bin = each == 1 ? <u64>(v - from) : <u64>(v - from) / each;
    if (bin >= <u64>bins) continue;
    const p = HISTOGRAM + ((<usize>bin) << 2);
    store<u32>(p, load<u32>(p) + 1);
  }
  return none;
}

/** Adds the people of a set to the histogram by code; answers how many have none. Codes from 65,536 on are left out. */
export function codeHistogram(set: u32, header: usize): u32 {
  if (set == 0) return 0;
  const all = countOf(set);
  if (header == 0) return all;
  const form = load<u32>(header);
  let known: u32 = 0;
  if (form == SLICED) {
    const most = 1 << load<u32>(header, 4);
    for (let c: u32 = 1; c < <u32>most; c++) {
      const n = countOf(pick(set, header, 1 << c, OTHER));
      const p = HISTOGRAM + ((<usize>c) << 2);
      store<u32>(p, load<u32>(p) + n);
      known += n;
    }
  } else if (form == LISTED) {
    const entries = load<u32>(header, 4);
    for (let i: u32 = 0; i < entries; i++) {
      const e = header + 16 + <usize>i * 12;
      const n = countOf(and(set, load<u32>(e, 4), OTHER)), c = load<u32>(e);
      known += n;
      if (c > 65535) continue;
      const p = HISTOGRAM + ((<usize>c) << 2);
      store<u32>(p, load<u32>(p) + n);
    }
  } else {
    const width = load<u32>(header, 4), column = <usize>load<u32>(header, 16);
    const n = idsOf(set, 0);
    for (let i: u32 = 0; i < n; i++) {
      const c = codeAt(column, width, load<u32>(IDS + ((<usize>i) << 2)));
      known += <u32>(c != 0);
      if (c == 0 || c > 65535) continue;
      const p = HISTOGRAM + ((<usize>c) << 2);
      store<u32>(p, load<u32>(p) + 1);
    }
  }
  return all - known;
}

/** The first `most` of a set into an area as a set. */
export function firstOf(set: u32, most: u32, area: usize): u32 {
  const n = idsOf(set, 0);
  if (n <= most) return set;
  memory.fill(area, 0, WORDS);
  for (let i: u32 = 0; i < most; i++) raise(area, load<u32>(IDS + ((<usize>i) << 2)));
  return most == 0 ? 0 : <u32>area | 2;
}

// ---- making what is fast to count of what is stored

/** The greatest code of a column. */
export function greatestOf(column: usize, width: u32): u64 {
  if (width == 1) {
    let m = i8x16.splat(0);
    for (let i: usize = 0; i < 65536; i += 16) m = i8x16.max_u(m, v128.load(column + i));
    let most: u32 = 0;
    v128.store(SPARE, m);
    for (let i: usize = 0; i < 16; i++) if (<u32>load<u8>(SPARE + i) > most) most = <u32>load<u8>(SPARE + i);
    return <u64>most;
  }
  let most: u64 = 0;
  for (let i: u32 = 0; i < 65536; i++) {
    const c = codeAt(column, width, i);
    if (c > most) most = c;
  }
  return most;
}

/** The histogram of the codes of a column, none of which is above 65,535. */
export function tally(column: usize, width: u32): void {
  memory.fill(HISTOGRAM, 0, 0x40000);
  for (let i: u32 = 0; i < 65536; i++) {
    const p = HISTOGRAM + (<usize>codeAt(column, width, i) << 2);
    store<u32>(p, load<u32>(p) + 1);
  }
}

/** Bitmaps of the lowest `k` bits of the codes of a column, one after another. */
export function slice(column: usize, width: u32, k: u32, to: usize): void {
  if (width == 1) {
    for (let b: u32 = 0; b < k; b++) {
      const out = to + <usize>b * WORDS;
      for (let i: usize = 0; i < 65536; i += 16) store<u16>(out + (i >> 3), <u16>i8x16.bitmask(i8x16.shl(v128.load(column + i), 7 - b)));
    }
    return;
  }
  memory.fill(to, 0, <usize>k * WORDS);
  for (let i: u32 = 0; i < 65536; i++) {
    const c = <u32>codeAt(column, width, i);
    for (let b: u32 = 0; b < k; b++) if ((c >> b) & 1) raise(to + <usize>b * WORDS, i);
  }
}

/** Hands the customers of a column out to their codes' sets: PLACES holds for each code pointer|3 of its list (its count is kept in it) or pointer|2. */
export function handOut(column: usize, width: u32): void {
  for (let i: u32 = 0; i < 65536; i++) {
    const c = <u32>codeAt(column, width, i);
    if (c == 0) continue;
    const set = load<u32>(PLACES + ((<usize>c) << 2)), p = ptr(set);
    if (isList(set)) {
      const n = <u32>load<u16>(p);
      put(p, n, i);
      store<u16>(p, <u16>(n + 1));
    } else raise(p, i);
  }
}

/** The bitmap of those with a code; answers how many. Least and greatest code at `bounds` (greatest 0: nobody). */
export function knownBits(column: usize, width: u32, to: usize, bounds: usize): u32 {
  if (width == 1) return knownBytes(column, to, bounds);
  if (width == 2) return knownPairs(column, to, bounds);
  let least = u64.MAX_VALUE, greatest: u64 = 0, n: u32 = 0;
  for (let i: u32 = 0; i < 65536; i += 8) {
    let r: u32 = 0;
    for (let b: u32 = 0; b < 8; b++) {
      const c = codeAt(column, width, i + b);
      if (c == 0) continue;
      r |= 1 << b;
      if (c < least) least = c;
      if (c > greatest) greatest = c;
    }
    store<u8>(to + (i >> 3), <u8>r);
    n += popcnt(r);
  }
  store<u64>(bounds, least);
  store<u64>(bounds, greatest, 8);
  return n;
}

/** The least is found among codes less one, of which unknown is the greatest. */
function knownBytes(column: usize, to: usize, bounds: usize): u32 {
  const one = i8x16.splat(1), nothing = i8x16.splat(0);
  let least = i8x16.splat(-1), most = nothing, n: u32 = 0;
  for (let i: usize = 0; i < 65536; i += 16) {
    const c = v128.load(column + i);
    least = i8x16.min_u(least, i8x16.sub(c, one));
    most = i8x16.max_u(most, c);
    const r = <u32>i8x16.bitmask(i8x16.ne(c, nothing));
    store<u16>(to + (i >> 3), <u16>r);
    n += popcnt(r);
  }
  v128.store(SPARE, least);
  v128.store(SPARE, most, 16);
  let lo: u32 = 255, hi: u32 = 0;
  for (let i: usize = 0; i < 16; i++) {
    lo = min(lo, <u32>load<u8>(SPARE + i));
    hi = max(hi, <u32>load<u8>(SPARE + i, 16));
  }
  store<u64>(bounds, <u64>(lo + 1));
  store<u64>(bounds, <u64>hi, 8);
  return n;
}

function knownPairs(column: usize, to: usize, bounds: usize): u32 {
  const one = i16x8.splat(1), nothing = i16x8.splat(0);
  let least = i16x8.splat(-1), most = nothing, n: u32 = 0;
  for (let i: usize = 0; i < 65536; i += 8) {
    const c = v128.load(column + (i << 1));
    least = i16x8.min_u(least, i16x8.sub(c, one));
    most = i16x8.max_u(most, c);
    const r = <u32>i16x8.bitmask(i16x8.ne(c, nothing));
    store<u8>(to + (i >> 3), <u8>r);
    n += popcnt(r);
  }
  v128.store(SPARE, least);
  v128.store(SPARE, most, 16);
  let lo: u32 = 65535, hi: u32 = 0;
  for (let i: usize = 0; i < 16; i += 2) {
    lo = min(lo, <u32>load<u16>(SPARE + i));
    hi = max(hi, <u32>load<u16>(SPARE + i, 16));
  }
  store<u64>(bounds, <u64>(lo + 1));
  store<u64>(bounds, <u64>hi, 8);
  return n;
}

/**
 * Writes the six slices of bucket numbers of a column whose header holds its buckets. A table over the codes' first 16 bits says in which bucket to begin
 * to look.
 */
export function bucketSlices(header: usize): void {
  const width = load<u32>(header, 4), column = <usize>load<u32>(header, 16), slices = <usize>load<u32>(header, 20), buckets = load<u32>(header, 24);
  const greatest = load<u64>(header, 40), bits = <u64>(64 - clz(greatest)), shift = bits > 16 ? bits - 16 : 0;
  const bounds = header + 64, bytes = PLACES + 0x10000;
  let bucket: u32 = 1;
  for (let k: u64 = 0; k <= greatest >> shift; k++) {
    while (bucket < buckets && load<u64>(bounds + ((<usize>bucket + 1) << 3)) <= k << shift) bucket++;
    store<u8>(PLACES + <usize>k, <u8>bucket);
  }
  for (let i: u32 = 0; i < 65536; i++) {
    const c = codeAt(column, width, i);
    let b = <u32>load<u8>(PLACES + <usize>(c >> shift));
    while (b < buckets && load<u64>(bounds + ((<usize>b + 1) << 3)) <= c) b++;
    store<u8>(bytes + i, <u8>(c == 0 ? 0 : b));
  }
  slice(bytes, 1, 6, slices);
}

/** Reads a stretch of memory and answers a sum of it: how fast memory is read at all. */
export function readThrough(from: usize, bytes: usize): u64 {
  let a = i64x2.splat(0), b = i64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 64) {
    a = v128.xor(a, v128.xor(v128.load(from + i), v128.load(from + i, 16)));
    b = v128.xor(b, v128.xor(v128.load(from + i, 32), v128.load(from + i, 48)));
  }
  const s = v128.xor(a, b);
  return i64x2.extract_lane(s, 0) ^ i64x2.extract_lane(s, 1);
}

/** A bitmap's first 64 bits of a hash that tells unequal ones apart well enough to compare only few. */
export function hashOf(bitmap: usize): u64 {
  let h: u64 = 0x9e3779b97f4a7c15;
  for (let i: usize = 0; i < WORDS; i += 8) {
    h = (h ^ load<u64>(bitmap + i)) * 0xff51afd7ed558ccd;
    h ^= h >> 32;
  }
  return h;
}

export function same(a: usize, b: usize): bool {
  return memory.compare(a, b, WORDS) == 0;
}
