import { randomUUID } from 'node:crypto';
import { type Counted, countedByNumber, endConsents, leavePerson, resumeConsents, returnPerson } from '#customer';
import { membersOf, partiesById, type ServiceSeen, servicesSeen, survivorsOf, takeBackTransfer, transferOwnership } from '#household';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { emit } from '#platform/outbox';
import { normal } from '#platform/personal';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import type { NewTransfer } from './contract.ts';
import type { TransferMade, TransferUndone } from './events.ts';
import { UNDO_DAYS, undoObstacle } from './model.ts';
import * as store from './store.ts';

/** A service is given to another owner, and taken back. */

type Opens = Pick<Vault, 'hash' | 'open' | 'seal'>;

export interface Done {
  readonly id: string;
  /** Changes of the count, to be announced after commit. */
  readonly batches: readonly (number | null)[];
}

/** As whom a service is counted; undefined: it is not. */
export async function countedAs(sql: Sql, { customer_source, customer }: ServiceSeen): Promise<Counted | undefined> {
  if (customer_source === null || customer === null) return undefined;
  return (await countedByNumber(sql, [{ source: customer_source, hash: customer }]))[0];
}

/** Where values of a party, and of all merged into it, lie. */
async function refsOf(sql: Sql, party: string): Promise<string[]> {
  const root = (await survivorsOf(sql, [party])).get(party) ?? party;
  const members = (await membersOf(sql, [root])).get(root) ?? [root];
  return (await partiesById(sql, members, 'all')).flatMap((p) => p.personal.map((v) => v.ref));
}

/** The service's number as a phone's hash: whoever has the service is reached by it. */
const phoneOf = (vault: Opens, { shown }: ServiceSeen): string[] =>
  shown === null ? [] : [vault.hash('phone', normal('phone', vault.open(shown)))];

/** Refuses what household refuses of it. The consents of the one before end, and his values are no longer shown. */
export async function makeTransfer(ctx: Ctx, vault: Opens, said: NewTransfer): Promise<Done | Refusal> {
  const { tx, now, actor } = ctx;
  const id = randomUUID();
  const at = said.at === undefined ? now : Date.parse(said.at);
  const [service] = await servicesSeen(tx, [said.service], actor.areas);
  if (service === undefined) return refuse('thing.not-found');
  const handed = await transferOwnership(ctx, { act: id, service: service.id, to: said.to, at });
  if (isRefusal(handed)) return handed;
  const counted = await countedAs(tx, service);
  const ended =
    counted === undefined ? { said: [], batches: [] } : await endConsents(ctx, { ordinal: counted.ordinal, reason: said.reason });
  if (isRefusal(ended)) return ended;
  if (counted !== undefined) {
    const keep = [...(await refsOf(tx, said.to)), ...phoneOf(vault, service)];
    await leavePerson(tx, { ordinal: counted.ordinal, act: id, keep });
  }
  await store.addTransfer(tx, {
    id,
    service: service.id,
    from_parties: handed.from,
    to_party: said.to,
    area: service.area,
    customer: counted?.ordinal ?? null,
    at,
    reason: said.reason,
    proof: vault.seal(said.proof),
    said: ended.said,
    made_at: now,
    by: actor.id,
    by_name: actor.name,
  });
  const details = {
    service: service.id,
    from: handed.from,
    to: said.to,
    at: new Date(at).toISOString(),
    consents: ended.said.map((c) => c.flag),
  };
  await audit(ctx, 'transfer.made', `transfer:${id}`, { reason: said.reason, details });
  await emit<TransferMade>(ctx, service.id, { type: 'transfer.made', transfer: id, service: service.id, from: handed.from, to: said.to });
  return { id, batches: ended.batches };
}

/** As if it had not been. Refuses `thing.not-found`, `transfer.undone`, `transfer.later`, `transfer.window-over`. */
export async function undoTransfer(ctx: Ctx, vault: Opens, { id, reason }: { id: string; reason: string }): Promise<Done | Refusal> {
  const { tx, now, actor } = ctx;
  const row = await store.lockTransfer(tx, id, actor.areas);
  if (row === undefined) return refuse('thing.not-found');
  const standing = await store.standingOf(tx, [row.service]);
  const because = undoObstacle(row, { later: standing[0] !== undefined && standing[0].id !== id, now });
  if (because !== null) return refuse(because, { days: UNDO_DAYS });
  const back = await takeBackTransfer(ctx, { act: id });
  if (isRefusal(back)) return back;
  let batches: readonly (number | null)[] = [];
  if (row.customer !== null) {
    const service = await servicesSeen(tx, [row.service], actor.areas);
    const own = new Set(service.flatMap((s) => phoneOf(vault, s)));
    const theirs = (await refsOf(tx, row.to_party)).filter((ref) => !own.has(ref));
    await returnPerson(tx, { ordinal: row.customer, act: id, before: standing[1]?.id ?? null, theirs });
    const resumed = await resumeConsents(ctx, { ordinal: row.customer, reason, said: row.said, endedAt: row.made_at });
    if (isRefusal(resumed)) return resumed;
    batches = resumed;
  }
  await store.saveUndone(tx, { id, at: now, by: actor.id, name: actor.name, reason });
  await audit(ctx, 'transfer.undone', `transfer:${id}`, { reason, details: { service: row.service } });
  await emit<TransferUndone>(ctx, row.service, { type: 'transfer.undone', transfer: id, service: row.service });
  return { id, batches };
}
