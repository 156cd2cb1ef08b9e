import { randomUUID } from 'node:crypto';
import { type Caller, type Desk, todayIn } from '#audience';
import { cardsOf } from '#customer';
import { listUnits } from '#org';
import { type Actor, may, systemActor } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import type { House } from '#platform/module';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { choose } from './choosing.ts';
import type { Home, Homes, NewVisit } from './contract.ts';
import { ESTATE } from './figures.ts';
import * as store from './homeStore.ts';
import { isoOf } from './map.ts';
import { toldAt } from './people.ts';
import { CONDITIONS, freeFrom, VERSION } from './scoring.ts';
import { type Address, addressesIn } from './store.ts';

/** The ten homes of today, and what came of each. */

const EVERYBODY = { id: 'everybody', names: { zh: '本网格的人', en: 'people of the grid' } };

/** A unit that has no unit below it is a grid; without a wish the caller's only one. Refuses `homes.choose-grid`, `thing.not-found`. */
async function gridOf(sql: Sql, { areas }: Pick<Actor, 'areas'>, wish: string | undefined) {
  const mine = await listUnits(sql, areas === 'all' ? null : areas);
  const parents = new Set(mine.map((u) => u.parent));
  const grids = mine.filter((u) => !parents.has(u.code));
  if (wish === undefined) return grids.length === 1 && grids[0] !== undefined ? grids[0] : refuse('homes.choose-grid');
  const wished = mine.find((u) => u.code === wish);
  if (wished === undefined) return refuse('thing.not-found');
  return grids.includes(wished) ? wished : refuse('homes.choose-grid');
}

/** The homes of a grid for today; made when they are asked for first, and the same until the day is over. */
export async function homesToday(house: House, desk: Desk, caller: Caller, wish: string | undefined): Promise<Homes | Refusal> {
  const { db, config } = house;
  const now = Date.now();
  const unit = await gridOf(db, caller.actor, wish);
  if (isRefusal(unit)) return unit as Refusal;
  const { code: area, names } = unit as Exclude<typeof unit, Refusal>;
  const day = todayIn(config.zone, now);
  const peopleAt = isoOf(await toldAt(db, [ESTATE]));
  const head = { area, names, day: new Date(day * 86_400_000).toISOString().slice(0, 10), peopleAt };
  const known = await store.listOf(db, area, day);
  const made = known ?? (await make(house, desk, caller, { area, day, now }));
  const list = (await store.listOf(db, area, day)) ?? made;
  const rows = await store.homesOf(db, area, day);
  return {
    ...head,
    madeAt: rows.length === 0 ? null : isoOf(list.made_at),
    version: list.version,
    left: list.left.map(({ id, count }) => ({
      id,
      names: [EVERYBODY, ...CONDITIONS].find((c) => c.id === id)?.names ?? EVERYBODY.names,
      count,
    })),
    missing: [...list.missing],
    items: await shown(house, caller.actor, { rows, addresses: await addressesIn(db, area) }),
  };
}

/** A list with nobody on it is not kept: what is told of the people later in the day may fill it. */
async function make({ db }: House, desk: Desk, caller: Caller, { area, day, now }: { area: string; day: number; now: number }) {
  const { left, missing, homes } = await choose(db, desk, caller, { area, today: day });
  const list = { made_at: now, version: VERSION, left, missing };
  if (homes.length > 0)
    await db.inTx(systemActor('place.homes'), async ({ tx }) => {
      if (await store.addList(tx, { ...list, area, day })) await store.addHomes(tx, { area, day, homes });
    });
  return list;
}

async function shown(
  { db, vault }: House,
  actor: Actor,
  { rows, addresses }: { rows: readonly store.HomeRow[]; addresses: readonly Address[] },
): Promise<Home[]> {
  const cards = may(actor, 'customer:see') ? await cardsOf(db, { actor }, vault, rows.map((r) => r.ordinal)) : []; // biome-ignore format: one line
  const names = new Map(cards.map((c) => [c.id, c.person.name ?? null]));
  const notes = await vault.reveal(
    db,
    rows.flatMap((r) => (r.note === null ? [] : [{ subject: r.customer, id: r.note }])),
  );
  return rows.map((r) => {
    const at = addresses.find((a) => a.estate.value === r.estate && a.building?.value === r.building);
    const estate = at?.estate ?? addresses.find((a) => a.estate.value === r.estate)?.estate;
    return {
      id: r.id,
      rank: r.rank,
      customer: r.customer,
      name: names.get(r.customer) ?? null,
      estate: r.estate === null ? null : { id: estate?.id ?? null, names: namesOf(estate, r.estate) },
      building:
        r.building === null
          ? null
          : { id: at?.building?.id ?? null, names: namesOf(at?.building, r.building), freePorts: at?.building?.ports_free ?? null },
      score: r.score,
      reasons: [...r.reasons],
      others: r.others,
      visit:
        r.result === null
          ? null
          : {
              result: r.result,
              at: isoOf(r.at) as string,
              by: r.by_name ?? '',
              note: r.note === null ? null : (notes.get(`${r.customer}/${r.note}`)?.value ?? null),
            },
      actions: actionsOf(actor, r),
    };
  });
}

const namesOf = (place: { readonly zh: string; readonly en: string } | null | undefined, value: string) =>
  place ? { zh: place.zh, en: place.en } : { zh: value, en: value };

function actionsOf(actor: Actor, r: store.HomeRow): Home['actions'] {
  const action = (name: string, because: string | null) => ({ name, allowed: because === null, because });
  const visit = may(actor, 'place:visit') ? null : 'auth.forbidden';
  return [
    action('note', visit ?? (r.result === null ? null : 'visit.noted')),
    action('undo', visit ?? (r.result === null ? 'visit.none' : r.by === actor.id ? null : 'visit.not-yours')),
    action('reveal', may(actor, 'customer:reveal') ? null : 'auth.forbidden'),
  ];
}

/** A home of today under its lock. Refuses `thing.not-found`, `visit.over`. */
async function standing({ tx, actor, now }: Ctx, zone: string, id: string): Promise<store.HomeRow | Refusal> {
  const home = await store.lockHome(tx, id, actor.areas === 'all' ? null : actor.areas);
  if (home === undefined) return refuse('thing.not-found');
  return home.day === todayIn(zone, now) ? home : refuse('visit.over');
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
  if (visit !== null) return refuse('visit.noted', { by: by_name });
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

/** Takes back what the caller himself noted today. */
export async function undoVisit(ctx: Ctx, { config }: Pick<House, 'config'>, id: string): Promise<Refusal | undefined> {
  const home = await standing(ctx, config.zone, id);
  if (isRefusal(home)) return home as Refusal;
  const { visit, by, by_name, customer } = home as store.HomeRow;
  if (visit === null) return refuse('visit.none');
  if (by !== ctx.actor.id) return refuse('visit.not-yours', { by: by_name });
  await store.undoVisit(ctx.tx, visit, ctx.now);
  await audit(ctx, 'home.visit-undone', `customer:${customer}`, { details: { home: id } });
  return undefined;
}
