import { afterAll, beforeAll, expect, test } from 'vitest';
import { org } from '#org/module';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { openVault } from '#platform/vault';
import { freshDb } from '../../../test/database.ts';
import { customer } from '../customer/module.ts';
import { tag } from '../tag/module.ts';
import { expireExports, findExport } from './export-store.ts';
import { askExport, takeFile, textOf, workExports } from './exporting.ts';
import { aPopulation, store, TAGS } from './fixtures.ts';
import { makeAudience } from './module.ts';
import { referenceEngine } from './reference.fixture.ts';
import { save } from './saved.ts';
import type { Caller, Desk } from './service.ts';
import { openShelf } from './shelf.ts';

const SIZE = 60;
const vault = openVault(Buffer.alloc(32, 7));
const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
const of = <T>(each: (o: number) => T): T[] => Array.from({ length: SIZE }, (_, o) => each(o));
const population = aPopulation({
  fiveG: of((o) => (o === 3 ? null : o % 2 === 0)),
  plan: of((o) => (o === 3 ? null : 'a')),
  balance: of((o) => o * 5 - 10),
  joined: of((o) => 20_000 + o),
  churn: of((o) => o),
  doNotDisturb: of((o) => o < 5),
});
const engine = referenceEngine(() => population, new Map(TAGS.map((t) => [t.id, t.kind])));
const audience = makeAudience({ engineOf: () => engine });
const li = systemActor('li');
const caller: Caller = { actor: li, viewer: { id: li.id, units: null, all: true }, lang: 'en' };
const id = (o: number) => `00000000-0000-4000-8000-${String(o).padStart(12, '0')}`;
let db: Db;
let desk: Desk;
let everybody: string;

beforeAll(async () => {
  db = await freshDb([org, tag, customer, audience]);
  await store(db, population);
  await db.query('', `update tag.tag set purposes = '{analysis,marketing}'`);
  await db.query('', `update tag.tag set purposes = '{analysis}' where name = 'churn'`);
  desk = { sql: db, engine, shelf: openShelf(live), zone: 'Asia/Shanghai', count: engine.count, size: engine.size };
  for (const o of population.people)
    await db.query(
      '',
      `insert into customer.customer (ordinal, id, source, key_hash, key, since) values ($1, $2, 'crm', gen_random_uuid(), '', 0)`,
      [o, id(o)],
    );
  everybody = await db.inTx(li, (ctx) => save(ctx, desk, caller, { name: 'A', note: '', share: 'private', where: { and: [] } }));
});
afterAll(() => db.close());

const ask = (over: Partial<Parameters<typeof askExport>[3]> = {}) =>
  db.inTx(li, (ctx) => askExport(ctx, desk, caller, { id: everybody, columns: ['fiveG'], purpose: 'analysis', reason: '月报', ...over }));
const take = (exported: string, actor = li) => db.inTx(actor, (ctx) => takeFile(ctx, exported));
async function fileOf(exported: string): Promise<string[][]> {
  const parts: string[] = [];
  for await (const part of textOf(db, vault, exported)) parts.push(part);
  return parts
    .join('')
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

test('a file has the columns asked for, unknown is empty, each row says of which export it is; who must not be disturbed is not on it', async () => {
  const analysis = await ask({ columns: ['fiveG', 'plan', 'balance', 'joined', 'fiveG'] });
  const marketing = await ask({ columns: ['balance'], purpose: 'marketing' });
  expect(await workExports(db, vault, desk, li)).toBe(2);
  const rows = await fileOf(analysis);
  expect(rows.slice(0, 2)).toEqual([
    ['customer', 'fiveG', 'plan', 'balance', 'joined', 'export'],
    [id(0), '1', 'a', '-0.10', '2024-10-04', analysis],
  ]);
  expect([rows[4], rows.length]).toEqual([[id(3), '', '', '0.05', '2024-10-07', analysis], SIZE + 1]);
  expect((await fileOf(marketing)).slice(1).map(([c]) => c)).toEqual(of(id).slice(5));
  expect(await findExport(db, null, marketing)).toMatchObject({ state: 'done', people: SIZE - 5, quiet: 5 });
  const kept = await db.query<{ body: string }>('', `select encode(body, 'escape') body from audience.export_part where export = $1`, [
    analysis,
  ]);
  expect(JSON.stringify(kept)).not.toContain(id(1));
});

test('columns that the purpose does not allow, and audiences of a handful, are refused', async () => {
  const refused = (code: string, details: object = {}) => ({ refusal: { code, details: expect.objectContaining(details) } });
  await expect(ask({ columns: ['balance', 'churn'], purpose: 'marketing' })).rejects.toMatchObject(
    refused('audience.column-not-allowed', { tag: 'churn' }),
  );
  await expect(ask({ columns: ['nothing'] })).rejects.toMatchObject(refused('audience.column-not-allowed', { tag: 'nothing' }));
  const few = await db.inTx(li, (ctx) =>
    save(ctx, desk, caller, { name: 'B', note: '', share: 'private', where: { tag: 'balance', to: 1 } }),
  );
  await expect(ask({ id: few })).rejects.toMatchObject(refused('audience.too-few'));
});

test('a file is its owner’s, each taking is written down, and its time ends', async () => {
  const exported = await ask();
  await expect(take(exported)).rejects.toMatchObject({ refusal: { code: 'audience.export-over' } });
  await workExports(db, vault, desk, li);
  await expect(take(exported, { ...li, id: 'wang', rights: new Set() })).rejects.toMatchObject({ refusal: { code: 'thing.not-found' } });
  await take(exported);
  const acts = await db.query<{ act: string; reason: string }>('', 'select act, reason from platform.audit where object = $1 order by id', [
    `export:${exported}`,
  ]);
  expect(acts).toEqual([
    { act: 'audience.export-asked', reason: '月报' },
    { act: 'audience.export-taken', reason: null },
  ]);
  await expireExports(db, Date.now() + 8 * 86_400_000);
  await expect(take(exported)).rejects.toMatchObject({ refusal: { code: 'audience.export-over' } });
  expect(await db.query('', 'select 1 from audience.export_part where export = $1', [exported])).toEqual([]);
});

test('an export that fails is said to have failed, and those behind it go on', async () => {
  const broken = await ask();
  const next = await ask();
  let times = 0;
  const flaky: Desk = {
    ...desk,
    engine: { ...engine, members: (p, n) => (times++ === 0 ? Promise.reject(new Error('away')) : engine.members(p, n)) },
  };
  await workExports(db, vault, flaky, li);
  expect([(await findExport(db, null, broken))?.state, (await findExport(db, null, next))?.state]).toEqual(['failed', 'done']);
});
