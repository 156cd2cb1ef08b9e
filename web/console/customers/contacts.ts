import type { Case, Detail } from '../retention/cases.ts';
import type { Card } from './customers.ts';

/** Whoever met a customer, as far as the program knows: the retention desk's talks and how they ended, and where he said what he agrees to. */

export interface Contact {
  readonly at: string;
  readonly by: string;
  readonly through: 'talk' | 'ended' | 'consent';
  /** What was written down; null: nothing, or not the reader's to see. */
  readonly text: string | null;
  /** The case of the retention desk. */
  readonly case: string | null;
  readonly outcome: Case['outcome'];
}

const none = { text: null, case: null, outcome: null };

/** The latest first. Consents that were said at once are one contact. */
export function contactsOf(consents: Card['consents'], cases: readonly Case[], details: readonly Detail[]): Contact[] {
  const talks = details.flatMap(({ id, notes }) =>
    notes.map(({ at, by, text }): Contact => ({ ...none, at, by, through: 'talk', text, case: id })),
  );
  const ends = cases.flatMap(({ id, closedAt, closedBy, holder, outcome }): Contact[] =>
    closedAt === null || holder === null ? [] : [{ ...none, at: closedAt, by: closedBy ?? holder, through: 'ended', case: id, outcome }],
  );
  const said = [...Map.groupBy(consents, (c) => JSON.stringify([c.at, c.by, c.reason])).values()].map(
    ([one]): Contact => ({ ...none, at: one?.at ?? '', by: one?.by ?? '', through: 'consent', text: one?.reason ?? null }),
  );
  return [...talks, ...ends, ...said].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
