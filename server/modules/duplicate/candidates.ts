import { countedByIds } from '#customer';
import { holdingsOf, membersOf, partiesById } from '#household';
import type { Sql } from '#platform/db';
import type { Candidate } from './model.ts';
import type { PairKind } from './store.ts';

/** The two of a pair as far as it matters for who of them stays, and what hangs on each. */

export interface Side extends Candidate {
  readonly accounts: number;
  /** Under how many numbers of sources it is known, those merged into it counted. */
  readonly numbers: number;
}

/** In the order of `ids`; of one that is no more there is nothing. */
export async function sidesOf(
  sql: Sql,
  { kind, ids, at }: { kind: PairKind; ids: readonly [string, string]; at: number },
): Promise<Map<string, Side>> {
  return kind === 'party' ? partySides(sql, ids, at) : countedSides(sql, ids);
}

async function partySides(sql: Sql, ids: readonly string[], at: number): Promise<Map<string, Side>> {
  const members = await membersOf(sql, ids);
  const rows = await partiesById(sql, [...new Set([...members.values()].flat())], 'all');
  const holdings = await holdingsOf(sql, rows.map((r) => r.id), at); // biome-ignore format: one line
  const sides = ids.flatMap((id): Side[] => {
    const mine = rows.filter((r) => members.get(id)?.includes(r.id));
    const root = mine.find((r) => r.id === id);
    if (root === undefined) return [];
    const held = mine.flatMap((m) => holdings.get(m.id) ?? []);
    const active = held.flatMap((h) => h.services.filter((s) => s.state !== 'ended'));
    const begun = active.flatMap((s) => s.since ?? []);
    return [
      {
        id,
        since: Math.min(...mine.map((m) => m.made_at)),
        services: new Set(active.map((s) => s.id)).size,
        oldestService: begun.length === 0 ? null : begun.reduce((least, t) => Math.min(least, t)),
        hasIdNumber: mine.some((m) => m.personal.some((v) => v.kind === 'idNumber')),
        accounts: new Set(held.flatMap((h) => h.accounts)).size,
        numbers: mine.length,
      },
    ];
  });
  return new Map(sides.map((s) => [s.id, s]));
}

/** A customer of ours stays before an off-net one, whom a service of ours stands for. */
async function countedSides(sql: Sql, ids: readonly string[]): Promise<Map<string, Side>> {
  const rows = await countedByIds(sql, ids);
  return new Map(
    rows.map((c) => [
      c.id,
      {
        id: c.id,
        since: c.since,
        services: c.own === true ? 1 : 0,
        oldestService: c.own === true ? c.since : null,
        hasIdNumber: false,
        accounts: 0,
        numbers: 1,
      },
    ]),
  );
}
