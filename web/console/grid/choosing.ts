import type { Area } from '../words.ts';

/** The grid whose homes can be asked for: the chosen one, or the reader's only one; undefined: he has to choose first. */
export function gridAsked(areas: readonly Pick<Area, 'code' | 'parent'>[], chosen: string | undefined): string | undefined {
  const parents = new Set(areas.map((area) => area.parent));
  const grids = areas.filter((area) => !parents.has(area.code));
  if (chosen === undefined) return grids.length === 1 ? grids[0]?.code : undefined;
  return parents.has(chosen) ? undefined : chosen;
}
