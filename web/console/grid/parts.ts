import type { EstateFeature, Figure, PlaceMap } from '#place/contract';
import type { Lang } from '../../kit/format.ts';
import { areasBelow } from '../areas.ts';
import type { Area } from '../words.ts';
import { figureOf, type Spot, shareOf } from './mapping.ts';

/** A map of many estates by the areas right below the chosen one, and which of anything needs attention first. Pure. */

type Good = PlaceMap['figures'][number]['good'] | undefined;

interface Shared {
  readonly share: number | null;
}

/** The one that needs most attention first; of what nothing is known comes last. */
export function byNeed<T extends Shared>(rows: readonly T[], good: Good): T[] {
  const turned = good === 'high' ? 1 : -1;
  return [...rows].sort((a, b) => {
    if (a.share === null || b.share === null) return Number(a.share === null) - Number(b.share === null);
    return turned * (a.share - b.share);
  });
}

export interface EstateRow extends Shared {
  readonly estate: EstateFeature;
  readonly asked: Figure | undefined;
}

export function estatesByNeed(map: Pick<PlaceMap, 'features' | 'figures'>, figure: string): EstateRow[] {
  const rows = map.features.map((estate) => ({ estate, asked: figureOf(estate, figure), share: shareOf(figureOf(estate, figure)) }));
  return byNeed(rows, map.figures.find((f) => f.id === figure)?.good);
}

/** What a list of estates is sorted by: what needs attention, how many that is, how many households there are, how it is called. */
export const ORDERS = ['need', 'many', 'households', 'name'] as const;
export type Order = (typeof ORDERS)[number];
export const orderOf = (text: string | undefined): Order => ORDERS.find((order) => order === text) ?? 'need';

/** How many the figure is about: where much is good, those who are not among them. */
export const concerned = ({ asked }: Pick<EstateRow, 'asked'>, good: Good): number | null =>
  asked?.part == null || asked.whole === null ? null : good === 'high' ? asked.whole - asked.part : asked.part;

/** Of equals, and of those of which nothing is known, the one that needs more attention comes first. */
export function sorted(
  map: Pick<PlaceMap, 'features' | 'figures'>,
  { figure, order, lang }: { figure: string; order: Order; lang: Lang },
): EstateRow[] {
  const rows = estatesByNeed(map, figure);
  const good = map.figures.find((f) => f.id === figure)?.good;
  const name = ({ estate }: EstateRow) => estate.properties.names[lang === 'zh-CN' ? 'zh' : 'en'];
  const least = Number.NEGATIVE_INFINITY;
  if (order === 'many') return rows.sort((a, b) => (concerned(b, good) ?? least) - (concerned(a, good) ?? least) || 0);
  if (order === 'households')
    return rows.sort((a, b) => (b.estate.properties.households ?? least) - (a.estate.properties.households ?? least) || 0);
  if (order === 'name') return rows.sort((a, b) => name(a).localeCompare(name(b), lang));
  return rows;
}

/** Estates whose name, in either language, or grid has these words. */
export function soughtAmong(features: readonly EstateFeature[], text: string, nameOf: (area: string) => string): EstateFeature[] {
  const words = text.trim().toLowerCase();
  return features.filter(({ properties: { names, area } }) => `${names.zh} ${names.en} ${nameOf(area)}`.toLowerCase().includes(words));
}

/** One page of some rows, the last one where there are fewer; pages count from 1, and what is no number is the first. */
export function pageOf<T>(rows: readonly T[], asked: number, size: number): { page: number; items: T[]; more: boolean } {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
  return { page, items: rows.slice((page - 1) * size, page * size), more: page < pages };
}

export interface Part extends Shared {
  readonly area: string;
  readonly estates: readonly EstateFeature[];
  /** Added up over the estates of which both are known. */
  readonly part: number;
  readonly whole: number;
}

/** The estates by the areas right below the chosen one; none where all lie in one of them. */
export function partsOf(features: readonly EstateFeature[], figure: string, areas: Area[], chosen: string | undefined): Part[] {
  const below = new Set(areasBelow(areas, chosen).map(({ code }) => code));
  const parent = new Map(areas.map((area) => [area.code, area.parent]));
  const partOf = (code: string): string | undefined => {
    for (let at: string | null | undefined = code; at; at = parent.get(at)) if (below.has(at)) return at;
    return undefined;
  };
  const parts = [...Map.groupBy(features, (f) => partOf(f.properties.area))].flatMap(([area, estates]): Part[] => {
    if (area === undefined) return [];
    const known = estates.map((e) => figureOf(e, figure)).filter((f) => shareOf(f) !== null);
    const [part, whole] = [known.reduce((n, f) => n + (f?.part ?? 0), 0), known.reduce((n, f) => n + (f?.whole ?? 0), 0)];
    return [{ area, estates, part, whole, share: whole === 0 ? null : part / whole }];
  });
  return parts.length < 2 ? [] : parts;
}

/** The tightest line around some spots (Andrew's monotone chain), clockwise on a screen. */
export function hullOf(spots: readonly Spot[]): Spot[] {
  const sorted = [...spots].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o: Spot, a: Spot, b: Spot) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (list: readonly Spot[]): Spot[] => {
    const out: Spot[] = [];
    for (const spot of list) {
      while (out.length > 1 && turn(out.at(-2) as Spot, out.at(-1) as Spot, spot) <= 0) out.pop();
      out.push(spot);
    }
    return out.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}
