import type { Visits } from '#place/contract';
import type { Case, Detail } from '../retention/cases.ts';
import type { Card } from './customers.ts';

/** Whoever met a customer, as far as the program knows: the retention desk's talks and how they ended, visits of the grid, and where he said what he agrees to. */

export interface Contact {
  readonly at: string;
  readonly by: string;
  readonly through: 'talk' | 'ended' | 'consent' | 'visit';
  /** What was written down; null: nothing, or not the reader's to see. */
  readonly text: string | null;
  /** The case of the retention desk. */
  readonly case: string | null;
  readonly outcome: Case['outcome'];
  /** Of a visit. */
  readonly result: Visit['result'] | null;
}

type Visit = Visits['items'][number];

const none = { text: null, case: null, outcome: null, result: null };

/** What the contacts are made of; what the reader may not see is empty. */
export interface Met {
  readonly consents: Card['consents'];
  readonly cases: readonly Case[];
  readonly details: readonly Detail[];
  readonly visits: readonly Visit[];
}

/** The latest first. Consents that were said at once are one contact. */
export function contactsOf({ consents, cases, details, visits }: Met): Contact[] {
  const talks = details.flatMap(({ id, notes }) =>
    notes.map(({ at, by, text }): Contact => ({ ...none, at, by, through: 'talk', text, case: id })),
  );
  const ends = cases.flatMap(({ id, closedAt, closedBy, holder, outcome }): Contact[] =>
    closedAt === null || holder === null ? [] : [{ ...none, at: closedAt, by: closedBy ?? holder, through: 'ended', case: id, outcome }],
  );
  const said = [...Map.groupBy(consents, (c) => JSON.stringify([c.at, c.by, c.reason])).values()].map(
    ([one]): Contact => ({ ...none, at: one?.at ?? '', by: one?.by ?? '', through: 'consent', text: one?.reason ?? null }),
  );
  const visited = visits.map(({ at, by, result, note }): Contact => ({ ...none, at, by, through: 'visit', text: note, result }));
  return [...talks, ...ends, ...visited, ...said].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
