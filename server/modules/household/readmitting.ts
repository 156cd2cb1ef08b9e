import { erasedAmong, forgetErased, idByNumber, keyHash, numberOf } from '#customer';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { normal } from '#platform/personal';
import { type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import type { Readmission, Readmitted } from './contract.ts';
import { standing } from './households.ts';
import { idOf } from './keys.ts';
import { ownersOf } from './ownerStore.ts';
import { membersOf, survivorsOf } from './partyStore.ts';
import { servicesCountedAs } from './readStore.ts';

type Asks = Readmission & { readonly trial?: boolean };

/**
 * Somebody who was erased is a customer again, by a new contract for one: from now on what his sources say of him is kept. What was taken does not come
 * back by it. `trial` only answers what is remembered. Refuses `auth.forbidden` for who oversees a part only, `person.not-erased` where nothing that is
 * named was remembered.
 */
export async function readmit(ctx: Ctx, vault: Pick<Vault, 'hash'>, { trial = false, ...asked }: Asks): Promise<Readmitted | Refusal> {
  const { tx, actor } = ctx;
  if (actor.areas !== 'all' || actor.partner) return refuse('auth.forbidden', { right: 'person:erase' });
  const refs = await namedBy(ctx, vault, asked);
  const found = (await erasedAmong(tx, refs)).map(({ kind, at }) => ({ kind, at: new Date(at).toISOString() }));
  if (found.length === 0) return refuse('person.not-erased');
  if (trial) return { trial, readmitted: 0, found };
  const readmitted = await forgetErased(tx, refs);
  const { idNumber, phone, record, customer } = asked;
  const reason = saidWithout(
    asked.reason,
    [idNumber, phone, record?.key].flatMap((v) => v ?? []),
  );
  const given = (['idNumber', 'phone', 'record', 'customer'] as const).filter((field) => asked[field] !== undefined);
  await audit(ctx, 'person.readmitted', customer === undefined ? 'person' : `customer:${customer}`, {
    reason,
    details: { given, readmitted },
  });
  return { trial, readmitted, found };
}

/** Under what this person may be remembered: keyed hashes and ids of records. */
async function namedBy(ctx: Ctx, vault: Pick<Vault, 'hash'>, { idNumber, phone, record, customer }: Readmission): Promise<string[]> {
  const values = (['idNumber', 'phone'] as const).flatMap((kind) => {
    const value = { idNumber, phone }[kind];
    return value === undefined ? [] : [vault.hash(kind, normal(kind, value))];
  });
  const records = record === undefined ? [] : (['party', 'service', 'home'] as const).map((what) => idOf(vault, what, record));
  const counted = record && (await idByNumber(ctx.tx, { source: record.source, hash: keyHash(vault, record.key) }));
  const around = customer === undefined ? [] : await recordsOf(ctx, customer, ctx.now);
  return [...values, ...records, ...(counted === undefined ? [] : [counted]), ...around];
}

/** A customer's own record, the services counted as him with their homes and, where these are one person's, his parties: another's stay as they are. */
async function recordsOf(ctx: Ctx, customer: string, now: number): Promise<string[]> {
  const sql: Sql = ctx.tx;
  const number = await numberOf(sql, ctx, customer);
  if (number === undefined) return [];
  const services = await servicesCountedAs(sql, number, 'all');
  const owners = standing(await ownersOf(sql, services.map((s) => s.id)), now); // biome-ignore format: one line
  const people = [...new Set((await survivorsOf(sql, owners.map((o) => o.party))).values())]; // biome-ignore format: one line
  if (people.length > 1) return [customer];
  const parties = [...(await membersOf(sql, people)).values()].flat();
  return [customer, ...services.flatMap((s) => [s.id, ...(s.home === null ? [] : [s.home])]), ...parties];
}

/** The trail is kept: a reason that says the values again says them there without. */
const saidWithout = (reason: string, values: readonly string[]): string =>
  values.reduce((said, value) => said.replaceAll(value, '***'), reason);
