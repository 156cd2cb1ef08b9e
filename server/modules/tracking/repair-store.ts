import type { Sql, Tx } from '#platform/db';
import { dropJourneys } from './store.ts';

/** SQL of people's repairs: links cut and joined by hand, and conflicts settled. */

export interface Link {
  a: string;
  b: string;
  /** Of `b`. */
  role: string;
  /** edge: named together; cut, join: a's link to the journey b was cut or made; joined: b was joined to the journey a. */
  act: 'edge' | 'cut' | 'join' | 'joined';
}

/** All that hangs on these objects: whom they were named with, and what people cut or joined. */
export const linksFrom = (sql: Sql, ids: readonly string[]): Promise<Link[]> =>
  sql.query<Link & Record<string, never>>(
    'tracking-links-from',
    `select e.a, e.b, o.role, 'edge' act from tracking.edge e join tracking.object o on o.id = e.b where e.a = any($1::uuid[])
     union all select r.object, r.journey, o.role, r.act from tracking.repair r join tracking.object o on o.id = r.journey
       where r.object = any($1::uuid[]) and r.undone is null
     union all select r.journey, r.object, o.role, 'joined' from tracking.repair r join tracking.object o on o.id = r.object
       where r.journey = any($1::uuid[]) and r.act = 'join' and r.undone is null`,
    [ids],
  );

export interface RepairRow {
  id: number;
  act: 'cut' | 'join';
  object: string;
  journey: string;
  kind: string;
  value: string | null;
  reason: string;
  by: string;
  at: number;
  undone: number | null;
  undone_by: string | null;
}

const REPAIR = 'r.id, r.act, r.object, r.journey, r.kind, r.value, r.reason, r.by, r.at, r.undone, r.undone_by';

export async function saveRepair(tx: Tx, r: Omit<RepairRow, 'id' | 'undone' | 'undone_by'>): Promise<void> {
  await tx.query(
    'tracking-save-repair',
    'insert into tracking.repair (act, object, journey, kind, value, reason, by, at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [r.act, r.object, r.journey, r.kind, r.value, r.reason, r.by, r.at],
  );
}

/** Takes repairs of one kind on one link back; answers whether there were any. */
export async function undoLink(
  tx: Tx,
  link: { act: 'cut' | 'join'; object: string; journey: string },
  at: number,
  by: string,
): Promise<boolean> {
  const rows = await tx.query(
    'tracking-undo-link',
    'update tracking.repair set undone = $4, undone_by = $5 where act = $1 and object = $2 and journey = $3 and undone is null returning id',
    [link.act, link.object, link.journey, at, by],
  );
  return rows.length > 0;
}

export const lockRepair = async (tx: Tx, id: number): Promise<RepairRow | undefined> =>
  (
    await tx.query<RepairRow & Record<string, never>>(
      'tracking-lock-repair',
      `select ${REPAIR} from tracking.repair r where r.id = $1 for update`,
      [id],
    )
  )[0];

export const repairById = async (sql: Sql, id: number): Promise<RepairRow | undefined> =>
  (
    await sql.query<RepairRow & Record<string, never>>('tracking-repair', `select ${REPAIR} from tracking.repair r where r.id = $1`, [id])
  )[0];

/** Repairs made on this journey, or on one that has become part of it; the newest first. */
export const repairsOfJourney = (sql: Sql, journey: string): Promise<RepairRow[]> =>
  sql.query<RepairRow & Record<string, never>>(
    'tracking-repairs-of-journey',
    `select ${REPAIR} from tracking.repair r where r.journey in (select object from tracking.member where journey = $1 and distance < 100 union all select $1) order by r.id desc limit 500`,
    [journey],
  );

/** Journeys of these that no event belongs to any more end as if they had never been. */
export async function dropEmpty(tx: Tx, journeys: readonly string[]): Promise<void> {
  const empty = await tx.query<{ id: string }>(
    'tracking-empty-journeys',
    'select id from unnest($1::uuid[]) g(id) where not exists (select from tracking.link l where l.journey = g.id)',
    [journeys],
  );
  if (empty.length > 0)
    await dropJourneys(
      tx,
      empty.map((r) => r.id),
    );
}
