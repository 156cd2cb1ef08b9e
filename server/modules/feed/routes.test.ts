import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { org } from '#org/module';
import type { Config } from '#platform/config';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import { scenario } from '#scenario/module';
import { source } from '#source/module';
import { freshDb } from '../../../test/database.ts';
import { startSources } from '../source/service.ts';
import { tracking } from '../tracking/module.ts';
import type { Feed, FeedLook, FeedRefusal } from './contract.ts';
import { feed, houseOf } from './fixtures.ts';
import { addRefused } from './store.ts';

const TOKEN = 'an-admin-token-of-size';
const own = mkdtempSync(join(tmpdir(), 'glasshouse-own-'));
let db: Db;
let app: App;
let house: ReturnType<typeof houseOf>;

beforeAll(async () => {
  db = await freshDb([org, scenario, source, tracking, feed]);
  house = { ...houseOf(db), config: { zone: 'Asia/Shanghai', dataDir: own, adminToken: TOKEN, repo: '/nowhere' } as Config };
  await startSources(db, house.live);
  app = await buildApp(house, [org, scenario, source, tracking, feed]);
});
afterAll(async () => {
  await app?.close();
  await db?.close();
});

async function call<T = { code: string; message: string }>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  token = TOKEN,
) {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en' };
  const res = await app.inject({ method, url: `/api/feeds${url}`, headers, ...(payload && { payload }) });
  return { status: res.statusCode, body: (res.body === '' ? null : res.json()) as T, text: res.body };
}
const acts = async (id: string) =>
  (await db.query<{ act: string }>('', 'select act from platform.audit where object = $1 order by id', [`feed:${id}`])).map((r) => r.act);

const TABLE = {
  id: 'wo',
  kind: 'postgres',
  source: 'workorder',
  name: '综调工单',
  paused: true,
  map: 'zone: Asia/Shanghai # wall times\nopen: [state]\ncolumns: { key.workOrder: wo, type: state, time: at }',
  settings: { url: 'postgresql://reader:s3cret@127.0.0.1:1/x', relation: 'public.step', cursor: 'id' },
};

test('a feed is added, and its secrets never come back', async () => {
  const made = await call<Feed>('POST', '', TABLE);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    id: 'wo',
    state: 'paused',
    secrets: ['password'],
    settings: { url: 'postgresql://reader@127.0.0.1:1/x', pollSeconds: 5 },
  });
  expect(made.text).not.toContain('s3cret');
  const listed = await call('GET', '');
  expect(listed.text).not.toContain('s3cret');
  const kept = await db.query('', 'select settings::text, secrets from feed.feed');
  expect(JSON.stringify(kept)).not.toContain('s3cret');
  expect(Buffer.from((kept[0] as { secrets: Buffer }).secrets).toString('latin1')).not.toContain('s3cret');
  const [described] = await db.query('', `select zone, open from source.source where id = 'workorder'`);
  expect(described).toEqual({ zone: 'Asia/Shanghai', open: ['state'] });
  expect((await call('POST', '', TABLE)).body).toMatchObject({ code: 'feed.exists' });
});

test('a change keeps what it does not name, the secret too; each act is in the audit trail', async () => {
  const after = await call<Feed>('PATCH', '/wo', { settings: { pollSeconds: 9, overlap: 5 } });
  expect(after.body).toMatchObject({ secrets: ['password'], settings: { pollSeconds: 9, overlap: 5, relation: 'public.step' } });
  expect((await call<Feed>('PATCH', '/wo', { settings: { password: null } })).body.secrets).toEqual([]);
  expect((await call('PATCH', '/wo', { settings: { colour: 'red' } })).body).toMatchObject({ code: 'feed.bad-settings' });
  expect((await call('PATCH', '/wo', { map: 'columns: { key.: x }' })).body).toMatchObject({ code: 'feed.bad-map' });
  expect((await call('PATCH', '/wo', { paused: false })).status).toBe(200);
  expect((await call<Feed>('POST', '/wo/replay', { from: '2026-01-01T00:00:00+08:00' })).body).toMatchObject({
    replayingFrom: '2025-12-31T16:00:00.000Z',
  });
  expect((await call('POST', '/wo/replay', { from: '2099-01-01T00:00:00Z' })).body).toMatchObject({ code: 'feed.future-replay' });
  expect(await acts('wo')).toEqual(['feed.added', 'feed.changed', 'feed.changed', 'feed.resumed', 'feed.replayed']);
});

test('trouble is said in the reader’s language', async () => {
  const { body } = await call('POST', '/test', TABLE);
  expect(body).toMatchObject({ code: 'feed.table-away', message: expect.stringMatching(/^The database cannot be reached: /) });
  await db.query(
    '',
    `update feed.feed set error = 'feed.table-missing', error_details = '{"relation":"step"}', failing = 0 where id = 'wo'`,
  );
  const { body: list } = await call<{ items: Feed[] }>('GET', '');
  expect(list.items[0]).toMatchObject({
    state: 'failing',
    error: { message: 'There is no table or view step', since: '1970-01-01T00:00:00.000Z' },
  });
});

test('a folder is looked at before it is a feed; a person’s values stay hidden; our own data folder is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'glasshouse-look-'));
  writeFileSync(join(folder, 'a.csv'), 'trade,type,time,tel\n1,done,2026-11-21 09:00:00,13300000000\n2,done,never,1\n');
  const wanted = {
    id: 'bss',
    kind: 'folder',
    source: 'business',
    settings: { folder, sequence: String.raw`(\d+)` },
    map: { zone: 'Asia/Shanghai', columns: { 'key.trade': 'trade', type: 'type', time: 'time', 'person.phone': 'tel' } },
  };
  const look = await call<FeedLook>('POST', '/test', wanted);
  expect(look.body).toMatchObject({
    found: 'a.csv',
    rows: [{ event: { keys: { trade: '1' }, person: { phone: '•••' } } }, { problem: { code: 'event.bad-time' } }],
  });
  expect(look.text).not.toContain('13300000000');
  for (const taken of [join(own, 'in'), own, join(own, 'inbox'), join(own, 'inbox', '..', 'postgres'), '/'])
    expect((await call('POST', '', { ...wanted, settings: { folder: taken } })).body).toMatchObject({ code: 'feed.folder-own' });
  const inbox = { ...wanted, id: 'inbox', paused: true, settings: { folder: join(own, 'inbox', 'bss') } };
  expect((await call('POST', '', inbox)).status).toBe(201);
  expect((await call('POST', '', { ...wanted, settings: { folder, speed: 3 } })).body).toMatchObject({ code: 'request.unknown-field' });
  expect((await call('POST', '', { ...wanted, map: { ...wanted.map, source: 'another' } })).body).toMatchObject({ code: 'feed.bad-map' });
  expect((await call<Feed>('POST', '', wanted)).body).toMatchObject({
    files: { waiting: 0, done: 0, rejected: 0 },
    gaps: [],
    state: 'running',
  });
  expect((await call<FeedLook>('POST', '/bss/test')).body.found).toBe('a.csv');
  expect((await call<{ items: object[] }>('GET', '/bss/files')).body.items).toEqual([]);
});

test('refused rows are shown with their reason, and whole only to who may reveal', async () => {
  await addRefused(
    db,
    'bss',
    [{ line: 3, code: 'event.bad-time', message: 'time: never', raw: '2,done,never,1', sealed: house.vault.seal('2,done,never,1') }],
    0,
  );
  const { body } = await call<{ items: FeedRefusal[] }>('GET', '/bss/refused');
  expect(body.items).toEqual([
    { at: '1970-01-01T00:00:00.000Z', place: '3', code: 'event.bad-time', message: 'time: never', raw: '2,done,never,1' },
  ]);
});

test('a source’s token may not see feeds; a removed one is gone', async () => {
  const res = await app.inject({
    method: 'POST',
    url: '/api/sources',
    headers: { authorization: `Bearer ${TOKEN}` },
    payload: { id: 'mine' },
  });
  const { token } = res.json() as { token: string };
  expect((await call('GET', '', undefined, token)).status).toBe(403);
  expect((await call('POST', '', TABLE, token)).status).toBe(403);
  expect((await call('DELETE', '/bss')).status).toBe(204);
  expect((await call('DELETE', '/bss')).status).toBe(404);
  expect(await acts('bss')).toEqual(['feed.tested', 'feed.added', 'feed.tested', 'feed.removed']);
});
