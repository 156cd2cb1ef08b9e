import { hashOf, type Plan } from '#audience';
import { BLOCK, type Cells, codeAt, EVERYONE } from '#tag';

/** Whom a model is for, read off the opened blocks of 65,536 neighbours: the audience engine's sets, without its memories. */

/** Opened blocks by tag; a tag that is not there is known of nobody. */
export type Opened = ReadonlyMap<number, Cells>;

type Ranking = Extract<Plan, { op: 'top' }>;
/** A ranking whose last value is known: in are those of `of` who are better, and of those with the `last` value the first ones, so many in each block. */
export interface Best extends Pick<Ranking, 'by' | 'order' | 'side'> {
  readonly op: 'best';
  readonly of: Settled;
  /** In units of the number; null: there are no more than were asked for, so all of whom it is known are in. */
  readonly last: number | null;
  readonly equal: Readonly<Record<number, number>>;
}
/** A plan that each block can be asked by itself. */
export type Settled = { readonly op: 'and' | 'or'; readonly of: readonly Settled[] } | Exclude<Plan, Ranking | { op: 'and' | 'or' }> | Best;

/** Every tag that a plan looks at. */
export function tagsIn(plan: Plan | Settled): number[] {
  if (plan.op === 'and' || plan.op === 'or') return [...new Set(plan.of.flatMap(tagsIn))];
  if (plan.op === 'top' || plan.op === 'best') return [...new Set([plan.by, ...tagsIn(plan.of)])];
  return 'tag' in plan ? [plan.tag] : [];
}

/** 1 for each place of the block whose customer counts and is in the plan's set. */
export function membersIn(plan: Settled, block: number, opened: Opened): Uint8Array {
  const of = placesIn(plan, block, opened);
  const everyone = flagged(opened.get(EVERYONE), 1);
  return of.map((one, at) => one & (everyone[at] as number));
}

const filled = (one: number): Uint8Array => new Uint8Array(BLOCK).fill(one);

function placesIn(plan: Settled, block: number, opened: Opened): Uint8Array {
  switch (plan.op) {
    case 'everyone':
      return filled(1);
    case 'nobody':
      return filled(0);
    case 'and':
      return plan.of.map((p) => placesIn(p, block, opened)).reduce((a, b) => a.map((one, at) => one & (b[at] as number)), filled(1));
    case 'or':
      return plan.of.map((p) => placesIn(p, block, opened)).reduce((a, b) => a.map((one, at) => one | (b[at] as number)), filled(0));
    case 'flag':
      return flagged(opened.get(plan.tag), plan.side === 'yes' ? 1 : 0);
    case 'known':
      return where(opened.get(plan.tag), () => true);
    case 'unknown':
      return where(opened.get(plan.tag), () => true).map((one) => 1 - one);
    case 'codes': {
      const codes = new Set(plan.codes);
      return where(opened.get(plan.tag), (code) => codes.has(code) === (plan.side === 'in'));
    }
    case 'range': {
      const [from, to] = [plan.from ?? Number.NEGATIVE_INFINITY, plan.to ?? Number.POSITIVE_INFINITY];
      return where(opened.get(plan.tag), (code) => (code >= from && code <= to) === (plan.side === 'in'));
    }
    case 'sample':
      return Uint8Array.from({ length: BLOCK }, (_, at) =>
        Number(hashOf(block * BLOCK + at, plan.salt) < plan.below === (plan.side === 'in')),
      );
    case 'best':
      return bestIn(plan, block, opened);
  }
}

function bestIn({ by, order, of, side, last, equal }: Best, block: number, opened: Opened): Uint8Array {
  const out = membersIn(of, block, opened);
  const cells = opened.get(by);
  let left = equal[block] ?? 0;
  for (let at = 0; at < BLOCK; at++) {
    if (out[at] === 0) continue;
    const value = cells === undefined ? Number.NaN : codeAt(cells, at);
    const isBetter = !Number.isNaN(value) && (last === null || (order === 'highest' ? value > last : value < last));
    out[at] = Number(isBetter || (value === last && left-- > 0));
  }
  return side === 'in' ? out : out.map((one) => 1 - one);
}

const flagged = (cells: Cells | undefined, code: number): Uint8Array => where(cells, (c) => c === code);

/** Of whom a value is known that passes. */
function where(cells: Cells | undefined, passes: (code: number) => boolean): Uint8Array {
  const out = new Uint8Array(BLOCK);
  if (cells === undefined) return out;
  for (let at = 0; at < BLOCK; at++) {
    const code = codeAt(cells, at);
    if (!Number.isNaN(code) && passes(code)) out[at] = 1;
  }
  return out;
}

/** Of the training sample alone, so that nobody else's sample has the same people. */
const SALT = 0x6d6f6465;

/** Which of these are drawn by the stable hash, so that about `most` of `all` are; the same ones every time. Another `draw` has others. */
export function drawn(
  members: Uint8Array,
  block: number,
  { most, all, draw = 0 }: { most: number; all: number; draw?: number },
): Uint8Array {
  if (all <= most) return members;
  return members.map((one, at) => one & Number(isDrawn(block * BLOCK + at, { most, all, draw })));
}

export const isDrawn = (ordinal: number, { most, all, draw = 0 }: { most: number; all: number; draw?: number }): boolean =>
  all <= most || hashOf(ordinal, SALT + draw) < Math.floor((most / all) * 2 ** 32);
