import { randomUUID } from 'node:crypto';
import { whoIs } from '#org';
import type { Actor } from '#platform/actor';
import type { Sql } from '#platform/db';
import type { House } from '#platform/module';
import { announceSources, describeSource, loadSources, sourceById } from '#source';
import { isBad, readEvent, type SentEvent } from './event.ts';
import { KINDS, rulesOf } from './folding.ts';
import { type Role, roleOf } from './objects.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { JourneyRecord } from './record.ts';
import { objectsById } from './store.ts';

/** What staff do to a journey is an event of our own: it takes the same road as everybody else's. */

export const OWN = 'glasshouse';
/** The field of such events that says which link was cut or joined; it is no person's data and kept in clear. */
const OPEN = ['link'];

/** The act of a person on one journey. `reason`: his own words. */
export interface Act {
  readonly type: string;
  readonly reason?: string | undefined;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The event that says it, ready to be taken in: it names the journey's root and who acted, and happens now. */
export async function ownEvent(
  house: House,
  actor: Actor,
  j: Pick<JourneyRecord, 'id' | 'root_kind' | 'root_value'>,
  act: Act,
): Promise<Prepared> {
  const [root] = await objectsById(house.db, [j.id]);
  await describeOwn(house, actor, j.root_kind, (root?.role ?? 'root') as Role);
  const { login } = await whoIs(house.db, actor);
  const data = { ...act.data, ...(act.reason && { reason: act.reason }) };
  const raw = {
    source: OWN,
    id: randomUUID(),
    type: act.type,
    time: new Date().toISOString(),
    keys: { [j.root_kind]: await rootValue(house, j) },
    handler: login.slice(0, 128),
    ...(Object.keys(data).length > 0 && { data }),
  };
  const read = readEvent(raw, { only: undefined, zoneOf: () => undefined, nowUs: Date.now() * 1000 });
  if (isBad(read)) throw new Error(`an event of our own is refused: ${read.code} ${JSON.stringify(read.details)}`);
  return prepare(read as SentEvent, KINDS, rulesOf(OWN), house.vault);
}

async function rootValue(
  house: { db: Sql; vault: House['vault'] },
  j: Pick<JourneyRecord, 'id' | 'root_kind' | 'root_value'>,
): Promise<string> {
  if (!KINDS.personal.has(j.root_kind)) return j.root_value;
  const known = await house.vault.reveal(house.db, [{ subject: j.id, id: j.id }]);
  return known.get(`${j.id}/${j.id}`)?.value ?? '';
}

/** Our own source is registered on first use; where a log's map made another kind a root, it learns to name that kind as one too. */
async function describeOwn(house: House, actor: Actor, kind: string, role: Role): Promise<void> {
  const known = sourceById(OWN);
  const open = known?.open === 'all' ? 'all' : [...new Set([...(known?.open ?? []), ...OPEN])];
  const namesIt = roleOf(KINDS, known?.roles ?? {}, kind) === role;
  if (known !== undefined && namesIt && (open === 'all' || open.length === known.open.length)) return;
  const roles = { ...known?.roles, ...(!namesIt && { [kind]: role }) };
  await house.db.inTx(actor, (ctx) => describeSource(ctx, { id: OWN, name: known?.name ?? 'Glasshouse', open, roles }));
  await loadSources(house.db);
  announceSources(house.live);
}
