import type { Caller, Desk } from '#audience';
import type { Sql } from '#platform/db';
import type { EstateFeature, Figure, GonePlaces, PlaceMap } from './contract.ts';
import { ESTATE, FIGURES, NEEDS, RISKS } from './figures.ts';
import { countGone, goneIn } from './goneStore.ts';
import { toldAt } from './people.ts';
import { around, type Box, simplified, unseen } from './shape.ts';
import * as store from './store.ts';
import { figuresOf } from './sums.ts';

/** More outlines than this nobody tells apart on one map. */
const MOST = 1_000;

const ON_MAP = [...FIGURES, ...RISKS, ...NEEDS];
const PORTS = {
  id: 'ports',
  names: { zh: '空闲端口', en: 'Free ports' },
  meaning: { zh: '小区各楼报送的空闲端口 ÷ 总端口。', en: 'Free ports ÷ all ports, as told of the estate’s buildings.' },
  good: 'high' as const,
};

export const isoOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Ports told of a place; null: nobody said. */
export const portsOf = (p: { readonly ports_total: number | null; readonly ports_free: number | null }) =>
  p.ports_total === null ? null : { total: p.ports_total, free: p.ports_free ?? 0 };

/** Free ports as a figure beside those of the people. */
export const portsFigure = (ports: ReturnType<typeof portsOf>): Figure =>
  ports === null
    ? { id: PORTS.id, part: null, whole: null, unknown: null, missing: 'ports' }
    : { id: PORTS.id, part: ports.free, whole: ports.total, unknown: 0, missing: null };

/** Estates as GeoJSON with the figures that the map may be coloured by. */
export async function placeMap(
  sql: Sql,
  desk: Desk,
  caller: Caller,
  { areas, box }: { areas: store.Areas; box: Box | null },
): Promise<PlaceMap> {
  const [total, rows, gone] = await Promise.all([
    store.countEstates(sql, areas, box),
    store.estatesIn(sql, areas, box, MOST),
    countGone(sql, areas),
  ]);
  const places = rows.map((r) => ({ value: r.value, households: r.homes }));
  const figures = await figuresOf(desk, caller, { rows: ON_MAP, where: { and: [] }, tag: ESTATE, places });
  const whole = around(rows.flatMap((r): Box[] => (r.west === null ? [] : [[r.west, r.south, r.east, r.north] as Box])));
  const tolerance = whole === undefined ? 0 : unseen(whole);
  const features = rows.map((r): EstateFeature => {
    const ports = portsOf(r);
    const { people = null, figures: counted = [] } = figures.get(r.value) ?? {};
    return {
      type: 'Feature',
      id: r.id,
      geometry: geometryOf(r, tolerance),
      properties: {
        names: { zh: r.zh, en: r.en },
        area: r.area,
        households: r.homes,
        buildings: r.buildings,
        ports,
        people,
        figures: [...counted, portsFigure(ports)],
      },
    };
  });
  const told = rows.map((r) => r.told_at);
  return {
    type: 'FeatureCollection',
    features,
    bbox: whole === undefined ? null : [...whole],
    total,
    limited: total > rows.length,
    toleranceMetres: Math.round(tolerance * 10) / 10,
    figures: [...ON_MAP.map(({ id, names, meaning, good }) => ({ id, names, meaning, good })), PORTS],
    gone,
    placesAt: isoOf(told.length === 0 ? null : Math.max(...told)),
    peopleAt: isoOf(await toldAt(sql, [ESTATE])),
  };
}

const GONE_SHOWN = 200;

/** Places of these areas that are no more. */
export async function gonePlaces(sql: Sql, areas: store.Areas): Promise<GonePlaces> {
  const [total, rows] = await Promise.all([countGone(sql, areas), goneIn(sql, areas, GONE_SHOWN)]);
  return {
    total,
    items: rows.map((r) => ({
      id: r.id,
      names: { zh: r.zh, en: r.en },
      estate: r.estate === null ? null : { id: r.estate, names: { zh: r.estate_zh, en: r.estate_en } },
      area: r.area,
      at: isoOf(r.gone_at) as string,
      why: r.gone_why,
      into: r.into_id === null ? null : { id: r.into_id, names: { zh: r.into_zh, en: r.into_en } },
    })),
  };
}

/** A ring is closed in GeoJSON, and runs against the clock (RFC 7946, 3.1.6). */
function geometryOf(r: store.EstateSums, metres: number): EstateFeature['geometry'] {
  if (r.outline !== null) {
    const ring = simplified(r.outline, metres);
    const turns = ring.reduce((sum, [x, y], i) => {
      const [nx, ny] = ring[(i + 1) % ring.length] as [number, number];
      return sum + (nx - x) * (ny + y);
    }, 0);
    const round = turns > 0 ? ring.toReversed() : ring;
    return { type: 'Polygon', coordinates: [[...round, round[0] as (typeof round)[number]]] };
  }
  return r.lng === null || r.lat === null ? null : { type: 'Point', coordinates: [r.lng, r.lat] };
}
