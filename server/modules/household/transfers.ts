import type { Ctx } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { holdsAt, lasting } from './model.ts';
import { addTransfer, dropTransfer, lockService, ownersOf, serviceOfAct } from './ownerStore.ts';
import { partiesById, survivorsOf } from './partyStore.ts';

/** A service changes hands. What sources say stays written down as they said it; the transfer stands above it. */

export interface Transfer {
  /** The act's id: whoever decided it keeps its history under this id, and takes it back by it. */
  readonly act: string;
  readonly service: string;
  /** The party that has it from then on. */
  readonly to: string;
  /** The instant, epoch ms. */
  readonly at: number;
}

export interface Transferred {
  /** Whose it was until then, as they are after all merging. */
  readonly from: readonly string[];
}

/**
 * From `at` on the service is `to`'s alone. Refuses `thing.not-found` (outside the caller's areas too), `transfer.ended` for a service that is over,
 * `transfer.future`, `transfer.too-early` where somebody became its owner later, `transfer.same-owner`.
 */
export async function transferOwnership(ctx: Ctx, { act, service, to, at }: Transfer): Promise<Transferred | Refusal> {
  const { tx, now, actor } = ctx;
  const row = await lockService(tx, service, actor.areas);
  const [party] = await partiesById(tx, [to], actor.areas);
  if (row === undefined || party === undefined) return refuse('thing.not-found');
  if (row.state === 'ended') return refuse('transfer.ended');
  if (at > now) return refuse('transfer.future');
  const owners = await ownersOf(tx, [service]);
  const later = Math.max(...owners.map((o) => o.since));
  if (later >= at) return refuse('transfer.too-early', { since: new Date(later).toISOString() });
  const survivors = await survivorsOf(tx, [to, ...owners.map((o) => o.party)]);
  const from = [...new Set(lasting(owners).flatMap((o) => (holdsAt(o, at) ? [survivors.get(o.party) ?? o.party] : [])))];
  if (from.length === 1 && from[0] === survivors.get(to)) return refuse('transfer.same-owner');
  await addTransfer(tx, { act, service, party: to, since: at, at: now });
  return { from };
}

/** As if it had never been. Answers the service. Refuses `thing.not-found` for an act that is none, or not in the caller's areas. */
export async function takeBackTransfer({ tx, actor }: Ctx, { act }: { act: string }): Promise<{ service: string } | Refusal> {
  const service = await serviceOfAct(tx, act);
  if (service === undefined || (await lockService(tx, service, actor.areas)) === undefined) return refuse('thing.not-found');
  await dropTransfer(tx, act);
  return { service };
}
