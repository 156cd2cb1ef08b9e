import type { Db, Sql } from '#platform/db';
import type { Live } from '#platform/live';
import type { Log } from '#platform/log';
import type { TagValue } from './contract.ts';
import { BLOCK, EVERYONE } from './model.ts';
import * as store from './store.ts';
import { recountSoon } from './tally.ts';
import { shownValue } from './values.ts';

/** Live topic `{ batch }`: something about tags was committed. */
export const CHANGED = 'tag.changed';

/** To be called after the commit of a batch: tells every copy of the program, and counts what is to be counted anew. */
export function announceBatch({ live, db, log }: { live: Live; db: Db; log: Log }, batch: number | null): void {
  if (batch === null) return;
  live.announce(CHANGED, { batch });
  void recountSoon(db, log);
}

/** One thing that is known of a customer. */
export interface Fact {
  readonly tag: store.TagRow;
  readonly value: Exclude<TagValue, null>;
  /** What the value is called, where somebody said so. */
  readonly label: { readonly zh: string; readonly en: string } | null;
}

/** All that is known of one customer, in the order of the tags' ids; hidden tags and `everyone` are left out. */
export async function factsOf(sql: Sql, ordinal: number): Promise<Fact[]> {
  const rows = new Map((await store.allTags(sql)).map((t) => [t.id, t]));
  const found = (await store.placesOf(sql, Math.floor(ordinal / BLOCK), ordinal % BLOCK)).flatMap((place) => {
    const tag = rows.get(place.tag);
    const code = tag === undefined || tag.hidden || tag.id === EVERYONE ? null : codeOfPlace(tag, place);
    return tag === undefined || code === null ? [] : [{ tag, code }];
  });
  const oneOfs = found.filter(({ tag }) => tag.kind === 'oneOf');
  const values = await store.valuesByCode(
    sql,
    oneOfs.map(({ tag, code }) => [tag.id, code]),
  );
  const labels = new Map(values.map((v) => [v.tag, v]));
  return found.flatMap(({ tag, code }) => {
    const label = labels.get(tag.id);
    const value = tag.kind === 'oneOf' ? (label?.value ?? null) : shownValue({ ...tag, values: [] }, code);
    return value === null ? [] : [{ tag, value, label: label && (label.zh || label.en) ? { zh: label.zh, en: label.en } : null }];
  });
}

/** The code at a customer's place; null = unknown. */
function codeOfPlace(tag: store.TagRow, { yes, known, bytes, base, width }: store.PlaceRow): number | null {
  if (bytes === null) return known === 1 ? yes : null;
  const code = width === 8 ? Number(bytes.readBigUInt64LE()) : bytes.readUIntLE(0, width);
  if (code === 0) return null;
  return tag.kind === 'oneOf' ? code : base + code - 1;
}
