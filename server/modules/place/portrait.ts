import type { Caller, Desk } from '#audience';
import { may } from '#platform/actor';
import type { Sql } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { type LiveCase, liveCases } from '#retention';
import type { PlacePortrait, PlaceSpread } from './contract.ts';
import { BUILDING, both, ESTATE, FIGURES, type FigureRow, LEAST, livesIn, NEEDS, OWN, RISKS, SPREADS, type Where } from './figures.ts';
import { intoOf } from './goneStore.ts';
import { isoOf, portsFigure, portsOf } from './map.ts';
import { countOf, isMissing, membersOf, spreadOf, toldAt } from './people.ts';
import * as store from './store.ts';
import { figuresOf } from './sums.ts';

/** Everybody of a place, for the one question that needs them one by one. */
const MOST_MEMBERS = 100_000;

/** An estate, or one of its buildings. Refuses `thing.not-found`, outside the caller's areas too. */
export async function placePortrait(sql: Sql, desk: Desk, caller: Caller, id: string): Promise<PlacePortrait | Refusal> {
  const areas = caller.actor.areas === 'all' ? null : caller.actor.areas;
  const building = await store.buildingById(sql, id, areas);
  const estate = await store.estateById(sql, building?.estate ?? id, areas);
  if (estate === undefined) return refuse('thing.not-found');
  const place = building ?? estate;
  const where = livesIn(estate.value, building?.value);
  const households = building === undefined ? estate.homes : building.households;
  const [gone, figures, people, cases, buildings, peopleAt] = await Promise.all([
    goneOf(sql, { estate, building }),
    figuresAsked(desk, caller, { where, estate, building, households }),
    peopleOf(desk, caller, where),
    casesOf(sql, desk, caller, { where, area: estate.area }),
    building === undefined ? linesOf(sql, desk, caller, estate) : [],
    toldAt(sql, [ESTATE, BUILDING]),
  ]);
  const rowsOf = (rows: readonly FigureRow[]) => rows.map((row) => figures(row));
  const ports = portsOf(place);
  return {
    id,
    kind: building === undefined ? 'estate' : 'building',
    names: { zh: place.zh, en: place.en },
    area: estate.area,
    estate: building === undefined ? null : { id: estate.id, names: { zh: estate.zh, en: estate.en } },
    floors: building?.floors ?? null,
    units: building?.units ?? null,
    gone,
    households,
    ports,
    where,
    people: peopleAt === null && people?.known === 0 ? null : people,
    figures: rowsOf(FIGURES),
    needs: rowsOf(NEEDS),
    risks: rowsOf(RISKS),
    cases,
    spreads: people === null || people.known < LEAST ? null : await spreadsOf(desk, caller, where),
    least: LEAST,
    buildings,
    placesAt: isoOf(building?.at ?? estate.told_at) as string,
    peopleAt: isoOf(peopleAt),
  };
}

/** Why and since when it is no more: for its own sake, else with its estate. */
async function goneOf(sql: Sql, { estate, building }: Pick<Asked, 'estate' | 'building'>): Promise<PlacePortrait['gone']> {
  const own = building?.gone_at != null ? building : estate;
  if (own.gone_at === null || own.gone_why === null) return null;
  const kind = own === building ? 'building' : 'estate';
  const into = own.gone_into === null ? undefined : await intoOf(sql, kind, { source: own.source, key: own.gone_into });
  return {
    at: isoOf(own.gone_at) as string,
    why: own.gone_why,
    into: into === undefined ? null : { id: into.id, names: { zh: into.zh, en: into.en } },
  };
}

interface Asked {
  readonly where: Where;
  readonly estate: store.EstateSums;
  readonly building: store.BuildingRow | undefined;
  readonly households: number | null;
}

/** Figures of one place: counted by its own tag within its estate, so that one question serves all. */
async function figuresAsked(desk: Desk, caller: Caller, { where, estate, building, households }: Asked) {
  const value = building?.value ?? estate.value;
  const tag = building === undefined ? ESTATE : BUILDING;
  const rows = [...FIGURES, ...NEEDS, ...RISKS];
  const counted = await figuresOf(desk, caller, { rows, where, tag, places: [{ value, households }] });
  const found = counted.get(value)?.figures ?? [];
  return (row: FigureRow): PlacePortrait['figures'][number] => {
    const figure = found.find((f) => f.id === row.id) ?? { id: row.id, part: null, whole: null, unknown: null, missing: tag };
    return {
      ...figure,
      names: row.names,
      meaning: row.meaning,
      good: row.good,
      where: figure.missing === null ? both(where, row.where) : null,
    };
  };
}

async function peopleOf(desk: Desk, caller: Caller, where: Where): Promise<PlacePortrait['people']> {
  const [known, own, offNet] = await Promise.all(
    [where, both(where, OWN), both(where, { tag: 'own', is: false })].map((w) => countOf(desk, caller, w)),
  );
  if (typeof known !== 'number' || typeof own !== 'number' || typeof offNet !== 'number') return null;
  return { known, own, offNet, unknown: known - own - offNet };
}

async function casesOf(
  sql: Sql,
  desk: Desk,
  caller: Caller,
  { where, area }: { where: Where; area: string },
): Promise<PlacePortrait['cases']> {
  if (!may(caller.actor, 'retention:see')) return null;
  const members = await membersOf(desk, caller, { where, most: MOST_MEMBERS });
  if (isMissing(members)) return null;
  const here = new Set(members);
  const found = (await liveCases(sql, [area])).filter((c) => here.has(c.ordinal));
  const count = (state: LiveCase['state']) => found.filter((c) => c.state === state).length;
  return { open: count('open'), taken: count('taken'), suppressed: count('suppressed') };
}

async function spreadsOf(desk: Desk, caller: Caller, where: Where): Promise<PlaceSpread[]> {
  const spreads = await Promise.all(SPREADS.map((tag) => spreadOf(desk, caller, { where, tag })));
  return spreads.filter((s) => s !== undefined);
}

async function linesOf(sql: Sql, desk: Desk, caller: Caller, estate: store.EstateSums): Promise<PlacePortrait['buildings']> {
  const rows = await store.buildingsOf(sql, estate.id);
  const places = rows.map(({ value, households }) => ({ value, households }));
  const counted = await figuresOf(desk, caller, { rows: [...FIGURES, ...RISKS], where: livesIn(estate.value), tag: BUILDING, places });
  return rows.map((b) => {
    const { people = null, figures = [] } = counted.get(b.value) ?? {};
    const ports = portsOf(b);
    return { id: b.id, names: { zh: b.zh, en: b.en }, households: b.households, ports, people, figures: [...figures, portsFigure(ports)] };
  });
}
