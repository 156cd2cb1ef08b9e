/** The next number in [0, 1). */
export type Chance = () => number;

/** Repeatable chance: the same seed and labels give the same numbers, other labels a stream of their own. (sfc32, seeded by FNV-1a) */
export function chanceOf(...labels: readonly number[]): Chance {
  let a = hashOf(labels, 1);
  let b = hashOf(labels, 2);
  let c = hashOf(labels, 3);
  let d = 1;
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

function hashOf(labels: readonly number[], salt: number): number {
  let h = 0x811c9dc5 ^ salt;
  for (const label of labels) {
    for (let byte = 0; byte < 4; byte++) h = Math.imul(h ^ ((label >>> (byte * 8)) & 0xff), 0x01000193);
  }
  return h >>> 0;
}

/** The list in an order of chance, in place. (Fisher and Yates) */
export function shuffle(list: Uint32Array, chance: Chance): Uint32Array {
  for (let at = 0; at < list.length - 1; at++) {
    const other = at + Math.floor(chance() * (list.length - at));
    const held = list[at]!;
    list[at] = list[other]!;
    list[other] = held;
  }
  return list;
}

/** So many of the list by chance, each as likely, in their order; the whole list where there are no more. (Knuth's algorithm S) */
export function drawn(list: Uint32Array, count: number, chance: Chance): Uint32Array {
  if (count >= list.length) return list.slice();
  const out = new Uint32Array(count);
  let taken = 0;
  for (let at = 0; taken < count; at++) if (chance() * (list.length - at) < count - taken) out[taken++] = list[at]!;
  return out;
}
