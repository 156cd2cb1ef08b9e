import type { MemberRow } from './store.ts';

/** How an object that joins nothing hangs on to a journey: 100 asset, 101 context, 102 a person's value; roots and parts: not at all. */
export const attachment = (o: { readonly kind: string; readonly role: string }): number | undefined => {
  if (o.role === 'asset') return 100;
  if (o.role !== 'context') return undefined;
  return o.kind === 'idNumber' || o.kind === 'phone' ? 102 : 101;
};

/** One row per (object, journey): held since the first event that says so. */
export function leastSince(rows: readonly MemberRow[]): MemberRow[] {
  const out = new Map<string, MemberRow>();
  for (const r of rows) {
    const name = `${r.object}${r.journey}`;
    const known = out.get(name);
    if (known === undefined || r.since < known.since) out.set(name, r);
  }
  return [...out.values()];
}
