import { afterAll, beforeAll, expect, test } from 'vitest';
import { org } from '#org/module';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { normal } from '#platform/personal';
import { orThrow } from '#platform/result';
import { openVault } from '#platform/vault';
import { freshDb } from '../../../test/database.ts';
import { keyHash } from '../customer/keys.ts';
import { customer } from '../customer/module.ts';
import { tag } from '../tag/module.ts';
import { readDefinition } from './definition.ts';
import { aPopulation, store, TAGS } from './fixtures.ts';
import { lists, makeList } from './lists.ts';
import { makeAudience } from './module.ts';
import { referenceEngine } from './reference.fixture.ts';
import { openShelf } from './shelf.ts';
import { membersSql } from './sql.ts';

const vault = openVault(Buffer.alloc(32, 7));
const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
const population = aPopulation({ fiveG: [true, false, true, null, true] });
const audience = makeAudience({ engineOf: () => referenceEngine(() => population, new Map(TAGS.map((t) => [t.id, t.kind]))) });
const id = (o: number) => `00000000-0000-4000-8000-00000000000${o}`;
const everywhere = { id: 'li', units: null, all: true };
const li = systemActor('li');
let db: Db;

beforeAll(async () => {
  db = await freshDb([org, tag, customer, audience]);
  await store(db, population);
  for (const o of population.people) {
    await db.query(
      '',
      `insert into customer.customer (ordinal, id, source, key_hash, key, area, since, gone_at) values ($1, $2, 'crm', $3, '', $4, 0, $5)`,
      [o, id(o), keyHash(vault, `K-${o}`), o < 3 ? 'east' : 'west', o === 4 ? 1 : null],
    );
    const ref = vault.hash('phone', normal('phone', o < 2 ? '13000000001' : `1300000000${o}`));
    await db.query('', `insert into customer.personal (ordinal, kind, ref, at) values ($1, 'phone', $2, 0)`, [o, ref]);
  }
});
afterAll(() => db.close());

const bring = (by: 'id' | 'key' | 'phone', customers: string[], actor = li) =>
  db.inTx(actor, (ctx) => makeList(ctx, vault, { name: '外呼名单', share: 'private', by, customers }));

async function members(where: object): Promise<number[]> {
  const catalogue = await openShelf(live).catalogueFor(db, everywhere, [where], 0);
  const { text, values } = membersSql(orThrow(readDefinition(where, catalogue)), 100);
  return (await db.query<{ ordinal: number }>('', text, [...values])).map((r) => r.ordinal);
}

test('a list is brought by ids, numbers or phones; it is a set: whoever is not on it is off it', async () => {
  const byId = await bring('id', [id(0), id(2), id(2).toUpperCase(), id(9), 'no id']);
  expect(byId).toMatchObject({ unknown: [3, 4], unknownTotal: 2, batch: expect.any(Number) });
  expect(await members({ list: byId.id })).toEqual([0, 2]);
  expect(await members({ not: { list: byId.id } })).toEqual([1, 3, 4]);
  const byKey = await bring('key', ['K-3', ' K-1 ', 'K-8']);
  expect([await members({ list: byKey.id }), byKey.unknown]).toEqual([[1, 3], [2]]);
  const byPhone = await bring('phone', ['130 0000 0001', '13000000004']);
  expect([await members({ and: [{ list: byPhone.id }, { not: { list: byId.id } }] }), byPhone.unknown]).toEqual([[1], [1]]); // 4 left
  const kept = await db.query<{ hidden: boolean; source: string }>(
    '',
    `select distinct hidden, source from tag.tag where name like 'list.%'`,
  );
  expect(kept).toEqual([{ hidden: true, source: 'glasshouse' }]);
});

test('nobody puts customers on a list whom he may not see; a list of nobody is refused; lists are found by the unit that brought them', async () => {
  const west = { ...li, rights: new Set<string>(), areas: ['west'] };
  const list = await bring('id', [id(0), id(3)], west);
  expect([await members({ list: list.id }), list.unknown]).toEqual([[3], [0]]);
  expect((await lists(db, everywhere, ['west', 'w-1'])).items.map((l) => l.id)).toEqual([list.id]);
  expect((await lists(db, everywhere, ['east'])).items).toEqual([]);
  expect((await lists(db, everywhere, null)).items.length).toBeGreaterThan(1);
  await expect(bring('id', [id(0)], west)).rejects.toMatchObject({ refusal: { code: 'audience.empty-list' } });
});
