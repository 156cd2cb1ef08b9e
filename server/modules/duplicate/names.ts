import { normal } from '#platform/personal';
import { simplified } from './signs.ts';

/** How two written names stand to each other. Pure, and the only place where names are compared sign by sign. */

/** `same`: in the form that is hashed; `script`: but for traditional signs, spaces, dots and full-width forms; `order`: the same words turned round. */
export type Likeness = 'same' | 'script' | 'order' | 'one-sign' | 'differs';

/** The form in which names are compared: normal, simplified, nothing between the signs of a Han name. */
const folded = (name: string): string => simplified(normal('name', name)).replace(/[\s·.,'’-]+/gu, ' ').trim(); // biome-ignore format: one line

const HAN = /^[\p{Script=Han}]+$/u;
const isHan = (name: string): boolean => HAN.test(name.replaceAll(' ', ''));
/** What a Han name keeps when its spaces go; Latin words stay apart. */
const closed = (name: string): string => (isHan(name) ? name.replaceAll(' ', '') : name);

/** A name of fewer signs has too little in it for one of them to be a slip: 王伟 and 王丽 are two people. */
const LEAST_SIGNS = { han: 3, other: 5 } as const;
const MOST_SIGNS = 64;

/** Both in their clear form, any script, any length; what is longer than 64 signs is compared whole or not at all. */
export function likenessOf(a: string, b: string): Likeness {
  if (normal('name', a) === normal('name', b)) return 'same';
  const [x, y] = [wholeForm(a), wholeForm(b)];
  if (x === '' || y === '') return 'differs';
  if (x === y) return 'script';
  if (turned(x) === turned(y)) return 'order';
  return isOneSignApart(x, y) ? 'one-sign' : 'differs';
}

/** What `same` and `script` names have in common. */
export const wholeForm = (name: string): string => closed(folded(name));

/** The same for all orders of a name: words of a Latin name; of a Han name the family name may stand last, so its signs. */
const turned = (name: string): string => {
  const form = closed(name);
  return (isHan(form) ? [...form] : form.split(' ')).toSorted().join(' ');
};

/** One sign more, fewer, another, or two neighbours changed about; the longer of them has enough signs to say something. */
function isOneSignApart(x: string, y: string): boolean {
  const [a, b] = [[...x], [...y]];
  const longer = Math.max(a.length, b.length);
  if (longer > MOST_SIGNS || longer < (isHan(x) && isHan(y) ? LEAST_SIGNS.han : LEAST_SIGNS.other)) return false;
  return withinOneSlip(a, b);
}

/** At most one sign put in, left out, exchanged, or two neighbours changed about (restricted Damerau–Levenshtein distance ≤ 1). */
export function withinOneSlip(a: readonly string[], b: readonly string[]): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [left, right] = [a.length - head - tail, b.length - head - tail];
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[head] === b[head + 1] && a[head + 1] === b[head];
}

/**
 * Forms that two names share when they are alike: the folded name, its order turned, and each form with one sign left out (so one sign more, fewer or
 * another meet in one of them; after SymSpell's symmetric deletion). At most 14 for hostile lengths: a longer name gives only its whole forms.
 */
export function meetingForms(name: string): string[] {
  const form = wholeForm(name);
  const signs = [...form];
  if (form === '') return [];
  const shorter = signs.length > 12 ? [] : signs.map((_, i) => signs.toSpliced(i, 1).join(''));
  return [...new Set([form, `~${turned(form)}`, ...shorter.filter((s) => s !== '')])];
}
