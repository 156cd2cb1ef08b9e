import type { BuildingSent, EstateSent, PlaceSent } from './contract.ts';

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

interface Named {
  readonly source: string;
  readonly key: string;
}

/** What decides whether places can be taken: who tells them, which areas there are for him, and what is there already. */
export interface Known {
  /** Null: he speaks for any source. */
  readonly source: string | null;
  readonly areas: ReadonlySet<string>;
  readonly estates: readonly (Named & { readonly id: string; readonly area: string; readonly value: string })[];
  /** `estate`: its estate's id. */
  readonly buildings: readonly (Named & { readonly estate: string; readonly area: string; readonly value: string })[];
}

const nameOf = ({ source, key }: Named): string => `${source}\0${key}`;
const estateOf = ({ source, estate }: BuildingSent): string => nameOf({ source, key: estate });
export const tagValueOf = (p: PlaceSent): string => p.value ?? p.key;
export const estatesOf = (told: readonly Told[]): Told<EstateSent>[] =>
  told.filter((t): t is Told<EstateSent> => t.place.kind === 'estate');
export const buildingsOf = (told: readonly Told[]): Told<BuildingSent>[] =>
  told.filter((t): t is Told<BuildingSent> => t.place.kind === 'building');

/** All that is wrong, in the order of the lines; empty: they can be taken. */
export function wrongIn(told: readonly Told[], known: Known): Wrong[] {
  const [estates, buildings] = [estatesOf(told), buildingsOf(told)];
  const names = new Map(known.estates.map((e) => [e.id, nameOf(e)]));
  const claims = [
    ...known.estates.map((e) => ({ line: 0, place: `estate ${nameOf(e)}`, key: e.key, value: e.value, within: '' })),
    ...known.buildings.map((b) => ({
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
  return [...alone(told, known), ...twice(told), ...homeless(estates, buildings, known), ...contested(claims)].sort(
    (a, b) => a.line - b.line,
  );
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
    const was = there[place.kind].get(nameOf(place));
    if (was !== undefined && !areas.has(was)) return [{ line, code: 'place.unknown-area', details: { area: was } }];
    if (place.kind === 'building' && place.portsFree !== undefined && place.portsFree > (place.portsTotal ?? 0))
      return [{ line, code: 'place.ports-over', details: { free: place.portsFree, total: place.portsTotal ?? 0 } }];
    return [];
  });
}

function twice(told: readonly Told[]): Wrong[] {
  const first = new Map<string, number>();
  return told.flatMap(({ line, place }) => {
    const name = `${place.kind} ${nameOf(place)}`;
    const before = first.get(name);
    if (before !== undefined) return [{ line, code: 'place.twice', details: { line: before } }];
    first.set(name, line);
    return [];
  });
}

function homeless(
  estates: readonly Told<EstateSent>[],
  buildings: readonly Told<BuildingSent>[],
  { areas, estates: there }: Known,
): Wrong[] {
  const named = new Set([...estates.map((t) => nameOf(t.place)), ...there.filter((e) => areas.has(e.area)).map(nameOf)]);
  return buildings
    .filter(({ place }) => !named.has(estateOf(place)))
    .map(({ line, place }) => ({ line, code: 'place.unknown-estate', details: { estate: place.estate } }));
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
