import { listUnits } from '#org';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import type { BuildingSent, EstateSent, Point, Taken } from './contract.ts';
import { buildingsOf, estatesOf, type Known, type Told, tagValueOf, type Wrong, wrongIn } from './model.ts';
import { boxOf, middleOf } from './shape.ts';
import * as store from './store.ts';

const WRONG_SHOWN = 1_000;

/** The refusal of a whole telling, with the first of its bad lines in their order. */
export const refusePlaces = (wrong: readonly Wrong[]): Refusal =>
  refuse('places.refused', { items: wrong.slice(0, WRONG_SHOWN), total: wrong.length });

/** What geographic systems tell: all of it, or nothing. The same again changes nothing. Refuses `places.refused` with every bad line. */
export async function takePlaces(ctx: Ctx, told: readonly Told[]): Promise<Taken | Refusal> {
  const { tx, actor, now } = ctx;
  await store.lockPlaces(tx);
  const known = await knownOf(ctx, told);
  const wrong = wrongIn(told, known);
  if (wrong.length > 0) return refusePlaces(wrong);
  const estates = await store.saveEstates(
    tx,
    estatesOf(told).map(({ place }) => estateRow(place, now)),
  );
  const ids = new Map((await namedEstates(ctx, told)).map((e) => [`${e.source}\0${e.key}`, e.id]));
  const buildings = await store.saveBuildings(
    tx,
    buildingsOf(told).map(({ place }) => buildingRow(place, ids.get(`${place.source}\0${place.estate}`) as string, now)),
  );
  const moved = [...estates, ...buildings];
  const added = moved.filter((m) => m.added).length;
  const sum = { places: told.length, added, changed: moved.length - added };
  if (moved.length > 0) await audit(ctx, 'place.told', `place:${actor.id}`, { details: sum });
  return sum;
}

const namedEstates = ({ tx }: Ctx, told: readonly Told[]) => {
  const named = told.map(({ place }) => (place.kind === 'estate' ? place : { source: place.source, key: place.estate }));
  const values = estatesOf(told).map(({ place }) => tagValueOf(place));
  return store.estatesTold(tx, { sources: named.map((n) => n.source), keys: named.map((n) => n.key), values });
};

async function knownOf(ctx: Ctx, told: readonly Told[]): Promise<Known> {
  const { tx, actor } = ctx;
  const units = await listUnits(tx, actor.areas === 'all' || actor.kind === 'source' ? null : actor.areas); // a source knows of no areas of its own
  const estates = await namedEstates(ctx, told);
  const sent = buildingsOf(told).map(({ place }) => place);
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
