import type { Sql } from '#platform/db';
import type { Point } from './contract.ts';
import type { BuildingRow, EstateRow } from './store.ts';

/** Where the people of a grid live: the tags' values with names, ports and spots. */
export interface Address {
  readonly estate: Pick<EstateRow, 'id' | 'zh' | 'en' | 'value'>;
  readonly building: Pick<BuildingRow, 'id' | 'zh' | 'en' | 'value' | 'ports_free'> | null;
  /** Where the building lies, else the estate. */
  readonly spot: Point | null;
}

interface AddressRow {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly value: string;
  readonly b_id: string | null;
  readonly b_zh: string;
  readonly b_en: string;
  readonly b_value: string;
  readonly ports_free: number | null;
  readonly lng: number | null;
  readonly lat: number | null;
}

type Row<T> = T & Record<string, never>;

/** Buildings of the area that stand, and each of its estates once more without one (for people whose building is not known). */
export async function addressesIn(sql: Sql, area: string): Promise<Address[]> {
  const rows = await sql.query<Row<AddressRow>>(
    'place-addresses',
    `select e.id, e.zh, e.en, e.value, b.id as b_id, b.zh as b_zh, b.en as b_en, b.value as b_value, b.ports_free,
       coalesce(b.lng, e.lng) as lng, coalesce(b.lat, e.lat) as lat
     from place.estate e cross join lateral (
       select id, zh, en, value, ports_free, lng, lat from place.building where estate = e.id and gone_at is null
       union all select null, null, null, null, null, null, null) b
     where e.area = $1 and e.gone_at is null`,
    [area],
  );
  return rows.map(({ id, zh, en, value, lng, lat, ...b }) => ({
    estate: { id, zh, en, value },
    building: b.b_id === null ? null : { id: b.b_id, zh: b.b_zh, en: b.b_en, value: b.b_value, ports_free: b.ports_free },
    spot: lng === null || lat === null ? null : [lng, lat],
  }));
}

/** Where somebody lives of whom the tags say this: his building; his estate where the building is not known or not told; undefined: nobody told either. */
export function addressOf(addresses: readonly Address[], estate: string | null, building: string | null): Address | undefined {
  const here = addresses.filter((a) => a.estate.value === estate);
  return here.find((a) => a.building !== null && a.building.value === building) ?? here.find((a) => a.building === null);
}

/** What tags say of places that are gone and whose value no other place has taken; `building` null: the whole estate. */
export interface GoneAddress {
  readonly estate: string;
  readonly building: string | null;
}

export const goneAddressesIn = (sql: Sql, area: string): Promise<GoneAddress[]> =>
  sql.query<Row<GoneAddress>>(
    'place-gone-addresses',
    `select g.value as estate, null as building from place.estate g
     where g.area = $1 and g.gone_at is not null and not exists (select from place.estate s where s.value = g.value and s.gone_at is null)
     union
     select e.value, g.value from place.building g join place.estate e on e.id = g.estate
     where e.area = $1 and e.gone_at is null and g.gone_at is not null
       and not exists (select from place.building s where s.estate = g.estate and s.value = g.value and s.gone_at is null)`,
    [area],
  );
