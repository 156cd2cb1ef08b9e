/** Names that somebody may have meant. */

const SHOWN = 3;

/** At most three of the names, the likeliest first: what begins or ends alike, then what is few letters away. */
export function nearest(name: string, names: Iterable<string>): string[] {
  const wanted = fold(name);
  const most = Math.max(1, Math.floor(wanted.length / 3));
  return [...names]
    .map((n) => ({ n, far: distance(wanted, fold(n), most) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far || a.n.length - b.n.length || (a.n < b.n ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ n }) => n);
}

const fold = (text: string): string => text.slice(0, 64).normalize('NFKC').toLowerCase();

/** Levenshtein's, given up beyond `most`; what contains the other is at most as far as the shortest change. */
function distance(a: string, b: string, most: number): number {
  if (a.length > 1 && b.length > 1 && (a.includes(b) || b.includes(a))) return 1;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] as number;
}
