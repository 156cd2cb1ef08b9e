import type { Actor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx, Tx } from '#platform/db';
import type { House } from '#platform/module';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import type { Intake } from './accept.ts';
import { enterIntake } from './conflict-store.ts';
import { findJourney, idsOfKey, isVisible } from './journeys.ts';
import { ownEvent } from './own-events.ts';
import { journeyById } from './read-store.ts';
import type { JourneyRecord } from './record.ts';
import * as links from './repair-store.ts';
import { act, anIntake, rework, takeIn } from './rework.ts';
import { lockObjects, membersOf, type ObjectRow, objectsById, saveBatch } from './store.ts';

/** Links cut and joined by people: kept for ever, undoable, and obeyed by every later event as if it had always been so. */

export interface Asked {
  readonly kind: string;
  readonly value: string;
  readonly reason: string;
}

const TYPES = { cut: 'link.cut', join: 'link.joined' } as const;
const OTHER = { cut: 'join', join: 'cut' } as const;

/**
 * Cuts an object's link to a journey, or makes one. Refuses an object that nobody has named (`thing.not-found`), one that is no part
 * (`repair.no-part`), and what is so already (`repair.not-linked`, `repair.linked`).
 */
export async function repair(
  house: House,
  actor: Actor,
  j: JourneyRecord,
  how: 'cut' | 'join',
  asked: Asked,
): Promise<Refusal | undefined> {
  const object = await findPart(house, actor, j, how, asked);
  if (isRefusal(object)) return object;
  const event = await ownEvent(house, actor, j, {
    type: TYPES[how],
    reason: asked.reason,
    data: { link: { kind: object.kind, value: object.value ?? '***' } },
  });
  await act(house, () => {
    const intake = anIntake(house);
    return house.db.inTx(actor, async (ctx) => {
      await enterIntake(ctx.tx);
      const refused = await check(ctx.tx, object, j.id, how);
      if (refused) return refused;
      const changed = await change(ctx, intake, { how, object, journey: j.id, reason: asked.reason });
      const told = await takeIn(ctx, intake, [event]);
      await saveBatch(ctx.tx, ctx.now, changed, {});
      await audit(ctx, `journey.${TYPES[how]}`, j.id, {
        reason: asked.reason,
        details: { kind: object.kind, ...(object.value !== null && { value: object.value }) },
      });
      return { changed: [...new Set([...changed, ...told.changed])] };
    });
  });
  return undefined;
}

/** Writes the repair and makes the journeys follow it; answers those that changed. What the contrary repair did on the same link ends with it. */
export async function change(
  ctx: Ctx,
  intake: Intake,
  r: { how: 'cut' | 'join'; object: ObjectRow; journey: string; reason: string },
): Promise<string[]> {
  const { tx, now, actor } = ctx;
  const { how, object, journey, reason } = r;
  const wanted = how === 'join';
  const undone = await links.undoLink(tx, { act: OTHER[how], object: object.id, journey }, now, actor.name);
  const first = undone ? await rework(tx, intake, [object.id, journey]) : [];
  if ((await isMember(tx, object.id, journey)) === wanted) return first;
  await links.saveRepair(tx, {
    act: how,
    object: object.id,
    journey,
    kind: object.kind,
    value: object.value,
    reason,
    by: actor.name,
    at: now,
  });
  return [...new Set([...first, ...(await rework(tx, intake, [object.id, journey]))])];
}

const isMember = async (tx: Tx, object: string, journey: string): Promise<boolean> =>
  (await membersOf(tx, [object])).some((m) => m.journey === journey);

/** The object meant, if the caller may know of it: to cut, one of the journey's; to join, any whose journeys he sees all. */
async function findPart(
  house: House,
  actor: Actor,
  j: JourneyRecord,
  how: 'cut' | 'join',
  { kind, value }: Asked,
): Promise<ObjectRow | Refusal> {
  const found = await objectsById(house.db, idsOfKey(house, kind, value));
  if (found.length === 0) return refuse('thing.not-found');
  const parts = found.filter((o) => (o.role === 'part' || o.role === 'root2') && o.id !== j.id);
  if (parts.length === 0) return refuse('repair.no-part', { kind });
  const members = await membersOf(
    house.db,
    parts.map((o) => o.id),
  );
  const inJourney = parts.find((o) => members.some((m) => m.object === o.id && m.journey === j.id));
  if (how === 'cut') return inJourney ?? refuse('repair.not-linked', { kind });
  const object = inJourney ?? (parts[0] as ObjectRow);
  for (const m of members.filter((x) => x.object === object.id)) {
    const other = await journeyById(house.db, m.journey);
    if (other !== undefined && !(await isVisible(house, actor, other))) return refuse('thing.not-found');
  }
  return object;
}

/** Asked again under the locks: the journey is still one, the link still as the caller thinks. */
async function check(tx: Tx, object: ObjectRow, journey: string, how: 'cut' | 'join'): Promise<Refusal | undefined> {
  await lockObjects(tx, [object.id, journey].sort());
  if ((await journeyById(tx, journey)) === undefined) return refuse('thing.not-found');
  const linked = await isMember(tx, object.id, journey);
  if (how === 'cut' && !linked) return refuse('repair.not-linked', { kind: object.kind });
  if (how === 'join' && linked) return refuse('repair.linked', { kind: object.kind });
  return undefined;
}

/** Takes a repair back. Answers the journey it was made on. Refuses `repair.not-found`, `repair.undone`. */
export async function undo(house: House, actor: Actor, ref: number, reason: string | undefined): Promise<JourneyRecord | Refusal> {
  const row = await links.repairById(house.db, ref);
  const j = row === undefined ? refuse('repair.not-found') : await findJourney(house, actor, row.journey);
  if (row === undefined || isRefusal(j)) return refuse('repair.not-found');
  const event = await ownEvent(house, actor, j, {
    type: 'link.restored',
    reason,
    data: { link: { kind: row.kind, value: row.value ?? '***' } },
  });
  await act(house, () => {
    const intake = anIntake(house);
    return house.db.inTx(actor, async (ctx) => {
      await enterIntake(ctx.tx);
      await lockObjects(ctx.tx, [row.object, row.journey].sort());
      const now = await links.lockRepair(ctx.tx, ref);
      if (now === undefined || now.undone !== null) return refuse('repair.undone');
      await links.undoLink(ctx.tx, row, ctx.now, actor.name);
      const changed = await rework(ctx.tx, intake, [row.object, row.journey]);
      const told = await takeIn(ctx, intake, [event]);
      await saveBatch(ctx.tx, ctx.now, changed, {});
      await audit(ctx, 'journey.link.restored', j.id, { ...(reason && { reason }), details: { repair: ref } });
      return { changed: [...new Set([...changed, ...told.changed])] };
    });
  });
  return j;
}
