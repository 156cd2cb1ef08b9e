export interface Difference {
  /** `keys.order`, `data.reason`, `time` … */
  path: string;
  kept: string | null;
  other: string | null;
  differs: boolean;
}

/** What we add to an event is no part of what was sent. */
const OURS = new Set(['ref', 'receivedAt', 'milestone', 'marks']);

function flat(value: unknown, path: string, into: Map<string, string>) {
  if (value === undefined) return;
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) if (path || !OURS.has(name)) flat(inner, path ? `${path}.${name}` : name, into);
    return;
  }
  into.set(path, Array.isArray(value) ? value.map(String).join(', ') : String(value));
}

/** Two events field by field, the differing ones first; times are compared as instants, not as texts, and `seq` makes no difference. */
export function differences(kept: object, other: object): Difference[] {
  const left = new Map<string, string>();
  const right = new Map<string, string>();
  flat(kept, '', left);
  flat(other, '', right);
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  const same = (path: string) => {
    const [a, b] = [left.get(path), right.get(path)];
    if (a === b || path === 'seq') return true;
    return path === 'time' && a !== undefined && b !== undefined && Date.parse(a) === Date.parse(b);
  };
  return paths
    .map((path) => ({ path, kept: left.get(path) ?? null, other: right.get(path) ?? null, differs: !same(path) }))
    .sort((a, b) => Number(b.differs) - Number(a.differs));
}
