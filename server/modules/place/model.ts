import { lostHalf } from '#customer';
import type { BuildingSent, EstateSent, GoneSent, PlaceSent } from './contract.ts';

/** What is told of places, and what is wrong with it. Pure. */

/** What is wrong with a line of what was sent; lines count from 1. */
export interface Wrong {
  readonly line: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A place as it was sent, with its line. */
export interface Told<P extends PlaceSent = PlaceSent> {
  readonly line: number;
  readonly place: P;
}

export interface Named {
  readonly source: string;
  readonly key: string;
}

/** What decides whether places can be taken: who tells them, which areas there are for him, and what is there already. */
export interface Known {
  /** Null: he speaks for any source. */
  readonly source: string | null;
  readonly areas: ReadonlySet<string>;
  readonly estates: readonly (Named & { readonly id: string; readonly area: string; readonly value: string; readonly gone: boolean })[];
  /** `estate`: its estate's id. */
  readonly buildings: readonly (Named & {
    readonly estate: string;
    readonly area: string;
    readonly value: string;
    readonly gone: boolean;
  })[];
}

const nameOf = ({ source, key }: Named): string => `${source}\0${key}`;
const estateOf = ({ source, estate }: BuildingSent): string => nameOf({ source, key: estate });
const kindOf = (p: PlaceSent): 'estate' | 'building' => (p.kind === 'gone' ? p.what : p.kind);
const placeOf = (p: PlaceSent): string => `${kindOf(p)} ${nameOf(p)}`;
export const tagValueOf = (p: EstateSent | BuildingSent): string => p.value ?? p.key;
export const estatesOf = (told: readonly Told[]): Told<EstateSent>[] =>
  told.filter((t): t is Told<EstateSent> => t.place.kind === 'estate');
export const buildingsOf = (told: readonly Told[]): Told<BuildingSent>[] =>
  told.filter((t): t is Told<BuildingSent> => t.place.kind === 'building');

export const goneOf = (told: readonly Told[]): Told<GoneSent>[] => told.filter((t): t is Told<GoneSent> => t.place.kind === 'gone');

/** All that is wrong, in the order of the lines; empty: they can be taken. */
export function wrongIn(told: readonly Told[], known: Known): Wrong[] {
  const [estates, buildings, gone] = [estatesOf(told), buildingsOf(told), goneOf(told)];
  const names = new Map(known.estates.map((e) => [e.id, nameOf(e)]));
  const lost = new Set(gone.map((g) => placeOf(g.place)));
  const holds = (kind: 'estate' | 'building') => (k: Named & { readonly gone: boolean }) => !k.gone && !lost.has(`${kind} ${nameOf(k)}`);
  const claims = [
    ...known.estates
      .filter(holds('estate'))
      .map((e) => ({ line: 0, place: `estate ${nameOf(e)}`, key: e.key, value: e.value, within: '' })),
    ...known.buildings.filter(holds('building')).map((b) => ({
      line: 0,
      place: `building ${nameOf(b)}`,
      key: b.key,
      value: b.value,
      within: names.get(b.estate) ?? b.estate,
    })),
    ...estates.map(({ line, place }) => ({ line, place: `estate ${nameOf(place)}`, key: place.key, value: tagValueOf(place), within: '' })),
    ...buildings.map(({ line, place: b }) => ({
      line,
      place: `building ${nameOf(b)}`,
      key: b.key,
      value: tagValueOf(b),
      within: estateOf(b),
    })),
  ];
  const living = known.estates.filter(holds('estate'));
  return [
    ...alone(told, known),
    ...twice(told),
    ...homeless(estates, buildings, { ...known, living }),
    ...nowhere(told, known),
    ...contested(claims),
  ].sort((a, b) => a.line - b.line);
}

function alone(told: readonly Told[], { source, areas, estates, buildings }: Known): Wrong[] {
  const there = {
    estate: new Map(estates.map((e) => [nameOf(e), e.area])),
    building: new Map(buildings.map((b) => [nameOf(b), b.area])),
  };
  return told.flatMap(({ line, place }): Wrong[] => {
    if (source !== null && place.source !== source) return [{ line, code: 'place.foreign-source', details: { source } }];
    const area = place.kind === 'estate' ? place.area : undefined;
    if (area !== undefined && !areas.has(area)) return [{ line, code: 'place.unknown-area', details: { area } }];
    const was = there[kindOf(place)].get(nameOf(place));
    if (was !== undefined && !areas.has(was)) return [{ line, code: 'place.unknown-area', details: { area: was } }];
    if (place.kind === 'building' && place.portsFree !== undefined && place.portsFree > (place.portsTotal ?? 0))
      return [{ line, code: 'place.ports-over', details: { free: place.portsFree, total: place.portsTotal ?? 0 } }];
    return [];
  });
}

function twice(told: readonly Told[]): Wrong[] {
  const first = new Map<string, number>();
  return told.flatMap(({ line, place }) => {
    const name = placeOf(place);
    const before = first.get(name);
    if (before !== undefined) return [{ line, code: 'place.twice', details: { line: before } }];
    first.set(name, line);
    return [];
  });
}

function homeless(
  estates: readonly Told<EstateSent>[],
  buildings: readonly Told<BuildingSent>[],
  { areas, estates: there, living }: Known & { readonly living: Known['estates'] },
): Wrong[] {
  const mine = (some: Known['estates']) => some.filter((e) => areas.has(e.area)).map(nameOf);
  const [named, known] = [new Set([...estates.map((t) => nameOf(t.place)), ...mine(living)]), new Set(mine(there))];
  return buildings
    .filter(({ place }) => !named.has(estateOf(place)))
    .map(({ line, place }) => ({
      line,
      code: known.has(estateOf(place)) ? 'place.gone-estate' : 'place.unknown-estate',
      details: { estate: place.estate },
    }));
}

/** Lines that speak of a place as gone which nobody ever told, or that merge it into one that is not there or is gone itself. */
function nowhere(told: readonly Told[], { estates, buildings }: Known): Wrong[] {
  const names = (some: readonly (Named & { readonly gone: boolean })[]) => some.map(nameOf);
  const known = { estate: new Set(names(estates)), building: new Set(names(buildings)) };
  const lost = new Set(goneOf(told).map((g) => placeOf(g.place)));
  const standing = new Set([
    ...estates.filter((e) => !e.gone).map((e) => `estate ${nameOf(e)}`),
    ...buildings.filter((b) => !b.gone).map((b) => `building ${nameOf(b)}`),
    ...told.filter((t) => t.place.kind !== 'gone').map((t) => placeOf(t.place)),
  ]);
  return goneOf(told).flatMap(({ line, place }): Wrong[] => {
    const { what, source, into } = place;
    if (!known[what].has(nameOf(place))) return [{ line, code: `place.unknown-${what}`, details: { [what]: place.key } }];
    if (into === undefined) return [];
    const taker = `${what} ${nameOf({ source, key: into })}`;
    return standing.has(taker) && !lost.has(taker) ? [] : [{ line, code: `place.unknown-${what}`, details: { [what]: into } }];
  });
}

/** Places that a telling of all there is does not name; a building names its estate. */
export interface Unnamed {
  readonly estates: readonly Named[];
  readonly buildings: readonly Named[];
  /** So many were there, and so few of them were named, that the telling is not believed. */
  readonly isHalfLost: boolean;
}

/** `present`: what the source has told of the areas before and is not gone. */
export function unnamed(
  told: readonly Told[],
  present: { readonly estates: readonly Named[]; readonly buildings: readonly Named[] },
): Unnamed {
  const named = new Set([...told.map((t) => placeOf(t.place)), ...buildingsOf(told).map((b) => `estate ${estateOf(b.place)}`)]);
  const estates = present.estates.filter((e) => !named.has(`estate ${nameOf(e)}`));
  const buildings = present.buildings.filter((b) => !named.has(`building ${nameOf(b)}`));
  const all = present.estates.length + present.buildings.length;
  return { estates, buildings, isHalfLost: lostHalf(all, all - estates.length - buildings.length) };
}

interface Claim {
  /** 0: there already. */
  readonly line: number;
  readonly place: string;
  readonly key: string;
  readonly value: string;
  /** Within which places values must differ. */
  readonly within: string;
}

/** Values that two places would have when all is told; a place that is told anew gives up the value it had. */
function contested(claims: readonly Claim[]): Wrong[] {
  const anew = new Set(claims.filter((c) => c.line > 0).map((c) => c.place));
  const holders = new Map<string, Claim>();
  return claims.flatMap((c) => {
    if (c.line === 0 && anew.has(c.place)) return [];
    const value = `${c.within}\0${c.value}`;
    const by = holders.get(value);
    holders.set(value, c);
    return by === undefined || by.place === c.place
      ? []
      : [{ line: c.line, code: 'place.value-taken', details: { value: c.value, by: by.key } }];
  });
}
