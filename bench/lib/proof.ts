import { isDeepStrictEqual } from 'node:util';
import { objectId } from '../../server/modules/tracking/objects.ts';
import { type Db, openDb } from '../../server/platform/db.ts';
import { openVault } from '../../server/platform/vault.ts';
import { customerLines, customerOf, loadJourneys } from './bulk.ts';
import { checked, connect } from './http.ts';
import { postEvents, type Server } from './server.ts';
import type { Store } from './store.ts';
import { preparedOf } from './truth.ts';

/**
 * Are the rows that are loaded in bulk those that the intake would have kept? The same journeys are sent to the server and loaded into an empty
 * store, and every table is compared, row by row. Left out is what no two runs have in common: the numbers of events, the moment of receipt, and the
 * chances in sealed bytes, which are opened and compared instead.
 */

const PREFIX = 'proof';
/** Journeys so far behind that their customers are nobody else's. */
const FIRST = 90_000_000;

/** Answers sentences for what differs. */
export async function proveSameRows(store: Store, server: Server, journeys: number): Promise<string[]> {
  const loaded = await store.tables('proof');
  const sent = openDb(server.databaseUrl, 2);
  const vault = openVault(store.key);
  const all = Array.from({ length: journeys }, (_, i) => FIRST + i);
  const connection = await connect(server.url);
  for (const i of all) checked(await connection.ask(postEvents(customerLines(PREFIX, i))));
  connection.close();
  await loadJourneys(loaded.url, vault, { prefix: PREFIX, from: FIRST, to: FIRST + journeys, firstId: 1 - FIRST * 12, received: 0 });
  const ids = all.map((i) => objectId('order', 'root', `${PREFIX}-SO-${i}`));
  const subjects = all.flatMap((i) => {
    const { serviceNumber, idNumber } = customerOf(i);
    const [first] = customerLines(PREFIX, i);
    const secrets = preparedOf(first as string, vault).secrets;
    return [...new Set(secrets.filter((s) => s.value === serviceNumber || s.value === idNumber).map((s) => s.subject))];
  });
  const problems: string[] = [];
  for (const [what, read] of Object.entries(READERS)) {
    const [a, b] = [await read(sent, ids, subjects, vault), await read(loaded, ids, subjects, vault)];
    if (a.length === 0) problems.push(`proof: no ${what} was found`);
    if (!isDeepStrictEqual(a, b)) problems.push(`proof: the ${what} of bulk loading are not those of the intake: ${firstDifference(a, b)}`);
  }
  await sent.close();
  return problems;
}

function firstDifference(a: readonly unknown[], b: readonly unknown[]): string {
  const i = a.findIndex((x, n) => !isDeepStrictEqual(x, b[n]));
  return `${a.length} and ${b.length} rows; ${JSON.stringify(a[i] ?? null)?.slice(0, 400)} and ${JSON.stringify(b[i] ?? null)?.slice(0, 400)}`;
}

type Reader = (db: Db, journeys: string[], subjects: string[], vault: ReturnType<typeof openVault>) => Promise<unknown[]>;
const EVENTS = '(select event from tracking.link where journey = any($1::uuid[]))';
const OBJECTS = '(select object from tracking.member where journey = any($1::uuid[]))';

const READERS: Readonly<Record<string, Reader>> = {
  events: async (db, ids, _subjects, vault) =>
    (
      await db.query<{ sealed: Buffer | null }>(
        '',
        `select source, sid, type, at, seq, keys::text, scenario, handler, person::text, data::text, sealed, marks from tracking.event where id in ${EVENTS} order by sid`,
        [ids],
      )
    ).map((r) => ({ ...r, sealed: r.sealed && vault.open(r.sealed) })),
  identities: (db, ids) =>
    db.query(
      '',
      `select l.identity, l.content, e.sid from tracking.ledger l join tracking.event e on e.id = l.event where l.event in ${EVENTS} order by 1`,
      [ids],
    ),
  objects: (db, ids) => db.query('', `select id, kind, role, value from tracking.object where id in ${OBJECTS} order by id`, [ids]),
  edges: (db, ids) => db.query('', `select a, b from tracking.edge where a in ${OBJECTS} order by a, b`, [ids]),
  members: (db, ids) =>
    db.query('', 'select object, journey, distance, since from tracking.member where journey = any($1::uuid[]) order by 1, 2', [ids]),
  links: (db, ids) =>
    db.query(
      '',
      'select l.journey, l.at, l.via, e.sid from tracking.link l join tracking.event e on e.id = l.event where l.journey = any($1::uuid[]) order by 1, 2, 4',
      [ids],
    ),
  // `struct` begins anywhere: it only has to be another one than before
  journeys: async (db, ids) =>
    (await db.query('', 'select * from tracking.journey where id = any($1::uuid[]) order by id', [ids])).map((r) => ({ ...r, struct: 0 })),
  secrets: async (db, _ids, subjects, vault) => {
    const refs = await db.query<{ subject: string; id: string }>(
      '',
      'select subject, id from vault.secret where subject = any($1::uuid[])',
      [subjects],
    );
    return [...(await vault.reveal(db, refs))].sort(([a], [b]) => (a < b ? -1 : 1));
  },
};
