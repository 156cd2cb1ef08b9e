import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { eraseCustomers, rememberErased } from '#customer';
import { customer } from '#customer/module';
import { org } from '#org/module';
import { systemActor } from '#platform/actor';
import type { Config } from '#platform/config';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { openVault } from '#platform/vault';
import { source } from '#source/module';
import type { TagView } from '#tag/contract';
import { tag } from '#tag/module';
import { freshDb } from '../../../test/database.ts';
import { runCustomers } from './customers.ts';
import { aside } from './customers-aside.ts';
import { textCells } from './customers-cells.ts';
import { customerDesk } from './customers-desk.ts';
import { dataset } from './fixtures.ts';

const TOKEN = 'an-admin-token-of-size';
const MODULES = [org, source, tag, customer, customerDesk];
const KEY = Buffer.alloc(32, 7);

let db: Db;
let app: App;
let house: House;
let url: string;
let folder: string;

beforeAll(async () => {
  db = await freshDb(MODULES);
  folder = mkdtempSync(path.join(tmpdir(), 'glasshouse-customers-'));
  const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
  const config = { zone: 'Asia/Shanghai', repo: '/nowhere', adminToken: TOKEN, dataDir: folder, key: KEY } as Config;
  house = { config, db, log: pino({ level: process.env.LOUD ? 'debug' : 'silent' }), vault: openVault(KEY), live };
  app = await buildApp(house, MODULES);
  await app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  await customerDesk.start?.(house);
});
afterAll(async () => {
  await customerDesk.stop?.();
  await app?.close();
  await db?.close();
});

let out = '';
let err = '';
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const aFile = (name: string, content: string | Uint8Array): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};

async function run(map: string, files: string[], ...flags: string[]) {
  [out, err] = ['', ''];
  const argv = ['import', ...files, '--map', aFile('map.yaml', map), ...flags];
  const code = await runCustomers(argv, { GLASSHOUSE_URL: url, GLASSHOUSE_TOKEN: TOKEN });
  const { seconds: _, ...counts } = code === 0 ? JSON.parse(out.trim().split('\n').at(-1) as string) : { seconds: 0 };
  return { code, counts, err };
}

const get = async <T>(at: string): Promise<T> =>
  (await (await fetch(`${url}${at}`, { headers: { authorization: `Bearer ${TOKEN}`, 'accept-language': 'en' } })).json()) as T;
const tagOf = async (name: string) => {
  for (;;) {
    const view = await get<TagView>(`/api/tags/${encodeURIComponent(name)}`);
    if (!view.counting) return view;
    await get('/api/tags');
  }
};
const counts = (customers: number, added: number, changed: number, vanished: number, rejected: number, erased = 0) => ({
  customers,
  added,
  changed,
  vanished,
  rejected,
  ...(erased > 0 ? { erased } : {}),
});

const MAP = `
source: boss
key: 用户号码
tags:
  vip: { column: vip, kind: flag }
  tariff: { column: 套餐, kind: oneOf }
  fee: { column: fee, kind: number }
  joined: { column: 入网日期, kind: date }
unknown: ["-"]
`;
const HEAD = '用户号码,vip,套餐,fee,入网日期';
const FIRST = `${HEAD}
13800000001,1,冰淇淋,19.9,2020-01-02
13800000002,0,,,2021/3/4
13800000003,是,畅享,100,-
13800000004,否,冰淇淋,-5,20220506
`;

describe('a source’s file', () => {
  test('brings customers with their tags; the same file again changes nothing', async () => {
    expect((await run(MAP, [aFile('a.csv', FIRST)])).counts).toEqual(counts(4, 4, 0, 0, 0));
    expect(await tagOf('tariff')).toMatchObject({ known: 3, source: 'boss' });
    expect((await tagOf('tariff')).values.map((v) => [v.value, v.count])).toEqual([
      ['冰淇淋', 2],
      ['畅享', 1],
    ]);
    expect(await tagOf('fee')).toMatchObject({ known: 3, from: -5, to: 100, scale: 1 });
    expect(await tagOf('joined')).toMatchObject({ known: 3, from: '2020-01-02', to: '2022-05-06' });
    expect(await tagOf('everyone')).toMatchObject({ known: 4 });
    expect((await run(MAP, [aFile('a.csv', FIRST)])).counts).toEqual(counts(4, 0, 0, 0, 0));
    expect((await run(MAP, [aFile('a.csv.gz', gzipSync(FIRST))])).counts).toEqual(counts(4, 0, 0, 0, 0));
    const [there] = await db.query('', `select reltuples::int planned, (select count(*) from customer.customer) n from pg_class where oid = 'customer.customer'::regclass`); // biome-ignore format: one line
    expect(there?.planned, 'the planner knows how many there are before they are joined').toBe(there?.n);
  });

  test('tells new, changed and vanished ones apart, and takes back who returns', async () => {
    const next = `${HEAD}\n13800000005,1,新,1.25,\n13800000001,1,冰淇淋,19.9,2020-01-02\n13800000002,1,,,2021-03-04\n13800000003,是,畅享,100,\n`;
    expect((await run(MAP, [aFile('b.csv', next)])).counts).toEqual(counts(4, 1, 1, 1, 0));
    expect(await tagOf('everyone')).toMatchObject({ known: 4 });
    expect(await tagOf('fee')).toMatchObject({ known: 3, from: 1.25, to: 100, scale: 2 });
    const back = next + FIRST.split('\n')[4];
    expect((await run(MAP, [aFile('c.csv', back)])).counts).toEqual(counts(5, 1, 0, 0, 0));
    expect(await tagOf('fee')).toMatchObject({ known: 4, from: -5 });
  });

  test('that lost half its rows is stopped, unless that is allowed', async () => {
    const half = `${HEAD}\n13800000001,1,冰淇淋,19.9,2020-01-02\n13800000002,1,,,2021-03-04\n`;
    const stopped = await run(MAP, [aFile('half.csv', half)]);
    expect(stopped.code).toBe(1);
    expect(stopped.err).toMatch(/name only 2 of the 5 customers that boss has.*--allow-loss/);
    expect(await tagOf('everyone')).toMatchObject({ known: 5 });
    expect((await run(MAP, [aFile('half.csv', half)], '--allow-loss')).counts).toEqual(counts(2, 0, 0, 3, 0));
    expect(await tagOf('everyone')).toMatchObject({ known: 2 });
  });
});

test('rows that cannot be taken are refused with line and reason, and change nothing of whom they name', async () => {
  const map = MAP.replaceAll('boss', 'crm').replaceAll(/ (vip|tariff|fee|joined):/g, ' crm-$1:');
  expect((await run(map, [aFile('crm.csv', `${HEAD}\nA,1,x,1,\nB,1,x,2,\nC,1,y,3,\n`)])).counts).toEqual(counts(3, 3, 0, 0, 0));
  const bad = `${HEAD}\nA,0,x,1,\nB,1,x,two,\nC,1,y,3,2026-02-30\nA,1,x,9,\n ,1,,,\nD,vielleicht,,,\nE,1\nF,0,z,0.1234567,\nG,1,z,4,\n`;
  const { counts: said } = await run(map, [aFile('crm.csv', bad)]);
  expect(said).toEqual(counts(2, 1, 1, 0, 7));
  const rows = readFileSync(path.join(folder, 'crm.csv.rejected.ndjson'), 'utf8').trim().split('\n').map((l) => JSON.parse(l)); // biome-ignore format: one line
  expect(rows.map((r) => [r.line, r.code]).sort((a, b) => a[0] - b[0])).toEqual([
    [3, 'row.bad-value'],
    [4, 'row.bad-value'],
    [5, 'row.twice'],
    [6, 'row.no-key'],
    [7, 'row.bad-value'],
    [8, 'row.bad-cells'],
    [9, 'row.bad-value'],
  ]);
  expect(rows.find((r) => r.line === 3)).toMatchObject({
    message: 'crm-fee: “two” is no number with at most 6 decimals.',
    raw: expect.stringContaining('two'),
  });
  expect(await tagOf('crm-fee')).toMatchObject({ known: 4, from: 1, to: 4 });
});

test('what a map says of the customer himself: area, own, personal values', async () => {
  const map = `
source: shops
key: no
area: unit
own: ours
person: { name: name, phone: tel }
speaksOf: 2026-10
tags: { points: { column: points, kind: number } }
`;
  const rows = [
    'no,unit,ours,name,tel,points',
    '1,west,yes,张三,13900000001,5',
    '2,east,no,李四,13900000002,6',
    '3,,,,,7',
    '4,east,yes,王五,13900000004,8',
  ];
  expect((await run(map, [aFile('shops.csv', rows.join('\n'))])).counts).toEqual(counts(4, 4, 0, 0, 0));
  const people = await db.query('', `select area, own from customer.customer where source = 'shops' order by ordinal`);
  expect(people).toEqual([{ area: 'east', own: false }, { area: 'east', own: true }, { area: 'west', own: true }, { area: null, own: null }]); // biome-ignore format: one line
  expect((await tagOf('area')).values.map((v) => [v.value, v.count])).toEqual([['east', 2], ['west', 1]]); // biome-ignore format: one line
  expect(await tagOf('points')).toMatchObject({ speaksOf: '2026-10' });
  rows[2] = '2,west,no,李四,13911111111,6';
  expect((await run(map, [aFile('shops.csv', rows.join('\n'))])).counts).toEqual(counts(4, 0, 1, 0, 0));
  rows[4] = '4,east,yes,王五,13922222222,8';
  expect((await run(map, [aFile('shops.csv', rows.join('\n'))])).counts).toEqual(counts(4, 0, 1, 0, 0));
  const search = {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: '{"phone":"139 1111 1111"}',
  };
  const found = (await (await fetch(`${url}/api/customers/search`, search)).json()) as { items: { id: string }[] };
  expect(found.items).toMatchObject([{ source: 'shops', area: 'west', own: false }]);
  const card = await get<{ person: object }>(`/api/customers/${found.items[0]?.id}`);
  expect(card.person).toEqual({ name: '李*', phone: '139****1111' });
});

test('of whom was erased no later file keeps anything personal, under no number and of no source; he counts, and that is said', async () => {
  const map = (source: string) => `source: ${source}\nkey: no\nperson: { name: name, phone: tel, idNumber: paper }\ntags: { ${source}-x: { column: x, kind: number } }\n`; // biome-ignore format: one line
  const [his, hers] = ['990001199001010011', '990001199001010029'];
  const file = (...rows: string[]) => [aFile('people.csv', ['no,name,tel,paper,x', ...rows].join('\n'))];
  const two = file(`1,霭一,12000000001,${his},5`, `2,岚二,12000000002,${hers},6`);
  expect((await run(map('gone'), two)).counts).toEqual(counts(2, 2, 0, 0, 0));
  const who = { idNumber: house.vault.hash('idNumber', his) };
  const erased = await db.inTx(systemActor('care'), (ctx) => eraseCustomers(ctx, house.vault, who, { reason: 'asked for', by: 'care' }));
  expect(erased.customers).toHaveLength(1);
  await db.inTx(systemActor('care'), (ctx) => rememberErased(ctx, erased.values));
  type Out = { items: { heardAt: string | null; erasedAt: string }[]; total: number; heard: number };
  expect(await get<Out>('/api/customers/erased')).toMatchObject({ items: [{ source: 'gone', heardAt: null }], total: 1, heard: 0 });
  const again = await run(map('gone'), file(`1,霭一,12000000001,${his},7`, `2,岚二,12000000002,${hers},6`));
  const out = await get<Out>('/api/customers/erased');
  expect([out.items.length, out.heard, Number.isFinite(Date.parse(out.items[0]?.heardAt ?? ''))]).toEqual([1, 1, true]);
  expect(JSON.stringify(out)).not.toMatch(/霭|1200000|99000119/u);
  expect(await get<Out>('/api/customers/erased?area=west')).toEqual({ items: [], total: 0, heard: 0 });
  expect([again.counts, again.err]).toEqual([counts(2, 0, 1, 0, 0, 1), expect.stringContaining('1 rows speak of people who were erased')]);
  expect((await run(map('gone'), file('1,霭一,,,7', '3,,12000000001,,8', `4,霭一,12000000009,${his},9`))).counts).toEqual(counts(3, 2, 0, 1, 0, 3)); // biome-ignore format: one line
  expect((await run(map('late'), file(`L1,霭一,,${his},1`))).counts).toEqual(counts(1, 1, 0, 0, 0, 1));
  const known = `select c.source, string_agg(p.kind, ' ' order by p.kind) kinds from customer.customer c left join customer.personal p using (ordinal)
    where c.source in ('gone', 'late') group by c.ordinal, c.source order by c.ordinal`;
  expect((await db.query<{ kinds: string | null }>('', known)).map((r) => r.kinds)).toEqual([
    null,
    'idNumber name phone',
    null,
    null,
    null,
  ]);
  expect(await db.query('', `select from customer.customer where source = 'late' and key <> ''`), 'nor his number there').toEqual([]);
  const anothers = await run(map('gone'), file(`1,岚二,12000000001,${hers},7`, '3,,12000000001,,8', `4,霭一,,${his},9`), '--allow-loss');
  expect(anothers.counts).toEqual(counts(3, 0, 1, 0, 0, 2));
  expect((await db.query<{ kinds: string | null }>('', known))[0]?.kinds, 'another’s by now').toBe('idNumber name phone');
  expect(await db.query('', `select from customer.customer where source = 'gone' and ordinal = $1 and key <> ''`, [erased.customers[0]])).toHaveLength(1); // biome-ignore format: one line
});

test('rows in any order, put aside on the disk, come out as they would at once', async () => {
  const rows = Array.from({ length: 3_000 }, (_, i) => ({ ordinal: i * 50, text: `row ${i}`, of: i % 3 }));
  const shuffled = rows.map((r) => ({ r, at: Math.sin(r.ordinal) })).sort((a, b) => a.at - b.at).map(({ r }) => r); // biome-ignore format: one line
  const source = async function* () {
    for (const r of shuffled) yield { file: r.of, line: r.ordinal + 1, cells: textCells([r.text, undefined]), place: { row: r.ordinal, ordinal: r.ordinal, state: 0, first_line: 1 } }; // biome-ignore format: one line
  };
  let part = -1;
  const got: string[] = [];
  for await (const { place, cells, line } of aside(folder, source(), 65_536)) {
    expect(line).toBe((place.ordinal as number) + 1);
    expect(Math.floor((place.ordinal as number) / 65_536)).toBeGreaterThanOrEqual(part);
    part = Math.floor((place.ordinal as number) / 65_536);
    got.push(cells.text(0));
  }
  expect(got.sort()).toEqual(rows.map((r) => r.text).sort());
});

test('NDJSON beside CSV, and kinds that are drafted and shown', async () => {
  const map = 'source: mixed\nkey: id\ntags: auto\n';
  const csv = `id,月租(元),城市,金卡\n${Array.from({ length: 30 }, (_, i) => `a${i},${i}.5,城${i % 3},${i % 2}`).join('\n')}\n`;
  const json = Array.from({ length: 10 }, (_, i) => JSON.stringify({ id: `b${i}`, '月租(元)': i, 金卡: i > 4, 城市: '城9' })).join('\n');
  const { counts: said, err: shown } = await run(map, [aFile('m.csv', csv), aFile('m.ndjson', json)]);
  expect(said).toEqual(counts(40, 40, 0, 0, 0));
  expect(shown).toContain('"月租(元)": { column: "月租(元)", kind: number }');
  expect(await tagOf('月租_元')).toMatchObject({ kind: 'number', known: 40, from: 0, to: 29.5 });
  expect((await tagOf('城市')).values.map((v) => v.count)).toEqual([10, 10, 10, 10]);
});

test('Parquet, with its own kinds of values', async () => {
  const columnData = [
    { name: 'id', data: ['p1', 'p2', 'p3'] },
    { name: 'vip', data: [true, false, null] },
    { name: 'fee', data: [19.5, -2, null] },
    { name: 'joined', data: [new Date('2026-01-02T00:00:00Z'), null, new Date('2026-03-04T00:00:00Z')] },
    { name: 'points', data: [5n, 6n, null] },
    { name: 'tariff', data: ['冰淇淋', null, '畅享, "大"'] },
  ];
  const file = aFile('p.parquet', new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 2 })));
  const tags = 'vip: flag, fee: number, joined: date, points: number, tariff: oneOf'.replaceAll(
    /(\w+): (\w+)/g,
    'pq-$1: { column: $1, kind: $2 }',
  );
  const map = `source: lake\nkey: id\ntags: { ${tags} }\n`;
  expect((await run(map, [file])).counts).toEqual(counts(3, 3, 0, 0, 0));
  expect(await tagOf('pq-vip')).toMatchObject({ known: 2 });
  expect(await tagOf('pq-fee')).toMatchObject({ known: 2, from: -2, to: 19.5 });
  expect(await tagOf('pq-joined')).toMatchObject({ known: 2, from: '2026-01-02', to: '2026-03-04' });
  expect(await tagOf('pq-points')).toMatchObject({ known: 2, from: 5, to: 6 });
  expect((await tagOf('pq-tariff')).values.map((v) => v.value).sort()).toEqual(['冰淇淋', '畅享, "大"'].sort());
  expect((await run(map.replace('column: fee', 'column: fees'), [file])).err).toMatch(
    /no column “fees” \(tags.pq-fee.column\); it has: id, vip/,
  );
  expect((await run(map, [aFile('cut.parquet', readFileSync(file).subarray(0, 60))])).code).toBe(2);
});

describe('what is refused before anything is sent ends with 2', () => {
  test.each([
    ['no tags', 'source: x\nkey: id\n', /tags must be auto/],
    [
      'a column that is not there',
      'source: x\nkey: id\ntags: { a: { column: b, kind: flag } }',
      /no column “b” \(tags.a.column\); it has: id, a/,
    ],
    ['a field that means nothing', 'source: x\nkey: id\ncolour: red\ntags: auto', /unknown field colour/],
    ['a name that is no tag’s', 'source: x\nkey: id\ntags: { 9a: { column: a, kind: flag } }', /tags.9a must begin with a letter/],
    ['a person’s field that there is not', 'source: x\nkey: id\nperson: { shoe: a }\ntags: auto', /unknown field person.shoe/],
  ])('%s', async (_, map, why) => {
    const { code, err: said } = await run(map, [aFile('x.csv', 'id,a\n1,1\n')]);
    expect([code, said]).toEqual([2, expect.stringMatching(why)]);
  });

  test('a file that is not there, wrong use', async () => {
    expect((await run(MAP, [path.join(folder, 'none.csv')])).code).toBe(2);
    expect(await run(MAP, [folder])).toMatchObject({ code: 2, err: expect.stringContaining('it is a folder') });
    expect(await runCustomers(['export'], {})).toBe(2);
    expect(await runCustomers(['import', 'a.csv'], {})).toBe(2);
    expect(await runCustomers(['import', '--help'], {})).toBe(0);
  });

  test('and a tag of another source or kind is refused by the server, which keeps nothing of it', async () => {
    const kept = () => readdirSync(path.join(folder, 'customers')).length;
    const before = kept();
    const { code, err: said } = await run('source: other\nkey: id\ntags: { vip: { column: a, kind: flag } }', [
      aFile('x.csv', 'id,a\n1,1\n'),
    ]);
    expect([code, said]).toEqual([1, expect.stringContaining('The tag vip comes from boss')]);
    expect(kept()).toBe(before);
  });
});

describe('a broken upload', () => {
  const json = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'accept-language': 'en' };
  const send = async (at: string, body: string, from: number) => {
    const headers = { ...json, 'content-type': 'application/octet-stream' };
    const res = await fetch(`${url}${at}/files/0?from=${from}`, { method: 'PUT', headers, body });
    return { status: res.status, body: (await res.json()) as Record<string, unknown> };
  };

  test('is gone on with from where it is, and worked off only when it is whole', async () => {
    const text = 'id,a\n1,1\n2,0\n';
    const map = {
      source: 'broken',
      key: 'id',
      tags: [{ name: 'broken', column: 'a', kind: 'flag' }],
      unknown: [''],
      encoding: 'auto',
      delimiter: 'auto',
    };
    const body = JSON.stringify({ map, files: [{ name: 'x.csv', bytes: text.length }] });
    const made = (await (await fetch(`${url}/api/customers/imports`, { method: 'POST', headers: json, body })).json()) as { id: string };
    const at = `/api/customers/imports/${made.id}`;
    const start = async () =>
      (await (await fetch(`${url}${at}/start`, { method: 'POST', headers: json, body: '{}' })).json()) as { state?: string; code?: string };
    expect(await send(at, text.slice(0, 6), 0)).toMatchObject({ status: 200, body: { received: 6 } });
    expect(await start()).toMatchObject({ code: 'customer-import.incomplete' });
    expect(await send(at, text.slice(9), 9)).toMatchObject({ body: { code: 'customer-import.gap', details: { received: 6 } } });
    expect(await send(at, text.slice(6) + text, 6)).toMatchObject({ status: 413 });
    expect(await send(at, text.slice(6), 6)).toMatchObject({ body: { received: text.length } });
    expect(['queued', 'working', 'done']).toContain((await start()).state);
    await expect.poll(() => get(at)).toMatchObject({ state: 'done', customers: 2, added: 2 });
    expect(await send(at, text, 0)).toMatchObject({ body: { code: 'customer-import.over' } });
    expect((await get<{ items: object[] }>('/api/customers/imports')).items[0]).toMatchObject({
      id: made.id,
      source: 'broken',
      state: 'done',
      added: 2,
    });
  });
});

test('a program that ends in the middle goes on at its next start, as if nothing had been', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => `c${i},${i % 2},${i % 700},v${i % 50}`);
  const text = `id,a,b,c\n${rows.join('\n')}\n`;
  const tags = [
    { name: 'long-a', column: 'a', kind: 'flag' },
    { name: 'long-b', column: 'b', kind: 'number' },
    { name: 'long-c', column: 'c', kind: 'oneOf' },
  ];
  const map = { source: 'long', key: 'id', tags, unknown: [''], encoding: 'auto', delimiter: 'auto' };
  const json = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const post = async (to: string, body: object) => (await fetch(`${url}${to}`, { method: 'POST', headers: json, body: JSON.stringify(body) })).json() as Promise<{ id: string }>; // biome-ignore format: one line
  const { id } = await post('/api/customers/imports', { map, files: [{ name: 'long.csv', bytes: text.length }] });
  const at = `/api/customers/imports/${id}`;
  await fetch(`${url}${at}/files/0?from=0`, {
    method: 'PUT',
    headers: { ...json, 'content-type': 'application/octet-stream' },
    body: text,
  });
  await post(`${at}/start`, {});
  for (const phase of ['reading', 'writing']) {
    await vi.waitFor(async () => expect(['done', phase]).toContain(((await get(at)) as { state: string; phase: string }).phase ?? 'done'), { timeout: 20_000, interval: 5 }).catch(() => undefined); // biome-ignore format: one line
    await customerDesk.stop?.();
    await customerDesk.start?.(house);
  }
  await expect.poll(() => get(at), { timeout: 120_000, interval: 100 }).toMatchObject({ state: 'done' });
  expect(await get(at)).toMatchObject({ customers: 60_000, added: 60_000, changed: 0, vanished: 0, rejected: 0 });
  expect(await tagOf('long-b')).toMatchObject({ known: 60_000, from: 0, to: 699 });
  const [there] = await db.query('', `select count(*) n, count(distinct ordinal) o from customer.customer where source = 'long'`);
  expect(there).toEqual({ n: 60_000, o: 60_000 });
  expect(await db.query('', 'select from tag.staged union all select from customer.arrival union all select from customer.placed')).toEqual(
    [],
  );
});

test('telco-churn.csv: 7,043 customers, whose blanks are unknown', async () => {
  const file = dataset('telco-churn.csv');
  if (file === undefined) return;
  const map = 'source: telco\nkey: customerID\ntags: auto\nunknown: [""]\n';
  expect((await run(map, [file])).counts).toEqual(counts(7_043, 7_043, 0, 0, 0));
  const text = readFileSync(file, 'utf8').trim().split(/\r?\n/).map((l) => l.split(',')); // biome-ignore format: one line
  const [head = [], ...rows] = text;
  for (const name of ['gender', 'SeniorCitizen', 'tenure', 'TotalCharges', 'MonthlyCharges', 'Contract', 'Churn']) {
    const at = head.indexOf(name);
    expect((await tagOf(name)).known, name).toBe(rows.filter((r) => r[at]?.trim() !== '').length);
  }
  expect(await tagOf('MonthlyCharges')).toMatchObject({ kind: 'number', scale: 2 });
  expect((await run(map, [file])).counts).toEqual(counts(7_043, 0, 0, 0, 0));
});
