import { forgetErased, idByNumber, keyHash } from '#customer';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import { normal } from '#platform/personal';
import { type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import type { Readmission } from './contract.ts';
import { idOf } from './keys.ts';

/**
 * Somebody who was erased is a customer again, by a new contract for one: from now on what his sources say of him is kept. What was taken does not come
 * back by it. Refuses `auth.forbidden` for who oversees a part only, `person.not-erased` where nothing that is named was remembered.
 */
export async function readmit(ctx: Ctx, vault: Pick<Vault, 'hash'>, asked: Readmission): Promise<{ readmitted: number } | Refusal> {
  const { tx, actor } = ctx;
  if (actor.areas !== 'all' || actor.partner) return refuse('auth.forbidden', { right: 'person:erase' });
  const { idNumber, phone, record } = asked;
  const refs = [
    ...(idNumber === undefined ? [] : [vault.hash('idNumber', normal('idNumber', idNumber))]),
    ...(phone === undefined ? [] : [vault.hash('phone', normal('phone', phone))]),
    ...(record === undefined ? [] : (['party', 'service', 'home'] as const).map((what) => idOf(vault, what, record))),
  ];
  const customer = record && (await idByNumber(tx, { source: record.source, hash: keyHash(vault, record.key) }));
  const readmitted = await forgetErased(tx, customer === undefined ? refs : [...refs, customer]);
  if (readmitted === 0) return refuse('person.not-erased');
  const reason = saidWithout(
    asked.reason,
    [idNumber, phone, record?.key].flatMap((v) => v ?? []),
  );
  const given = (['idNumber', 'phone', 'record'] as const).filter((field) => asked[field] !== undefined);
  await audit(ctx, 'person.readmitted', 'person', { reason, details: { given, readmitted } });
  return { readmitted };
}

/** The trail is kept: a reason that says the values again says them there without. */
const saidWithout = (reason: string, values: readonly string[]): string =>
  values.reduce((said, value) => said.replaceAll(value, '***'), reason);
