import type { Actor } from '#platform/actor';
import type { Db } from '#platform/db';
import { addTags, changeTags, OURS } from '#tag';
import type { TagKind, TagValue } from '#tag/contract';

/** For tests only: two estates of one grid and one of another, and people of whom much, little or nothing is known. */

export const KINDS: Readonly<Record<string, TagKind>> = {
  own: 'flag',
  area: 'oneOf',
  estate: 'oneOf',
  building: 'oneOf',
  broadband: 'flag',
  fiveG: 'flag',
  'broadband.speed': 'oneOf',
  fttr: 'flag',
  'score.churn': 'number',
  'score.broadband': 'number',
  'score.fiveG': 'number',
  'contract.ends': 'date',
  'stop.requested': 'date',
  'fault.open': 'flag',
  'consent.visit': 'flag',
  doNotDisturb: 'flag',
  arpu: 'number',
  complaints: 'number',
  age: 'number',
  tier: 'oneOf',
};

export type Person = Readonly<Record<string, Exclude<TagValue, null>>>;

export const staff = (id: string, areas: Actor['areas'], rights: readonly string[]): Actor => ({
  kind: 'staff',
  id,
  name: id,
  rights: new Set(rights),
  areas,
});

/** Puts down what is known of people by their ordinals. */
export async function know(db: Db, actor: Actor, people: readonly Person[]): Promise<void> {
  await addTags(
    db,
    Object.entries(KINDS).map(([name, kind]) => ({ name, kind, source: OURS })),
    0,
  );
  await db.inTx(actor, (ctx) =>
    changeTags(ctx, { source: OURS, changes: people.map((tags, ordinal) => ({ place: ordinal, ordinal, tags })) }),
  );
}

/** Whole numbers below `n`, the same for the same seed (a linear congruence; Numerical Recipes). */
export function throwsOf(seed: number): (n: number) => number {
  let s = seed >>> 0;
  return (n) => {
    s = (Math.imul(s, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((s / 2 ** 32) * n);
  };
}
