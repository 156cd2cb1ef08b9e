import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { customer } from '#customer/module';
import { org } from '#org/module';
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
import { customerDesk } from './customers-desk.ts';

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
const counts = (customers: number, added: number, changed: number, vanished: number, rejected: number) => ({
  customers,
  added,
  changed,
  vanished,
  rejected,
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
