import { createHash } from 'node:crypto';
import { membersOf, type PartyHashes, partiesById, survivorsOf, valuesOf } from '#household';
import type { Ctx } from '#platform/db';
import type { Vault } from '#platform/vault';
import { gradeOf, weightOf } from './evidence.ts';
import * as finding from './findingStore.ts';
import { evidenceOf, type Known, keysOf, MOST_ON_A_KEY, pairsOn } from './model.ts';
import { settle } from './settling.ts';
import type { Found } from './store.ts';

/**
 * Compares parties with those they have a key in common with. Values are opened here, in memory, and go no further: what is kept is which evidence there is.
 * A party is compared with all that was merged into it, as one.
 */

/** One who stands for itself and for all that was merged into it. */
interface Whole extends Known {
  readonly id: string;
  readonly kind: string;
  readonly area: string | null;
}

type Opens = Pick<Vault, 'reveal' | 'hash'>;

export interface Compared {
  readonly pairs: number;
  readonly open: number;
}

/** Brings keys and pairs of these parties up to date; the caller holds the finder's row. */
export async function compareParties(ctx: Ctx, vault: Opens, parties: readonly string[]): Promise<Compared> {
  if (parties.length === 0) return { pairs: 0, open: 0 };
  const { tx, now } = ctx;
  const survivors = await survivorsOf(tx, parties);
  const roots = [...new Set(survivors.values())];
  const mine = await wholesOf(ctx, vault, roots);
  const touched = [...new Set([...parties, ...roots])];
  const keys = [...mine.values()].flatMap((w) =>
    keysOf(w).map(({ kind, text }) => ({ kind, party: w.id, key: vault.hash(`duplicate.${kind}`, text) })),
  );
  const left = await finding.replaceKeys(tx, touched, keys);
  const buckets = await finding.bucketsOf(tx, [...new Set([...keys.map((k) => k.key), ...left])], MOST_ON_A_KEY);
  const isCrowded = (b: finding.Bucket): boolean => b.members.length > MOST_ON_A_KEY;
  await finding.saveCrowds(
    tx,
    {
      crowded: buckets.flatMap((b) => (isCrowded(b) && !b.was_crowded && b.kind ? [{ key: b.key, kind: b.kind }] : [])),
      thinned: buckets.filter((b) => b.was_crowded && !isCrowded(b)).map((b) => b.key),
    },
    now,
  );
  const fresh = new Set(roots);
  const pairs = new Map(
    buckets.flatMap((b) => pairsOn(b.members, (m) => b.was_crowded || fresh.has(m))).map((pair) => [pair.join(), pair] as const),
  );
  const others = [...new Set([...pairs.values()].flat())].filter((id) => !mine.has(id));
  const all = new Map([...mine, ...(await wholesOf(ctx, vault, others))]);
  const found = [...pairs.values()].flatMap(([a, b]) => pairOf(all.get(a), all.get(b)) ?? []);
  const members = await membersOf(tx, [...new Set([...touched, ...found.flatMap((f) => [f.a, f.b])])]);
  return { pairs: pairs.size, open: await settle(ctx, { kind: 'party', touched, found, members }) };
}

function pairOf(a: Whole | undefined, b: Whole | undefined): Found | undefined {
  if (a === undefined || b === undefined || a.kind !== b.kind) return undefined;
  const evidence = evidenceOf(a, b);
  const weight = weightOf(evidence);
  const grade = gradeOf(weight);
  return grade === null ? undefined : { kind: 'party', a: a.id, b: b.id, area_a: a.area, area_b: b.area, evidence, weight, grade };
}

/** What is known of these and of everyone merged into them: the latest value of each kind of each. */
async function wholesOf({ tx }: Ctx, vault: Opens, roots: readonly string[]): Promise<Map<string, Whole>> {
  const members = await membersOf(tx, roots);
  const rows = await partiesById(tx, [...members.values()].flat(), 'all');
  const values = await valuesOf(tx, vault, rows);
  const byId = new Map(rows.map((r) => [r.id, r]));
  const wholes = roots.flatMap((id): Whole[] => {
    const root = byId.get(id);
    if (root === undefined) return [];
    const all = (members.get(id) ?? []).flatMap((m) => byId.get(m) ?? []);
    const clear = (kind: string): string[] => [...new Set(all.flatMap((m) => values.get(m.id)?.get(kind) ?? []))];
    const hashes = (kind: string): string[] => [...new Set(all.flatMap((m) => latestRef(m, kind) ?? []))];
    return [
      {
        id,
        kind: root.kind,
        area: root.area,
        names: clear('name'),
        idNumbers: clear('idNumber'),
        phones: hashes('phone'),
        addresses: hashes('address'),
      },
    ];
  });
  return new Map(wholes.map((w) => [w.id, w]));
}

const latestRef = ({ personal }: PartyHashes, kind: string): string | undefined => personal.find((v) => v.kind === kind)?.ref;

/** Everything on which a comparison of this party rests, as one hash. */
export function printOf({ kind, area, merged_into, personal }: PartyHashes): string {
  const h = createHash('sha256')
    .update(JSON.stringify([kind, area, merged_into, personal.map((v) => [v.kind, v.ref, v.at])]))
    .digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`;
}
