// The audience kernel: boolean programs over blocks of 65,536 customers. AssemblyScript; `npm run golden` builds `kernel.wasm` from it.
//
// A *set* is a u32: 0 nobody, 1 everybody of the block, pointer|2 a bitmap of 8 KiB, pointer|3 a sorted list (u16 how many, then u16 ordinals within the
// block). Pointers are multiples of 8. A register holds a set; what is computed for it lies in its own area, what is only taken over stays where it is.
// A *cell* is what a tag has in a block: of a flag two sets (yes, known), of every other tag a pointer to a header (0: known of nobody), by its form:
//   SLICED  +4 slices (1…4) · +8 their sets: bit i of every customer's code
//   LISTED  +4 entries · +8 set of known · +12 how many are known · +16 column of bytes or 0 · +20 bitmap or 0 · +24 entries of (code, set, how many).
//           The column holds each customer's place among the entries, from 1 on, 0 = unknown; the bitmap is the ninth bit of it, where there is one
//   COLUMN  +4 width of a code · +8 base i64 · +16 column · +20 dictionary or 0 · +24 its entries · +28 set of known · +32 least code u64 ·
//           +40 greatest code u64. With a dictionary (codes of 4 and 8 bytes) the column holds u16 places in it; it is every code of the block, ascending
// Codes as they are stored: 0 = unknown, a number's value is base + code − 1.

const WORDS: usize = 8192; // bytes of a bitmap
const ZERO: usize = 0x2000; // a bitmap of nobody
const ONES: usize = 0x4000; // a bitmap of everybody
const CHOSEN: usize = 0x200; // the chosen places of a one-of's entries: four tables of 16 bytes, of two hundred and fifty-six places each two
const REGS: usize = 0x400; // sets in the registers
const SIZES: usize = 0x600; // how many are in each of them
const COUNTS: usize = 0x800; // u64 per counter
const EDGES: usize = 0x7000; // u32 per edge of a bar: the least code or place that is above it
const PROGRAM: usize = 0x10000;
const AREAS: usize = 0x20000;
const AREA: usize = 0x2100;
const AREAS_END: usize = AREAS + 64 * AREA;
const SPARE: usize = 0xa6000;
const OTHER: usize = 0xa9000;
const HISTOGRAM: usize = 0x100000; // 65,536 × u32
const IDS: usize = 0x140000; // 65,536 × u32
const PLACES: usize = 0x210000; // 65,536 × u32
const DICTIONARY: usize = 0x250000; // 65,536 × u64

const SLICED: u32 = 1;
const LISTED: u32 = 2;
const COLUMN: u32 = 3;

const FEW: u32 = 1024; // so many are looked up in a column one by one: fewer lines of memory than all of it
const THIN: u32 = 64; // what is left of two bitmaps becomes a list up to here: fewer lines of memory are touched by all that follows

const MARKED: u32 = 14000; // so many people of a one-of are marked one by one; more are found in its column, where places have eight bits
const MARKED_OF_TWO: u32 = 20000; // and where they have nine
const SPARSE: u32 = 16384; // so many codes are taken out of a column one by one

const LOOKED: u32 = 16; // so many values of a block are looked through to tell that nobody has the wanted ones

const UNCOUNTED: u32 = 0xffffffff;
const SAME: u32 = 0xfffffffe;

/** How many are in the set that was made last; SAME: as many as in the one that it was made of. */
let made: u32 = UNCOUNTED;

// ---- sets

@inline function ptr(set: u32): usize { return <usize>(set & ~7); }
@inline function isList(set: u32): bool { return (set & 7) == 3; }
@inline function isBitmap(set: u32): bool { return (set & 7) == 2; }
@inline function size(list: u32): u32 { return <u32>load<u16>(ptr(list)); }
@inline function item(list: usize, i: u32): u32 { return <u32>load<u16>(list + 2 + ((<usize>i) << 1)); }
@inline function put(list: usize, i: u32, v: u32): void { store<u16>(list + 2 + ((<usize>i) << 1), <u16>v); }
@inline function has(bitmap: usize, i: u32): u32 { return (<u32>load<u8>(bitmap + (i >> 3)) >> (i & 7)) & 1; }
@inline function raise(bitmap: usize, i: u32): void { const p = bitmap + (i >> 3); store<u8>(p, <u8>(<u32>load<u8>(p) | ((<u32>1) << (i & 7)))); }
@inline function lower(bitmap: usize, i: u32): void { const p = bitmap + (i >> 3); store<u8>(p, <u8>(<u32>load<u8>(p) & ~((<u32>1) << (i & 7)))); }
@inline function ones(v: v128): u32 { return <u32>(popcnt(i64x2.extract_lane(v, 0)) + popcnt(i64x2.extract_lane(v, 1))); }

/** A list in an area: nobody when it is empty. */
function listed(area: usize, n: u32): u32 {
  made = n;
  if (n == 0) return 0;
  store<u16>(area, <u16>n);
  return <u32>area | 3;
}

/** The bitmap of a set that is no list. */
@inline function bits(set: u32): usize { return set == 0 ? ZERO : set == 1 ? ONES : ptr(set); }

/** A bitmap just computed into an area, and how many are in it: thin ones become lists. */
function settled(area: usize, n: u32): u32 {
  made = n;
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

/** A set that another stays as it is. */
@inline function kept(a: u32): u32 { made = SAME; return a; }
@inline function uncounted(set: u32): u32 { made = UNCOUNTED; return set; }

function and(a: u32, b: u32, area: usize): u32 {
  if (a == 0 || b == 0) return 0;
  if (a == 1) return uncounted(b);
  if (b == 1) return kept(a);
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

/** Two bitmaps met one after the other in one pass; answers how many the first one left. */
function twice(p: usize, b: usize, c: usize, area: usize): u32 {
  let n: u32 = 0, m: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 32) {
    const w = v128.and(v128.load(p + i), v128.load(b + i)), x = v128.and(v128.load(p + i, 16), v128.load(b + i, 16));
    const y = v128.and(w, v128.load(c + i)), z = v128.and(x, v128.load(c + i, 16));
    v128.store(area + i, y);
    v128.store(area + i, z, 16);
    n += ones(w) + ones(x);
    m += ones(y) + ones(z);
  }
  made = m;
  return n;
}

function without(a: u32, b: u32, area: usize): u32 {
  if (a == 0 || b == 1) return 0;
  if (b == 0) return kept(a);
  if (isList(a)) return isList(b) ? differ(a, b, area) : sift(a, ptr(b), 0, area);
  const p = bits(a);
  if (isList(b)) {
    let from = ptr(b);
    if (from == area) { memory.copy(SPARE, from, 2 + (size(b) << 1)); from = SPARE; }
    if (p != area) memory.copy(area, p, WORDS);
    const n = <u32>load<u16>(from);
    for (let i: u32 = 0; i < n; i++) lower(area, item(from, i));
    return uncounted(<u32>area | 2);
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
  made = UNCOUNTED;
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

/** Customers of `a` (`many`, if that is known) with a code among (side 0) or known and not among (side 1) a set of codes: a bitmap of `most` bits. */
function codes(a: u32, many: u32, header: usize, set: usize, most: u32, side: u32, area: usize): u32 {
  if (a == 0 || header == 0) return 0;
  const form = load<u32>(header);
  if (form == SLICED) {
    let table = <u32>load<u16>(set);
    if (most < 16) table &= (1 << most) - 1;
    if (side) table = ~table & 0xfffe;
    return pick(a, header, table, area);
  }
  if (form == LISTED) return fromLists(a, many, header, set, most, side, area);
  return fromColumn(fewer(a, many), header, set, most, side, area);
}

/** A bitmap of few people as a list, in the spare area. */
@inline function fewer(a: u32, many: u32): u32 { return many == 0 || many > FEW || !isBitmap(a) ? a : (toList(ptr(a), SPARE), <u32>SPARE | 3); }

@inline function splatBit(table: u32, i: u32): v128 { return i32x4.splat(-(<i32>((table >> i) & 1))); }

/** Customers of `a` whose code's bit in the table is 1. */
function pick(a: u32, header: usize, table: u32, area: usize): u32 {
  const k = load<u32>(header, 4);
  const r0 = load<u32>(header, 8), r1 = k > 1 ? load<u32>(header, 12) : 0, r2 = k > 2 ? load<u32>(header, 16) : 0, r3 = k > 3 ? load<u32>(header, 20) : 0;
  if ((r0 | r1 | r2 | r3) <= 1) return (table >> (r0 | (r1 << 1) | (r2 << 2) | (r3 << 3))) & 1 ? kept(a) : 0;
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

@inline function entry(header: usize, i: u32): usize { return header + 24 + <usize>i * 12; }

/** Where a place stands in the tables: which byte, and which bit of it. */
@inline function placeByte(place: u32): usize { return CHOSEN + <usize>((place >> 7 << 4) | (place & 15)); }
@inline function isChosen(place: u32): u32 { return (<u32>load<u8>(placeByte(place)) >> ((place >> 4) & 7)) & 1; }

/**
 * The union of the chosen values' sets, or what is known without the union of the others: whichever has fewer people to mark. Where those are many, and for
 * single people, the column is asked.
 */
function fromLists(a: u32, many: u32, header: usize, set: usize, most: u32, side: u32, area: usize): u32 {
  const entries = load<u32>(header, 4), column = <usize>load<u32>(header, 16);
  let chosen: u32 = 0, people: u32 = 0, last: u32 = 0;
  const nothing = i64x2.splat(0);
  v128.store(CHOSEN, nothing);
  v128.store(CHOSEN, nothing, 16);
  v128.store(CHOSEN, nothing, 32);
  v128.store(CHOSEN, nothing, 48);
  for (let i: u32 = 0; i < entries; i++) {
    const e = entry(header, i);
    if (within(set, most, load<u32>(e)) == side) continue;
    chosen++;
    people += load<u32>(e, 8);
    last = load<u32>(e, 4);
    if (!column) continue;
    const p = placeByte(i + 1);
    store<u8>(p, <u8>(<u32>load<u8>(p) | ((<u32>1) << (((i + 1) >> 4) & 7))));
  }
  if (chosen == 0) return 0;
  if (chosen == 1) return and(a, last, area);
  const known = load<u32>(header, 8), all = load<u32>(header, 12);
  if (people == all) return and(a, known, area);
  const upper = <usize>load<u32>(header, 20);
  if (column) {
    a = fewer(a, many);
    if (isList(a)) return placesOfList(a, column, upper, area);
  }
  if (column && min(people, all - people) > (upper ? MARKED_OF_TWO : MARKED)) return upper ? placesOfTwo(bits(a), column, upper, area) : placesOfOne(bits(a), column, area);
  if (people <= all >> 1) return and(a, union(header, set, most, side), area);
  return alsoIn(without(a, union(header, set, most, side ^ 1), area), known, area);
}

function placesOfList(a: u32, column: usize, upper: usize, area: usize): u32 {
  const p = ptr(a), n = size(a);
  let k: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const v = item(p, i);
    let place = <u32>load<u8>(column + v);
    if (upper) place |= has(upper, v) << 8;
    put(area, k, v);
    k += isChosen(place);
  }
  return listed(area, k);
}

/** What two tables of sixteen bytes have for the lower four bits of places below 128, and of those above: a swizzle gives 0 beyond its sixteen bytes. */
@inline function foundIn(low: v128, high: v128, places: v128): v128 {
  const nibble = i8x16.splat(<i8>0x8f);
  return v128.or(i8x16.swizzle(low, v128.and(places, nibble)), i8x16.swizzle(high, v128.and(v128.xor(places, i8x16.splat(<i8>0x80)), nibble)));
}

/** Where the bit that belongs to the upper four bits of a place is 1 in what was found. */
@inline function hits(found: v128, one: v128): u64 { return <u64><u32>i8x16.bitmask(i8x16.eq(v128.and(found, one), one)); }

/** Bit 0 … 7 by the upper four bits of a place, twice over. */
@inline function bitOfPlace(): v128 { return i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128); }

@inline function hitsOfOne(p: usize, low: v128, high: v128, bit: v128): u64 {
  const places = v128.load(p);
  return hits(foundIn(low, high, places), i8x16.swizzle(bit, i8x16.shr_u(places, 4)));
}

/** Customers of a bitmap whose place is chosen. */
function placesOfOne(a: usize, column: usize, area: usize): u32 {
  const low = v128.load(CHOSEN), high = v128.load(CHOSEN, 16), bit = bitOfPlace();
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 8) {
    const m = load<u64>(a + i), p = column + (i << 3);
    let r: u64 = 0;
    if (m != 0) {
      r = hitsOfOne(p, low, high, bit) | (hitsOfOne(p + 16, low, high, bit) << 16);
      r = m & (r | (hitsOfOne(p + 32, low, high, bit) << 32) | (hitsOfOne(p + 48, low, high, bit) << 48));
    }
    store<u64>(area + i, r);
    n += <u32>popcnt(r);
  }
  return settled(area, n);
}

/** As `placesOfOne`, where places have a ninth bit. */
function placesOfTwo(a: usize, column: usize, upper: usize, area: usize): u32 {
  const low = v128.load(CHOSEN), high = v128.load(CHOSEN, 16), low1 = v128.load(CHOSEN, 32), high1 = v128.load(CHOSEN, 48), bit = bitOfPlace();
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 8) {
    const m = load<u64>(a + i), u = load<u64>(upper + i), p = column + (i << 3);
    let r: u64 = 0, r1: u64 = 0;
    if (m != 0) {
      for (let k: usize = 0; k < 64; k += 16) {
        const places = v128.load(p + k), one = i8x16.swizzle(bit, i8x16.shr_u(places, 4));
        r |= hits(foundIn(low, high, places), one) << k;
        r1 |= hits(foundIn(low1, high1, places), one) << k;
      }
      r = m & ((r & ~u) | (r1 & u));
    }
    store<u64>(area + i, r);
    n += <u32>popcnt(r);
  }
  return settled(area, n);
}

/** Those of a set just made who are in another, too. */
function alsoIn(a: u32, b: u32, area: usize): u32 {
  const n = made, r = and(a, b, area);
  if (made == SAME) made = n;
  return r;
}

/** The union of the sets of the codes within (side 0) or not within (side 1) the set of codes, in the spare area. */
function union(header: usize, set: usize, most: u32, side: u32): u32 {
  const entries = load<u32>(header, 4);
  memory.fill(OTHER, 0, WORDS);
  for (let i: u32 = 0; i < entries; i++) {
    const e = entry(header, i);
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

/** A code of a column that may have a dictionary. */
@inline function codeIn(column: usize, width: u32, dictionary: usize, i: u32): u64 {
  return dictionary ? codeAt(dictionary, width, <u32>load<u16>(column + (i << 1))) : codeAt(column, width, i);
}

/** A one-of of very many values in this block: customer by customer. */
function fromColumn(a: u32, header: usize, set: usize, most: u32, side: u32, area: usize): u32 {
  const width = load<u32>(header, 4), column = <usize>load<u32>(header, 16), dictionary = <usize>load<u32>(header, 20);
  if (isList(a)) {
    const p = ptr(a), n = size(a);
    let k: u32 = 0;
    for (let i: u32 = 0; i < n; i++) {
      const v = item(p, i), c = codeIn(column, width, dictionary, v);
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
      const b = <u32>ctz(m), c = codeIn(column, width, dictionary, <u32>(i << 3) + b);
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

/**
 * Customers of `a` whose value is known and from ≤ value ≤ to (side 0), or known and not (side 1). `many`: how many are in `a`, if that is known. A column
 * is read from end to end: that is as fast as memory, and places in a dictionary are in the order of their codes.
 */
function range(a: u32, many: u32, header: usize, from: i64, to: i64, side: u32, area: usize): u32 {
  if (a == 0 || header == 0) return 0;
  const base = load<i64>(header, 8), least = load<u64>(header, 32), greatest = load<u64>(header, 40), knownOnes = load<u32>(header, 28);
  let lo = codeOf(from, base), hi = codeOf(to, base);
  if (lo < least) lo = least;
  if (hi > greatest) hi = greatest;
  if (from > to || lo > hi) return side ? and(a, knownOnes, area) : 0;
  if (lo == least && hi == greatest) return side ? 0 : and(a, knownOnes, area);
  const dictionary = <usize>load<u32>(header, 20), width = load<u32>(header, 4), column = <usize>load<u32>(header, 16);
  if (dictionary) {
    const entries = load<u32>(header, 24);
    lo = <u64>placeOf(dictionary, entries, width, lo);
    hi = <u64>placeOf(dictionary, entries, width, hi + 1);
    if (lo == hi) return side ? and(a, knownOnes, area) : 0;
    hi--;
  }
  if (side) {
    a = and(a, knownOnes, area);
    if (a == 0) return 0;
    if (made != SAME) many = made;
  }
  const low = <u32>lo, span = <u32>(hi - lo);
  a = fewer(a, many);
  if (isList(a)) {
    const p = ptr(a), n = size(a);
    let k: u32 = 0;
    for (let i: u32 = 0; i < n; i++) {
      const v = item(p, i), c = width == 1 ? <u32>load<u8>(column + v) : <u32>load<u16>(column + (v << 1));
      put(area, k, v);
      k += <u32>(<u32>(c - low > span) == side);
    }
    return listed(area, k);
  }
  return width == 1 ? byBytes(bits(a), column, low, span, side, area) : byPairs(bits(a), column, low, span, side, area);
}

/** How many codes of a dictionary are below this one. */
function placeOf(dictionary: usize, entries: u32, width: u32, code: u64): u32 {
  let first: u32 = 0, n = entries;
  while (n > 0) {
    const half = n >> 1;
    if (codeAt(dictionary, width, first + half) < code) {
      first += half + 1;
      n -= half + 1;
    } else n = half;
  }
  return first;
}

/** A column of bytes, compared sixteen at a time; lines of memory that nobody is left in are not read. Of `a` everybody is known where side is 1. */
function byBytes(a: usize, column: usize, lo: u32, span: u32, side: u32, area: usize): u32 {
  const low = i8x16.splat(<i8>lo), most = i8x16.splat(<i8>span), turn: u64 = side ? ~(<u64>0) : 0;
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 8) {
    const m = load<u64>(a + i), p = column + (i << 3);
    let r: u64 = 0;
    if (m != 0) {
      r = <u64><u32>i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(p), low), most));
      r |= (<u64><u32>i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(p, 16), low), most))) << 16;
      r |= (<u64><u32>i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(p, 32), low), most))) << 32;
      r |= (<u64><u32>i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(p, 48), low), most))) << 48;
      r = m & (r ^ turn);
    }
    store<u64>(area + i, r);
    n += <u32>popcnt(r);
  }
  return settled(area, n);
}

/** Of sixteen codes of two bytes those from low on, as bits. */
@inline function among(p: usize, low: v128, most: v128): u64 {
  const x = i16x8.le_u(i16x8.sub(v128.load(p), low), most), y = i16x8.le_u(i16x8.sub(v128.load(p, 16), low), most);
  return <u64><u32>i8x16.bitmask(i8x16.narrow_i16x8_s(x, y));
}

/** A column of two bytes, as `byBytes`. */
function byPairs(a: usize, column: usize, lo: u32, span: u32, side: u32, area: usize): u32 {
  const low = i16x8.splat(<i16>lo), most = i16x8.splat(<i16>span), turn: u64 = side ? ~(<u64>0) : 0;
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 8) {
    const p = column + (i << 4), m = load<u64>(a + i);
    let r: u64 = 0;
    if (m != 0) r = m & ((among(p, low, most) | (among(p + 32, low, most) << 16) | (among(p + 64, low, most) << 32) | (among(p + 96, low, most) << 48)) ^ turn);
    store<u64>(area + i, r);
    n += <u32>popcnt(r);
  }
  return settled(area, n);
}

/** Customers of `a` of whom a tag with a header is known. */
function knownOf(a: u32, header: usize, area: usize): u32 {
  if (a == 0 || header == 0) return 0;
  const form = load<u32>(header);
  if (form == SLICED) return pick(a, header, 0xfffe, area);
  return and(a, form == LISTED ? load<u32>(header, 8) : load<u32>(header, 28), area);
}

// ---- samples: `sample.ts` has the same arithmetic

const FACTOR: u32 = 0x045d9f3b;

/** What is left of the mix after its first product, of four customers: below the limit? */
@inline function drawn(x: v128, factor: v128, most: v128): v128 {
  const h = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), factor);
  return i32x4.le_u(v128.xor(h, i32x4.shr_u(h, 16)), most);
}

/** The bits of sixteen customers. */
@inline function packed(a: v128, b: v128, c: v128, d: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)));
}

/**
 * Customers of `a` whose hash is below the limit, at least 1 (side 0), or not (side 1). `salt`: as `saltOf` gives it. In the first round the customers of
 * a block differ in the lower 16 bits alone, so 32 neighbours' products are one product and 32 sums.
 */
function sample(a: u32, block: u32, salt: u32, below: u32, side: u32, area: usize): u32 {
  if (a == 0) return 0;
  const top = (block ^ (salt >> 16)) & 0xffff, low = (salt ^ top) & 0xffff;
  if (isList(a)) {
    const p = ptr(a), n = size(a);
    let k: u32 = 0;
    for (let i: u32 = 0; i < n; i++) {
      const v = item(p, i);
      let h = ((top << 16) | (v ^ low)) * FACTOR;
      h = (h ^ (h >> 16)) * FACTOR;
      put(area, k, v);
      k += <u32>(<u32>((h ^ (h >> 16)) >= below) == side);
    }
    return listed(area, k);
  }
  for (let k: u32 = 0; k < 32; k++) store<u32>(OTHER + ((<usize>k) << 2), (k ^ (low & 31)) * FACTOR);
  const k0 = v128.load(OTHER), k1 = v128.load(OTHER, 16), k2 = v128.load(OTHER, 32), k3 = v128.load(OTHER, 48);
  const k4 = v128.load(OTHER, 64), k5 = v128.load(OTHER, 80), k6 = v128.load(OTHER, 96), k7 = v128.load(OTHER, 112);
  const f = i32x4.splat(<i32>FACTOR), most = i32x4.splat(<i32>(below - 1)), p = bits(a), turn: u32 = side ? 0xffffffff : 0;
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 4) {
    const m = load<u32>(p + i);
    let r: u32 = 0;
    if (m != 0) {
      const b = i32x4.splat(<i32>(((top << 16) | (<u32>(i << 3) ^ (low & 0xffe0))) * FACTOR));
      r = packed(
        drawn(i32x4.add(b, k0), f, most), drawn(i32x4.add(b, k1), f, most), drawn(i32x4.add(b, k2), f, most), drawn(i32x4.add(b, k3), f, most),
      );
      r |= packed(
        drawn(i32x4.add(b, k4), f, most), drawn(i32x4.add(b, k5), f, most), drawn(i32x4.add(b, k6), f, most), drawn(i32x4.add(b, k7), f, most),
      ) << 16;
      r = m & (r ^ turn);
    }
    store<u32>(area + i, r);
    n += popcnt(r);
  }
  return settled(area, n);
}

// ---- programs

@inline function reg(i: u32): u32 { return load<u32>(REGS + ((<usize>i) << 2)); }
@inline function people(i: u32): u32 { return load<u32>(SIZES + ((<usize>i) << 2)); }

/** A set that lies in another register's area is copied: that one may be used again while this one lives. */
function own(set: u32, area: usize): u32 {
  const p = ptr(set);
  if (set <= 1 || p == area || p < AREAS || p >= AREAS_END) return set;
  memory.copy(area, p, isList(set) ? 2 + (size(set) << 1) : WORDS);
  return <u32>area | (set & 7);
}

/** Is nobody of a block among (side 0) or known and not among (side 1) these codes, as far as one look tells? */
function isWithoutCodes(header: usize, set: usize, most: u32, side: u32): bool {
  if (header == 0) return true;
  const form = load<u32>(header);
  if (form == SLICED) {
    let code: u32 = 0;
    for (let k: u32 = 0; k < load<u32>(header, 4); k++) {
      const slice = load<u32>(header + 8 + ((<usize>k) << 2));
      if (slice > 1) return false;
      code |= slice << k;
    }
    return code == 0 || within(set, most, code) == side;
  }
  if (form != LISTED || load<u32>(header, 4) > LOOKED) return false;
  for (let i: u32 = 0; i < load<u32>(header, 4); i++) if (within(set, most, load<u32>(entry(header, i))) != side) return false;
  return true;
}

/** Is nobody's value of a block within these bounds (side 0), or everybody's (side 1)? */
function isWithoutRange(header: usize, from: i64, to: i64, side: u32): bool {
  if (header == 0) return true;
  const base = load<i64>(header, 8), least = load<u64>(header, 32), greatest = load<u64>(header, 40);
  const lo = codeOf(from, base), hi = codeOf(to, base);
  return side ? from <= to && lo <= least && hi >= greatest : from > to || lo > greatest || hi < least;
}

/** Of each code of a one-of that somebody of the block has the bit of its lowest five bits. */
export function codesThere(header: usize): u32 {
  const form = load<u32>(header);
  let there: u32 = 0;
  if (form == SLICED) {
    const most: u32 = 1 << load<u32>(header, 4);
    for (let c: u32 = 1; c < most; c++) if (pick(1, header, 1 << c, OTHER) != 0) there |= 1 << c;
    return there;
  }
  if (form != LISTED) return 0xffffffff;
  for (let i: u32 = 0; i < load<u32>(header, 4); i++) there |= 1 << (load<u32>(entry(header, i)) & 31);
  return there;
}

@inline function cell(row: u32, local: u32): u32 { return load<u32>(<usize>row + ((<usize>local) << 2)); }

/** How many are in a set just made of the one in register `from`. */
@inline function sizeOf(r: u32, from: u32): u32 {
  if (r <= 1) return r << 16;
  return made == SAME ? load<u32>(SIZES + ((<usize>from) << 2)) : made;
}

@inline function counted(counter: u32, n: u32): void {
  const p = COUNTS + ((<usize>counter) << 3);
  store<u64>(p, load<u64>(p) + <u64>n);
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
      const op = load<u32>(p), dst = load<u32>(p, 4), src = load<u32>(p, 8), a = reg(src), x = load<u32>(p, 12);
      const area = AREAS + <usize>dst * AREA;
      let r: u32 = 0;
      made = UNCOUNTED;
      switch (op) {
        case 0: r = x; break; // nobody or everybody
        case 1: // a set of a tag; how many are in each, if that is kept
          r = cell(x, local);
          if (load<u32>(p, 16)) made = cell(load<u32>(p, 16), local);
          break;
        case 2:
          r = and(a, cell(x, local), area);
          if (a == 1 && load<u32>(p, 16)) made = cell(load<u32>(p, 16), local);
          break;
        case 3: r = or(a, cell(x, local), area); break;
        case 4: r = without(a, cell(x, local), area); break;
        case 5: r = own(and(a, reg(x), area), area); break;
        case 6: r = own(or(a, reg(x), area), area); break;
        case 7: r = own(without(a, reg(x), area), area); break;
        case 8: r = codes(a, people(src), <usize>cell(x, local), <usize>load<u32>(p, 16), load<u32>(p, 20), load<u32>(p, 24), area); break;
        case 9: r = range(a, people(src), <usize>cell(x, local), load<i64>(p, 16), load<i64>(p, 24), 0, area); break;
        case 10: r = range(a, people(src), <usize>cell(x, local), load<i64>(p, 16), load<i64>(p, 24), 1, area); break;
        case 11: r = knownOf(a, <usize>cell(x, local), area); break;
        case 12: r = sample(a, first + local * step, x, load<u32>(p, 16), load<u32>(p, 20), area); break;
        case 13: r = own(kept(a), area); break;
        case 14: { // count; nobody left: go on there
          let n = people(src);
          if (n == UNCOUNTED) {
            n = countOf(a);
            store<u32>(SIZES + ((<usize>src) << 2), n);
          }
          counted(x, n);
          if (n == 0) pc = load<u32>(p, 16);
          continue;
        }
        case 15: // nobody left: go on there
          if (a == 0) pc = x;
          continue;
        case 16: { // two sets of tags, whoever the first one leaves counted in between; nobody left: go on there
          const b = cell(x, local), c = cell(load<u32>(p, 16), local);
          let n: u32;
          if (isBitmap(a) && isBitmap(b) && isBitmap(c)) {
            n = twice(ptr(a), ptr(b), ptr(c), area);
            r = settled(area, made);
          } else {
            r = and(a, b, area);
            n = a == 1 ? cell(load<u32>(p, 20), local) : sizeOf(r, src);
            if (n == UNCOUNTED) n = countOf(r);
            if (r != 0) r = and(r, c, area);
            if (made == SAME) made = n;
          }
          counted(load<u32>(p, 24), n);
          if (n == 0) pc = load<u32>(p, 28);
          break;
        }
        case 17: // nobody of the block has it: go on there (the register)
          if (cell(x, local) == 0) pc = dst;
          continue;
        case 18:
          if (isWithoutCodes(<usize>cell(x, local), <usize>load<u32>(p, 16), load<u32>(p, 20), load<u32>(p, 24))) pc = dst;
          continue;
        case 19: // of these codes, by their lowest bits, nobody of the block has one
          if ((cell(x, local) & load<u32>(p, 16)) == 0) pc = dst;
          continue;
        default:
          if (isWithoutRange(<usize>cell(x, local), load<i64>(p, 16), load<i64>(p, 24), src)) pc = dst;
          continue;
      }
      store<u32>(REGS + ((<usize>dst) << 2), r);
      store<u32>(SIZES + ((<usize>dst) << 2), sizeOf(r, src));
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
  const base = load<i64>(header, 8), width = load<u32>(header, 4), column = <usize>load<u32>(header, 16), dictionary = <usize>load<u32>(header, 20);
  const n = idsOf(set, 0);
  let none: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const c = codeIn(column, width, dictionary, load<u32>(IDS + ((<usize>i) << 2)));
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

/** Of the people of a set, and of lists and bitmaps as they are, how many are in both. */
function both(a: u32, b: u32): u32 {
  if (a == 0 || b == 0) return 0;
  if (a == 1) return countOf(b);
  if (b == 1) return countOf(a);
  if (isList(a) && isList(b)) return countOf(meet(a, b, OTHER));
  if (isList(a) || isList(b)) {
    const list = isList(a) ? a : b, p = ptr(list), bitmap = ptr(isList(a) ? b : a), n = size(list);
    let m: u32 = 0;
    for (let i: u32 = 0; i < n; i++) m += has(bitmap, item(p, i));
    return m;
  }
  const p = ptr(a), q = ptr(b);
  let n: u32 = 0;
  for (let i: usize = 0; i < WORDS; i += 16) n += ones(v128.and(v128.load(p + i), v128.load(q + i)));
  return n;
}

@inline function addTo(bin: u32, n: u32): void {
  const p = HISTOGRAM + ((<usize>bin) << 2);
  store<u32>(p, load<u32>(p) + n);
}

/** Adds the people of a set to the histogram by code; answers how many have none. Codes from 65,536 on are left out. */
export function codeHistogram(set: u32, header: usize): u32 {
  if (set == 0) return 0;
  const all = countOf(set);
  if (header == 0) return all;
  const form = load<u32>(header);
  let known: u32 = 0;
  if (form == SLICED) {
    const most: u32 = 1 << load<u32>(header, 4);
    for (let c: u32 = 1; c < most; c++) {
      const r = pick(set, header, 1 << c, OTHER), n = made == SAME ? all : made;
      if (r == 0) continue;
      addTo(c, n);
      known += n;
    }
  } else if (form == LISTED) {
    const entries = load<u32>(header, 4), column = <usize>load<u32>(header, 16);
    const byColumn = column && set != 1 && all < load<u32>(header, 12);
    if (byColumn) byPlace(set, column, <usize>load<u32>(header, 20));
    for (let i: u32 = 0; i < entries; i++) {
      const e = entry(header, i), c = load<u32>(e);
      const n = set == 1 ? load<u32>(e, 8) : byColumn ? load<u32>(OTHER + ((<usize>i + 1) << 2)) : both(set, load<u32>(e, 4));
      known += n;
      if (c <= 65535) addTo(c, n);
    }
  } else {
    const width = load<u32>(header, 4), column = <usize>load<u32>(header, 16), dictionary = <usize>load<u32>(header, 20);
    const n = idsOf(set, 0);
    for (let i: u32 = 0; i < n; i++) {
      const c = codeIn(column, width, dictionary, load<u32>(IDS + ((<usize>i) << 2)));
      known += <u32>(c != 0);
      if (c != 0 && c <= 65535) addTo(<u32>c, 1);
    }
  }
  return all - known;
}

/** How many of a set have which place, as u32 at OTHER. */
function byPlace(set: u32, column: usize, upper: usize): void {
  memory.fill(OTHER, 0, 2048);
  const n = idsOf(set, 0);
  for (let i: u32 = 0; i < n; i++) {
    const v = load<u32>(IDS + ((<usize>i) << 2)), place = <u32>load<u8>(column + v) | (upper ? has(upper, v) << 8 : 0), p = OTHER + ((<usize>place) << 2);
    store<u32>(p, load<u32>(p) + 1);
  }
}

/**
 * The codes (or places) of a set's people out of a column, as u16 at IDS, filled up with 0 to a multiple of eight; answers how many of eight. Of many people
 * all are taken, those of the others as 0.
 */
function takenOut(set: u32, n: u32, column: usize, width: u32): u32 {
  if (n > SPARSE) {
    const p = bits(set), bit = i16x8(1, 2, 4, 8, 16, 32, 64, 128);
    for (let i: usize = 0; i < WORDS; i++) {
      const v = width == 1 ? i16x8.extend_low_i8x16_u(v128.load64_zero(column + (i << 3))) : v128.load(column + (i << 4));
      v128.store(IDS + (i << 4), v128.and(v, i16x8.eq(v128.and(i16x8.splat(<i16>load<u8>(p + i)), bit), bit)));
    }
    return 8192;
  }
  let w = IDS;
  if (isList(set)) {
    const p = ptr(set);
    for (let i: u32 = 0; i < n; i++, w += 2) {
      const v = item(p, i);
      store<u16>(w, width == 1 ? <u16>load<u8>(column + v) : load<u16>(column + (v << 1)));
    }
  } else {
    const p = bits(set);
    for (let i: usize = 0; i < WORDS; i += 8) {
      let m = load<u64>(p + i);
      while (m != 0) {
        const v = (i << 3) + <usize>ctz(m);
        store<u16>(w, width == 1 ? <u16>load<u8>(column + v) : load<u16>(column + (v << 1)));
        w += 2;
        m &= m - 1;
      }
    }
  }
  v128.store(w, i16x8.splat(0));
  return (n + 7) >> 3;
}

@inline function sumOf(counts: v128): u32 {
  const s = i32x4.extadd_pairwise_i16x8_u(counts);
  return i32x4.extract_lane(s, 0) + i32x4.extract_lane(s, 1) + i32x4.extract_lane(s, 2) + i32x4.extract_lane(s, 3);
}

/** Replaces four edges, none of which is 0, by how many of the codes at IDS are not below them. */
function fourEdges(eights: u32, edges: usize): void {
  const turn = i16x8.splat(<i16>0x8000); // there is no comparison of unsigned ones that takes one instruction
  const a = i16x8.splat(<i16>(load<u32>(edges) - 0x8001)), b = i16x8.splat(<i16>(load<u32>(edges, 4) - 0x8001));
  const c = i16x8.splat(<i16>(load<u32>(edges, 8) - 0x8001)), d = i16x8.splat(<i16>(load<u32>(edges, 12) - 0x8001));
  let na = i16x8.splat(0), nb = i16x8.splat(0), nc = i16x8.splat(0), nd = i16x8.splat(0);
  for (let i: u32 = 0; i < eights; i++) {
    const v = v128.xor(v128.load(IDS + ((<usize>i) << 4)), turn);
    na = i16x8.sub(na, i16x8.gt_s(v, a));
    nb = i16x8.sub(nb, i16x8.gt_s(v, b));
    nc = i16x8.sub(nc, i16x8.gt_s(v, c));
    nd = i16x8.sub(nd, i16x8.gt_s(v, d));
  }
  store<u32>(edges, sumOf(na));
  store<u32>(edges, sumOf(nb), 4);
  store<u32>(edges, sumOf(nc), 8);
  store<u32>(edges, sumOf(nd), 12);
}

/**
 * Adds the people of a set to the first `n` bins of the histogram: bin i has those from `from` + i × `each` on, below the next; answers how many have no
 * value. Edges become codes, so no value is looked up: how many are not below each edge is a comparison, and a bin is the difference of two.
 */
export function bars(set: u32, header: usize, from: i64, each: i64, n: u32): u32 {
  if (set == 0) return 0;
  const all = countOf(set);
  if (header == 0) return all;
  const base = load<i64>(header, 8), least = load<u64>(header, 32), greatest = load<u64>(header, 40), known = both(set, load<u32>(header, 28));
  const width = load<u32>(header, 4), column = <usize>load<u32>(header, 16), dictionary = <usize>load<u32>(header, 20), entries = load<u32>(header, 24);
  let below: u32 = 0, inside: u32 = 0; // edges that everybody is beyond, and those that somebody may be on either side of
  for (let i: u32 = 0; i <= n; i++) {
    const edge = from + <i64>i * each, code = edge < base ? 1 : <u64>(edge - base) + 1;
    if (code <= least) below++;
    else if (code <= greatest) {
      store<u32>(EDGES + ((<usize>inside) << 2), dictionary ? placeOf(dictionary, entries, width, code) : <u32>code);
      inside++;
    }
  }
  if (inside > 0) {
    const eights = takenOut(set, all, column, dictionary ? 2 : width);
    for (let i: u32 = 0; i < inside; i += 4) fourEdges(eights, EDGES + ((<usize>i) << 2));
  }
  for (let i: u32 = 0; i < n; i++) addTo(i, beyond(i, below, inside, known) - beyond(i + 1, below, inside, known));
  return all - known;
}

/** How many are not below edge `i`. */
@inline function beyond(i: u32, below: u32, inside: u32, known: u32): u32 {
  return i < below ? known : i < below + inside ? load<u32>(EDGES + (<usize>(i - below) << 2)) : 0;
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

/** Writes for each customer the place that PLACES has for his code (u32): its lower eight bits to a column, the ninth to a bitmap if there is one. */
export function placesOf(column: usize, width: u32, to: usize, upper: usize): void {
  if (upper) memory.fill(upper, 0, WORDS);
  for (let i: u32 = 0; i < 65536; i++) {
    const place = load<u32>(PLACES + (<usize>codeAt(column, width, i) << 2));
    store<u8>(to + i, <u8>place);
    if (place > 255) raise(upper, i);
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
 * Writes every code of a column, ascending, to DICTIONARY and each customer's place among them (u16) to PLACES; answers how many codes there are. Sorted by
 * 16 bits at a time, the lowest first: what was in order stays so.
 */
export function dictionaryOf(column: usize, width: u32, greatest: u64): u32 {
  let order: usize = IDS, next: usize = IDS + 0x20000;
  for (let i: u32 = 0; i < 65536; i++) store<u16>(order + (i << 1), <u16>i);
  for (let shift: u64 = 0; shift < 64 && greatest >> shift != 0; shift += 16) {
    memory.fill(HISTOGRAM, 0, 0x40000);
    for (let i: u32 = 0; i < 65536; i++) {
      const p = HISTOGRAM + (<usize>((codeAt(column, width, i) >> shift) & 0xffff) << 2);
      store<u32>(p, load<u32>(p) + 1);
    }
    let sum: u32 = 0;
    for (let p: usize = HISTOGRAM; p < HISTOGRAM + 0x40000; p += 4) {
      const n = load<u32>(p);
      store<u32>(p, sum);
      sum += n;
    }
    for (let k: u32 = 0; k < 65536; k++) {
      const i = <u32>load<u16>(order + (k << 1)), p = HISTOGRAM + (<usize>((codeAt(column, width, i) >> shift) & 0xffff) << 2);
      const at = load<u32>(p);
      store<u32>(p, at + 1);
      store<u16>(next + (<usize>at << 1), <u16>i);
    }
    const other = order; order = next; next = other;
  }
  let n: u32 = 0, last: u64 = 0;
  for (let k: u32 = 0; k < 65536; k++) {
    const i = <u32>load<u16>(order + (k << 1)), c = codeAt(column, width, i);
    if (k == 0 || c != last) {
      if (width == 4) store<u32>(DICTIONARY + ((<usize>n) << 2), <u32>c);
      else store<u64>(DICTIONARY + ((<usize>n) << 3), c);
      n++;
      last = c;
    }
    store<u16>(PLACES + (<usize>i << 1), <u16>(n - 1));
  }
  return n;
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
