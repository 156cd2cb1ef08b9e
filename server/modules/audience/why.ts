import { all, limitOf, planOf, saltNumber } from './compile.ts';
import type { Definition, Leaf, NamedTag } from './model.ts';
import type { Engine, Plan } from './plan.ts';
import { hashOf } from './sample.ts';

/** Why one customer is in or out: each condition's verdict with the value that made it, and which of them decided. */

export type Verdict = 'true' | 'false' | 'unknown';

/** Of whom it is asked: his ordinal and what is known of him by tag (null = unknown). */
export interface Asked {
  readonly ordinal: number;
  readonly values: ReadonlyMap<number, number | null>;
  readonly engine: Pick<Engine, 'size' | 'members'>;
}

export interface Judged {
  readonly path: string;
  readonly definition: Definition;
  readonly verdict: Verdict;
  readonly of: readonly Judged[];
  /** His place in a ranking, from 1; null where he is not ranked. */
  readonly rank?: number | null;
}

export async function judge(d: Definition, asked: Asked, path = 'where'): Promise<Judged> {
  switch (d.op) {
    case 'and':
    case 'or': {
      const of = await Promise.all(d.of.map((x, i) => judge(x, asked, `${path}.${d.op}[${i}]`)));
      return { path, definition: d, verdict: joined(d.op, of), of };
    }
    case 'not': {
      const inner = await judge(d.of, asked, `${path}.not`);
      return { path, definition: d, verdict: flipped[inner.verdict], of: [inner] };
    }
    case 'audience': {
      const inner = await judge(d.of, asked, `${path}.audience`);
      return { path, definition: d, verdict: isSo(inner.verdict === 'true'), of: [inner] };
    }
    case 'top': {
      const inner = await judge(d.of, asked, `${path}.top.of`);
      const rank = inner.verdict === 'true' ? await rankIn(d, asked) : null;
      return { path, definition: d, verdict: isSo(rank !== null && rank <= d.n), of: [inner], rank };
    }
    default:
      return { path, definition: d, verdict: verdictOf(d, asked), of: [] };
  }
}

const flipped: Readonly<Record<Verdict, Verdict>> = { true: 'false', false: 'true', unknown: 'unknown' };
const isSo = (yes: boolean): Verdict => (yes ? 'true' : 'false');

/** Three-valued: one that decides is enough, else one that is unknown. */
function joined(op: 'and' | 'or', of: readonly Judged[]): Verdict {
  const decided: Verdict = op === 'and' ? 'false' : 'true';
  if (of.some((x) => x.verdict === decided)) return decided;
  return of.some((x) => x.verdict === 'unknown') ? 'unknown' : flipped[decided];
}

function verdictOf(d: Exclude<Leaf, { op: 'audience' | 'top' }>, { ordinal, values }: Asked): Verdict {
  if (d.op === 'sample') return isSo(hashOf(ordinal, saltNumber(d.salt)) < limitOf(d.share));
  if (d.op === 'list') return isSo(values.get(d.tag) === 1);
  const value = values.get(d.tag.id) ?? null;
  if (d.op === 'known') return isSo((value !== null) === d.known);
  if (value === null) return 'unknown';
  if (d.op === 'flag') return isSo((value === 1) === d.yes);
  if (d.op === 'among') return isSo(d.codes.includes(value));
  return isSo(value >= (d.from?.units ?? Number.NEGATIVE_INFINITY) && value <= (d.to?.units ?? Number.POSITIVE_INFINITY));
}

/** The place of a member of `of`, from 1; beyond n it is n + 1 or more; null without a value. */
async function rankIn({ n, by, order, of }: Extract<Leaf, { op: 'top' }>, { ordinal, values, engine }: Asked): Promise<number | null> {
  const value = values.get(by.id) ?? null;
  if (value === null) return null;
  const within = planOf(of);
  const scored = (from: number | null, to: number | null): Plan => all([within, { op: 'range', tag: by.id, from, to, side: 'in' }]);
  const above = await engine.size(order === 'highest' ? scored(value + 1, null) : scored(null, value - 1));
  if (above >= n) return above + 1;
  const place = (await engine.members(scored(value, value), n - above)).indexOf(ordinal);
  return place === -1 ? n + 1 : above + place + 1;
}

/** The parts without which the whole would not be as it is: of a false `and` the false ones, of a true one all; of an unknown one what is unknown. */
export function deciding(whole: Judged): Set<Judged> {
  const out = new Set<Judged>([whole]);
  const { op } = whole.definition;
  const isDecided = op === 'and' ? whole.verdict !== 'true' : whole.verdict !== 'false';
  const parts = (op === 'and' || op === 'or') && isDecided ? whole.of.filter((x) => x.verdict === whole.verdict) : whole.of;
  for (const part of parts) for (const x of deciding(part)) out.add(x);
  return out;
}

/** A condition as it is told, with the `not` that stands right before it. */
export interface Line {
  readonly judged: Judged;
  readonly leaf: Leaf;
  readonly rank: number | null | undefined;
}

/** The conditions in their order; of a ranking, and of an audience that is open to the caller, first themselves, then what they are made of. */
export function linesOf(judged: Judged): Line[] {
  const d = judged.definition;
  const [only] = judged.of;
  if (d.op === 'and' || d.op === 'or') return judged.of.flatMap(linesOf);
  if (d.op !== 'not' || only === undefined) return [{ judged, leaf: d as Leaf, rank: judged.rank }, ...within(judged)];
  const denied = only.definition;
  if (denied.op === 'and' || denied.op === 'or' || denied.op === 'not') return linesOf(only);
  return [{ judged, leaf: denied, rank: only.rank }, ...within(only)];
}

const within = (of: Judged): Line[] => (of.definition.op === 'audience' && !of.definition.open ? [] : of.of.flatMap(linesOf));

/** The tag whose value a condition looks at; undefined where it looks at none. */
export const tagOf = (d: Leaf): NamedTag | undefined =>
  d.op === 'top' ? d.by : 'tag' in d && typeof d.tag === 'object' ? d.tag : undefined;
