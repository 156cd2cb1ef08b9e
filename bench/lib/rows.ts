import { attachment, leastSince } from '../../server/modules/tracking/attachment.ts';
import { pairsOf } from '../../server/modules/tracking/membership.ts';
import { pack } from '../../server/modules/tracking/pack.ts';
import type { Prepared } from '../../server/modules/tracking/prepare.ts';
import { FOLD_VERSION } from '../../server/modules/tracking/record.ts';
import type { Tx } from '../../server/platform/db.ts';
import type { Vault } from '../../server/platform/vault.ts';
import { preparedOf, recordOfEvents } from './truth.ts';

/**
 * The rows that the intake keeps of whole journeys, worked out without it: for filling a store with a million of them. That they are the same rows
 * is proven in every run (`proof.ts`).
 */
export type Value = string | number | null | Buffer | readonly string[];
export type Rows = Record<TableName, Value[][]>;

export const COLUMNS = {
  'tracking.event': [
    'id',
    'source',
    'sid',
    'type',
    'at',
    'seq',
    'received',
    'keys',
    'scenario',
    'handler',
    'person',
    'data',
    'sealed',
    'marks',
  ],
  'tracking.ledger': ['identity', 'content', 'event'],
  'tracking.object': ['id', 'kind', 'role', 'value'],
  'tracking.edge': ['a', 'b'],
  'tracking.member': ['object', 'journey', 'distance', 'since'],
  'tracking.link': ['journey', 'at', 'event', 'via'],
  'tracking.journey': [] as string[], // as the record has them
  'vault.subject': ['id', 'wrapped'],
  'vault.secret': ['subject', 'id', 'kind', 'sealed'],
} as const;
export type TableName = keyof typeof COLUMNS;
export const TABLES = Object.keys(COLUMNS) as TableName[];

export const emptyRows = (): Rows => Object.fromEntries(TABLES.map((t) => [t, []])) as unknown as Rows;

/** Adds the rows of one journey, given by its lines in the order of time; event ids from `firstId` on. Answers the journey's columns. */
export function addJourney(into: Rows, vault: Vault, lines: readonly string[], firstId: number, received: number): string[] {
  const events = lines.map((l) => preparedOf(l, vault));
  const journey = events[0]?.named.roots[0] as string;
  const objects = new Map<string, Value[]>();
  const edges = new Set<string>();
  const members = new Map<string, Value[]>();
  const held: Parameters<typeof leastSince>[0][number][] = [];
  for (const [i, e] of events.entries()) {
    const id = firstId + i;
    into['tracking.event'].push(eventRow(e, id, received));
    into['tracking.ledger'].push([e.identity, e.content, id]);
    into['tracking.link'].push([journey, e.sent.at, id, 0]);
    for (const o of e.objects) {
      objects.set(o.id, [o.id, o.kind, o.role, o.value]);
      const distance = attachment(o);
      if (distance === undefined) members.set(o.id, [o.id, journey, o.id === journey ? 0 : 1, 0]);
      else held.push({ object: o.id, journey, distance, since: distance === 100 ? e.sent.at : 0 });
    }
    for (const [a, b] of pairsOf(e.named)) edges.add(`${a} ${b}`).add(`${b} ${a}`);
  }
  into['tracking.object'].push(...objects.values());
  into['tracking.edge'].push(...[...edges].map((e) => e.split(' ')));
  into['tracking.member'].push(...members.values(), ...leastSince(held).map((m) => [m.object, m.journey, m.distance, m.since]));
  const record = recordOfEvents(events);
  const row = { ...record, fold: pack(record.fold), fold_version: FOLD_VERSION };
  into['tracking.journey'].push(Object.values(row) as Value[]);
  return Object.keys(row);
}

function eventRow(e: Prepared, id: number, received: number): Value[] {
  const { source, type, at, seq, scenario = null, handler = null } = e.sent;
  const json = (x: unknown) => (x === undefined ? null : JSON.stringify(x));
  return [id, source, e.sid, type, at, seq, received, e.keys, scenario, handler, json(e.persons), json(e.open), e.sealed, 0];
}

/** The vault's own rows for the persons of some journeys: the vault makes them itself, its statements are only listened to. */
export async function addSecrets(into: Rows, vault: Vault, lines: readonly string[]): Promise<void> {
  const wrapped = new Map<string, Buffer>();
  const hear = async (name: string, _text: string, values: unknown[] = []): Promise<unknown[]> => {
    const lists = values as [string[], Buffer[] & string[], string[], Buffer[]];
    if (name === 'vault-make') for (const [i, id] of lists[0].entries()) wrapped.set(id, lists[1][i] as Buffer);
    if (name === 'vault-remember')
      for (const [i, s] of lists[0].entries())
        into['vault.secret'].push([s, lists[1][i] as string, lists[2][i] as string, lists[3][i] as Buffer]);
    return name === 'vault-subjects' ? lists[0].filter((id) => wrapped.has(id)).map((id) => ({ id, wrapped: wrapped.get(id) })) : [];
  };
  await vault.remember(
    { query: hear, inTransaction: true } as unknown as Tx,
    lines.flatMap((l) => preparedOf(l, vault).secrets),
  );
  for (const [id, key] of wrapped) into['vault.subject'].push([id, key]);
}
