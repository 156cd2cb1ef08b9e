/** What the trade calls things; pure decisions about who owns what, and when. */

export const PARTY_KINDS = ['person', 'organisation'] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];
export const SERVICE_KINDS = ['mobile', 'broadband', 'iptv', 'landline', 'line'] as const;
export const SERVICE_STATES = ['active', 'suspended', 'ended'] as const;
export const ACCOUNT_MODES = ['prepaid', 'postpaid'] as const;
export const ACCOUNT_STATES = ['open', 'suspended', 'closed'] as const;
export const BUNDLE_KINDS = ['main-secondary', 'bundle'] as const;
export const ROLES = ['main', 'secondary', 'member'] as const;

/** Months since January 1970, from "2026-11" and back. */
export const monthOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 23_641;
export const monthText = (month: number): string =>
  `${Math.floor(month / 12) + 1970}-${String((((month % 12) + 12) % 12) + 1).padStart(2, '0')}`;

const DAY_MS = 86_400_000;
/** Days since 1970, from "2026-11-22" and back. */
export const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** One party's time with a service, as it was written down. */
export interface Ownership {
  readonly party: string;
  readonly since: number;
  readonly until: number | null;
  /** The transfer that made it; null: a source says so. */
  readonly byAct: string | null;
}

/**
 * How long each really lasted. A transfer ends what began before it (at the same instant: what a source says, and transfers of a lesser id); what a source
 * says began after a transfer ends that. Nothing that is written down is changed, so a transfer is taken back by leaving it out.
 */
export function lasting<T extends Ownership>(rows: readonly T[]): T[] {
  return rows.map((r) => {
    const ends = rows.filter((o) => o !== r && endsIt(o, r)).map((o) => o.since);
    if (r.until !== null) ends.push(r.until);
    return { ...r, until: ends.length === 0 ? null : Math.min(...ends) };
  });
}

function endsIt(next: Ownership, before: Ownership): boolean {
  if (next.byAct === null) return before.byAct !== null && next.since > before.since;
  if (next.since !== before.since) return next.since > before.since;
  return before.byAct === null || next.byAct > before.byAct;
}

/** Does it hold at this instant? */
export const holdsAt = ({ since, until }: { since: number; until: number | null }, at: number): boolean =>
  since <= at && (until === null || at < until);
