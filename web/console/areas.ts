import type { Area } from './words.ts';

/** The areas as a flat list in the order of the tree, with their depth: what a select shows. */
export function areaTree(areas: Area[]): { area: Area; depth: number }[] {
  const known = new Set(areas.map((a) => a.code));
  const below = new Map<string | null, Area[]>();
  for (const area of areas) {
    const parent = area.parent && known.has(area.parent) ? area.parent : null;
    below.set(parent, [...(below.get(parent) ?? []), area]);
  }
  const walk = (parent: string | null, depth: number): { area: Area; depth: number }[] =>
    (below.get(parent) ?? []).flatMap((area) => [{ area, depth }, ...walk(area.code, depth + 1)]);
  return walk(null, 0);
}

/** The areas right below one: the districts of a city. With a single top, no choice means below that top. */
export function areasBelow(areas: Area[], code: string | undefined): Area[] {
  const tops = areaTree(areas).filter((a) => a.depth === 0);
  const parent = code ?? (tops.length === 1 ? tops[0]!.area.code : undefined);
  const below = areas.filter((a) => a.parent === parent);
  if (parent === undefined) return tops.map((a) => a.area);
  return below.length > 0 ? below : areas.filter((a) => a.code === parent);
}

export interface AreaCount {
  id: string;
  open: number;
  overdue: number;
  dueSoon: number;
  waiting: number;
}

/** Counts of any level added up to the areas given; what lies below none of them is left out. */
export function rollUp(counts: AreaCount[], areas: Area[], onto: Area[]): AreaCount[] {
  const parent = new Map(areas.map((a) => [a.code, a.parent]));
  const sums = new Map(onto.map((a) => [a.code, { id: a.code, open: 0, overdue: 0, dueSoon: 0, waiting: 0 }]));
  for (const count of counts) {
    let code: string | null | undefined = count.id;
    while (code && !sums.has(code)) code = parent.get(code);
    const sum = code ? sums.get(code) : undefined;
    if (!sum) continue;
    sum.open += count.open;
    sum.overdue += count.overdue;
    sum.dueSoon += count.dueSoon;
    sum.waiting += count.waiting;
  }
  return [...sums.values()];
}

/** An area and everything below it, as the lists want it; nothing where it is all that the reader may see anyway. */
export function areaCodes(areas: Area[], code: string | undefined): string | undefined {
  if (!code) return undefined;
  const tree = areaTree(areas);
  const at = tree.findIndex((line) => line.area.code === code);
  if (at < 0) return code;
  const end = tree.findIndex((line, i) => i > at && line.depth <= tree[at]!.depth);
  const below = tree.slice(at, end < 0 ? undefined : end);
  return below.length === tree.length ? undefined : below.map((line) => line.area.code).join(',');
}
