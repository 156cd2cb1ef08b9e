/**
 * The id that comes after (`by` 1) or before (−1) the open one; none at the ends. `place`: where the open one stood when the list still had it; once it has
 * left the list (it was closed, or taken), whoever stands in its place now comes next.
 */
export function stepFrom(ids: readonly string[], open: string | undefined, place: number, by: 1 | -1): string | undefined {
  const at = open === undefined ? -1 : ids.indexOf(open);
  if (open !== undefined && at < 0) return ids[by === 1 ? place : place - 1];
  return open === undefined && by === -1 ? undefined : ids[at + by];
}
