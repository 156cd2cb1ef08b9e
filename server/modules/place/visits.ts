import { randomUUID } from 'node:crypto';
import { todayIn } from '#audience';
import { colleaguesWith } from '#org';
import type { Actor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import type { House } from '#platform/module';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import type { NewVisit } from './contract.ts';
import * as store from './homeStore.ts';
import { freeFrom } from './scoring.ts';

/** Who goes to a home, and what came of it. */

type Working = Awaited<ReturnType<typeof colleaguesWith>>[number];

/** A home of today under its lock. Refuses `thing.not-found`, `home.over`. */
async function standing({ tx, actor, now }: Ctx, zone: string, id: string): Promise<store.HomeRow | Refusal> {
  const home = await store.lockHome(tx, id, actor.areas === 'all' ? null : actor.areas);
  if (home === undefined) return refuse('thing.not-found');
  return home.day === todayIn(zone, now) ? home : refuse('home.over');
}

/** Writes down what came of a visit; the words of the note lie in the vault under the customer, and go with him. */
export async function noteVisit(
  ctx: Ctx,
  { vault, config }: Pick<House, 'vault' | 'config'>,
  { id, result, note }: { id: string } & NewVisit,
): Promise<Refusal | undefined> {
  const { tx, now, actor } = ctx;
  const home = await standing(ctx, config.zone, id);
  if (isRefusal(home)) return home as Refusal;
  const { customer, day, by_name, visit } = home as store.HomeRow;
  if (visit !== null)
    return (await isSaidAgain(ctx, vault, home as store.HomeRow, { result, note })) ? undefined : refuse('home.noted', { by: by_name });
  const noted = note === undefined ? null : randomUUID();
  if (noted !== null) await vault.remember(tx, [{ subject: customer, kind: 'visit-note', id: noted, value: note as string }]);
  await store.addVisit(tx, {
    id: randomUUID(),
    home: home as store.HomeRow,
    at: now,
    by: actor.id,
    byName: actor.name,
    result,
    note: noted,
    freeFrom: freeFrom(result, day),
  });
  await audit(ctx, 'home.visited', `customer:${customer}`, { details: { home: id, result } });
  return undefined;
}

/** What was said through a bad line may arrive twice: the same words of the same person change nothing. */
async function isSaidAgain({ tx, actor }: Ctx, vault: House['vault'], home: store.HomeRow, said: NewVisit): Promise<boolean> {
  if (home.by !== actor.id || home.result !== said.result) return false;
  if (home.note === null) return said.note === undefined;
  const words = await vault.reveal(tx, [{ subject: home.customer, id: home.note }]);
  return words.get(`${home.customer}/${home.note}`)?.value === said.note;
}

/** Takes back what the caller himself noted today. */
export async function undoVisit(ctx: Ctx, { config }: Pick<House, 'config'>, id: string): Promise<Refusal | undefined> {
  const home = await standing(ctx, config.zone, id);
  if (isRefusal(home)) return home as Refusal;
  const { visit, by, by_name, customer } = home as store.HomeRow;
  if (visit === null) return refuse('home.not-noted');
  if (by !== ctx.actor.id) return refuse('home.not-yours', { by: by_name });
  await store.undoVisit(ctx.tx, visit, ctx.now);
  await audit(ctx, 'home.visit-undone', `customer:${customer}`, { details: { home: id } });
  return undefined;
}

/** Those to whom a home of the grid can be given: who visits there and gives nothing out himself; and the caller. */
export async function workersFor(sql: Sql, actor: Actor, area: string): Promise<Working[]> {
  const workers = await colleaguesWith(sql, actor, 'place:visit');
  const givers = new Set((await colleaguesWith(sql, actor, 'place:assign')).map((w) => w.id));
  return workers.filter((w) => (w.areas === 'all' || w.areas.includes(area)) && (w.id === actor.id || !givers.has(w.id)));
}

/** Says who is to go there; `to` null: whoever of the grid comes first. Refuses `thing.not-found`, `home.over`, `home.noted`, `home.not-theirs`. */
export async function giveHome(
  ctx: Ctx,
  { config }: Pick<House, 'config'>,
  { id, to }: { id: string; to: string | null },
): Promise<Refusal | undefined> {
  const home = await standing(ctx, config.zone, id);
  if (isRefusal(home)) return home as Refusal;
  const { area, customer, visit, by_name } = home as store.HomeRow;
  if (visit !== null) return refuse('home.noted', { by: by_name });
  const worker = to === null ? undefined : (await workersFor(ctx.tx, ctx.actor, area)).find((w) => w.id === to);
  if (to !== null && worker === undefined) return refuse('home.not-theirs');
  await store.setHolder(ctx.tx, id, worker ?? null);
  await audit(ctx, 'home.given', `customer:${customer}`, { details: { home: id, to } });
  return undefined;
}
