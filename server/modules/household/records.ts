import type { HouseholdRecord } from './contract.ts';

/** What is wrong with a record beyond its form; pure. */

export interface Mistake {
  readonly code: string;
  readonly details: Record<string, string>;
}

/** A source's clock may run ahead a little; a word from further ahead could never be corrected. */
const AHEAD_MS = 24 * 3_600_000;

type Ref = string | { readonly source: string };
const isOwn = (ref: Ref, source: string): boolean => typeof ref === 'string' || ref.source === source;

/** The two things that a link is between. */
function endsOf(r: HouseholdRecord): readonly Ref[] {
  if (r.kind === 'owner') return [r.service, r.party];
  if (r.kind === 'payer') return [r.account, r.party];
  if (r.kind === 'charge') return [r.service, r.account];
  if (r.kind === 'tie') return [r.bundle, r.service];
  return [];
}

/** Undefined: it may be believed. `now`: epoch ms. */
export function mistakeIn(r: HouseholdRecord, now: number): Mistake | undefined {
  if (Date.parse(r.at) > now + AHEAD_MS) return { code: 'record.impossible-time', details: { path: 'at' } };
  if ('until' in r && r.until !== null && Date.parse(r.until) < Date.parse(r.since))
    return { code: 'record.ends-first', details: { path: 'until' } };
  if (r.kind === 'service' && r.since !== null && r.ended !== null && Date.parse(r.ended) < Date.parse(r.since))
    return { code: 'record.ends-first', details: { path: 'ended' } };
  if (r.kind === 'contract' && r.ends !== null && r.ends < r.starts) return { code: 'record.ends-first', details: { path: 'ends' } };
  if (r.kind === 'bill' && !isOwn(r.account, r.source)) return { code: 'record.foreign-account', details: { path: 'account' } };
  const ends = endsOf(r);
  if (ends.length > 0 && !ends.some((ref) => isOwn(ref, r.source))) return { code: 'record.foreign-link', details: { path: r.kind } };
  return undefined;
}
