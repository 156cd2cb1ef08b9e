import { type Caller, type Desk, todayIn } from '#audience';
import { cardsOf } from '#customer';
import { listUnits } from '#org';
import { type Actor, may, systemActor } from '#platform/actor';
import type { Sql } from '#platform/db';
import type { House } from '#platform/module';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { type Address, addressesIn, addressOf, type GoneAddress, goneAddressesIn } from './addressStore.ts';
import { areasAsked } from './asked.ts';
import { choose } from './choosing.ts';
import type { GridDays, Home, Homes, Point } from './contract.ts';
import { ESTATE } from './figures.ts';
import * as store from './homeStore.ts';
import { isoOf } from './map.ts';
import { toldAt } from './people.ts';
import { CONDITIONS, VERSION } from './scoring.ts';
import { metresBetween, shortWalk } from './walking.ts';

/** The ten homes of today. */

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
  const head = { area, names, day: dateOf(day), peopleAt };
  const known = await store.listOf(db, area, day);
  const made = known ?? (await make(house, desk, caller, { area, day, now }));
  const list = (await store.listOf(db, area, day)) ?? made;
  // Before anybody was told of, nobody is not a count of people.
  const isNobodyTold = peopleAt === null && list.left[0]?.count === 0;
  const gone = await goneAddressesIn(db, area);
  const rows = (await store.homesOf(db, area, day)).filter((r) => r.result !== null || !isGone(r, gone));
  const items = await shown(house, caller.actor, { rows, addresses: await addressesIn(db, area) });
  return {
    ...head,
    madeAt: rows.length === 0 ? null : isoOf(list.made_at),
    version: list.version,
    left: list.left.map(({ id, count }) => ({
      id,
      names: [EVERYBODY, ...CONDITIONS].find((c) => c.id === id)?.names ?? EVERYBODY.names,
      count: isNobodyTold ? null : count,
    })),
    missing: [...list.missing],
    items,
    walk: walkOf(items),
  };
}

/** The house was pulled down, or became another one's, after the list was made. */
const isGone = ({ estate, building }: Pick<store.HomeRow, 'estate' | 'building'>, gone: readonly GoneAddress[]): boolean =>
  gone.some((g) => g.estate === estate && (g.building === null || g.building === building));

function walkOf(homes: readonly Home[]): Homes['walk'] {
  const placed = homes.filter((h): h is Home & { spot: Point } => h.spot !== null);
  const order = shortWalk(placed.map((h) => h.spot)).map((i) => placed[i] as (typeof placed)[number]);
  const legs = order.map(({ id, spot }, i) => ({ id, metres: i === 0 ? 0 : Math.round(metresBetween((order[i - 1] as typeof placed[number]).spot, spot)) })); // biome-ignore format: one line
  return { metres: legs.reduce((sum, l) => sum + l.metres, 0), homes: legs };
}

/** As many grids are read one by one. */
const GRIDS = 200;

/** What has come of today's homes in the grids of an area, as far as the caller sees it. */
export async function gridDays(
  { db, config }: Pick<House, 'db' | 'config'>,
  actor: Actor,
  asked: readonly string[] | undefined,
): Promise<GridDays> {
  const day = todayIn(config.zone, Date.now());
  const units = await listUnits(db, areasAsked(actor, asked));
  const parents = new Set(units.map((u) => u.parent));
  const grids = units.filter((u) => !parents.has(u.code));
  const shown = grids.slice(0, GRIDS);
  const days = new Map((await store.daysOf(db, shown.map((g) => g.code), day)).map((d) => [d.area, d])); // biome-ignore format: one line
  return {
    day: dateOf(day),
    total: grids.length,
    items: shown.map(({ code, names }) => {
      const found = days.get(code);
      return { area: code, names, homes: found?.homes ?? null, held: found?.held ?? 0, results: [...(found?.results ?? [])] };
    }),
  };
}

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

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
    const at = addressOf(addresses, r.estate, r.building);
    const estate = at?.estate;
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
      spot: at?.spot ?? null,
      holder: r.holder === null ? null : { id: r.holder, name: r.holder_name ?? '' },
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
    action('note', visit ?? (r.result === null ? null : 'home.noted')),
    action('undo', visit ?? (r.result === null ? 'home.not-noted' : r.by === actor.id ? null : 'home.not-yours')),
    action('assign', !may(actor, 'place:assign') ? 'auth.forbidden' : r.result === null ? null : 'home.noted'),
    action('reveal', may(actor, 'customer:reveal') ? null : 'auth.forbidden'),
  ];
}
