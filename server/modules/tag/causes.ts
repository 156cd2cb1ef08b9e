/**
 * Why a tag's figures are other than when the last day was closed. They are cut at each *mark* (somebody said what he was about to do) into stretches; what
 * joined and left is known beside them, and what remains of a stretch is its batches' doing. So the causes add up to the whole, whatever happened.
 */

/** Figures that add up, or the difference of two: of how many known, of how many yes, the sum of the values in units. */
export interface Figure {
  readonly known: number;
  readonly yes: number;
  readonly sum: bigint;
}

/** The tag at one instant. `moved`: what joined less what left since the last closed day; `batch`: the last that touched the tag. */
export interface Reading {
  readonly batch: number;
  readonly scale: number;
  readonly figure: Figure;
  readonly moved: Figure;
}

/** Taken just before an act whose doer says what it is. No reading: the figures were being counted. */
export interface Mark {
  readonly batch: number;
  readonly at: number;
  readonly kind: MarkKind;
  readonly said: { readonly zh: string; readonly en: string };
  readonly reading: Reading | null;
}

/** `edited`: the rule that makes the tag was changed. */
export const MARKS = ['edited'] as const;
export type MarkKind = (typeof MARKS)[number];

/** What happened from one reading to the next. `blurred`: a mark without a reading lies within, so nobody can tell its part from the rest. */
export interface Stretch {
  readonly after: number;
  readonly until: number;
  readonly by: Figure;
  readonly marks: readonly Mark[];
  readonly blurred: boolean;
}

/** The batches of a stretch: how many, customers that they changed together, the latest few. */
export interface Batches {
  readonly count: number;
  readonly customers: number;
  readonly source: string;
  readonly latest: readonly { readonly id: number; readonly at: number; readonly customers: number }[];
}

export type Cause =
  | { readonly kind: 'moved'; readonly by: Figure; readonly batches: Batches }
  | { readonly kind: 'edited'; readonly by: Figure; readonly at: number; readonly said: Mark['said']; readonly batches: Batches | null }
  | { readonly kind: 'joined' | 'left'; readonly by: Figure; readonly people: number }
  | { readonly kind: 'unattributed'; readonly by: Figure };

export const NOTHING: Figure = { known: 0, yes: 0, sum: 0n };
export const plus = (a: Figure, b: Figure): Figure => ({ known: a.known + b.known, yes: a.yes + b.yes, sum: a.sum + b.sum });
export const negative = (a: Figure): Figure => ({ known: 0 - a.known, yes: 0 - a.yes, sum: -a.sum });
export const minus = (a: Figure, b: Figure): Figure => plus(a, negative(b));
export const isNothing = ({ known, yes, sum }: Figure): boolean => known === 0 && yes === 0 && sum === 0n;

/** A sum in units of another scale, which is never coarser: a tag's decimals only grow. */
export const scaled = (f: Figure, from: number, to: number): Figure => ({ ...f, sum: f.sum * 10n ** BigInt(to - from) });

/** From `before`, through the marks in their order, to `now`; what joined and left is taken out of each. */
export function stretchesOf(before: Reading, marks: readonly Mark[], now: Reading): Stretch[] {
  const own = (r: Reading) => scaled(minus(r.figure, r.moved), r.scale, now.scale);
  const out: Stretch[] = [];
  let from = before;
  let open: Mark[] = [];
  let blurred = false;
  const cut = (to: Reading) => {
    out.push({ after: from.batch, until: to.batch, by: minus(own(to), own(from)), marks: open, blurred });
    [from, open, blurred] = [to, [], false];
  };
  for (const mark of marks) {
    if (mark.reading === null) blurred = true;
    else cut(mark.reading);
    open = [...open, mark];
  }
  cut(now);
  return out;
}

/** `batches`: of each stretch, null where none touched the tag. What is nothing and has no doer is left out. */
export function causesOf(
  stretches: readonly Stretch[],
  batches: readonly (Batches | null)[],
  population: { readonly came: Figure; readonly went: Figure; readonly joined: number; readonly left: number },
): Cause[] {
  const causes = stretches.flatMap((stretch, i): Cause[] => causeOf(stretch, batches[i] ?? null));
  if (!isNothing(population.came)) causes.push({ kind: 'joined', by: population.came, people: population.joined });
  if (!isNothing(population.went)) causes.push({ kind: 'left', by: negative(population.went), people: population.left });
  return causes;
}

function causeOf({ by, marks, blurred }: Stretch, batches: Batches | null): Cause[] {
  const mark = marks.at(-1);
  if (blurred) return isNothing(by) ? [] : [{ kind: 'unattributed', by }];
  if (mark !== undefined) return [{ kind: mark.kind, by, at: mark.at, said: mark.said, batches }];
  if (batches !== null) return [{ kind: 'moved', by, batches }];
  return isNothing(by) ? [] : [{ kind: 'unattributed', by }];
}

/** What a tag is by: how far the figure that moved most is from what it was. `share`: of what it was; null: it was nothing. */
export interface Movement {
  readonly measure: 'yes' | 'known' | 'mean' | 'mix';
  readonly by: number;
  readonly share: number | null;
}

/** One side of a comparison. `mean` in the tag's own measure; `counts`: people by code. */
export interface Side {
  readonly known: number;
  readonly yes: number;
  readonly mean: number | null;
  readonly counts: readonly number[];
}

/**
 * The figure of a tag's kind that moved most; of equal ones the first: yes before known of a flag, known before the mean of a number or the mix of a
 * one-of (people whose value would have to change to make one day's values the other's).
 */
export function movementOf(kind: 'flag' | 'oneOf' | 'number' | 'date', was: Side, is: Side): Movement {
  const moves: Movement[] = [];
  const add = (measure: Movement['measure'], by: number, of: number) =>
    moves.push({ measure, by, share: by === 0 ? 0 : of === 0 ? null : by / Math.abs(of) });
  if (kind === 'flag') add('yes', is.yes - was.yes, was.yes);
  add('known', is.known - was.known, was.known);
  if (kind === 'number' && was.mean !== null && is.mean !== null) add('mean', is.mean - was.mean, was.mean);
  if (kind === 'oneOf') add('mix', mixed(was.counts, is.counts), Math.min(was.known, is.known));
  const far = (m: Movement) => (m.share === null ? Number.POSITIVE_INFINITY : Math.abs(m.share));
  return moves.reduce((most, m) => (far(m) > far(most) ? m : most));
}

/** People who changed their value, at least: of what is gone from some values, as much as came to others. */
function mixed(was: readonly number[], is: readonly number[]): number {
  let [more, less] = [0, 0];
  for (let i = 0; i < Math.max(was.length, is.length); i++) {
    const by = (is[i] ?? 0) - (was[i] ?? 0);
    if (by > 0) more += by;
    else less -= by;
  }
  return Math.min(more, less);
}
