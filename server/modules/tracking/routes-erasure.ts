import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Actor } from '#platform/actor';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { NEWS } from '#platform/outbox';
import { normal } from '#platform/personal';
import { orThrow, type Refusal, refuse } from '#platform/result';
import { findPerson } from './erase.ts';
import type { Asked } from './erasure.ts';
import { type ErasureRow, erasureById, erasures } from './erasure-store.ts';
import { askErasure, noteErasure } from './erasures.ts';
import { makeFolding } from './folding.ts';
import { CHANGED } from './intake.ts';

const value = z.string().trim().min(1).max(128).optional();
const Ask = z
  .strictObject({ idNumber: value, phone: value, serviceNumber: value, reason: z.string().trim().min(2).max(500) })
  .refine((b) => b.idNumber !== undefined || b.phone !== undefined || b.serviceNumber !== undefined, {
    error: 'idNumber | phone | serviceNumber',
  });
type Ask = z.infer<typeof Ask>;

const Counts = z.object({ journeys: z.number(), events: z.number(), values: z.number(), shared: z.number(), doubtful: z.number() });
const Erasure = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string(),
  reason: z.string(),
  state: z.enum(['asked', 'done']),
  doneAt: z.string().nullable(),
  counts: Counts.nullable(),
});

const PATIENCE_MS = 5_000;
const LOOK_MS = 50;
const LISTED = 1_000;

const view = (e: ErasureRow): z.infer<typeof Erasure> => ({
  id: e.id,
  at: new Date(e.at).toISOString(),
  by: e.by,
  reason: e.reason,
  state: e.done === null ? 'asked' : 'done',
  doneAt: e.done === null ? null : new Date(e.done).toISOString(),
  counts:
    e.done === null
      ? null
      : { journeys: e.journeys ?? 0, events: e.events ?? 0, values: e.vals ?? 0, shared: e.shared ?? 0, doubtful: e.doubtful ?? 0 },
});

/** The values as keyed hashes; the reason without them, in case it says them again. */
function hashed({ vault }: House, { reason, ...given }: Ask): { asked: Asked; reason: string } {
  const asked: Record<string, string> = {};
  let said = reason;
  for (const [kind, v] of Object.entries(given)) {
    if (v === undefined) continue;
    asked[kind] = vault.hash(kind, normal(kind, v));
    said = said.replaceAll(v, '***').replaceAll(normal(kind, v), '***');
  }
  return { asked, reason: said };
}

/** A person is erased everywhere: whoever oversees a part only cannot. */
const overseesAll = (actor: Actor): true | Refusal =>
  actor.areas === 'all' && !actor.partner ? true : refuse('auth.forbidden', { right: 'person:erase' });

/** Erasing a person, and the list of it. */
export function erasureRoutes(app: App, house: House): void {
  const { db } = house;
  const schema = { tags: ['erasures'], body: Ask, querystring: z.object({ trial: z.enum(['true', 'false']).optional() }) };
  const response = { 200: z.union([Erasure, z.object({ trial: z.literal(true), counts: Counts })]), 202: Erasure };

  app.post('/api/erasures', { config: { right: 'person:erase' }, schema: { ...schema, response } }, async (req, reply) => {
    orThrow(overseesAll(req.actor));
    const { asked, reason } = hashed(house, req.body);
    const { counts, touched } = orThrow(await findPerson(db, makeFolding(house.config.zone), asked));
    if (req.query.trial === 'true') return { trial: true as const, counts };
    const line = await db.inTx(req.actor, (ctx) => askErasure(ctx, asked, reason));
    await noteErasure(house, line);
    house.live.announce(NEWS, {});
    const done = await outcome(house, line.id);
    for (let i = 0; i < touched.length; i += 150) house.live.announce(CHANGED, touched.slice(i, i + 150)); // open pages look again
    return reply.code(done.state === 'done' ? 200 : 202).send(done);
  });

  app.get(
    '/api/erasures',
    { config: { right: 'person:erase' }, schema: { tags: ['erasures'], response: { 200: z.object({ items: z.array(Erasure) }) } } },
    async () => ({ items: (await erasures(db, LISTED)).map(view) }),
  );
}

/** What came of it, if that comes soon; else how it stands. */
async function outcome({ db }: House, id: string): Promise<z.infer<typeof Erasure>> {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(LOOK_MS)) {
    const e = view((await erasureById(db, id)) as ErasureRow);
    if (e.state === 'done' || Date.now() > until) return e;
  }
}
