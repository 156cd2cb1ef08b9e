import { systemActor } from '#platform/actor';
import type { Ctx, Db } from '#platform/db';
import { isRefusal } from '#platform/result';
import { addHiddenFlag, BITMAP_BYTES, BLOCK, type Block, blocksOfTag, lastBatch, OURS, putColumns, setBit } from '#tag';
import { todayIn } from './bounds.ts';
import { linesPlan, planOf } from './compile.ts';
import { linesOf } from './model.ts';
import { kept } from './saved.ts';
import type { Caller, Desk, Question } from './service.ts';
import * as store from './store.ts';

/** Each morning who is a member is remembered as a flag that no catalogue shows, so that later in the day it can be said who joined and who left. */

/** Of larger audiences only the number is remembered. */
const MOST = 5_000_000;

/** Remembers what has not been remembered today; `done` is told of each batch. Answers how many audiences. */
export async function rememberToday(db: Db, desk: Desk, done: (batch: number) => void): Promise<number> {
  const actor = systemActor('audience.days');
  const now = Date.now();
  const day = todayIn(desk.zone, now);
  const caller: Caller = { actor, viewer: { id: actor.id, units: null, all: true }, lang: 'zh' };
  const rows = await store.unremembered(desk.sql, day);
  for (const row of rows) {
    const batch = await lastBatch(desk.sql);
    const question = await kept(desk, caller, row.definition);
    if (isRefusal(question)) continue;
    const { definition } = question as Question;
    const { count, funnel } = await desk.count(linesPlan(linesOf(definition).map(({ line }) => planOf(line))));
    const members = count > MOST ? null : await desk.engine.members(planOf(definition), MOST);
    const head = { audience: row.id, day, at: now, version: row.version, batch, count: members?.length ?? count, funnel };
    const written = await db.inTx(actor, (ctx) => remember(ctx, head, members));
    if (written !== null) done(written);
  }
  return rows.length;
}

async function remember(ctx: Ctx, head: Omit<store.RememberedRow, 'tag' | 'whole'>, members: Uint32Array | null): Promise<number | null> {
  const { tx, now } = ctx;
  const was = await store.remembered(tx, head.audience);
  const flag = `members.${head.audience}`;
  if (members === null) {
    await store.remember(tx, { ...head, tag: was?.tag ?? null, whole: false });
    return null;
  }
  const tag = was?.tag ?? (await addHiddenFlag(tx, { name: flag, source: OURS, now }));
  await store.remember(tx, { ...head, tag, whole: true });
  const blocks = blocksFor(tag, members, await blocksOfTag(tx, tag));
  return blocks.length === 0 ? null : putColumns(ctx, { source: OURS, customers: members.length, names: [flag], blocks });
}

/** Bitmaps of who is a member (ordinals, the lowest first); blocks that had some before and have none now are emptied. */
function blocksFor(tag: number, members: Uint32Array, before: readonly number[]): Block[] {
  const bodies = new Map<number, Buffer>(before.map((block) => [block, Buffer.alloc(BITMAP_BYTES)]));
  for (const ordinal of members) {
    const block = Math.floor(ordinal / BLOCK);
    const body = bodies.get(block) ?? Buffer.alloc(BITMAP_BYTES);
    bodies.set(block, body);
    setBit(body, ordinal % BLOCK);
  }
  return [...bodies].sort(([a], [b]) => a - b).map(([block, body]) => ({ tag, block, base: 0, width: 1, known: null, body }));
}
