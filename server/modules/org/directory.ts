import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { gather } from '#platform/gather';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { normal } from '#platform/personal';
import { orThrow, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';

/** The directory of those who act: staff numbers that events name as `handler`, with name and work phone. The latter lie in the vault. */
export const Colleague = z.strictObject({
  id: z.string().min(1).max(128),
  name: z.string().min(1).max(100),
  phone: z.string().min(3).max(40).nullish(),
  post: z.string().min(1).max(64),
  unit: z.string().min(1).max(64),
});
export type Colleague = z.infer<typeof Colleague>;

const MOST = 5_000;
const BELIEVED_MS = 60_000;
const known = new LRUCache<string, { card: Colleague | undefined }>({ max: 20_000, ttl: BELIEVED_MS });

/** Enters or changes colleagues. */
export async function saveColleagues(ctx: Ctx, vault: Vault, list: readonly Colleague[]): Promise<void> {
  const rows = list.map((c) => {
    const subject = vault.hash('colleague', c.id);
    const ref = (kind: string, value: string | null | undefined) => (value ? vault.hash(kind, normal(kind, value)) : null);
    return { ...c, subject, nameRef: ref('name', c.name), phoneRef: ref('phone', c.phone) };
  });
  await vault.remember(
    ctx.tx,
    rows.flatMap((r) => [
      ...(r.nameRef === null ? [] : [{ subject: r.subject, kind: 'name', id: r.nameRef, value: r.name }]),
      ...(r.phoneRef === null ? [] : [{ subject: r.subject, kind: 'phone', id: r.phoneRef, value: r.phone ?? '' }]),
    ]),
  );
  await ctx.tx.query(
    'org-save-colleagues',
    `insert into org.colleague (id, post, unit, subject, name, phone) select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[])
     on conflict (id) do update set post = excluded.post, unit = excluded.unit, subject = excluded.subject, name = excluded.name, phone = excluded.phone`,
    [
      rows.map((r) => r.id),
      rows.map((r) => r.post),
      rows.map((r) => r.unit),
      rows.map((r) => r.subject),
      rows.map((r) => r.nameRef),
      rows.map((r) => r.phoneRef),
    ],
  );
  for (const r of rows) known.delete(r.id);
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly post: string;
  readonly unit: string;
  readonly subject: string;
  readonly name: string | null;
  readonly phone: string | null;
}

/** The cards of some staff numbers, by two statements at most, however many they are. */
async function readCards(sql: Sql, vault: Vault, ids: readonly string[]): Promise<(Colleague | undefined)[]> {
  const rows = await sql.query<Row>(
    'org-colleague',
    'select id, post, unit, subject, name, phone from org.colleague where id = any((select $1::text[])::text[])',
    [ids],
  );
  const values = await vault.reveal(
    sql,
    rows.flatMap((r) => [r.name, r.phone].flatMap((ref) => (ref === null ? [] : [{ subject: r.subject, id: ref }]))),
  );
  const cards = new Map<string, Colleague>();
  for (const { id, post, unit, subject, ...row } of rows) {
    const value = (ref: string | null) => (ref === null ? undefined : values.get(`${subject}/${ref}`)?.value);
    const name = value(row.name);
    if (name !== undefined) cards.set(id, { id, name, phone: value(row.phone) ?? null, post, unit });
  }
  return ids.map((id) => cards.get(id));
}

const readers = new WeakMap<Sql, (id: string) => Promise<Colleague | undefined>>();

function readerOf(sql: Sql, vault: Vault): (id: string) => Promise<Colleague | undefined> {
  const before = readers.get(sql);
  if (before !== undefined) return before;
  const made = gather((ids: readonly string[]) => readCards(sql, vault, ids));
  readers.set(sql, made);
  return made;
}

/** Who a staff number is; undefined when the directory does not know it. Believed for a minute. */
export async function colleague(sql: Sql, vault: Vault, id: string): Promise<Colleague | undefined> {
  const before = known.get(id);
  if (before !== undefined) return before.card;
  const card = await readerOf(sql, vault)(id);
  known.set(id, { card });
  return card;
}

export function directoryRoutes(app: App, house: House): void {
  const tags = ['people'];
  app.put(
    '/api/colleagues',
    {
      config: { right: 'org:manage' },
      bodyLimit: 2 << 20,
      schema: { tags, body: z.strictObject({ items: z.array(Colleague).min(1).max(MOST) }) },
    },
    async (req) => {
      await house.db.inTx(req.actor, async (ctx) => {
        await saveColleagues(ctx, house.vault, req.body.items);
        await audit(ctx, 'colleague.saved', 'directory', { details: { count: req.body.items.length } });
      });
      return { saved: req.body.items.length };
    },
  );

  app.get(
    '/api/colleagues/:id',
    { config: { right: 'journey:read' }, schema: { tags, params: z.object({ id: z.string().max(128) }), response: { 200: Colleague } } },
    async (req) => orThrow((await colleague(house.db, house.vault, req.params.id)) ?? refuse('thing.not-found')),
  );
}
