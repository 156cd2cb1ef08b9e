import type { Tag } from '#tag';

export interface Names {
  readonly zh: string;
  readonly en: string;
}

/** A tag as people speak of it. `labels`: what its values are called, by code as `values`. */
export interface NamedTag extends Tag {
  readonly names: Names;
  readonly labels: readonly Names[];
  /** What its facts may be taken out for. */
  readonly purposes: readonly string[];
  /** Kept by the program itself. */
  readonly ours?: boolean;
}

/** A day counted from today in the operator's zone: first months (the same day, or the month's first or last), then days. */
export interface RelativeDay {
  readonly days?: number;
  readonly months?: number;
  readonly edge?: 'start' | 'end';
}

/** An end of a range. `units`: of 10^−scale, days since 1970-01-01 for dates; `said`: as it was written, a number in plain decimals. */
export interface Bound {
  readonly units: number;
  readonly said: string | RelativeDay;
}

/** A condition that holds no other: on one tag, or on a set that is made elsewhere. */
export type Leaf =
  | { readonly op: 'flag'; readonly tag: NamedTag; readonly yes: boolean }
  | { readonly op: 'among'; readonly tag: NamedTag; readonly codes: readonly number[] }
  | { readonly op: 'range'; readonly tag: NamedTag; readonly from: Bound | null; readonly to: Bound | null }
  | { readonly op: 'known'; readonly tag: NamedTag; readonly known: boolean }
  | { readonly op: 'audience'; readonly id: string; readonly name: string; readonly open: boolean; readonly of: Definition }
  | { readonly op: 'list'; readonly id: string; readonly name: string; readonly tag: number }
  | { readonly op: 'top'; readonly n: number; readonly by: NamedTag; readonly order: 'highest' | 'lowest'; readonly of: Definition }
  | { readonly op: 'sample'; readonly share: number; readonly salt: string };

/** Who is meant, read and believed: tags, values, audiences and lists exist, kinds fit. True, false or unknown of each customer, as in SQL. */
export type Definition =
  | { readonly op: 'and'; readonly of: readonly Definition[] }
  | { readonly op: 'or'; readonly of: readonly Definition[] }
  | { readonly op: 'not'; readonly of: Definition }
  | Leaf;

/**
 * A saved audience as others may build on it; `where` is its definition as it was sent. `open`: the caller may name it himself; what is open to him
 * may be built of others that are not.
 */
export interface SavedDefinition {
  readonly id: string;
  readonly name: string;
  readonly open: boolean;
  readonly where: unknown;
}

/** A list of customers that was brought from outside; `tag`: the hidden flag that keeps its members. */
export interface StaticList {
  readonly id: string;
  readonly name: string;
  readonly open: boolean;
  readonly tag: number;
}

/** What a definition may name. */
export interface Catalogue {
  readonly tags: ReadonlyMap<string, NamedTag>;
  readonly audiences: ReadonlyMap<string, SavedDefinition>;
  readonly lists: ReadonlyMap<string, StaticList>;
  /** Today in the operator's zone, in days since 1970-01-01. */
  readonly today: number;
}

/** Everybody: the definition that says nothing. */
export const EVERYBODY: Definition = { op: 'and', of: [] };

/** The ids of tags that a definition looks at, those of audiences within it too. */
export function tagsIn(d: Definition): Set<number> {
  switch (d.op) {
    case 'and':
    case 'or':
      return new Set(d.of.flatMap((x) => [...tagsIn(x)]));
    case 'not':
    case 'audience':
      return tagsIn(d.of);
    case 'top':
      return tagsIn(d.of).add(d.by.id);
    case 'list':
      return new Set([d.tag]);
    case 'sample':
      return new Set();
    default:
      return new Set([d.tag.id]);
  }
}

/** A condition with the path that leads to it. */
export interface Placed {
  readonly path: string;
  readonly leaf: Leaf;
}

/** The conditions of a definition in the order in which they stand; not those within an audience or a `top`. */
export function leavesOf(d: Definition, path = 'where'): Placed[] {
  if (d.op === 'and' || d.op === 'or') return d.of.flatMap((x, i) => leavesOf(x, `${path}.${d.op}[${i}]`));
  if (d.op === 'not') return leavesOf(d.of, `${path}.not`);
  return [{ path, leaf: d }];
}

/** The lines of a funnel: the members of the outermost `and`, else the whole. */
export const linesOf = (d: Definition, path = 'where'): { readonly path: string; readonly line: Definition }[] =>
  d.op === 'and' ? d.of.map((line, i) => ({ path: `${path}.and[${i}]`, line })) : [{ path, line: d }];
