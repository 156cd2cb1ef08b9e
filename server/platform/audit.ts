import type { Ctx, Sql } from './db.ts';
import type { Migration } from './module.ts';

/** Who did what to what, and why. Rows are only ever added; the store itself refuses to change or delete one. */
export const migrations: readonly Migration[] = [
  {
    name: 'audit-1',
    sql: `create schema if not exists platform;
      create table if not exists platform.audit (
        id bigint generated always as identity primary key,
        at timestamptz not null,
        actor_kind text not null, actor_id text not null, actor_name text not null,
        act text not null, object text not null, reason text, details jsonb not null default '{}', address text);
      create index if not exists audit_by_object on platform.audit (object, id desc);
      create index if not exists audit_by_actor on platform.audit (actor_id, id desc);
      create index if not exists audit_by_act on platform.audit (act, id desc);
      create or replace function platform.audit_stays() returns trigger language plpgsql as $$ begin raise exception 'the audit trail is only ever added to'; end $$;
      create or replace trigger audit_stays before update or delete or truncate on platform.audit for each statement execute function platform.audit_stays();`,
  },
];

export interface Audited {
  readonly id: number;
  readonly at: Date;
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string };
  readonly act: string;
  readonly object: string;
  readonly reason: string | null;
  readonly details: Record<string, unknown>;
  readonly address: string | null;
}

/**
 * Writes one act into the trail, in the act's own transaction. `act`: "account.created"; `object`: what it was done to, as
 * "kind:id", never a personal value; `address`: the caller's network address, where it is known.
 */
export async function audit(
  ctx: Ctx,
  act: string,
  object: string,
  { reason, details = {}, address }: { reason?: string; details?: Record<string, unknown>; address?: string } = {},
): Promise<void> {
  await ctx.tx.query(
    'audit-add',
    'insert into platform.audit (at, actor_kind, actor_id, actor_name, act, object, reason, details, address) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [
      new Date(ctx.now),
      ctx.actor.kind,
      ctx.actor.id,
      ctx.actor.name,
      act,
      object,
      reason ?? null,
      JSON.stringify(details),
      address ?? null,
    ],
  );
}

/** The newest first, `limit` rows before the row `before`; each filter may be absent. */
export async function auditTrail(
  sql: Sql,
  {
    before,
    limit,
    actors,
    act,
    object,
    from,
    to,
  }: { before?: number; limit: number; actors?: readonly string[]; act?: string; object?: string; from?: Date; to?: Date },
): Promise<Audited[]> {
  const rows = await sql.query<Omit<Audited, 'actor'> & { actor_kind: string; actor_id: string; actor_name: string }>(
    '',
    `select id, at, actor_kind, actor_id, actor_name, act, object, reason, details, address from platform.audit
     where ($1::bigint is null or id < $1) and ($3::text[] is null or actor_id = any($3)) and ($4::text is null or act = $4 or starts_with(act, $4 || '.'))
       and ($5::text is null or object = $5) and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7)
     order by id desc limit $2`,
    [before ?? null, limit, actors ?? null, act ?? null, object ?? null, from ?? null, to ?? null],
  );
  return rows.map(({ actor_kind, actor_id, actor_name, ...row }) => ({
    ...row,
    actor: { kind: actor_kind, id: actor_id, name: actor_name },
  }));
}
