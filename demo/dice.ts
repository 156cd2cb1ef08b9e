/**
 * Repeatable chance. A die is made from a seed and labels, so each journey, customer and day has its own stream: one more throw in one
 * of them moves nothing in another.
 */

/** The next number in [0, 1). */
export type Dice = () => number;

/** FNV-1a with a last mix, 32 bits. */
function hashOf(text: string, salt: number): number {
  let h = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A stream of its own for these labels (sfc32). */
export function diceOf(...labels: readonly (string | number)[]): Dice {
  const text = labels.join('\0');
  let a = hashOf(text, 1);
  let b = hashOf(text, 2);
  let c = hashOf(text, 3);
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
  for (let i = 0; i < 8; i++) next();
  return next;
}

/** One number in [0, 1) for these labels alone. */
export const share = (...labels: readonly (string | number)[]): number => hashOf(labels.join('\0'), 7) / 4_294_967_296;

export const chance = (dice: Dice, p: number): boolean => dice() < p;

export const between = (dice: Dice, from: number, to: number): number => from + dice() * (to - from);

/** A whole number, both ends included. */
export const whole = (dice: Dice, from: number, to: number): number => from + Math.floor(dice() * (to - from + 1));

export function pick<T>(dice: Dice, list: readonly T[]): T {
  if (list.length === 0) throw new RangeError('nothing to pick from');
  return list[Math.floor(dice() * list.length)] as T;
}

/** One of the list, each as likely as its weight. */
export function weighted<T>(dice: Dice, list: readonly (readonly [T, number])[]): T {
  let left = dice() * list.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [what, weight] of list) {
    left -= weight;
    if (left < 0) return what;
  }
  return list[list.length - 1]![0];
}

const normal = (dice: Dice): number => Math.sqrt(-2 * Math.log(1 - dice())) * Math.cos(2 * Math.PI * dice());

/** z of the 90th percentile of the normal distribution. */
const Z90 = 1.2815515655446004;

/** A duration with this median and 90th percentile, never beyond twice `p90`: trades have long tails, not endless ones. */
export function lognormal(dice: Dice, p50: number, p90: number): number {
  if (p50 <= 0) return p90 <= 0 ? 0 : dice() * p90;
  const sigma = Math.log(Math.max(p90 / p50, 1.05)) / Z90;
  return Math.min(p50 * Math.exp(sigma * normal(dice)), 2 * p90);
}
