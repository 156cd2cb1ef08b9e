import { listUnits, unitsBelow } from '#org';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import type { BuildingSent, EstateSent, Point, Taken } from './contract.ts';
import { type Lost, markGone, presentOf } from './goneStore.ts';
import { buildingsOf, estatesOf, goneOf, type Known, type Named, type Told, tagValueOf, unnamed, type Wrong, wrongIn } from './model.ts';
import { boxOf, middleOf } from './shape.ts';
import * as store from './store.ts';

const WRONG_SHOWN = 1_000;

/** The refusal of a whole telling, with the first of its bad lines in their order. */
export const refusePlaces = (wrong: readonly Wrong[]): Refusal =>
  refuse('places.refused', { items: wrong.slice(0, WRONG_SHOWN), total: wrong.length });

/**
 * What geographic systems tell: all of it, or nothing. The same again changes nothing. `whole`: it is all that its one source has in this area and below, so
 * that what it does not name is gone. Refuses `places.refused` with every bad line, `places.one-source`, `places.half-gone`, `thing.not-found` (the area).
 */
export async function takePlaces(ctx: Ctx, told: readonly Told[], whole?: string): Promise<Taken | Refusal> {
  const { tx, actor, now } = ctx;
  await store.lockPlaces(tx);
  const known = await knownOf(ctx, told);
  const wrong = wrongIn(told, known);
  if (wrong.length > 0) return refusePlaces(wrong);
  const left = whole === undefined ? NOBODY : await leftOut(ctx, told, whole);
  if (isRefusal(left)) return left as Refusal;
  // First what is gone, so that what it was called may be taken by another place.
  const gone = await loseAll(ctx, told, left as Left);
  const estates = await store.saveEstates(
    tx,
    estatesOf(told).map(({ place }) => estateRow(place, now)),
  );
  const ids = new Map((await namedEstates(ctx, told)).map((e) => [nameOf(e), e.id]));
  const buildings = await store.saveBuildings(
    tx,
    buildingsOf(told).map(({ place }) => buildingRow(place, ids.get(nameOf({ source: place.source, key: place.estate })) as string, now)),
  );
  const moved = [...estates, ...buildings];
  const added = moved.filter((m) => m.added).length;
  const back = backAgain(told, known);
  const sum = { places: told.length, added, changed: moved.length - added - back, back, gone };
  if (moved.length + gone > 0) await audit(ctx, 'place.told', `place:${actor.id}`, { details: sum });
  return sum;
}

interface Left {
  readonly estates: readonly Named[];
  readonly buildings: readonly Named[];
}

const NOBODY: Left = { estates: [], buildings: [] };
const nameOf = ({ source, key }: Named): string => `${source}\0${key}`;

/** What the telling of all there is leaves out. */
async function leftOut({ tx, actor }: Ctx, told: readonly Told[], whole: string): Promise<Left | Refusal> {
  const [source, ...others] = new Set(told.map((t) => t.place.source));
  if (source === undefined || others.length > 0) return refuse('places.one-source');
  const areas = await unitsBelow(tx, whole);
  const isHis = actor.kind === 'source' || actor.areas === 'all' || actor.areas.includes(whole);
  if (areas.length === 0 || !isHis) return refuse('thing.not-found');
  const { isHalfLost, ...left } = unnamed(told, await presentOf(tx, source, areas));
  return isHalfLost ? refuse('places.half-gone', { gone: left.estates.length + left.buildings.length }) : left;
}

async function loseAll({ tx, now }: Ctx, told: readonly Told[], left: Left): Promise<number> {
  const lostOf = (what: 'estate' | 'building', unsaid: readonly Named[]): Lost[] => [
    ...goneOf(told)
      .filter((g) => g.place.what === what)
      .map(
        ({ place: { source, key, into } }): Lost => ({
          source,
          key,
          why: into === undefined ? 'demolished' : 'merged',
          into: into ?? null,
        }),
      ),
    ...unsaid.map(({ source, key }): Lost => ({ source, key, why: 'not-named', into: null })),
  ];
  return (
    (await markGone(tx, 'building', lostOf('building', left.buildings), now)) +
    (await markGone(tx, 'estate', lostOf('estate', left.estates), now))
  );
}

/** How many of those told had been gone. */
function backAgain(told: readonly Told[], { estates, buildings }: Known): number {
  const gone = {
    estate: new Set(estates.filter((e) => e.gone).map(nameOf)),
    building: new Set(buildings.filter((b) => b.gone).map(nameOf)),
  };
  return told.filter(({ place }) => place.kind !== 'gone' && gone[place.kind].has(nameOf(place))).length;
}

/** The estates that lines name: as themselves, as their building's, as what took another one. */
const namedEstates = ({ tx }: Ctx, told: readonly Told[]) => {
  const named = told.flatMap(({ place }): Named[] => {
    if (place.kind === 'building') return [{ source: place.source, key: place.estate }];
    if (place.kind === 'estate') return [place];
    const into = place.into === undefined ? [] : [{ source: place.source, key: place.into }];
    return place.what === 'estate' ? [place, ...into] : [];
  });
  const values = estatesOf(told).map(({ place }) => tagValueOf(place));
  return store.estatesTold(tx, { sources: named.map((n) => n.source), keys: named.map((n) => n.key), values });
};

async function knownOf(ctx: Ctx, told: readonly Told[]): Promise<Known> {
  const { tx, actor } = ctx;
  const units = await listUnits(tx, actor.areas === 'all' || actor.kind === 'source' ? null : actor.areas); // a source knows of no areas of its own
  const estates = await namedEstates(ctx, told);
  const sent = told.flatMap(({ place }): Named[] => {
    if (place.kind === 'building') return [place];
    if (place.kind === 'estate' || place.what === 'estate') return [];
    return [place, ...(place.into === undefined ? [] : [{ source: place.source, key: place.into }])];
  });
  const buildings = await store.buildingsTold(tx, {
    sources: sent.map((b) => b.source),
    keys: sent.map((b) => b.key),
    estates: estates.map((e) => e.id),
  });
  return { source: actor.kind === 'source' ? actor.id : null, areas: new Set(units.map((u) => u.code)), estates, buildings };
}

function estateRow(e: EstateSent, at: number): store.NewEstate {
  const centre = e.centre ?? middleOf(e.outline ?? []);
  const box = boxOf([...(e.outline ?? []), ...(centre === undefined ? [] : [centre])] as Point[]);
  const [west = null, south = null, east = null, north = null] = box ?? [];
  const { source, key, area, names, households = null, outline = null } = e;
  const [lng = null, lat = null] = centre ?? [];
  return { source, key, area, ...names, value: tagValueOf(e), lng, lat, outline, west, south, east, north, households, at };
}

function buildingRow(b: BuildingSent, estate: string, at: number): store.NewBuilding {
  const { source, key, floors = null, units = null, households = null, portsTotal = null, portsFree = null } = b;
  const value = tagValueOf(b);
  const names = b.names ?? { zh: value, en: value };
  const [lng = null, lat = null] = b.centre ?? [];
  return { estate, source, key, ...names, value, lng, lat, floors, units, households, ports_total: portsTotal, ports_free: portsFree, at };
}
