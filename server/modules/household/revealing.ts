import { showInFull } from '#customer';
import type { Ctx } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import type { Vault } from '#platform/vault';
import type { DeviceReveal, HomeReveal, PartyReveal, ServiceReveal } from './contract.ts';
import { keyOfParty, partiesById } from './partyStore.ts';
import { devicesOf, homesById, servicesById } from './readStore.ts';

/** Masked values in full, the way customers' are: with a reason, written down. Each refuses `thing.not-found`, outside the caller's areas too. */

type Eyes = Pick<Vault, 'reveal' | 'open'>;
type Shown = Record<string, string | null>;
type Of<T> = T & { readonly id: string };

const NOBODY = refuse('thing.not-found');

export async function revealParty(ctx: Ctx, vault: Eyes, { id, fields, reason }: Of<PartyReveal>): Promise<Shown | Refusal> {
  const [row] = await partiesById(ctx.tx, [id], ctx.actor.areas);
  if (row === undefined) return NOBODY;
  const refs = new Map([...row.personal].reverse().map(({ kind, ref }) => [kind, ref]));
  return showInFull(ctx, vault, { what: 'party', id, refs, sealed: { key: await keyOfParty(ctx.tx, id) }, fields, reason });
}

export async function revealService(ctx: Ctx, vault: Eyes, { id, fields, reason }: Of<ServiceReveal>): Promise<Shown | Refusal> {
  const [row] = await servicesById(ctx.tx, [id], ctx.actor.areas);
  if (row === undefined) return NOBODY;
  return showInFull(ctx, vault, { what: 'service', id, sealed: { key: row.key, number: row.shown }, fields, reason });
}

export async function revealHome(ctx: Ctx, vault: Eyes, { id, fields, reason }: Of<HomeReveal>): Promise<Shown | Refusal> {
  const [row] = await homesById(ctx.tx, [id], ctx.actor.areas);
  if (row === undefined) return NOBODY;
  return showInFull(ctx, vault, { what: 'home', id, sealed: { key: row.key, address: row.shown }, fields, reason });
}

/** `id`: of the service where it stands. */
export async function revealDevice(
  ctx: Ctx,
  vault: Eyes,
  { id, device, fields, reason }: Of<DeviceReveal> & { readonly device: string },
): Promise<Shown | Refusal> {
  const [service] = await servicesById(ctx.tx, [id], ctx.actor.areas);
  const row = service && (await devicesOf(ctx.tx, [id])).find((d) => d.id === device.toLowerCase());
  if (row === undefined) return NOBODY;
  return showInFull(ctx, vault, { what: 'device', id: `${id}/${row.id}`, sealed: { serial: row.serial }, fields, reason });
}
