import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { idCheckSign, normal } from '#platform/personal';
import { everything, findings, formsOf } from '../../../test/scan.ts';
import { readEvent, type SentEvent } from './event.ts';
import { fingerprints } from './fingerprint.ts';
import { aTrackingHouse, MODULES } from './fixtures.ts';

/** Personal values live in the vault and nowhere else: not in any table, any log line, any masked answer, in no form that could be undone. */

const TOKEN = 'an-admin-token-of-size';
let house: House;
let app: App;
let logged = '';
let told = '';

beforeAll(async () => {
  const sink = new Writable({
    write(chunk, _, done) {
      logged += chunk;
      done();
    },
  });
  const log = pino({ level: 'trace' }, sink); // strikes nothing out: what is written is seen
  house = { ...(await aTrackingHouse({ adminToken: TOKEN, limits: 'on' })), log };
  app = await buildApp(house, MODULES);
});
afterAll(async () => {
  await app.close();
  await house.db.close();
});

const GIVEN = ['芷若萱', '鹏飞翰', '诗韵澜', '沐宸轩', '倩雪薇', '博文瑞', '梓涵琪', '睿渊霖'];
const SURNAMES = ['欧阳', '慕容', '诸葛', '司马'];
interface Someone {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly address: string;
}
const someone = (i: number): Someone => {
  const seventeen = `99010119${String(7000 + i * 37).slice(0, 2)}0${1 + (i % 9)}1${i % 10}${String(100 + i)}`.slice(0, 17).padEnd(17, '7');
  return {
    name: `${SURNAMES[i % 4]}${GIVEN[i % 8]}`,
    idNumber: seventeen + idCheckSign(seventeen),
    phone: `+86 139-${String(4200 + i)}-${String(8800 + i * 7)}`,
    address: `云州市东湖区桃花源路${1000 + i}号${i + 1}单元${300 + i}室`,
  };
};
const PEOPLE = Array.from({ length: 16 }, (_, i) => someone(i));
const numberOf = (i: number) => `1296${String(5000000 + i * 7919).padStart(7, '0')}`;
const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString();

/** Everything about somebody, in every place where a source may put it. */
const eventsOf = (p: Someone, i: number): Record<string, unknown>[] => [
  {
    id: `${i}-1`,
    type: 'order.submitted',
    keys: { order: `SO-${i}`, area: 'east' },
    scenario: 'broadband-new',
    person: p,
    data: { contact: p.phone, words: [`${p.name}，${p.address}`] },
  },
  { type: 'order.checked', keys: { order: `SO-${i}`, serviceNumber: numberOf(i) }, data: { deep: { id: p.idNumber } } },
  { type: 'trade.accepted', keys: { order: `SO-${i}`, phone: p.phone, idNumber: p.idNumber, name: p.name, address: p.address } },
  { id: `${i}-4`, type: 'work.taken', keys: { order: `SO-${i}` }, person: { name: p.name, address: p.address }, handler: '0417' },
  { id: `${i}-5`, type: 'order.urged', keys: { serviceNumber: numberOf(i) }, person: { phone: p.phone } },
  {
    id: `${i}-6`,
    type: 'order.urged',
    time: '2024-01-01T00:00:00Z',
    keys: { serviceNumber: numberOf(i) },
    person: { phone: p.phone, name: p.name },
  },
  { id: `${i}-1`, type: 'order.submitted', keys: { order: `SO-${i}` }, person: p, data: { another: p.address } },
];
const wrongOf = (p: Someone): string[] => [
  `{"name": "${p.name}", ${p.phone}`,
  `${p.name},${p.idNumber},${p.phone}`,
  ...[
    { time: p.phone },
    { time: p.idNumber },
    { source: `${p.name}\n` },
    { seq: p.phone },
    { id: Number(p.idNumber.slice(0, 17)) },
    { handler: [p.name] },
    { scenario: p.address.repeat(9) },
    { type: { of: p.name } },
    { data: p.address },
    { data: [p.phone] },
    { keys: { order: [p.name, Number(p.idNumber.slice(0, 15))] } },
    { keys: { [`${p.idNumber}`]: '' } },
    { keys: { order: `${p.name}\0` } },
    { person: { [normal('phone', p.phone)]: 1 } },
    { person: { name: p.name, phone: 1 } },
    { person: p.name },
    { [normal('phone', p.phone)]: p.name },
    { time: '2026-13-01T00:00:00Z', person: p },
  ].map((over) => JSON.stringify({ source: 'try', type: 'x', time: at(1), keys: { order: 'bad' }, ...over })),
];

const call = async (method: 'GET' | 'POST', url: string, payload?: object | string, type = 'application/json') => {
  const headers = { authorization: `Bearer ${TOKEN}`, ...(payload && { 'content-type': type }) };
  const res = await app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: res.statusCode, body: res.body, json: () => res.json() };
};
/** A call whose answer must hold nothing of anybody. */
const masked = async (...args: Parameters<typeof call>) => {
  const res = await call(...args);
  told += `${res.status} ${res.body}\n`;
  return res;
};

const ROLES = ['root', 'root2', 'part', 'asset', 'context'];
const values = (): [kind: string, value: string][] =>
  PEOPLE.flatMap((p, i): [string, string][] => [...Object.entries(p), ['serviceNumber', numberOf(i)]]);
const forms = () =>
  values().flatMap(([kind, v]) =>
    [...new Set([v, normal(kind, v)])].flatMap((x) =>
      formsOf(x, [`${kind}\0`, ...ROLES.map((r) => `${kind}\0${r}\0`), 'e\0', 'ticket\0', 'ref\0']),
    ),
  );

describe('personal values', () => {
  const sent = () => PEOPLE.flatMap(eventsOf).map((e): Record<string, unknown> => ({ source: 'try', time: at(5), ...e }));

  test('come in by every road, and the bad lines among them are refused without being said again', async () => {
    const lines = [...sent().map((e) => JSON.stringify(e)), ...PEOPLE.flatMap(wrongOf)];
    const res = await masked('POST', '/api/events', lines.join('\n'), 'application/x-ndjson');
    expect(res.json()).toMatchObject({ accepted: 16 * 6, duplicates: 16, conflicts: 16, rejectedTotal: 16 * 20 });
    const [some, ...rest] = PEOPLE.slice(0, 3).map((p, i) => ({ source: 'try', time: at(9), ...eventsOf(p, 900 + i)[0] }));
    expect((await masked('POST', '/api/events', [some, { ...rest[0], person: { name: 7 } }, 'x'] as object)).json().accepted).toBe(1);
  });

  test('are masked in every answer', async () => {
    const list = (await masked('GET', '/api/journeys?limit=200')).json().items as { id: string }[];
    expect(list.length).toBeGreaterThanOrEqual(16);
    for (const { id } of list.slice(0, 6))
      for (const path of ['', '/events']) expect((await masked('GET', `/api/journeys/${id}${path}`)).status).toBe(200);
    const detail = (await masked('GET', '/api/journeys/by-key/order/SO-3')).json();
    expect(detail.person.phone).toBe('139****8821');
    expect(detail.keys.serviceNumber).toEqual(['129****3757']);
    expect((await masked('GET', '/api/events/parked')).json().total).toBe(16);
    for (const path of [
      '/api/journeys/counts',
      '/api/sources',
      '/api/analysis/process',
      '/api/analysis/variants',
      '/api/words',
      '/api/conflicts',
      '/api/events/conflicts',
      '/api/journeys/export.csv',
      '/api/export/journeys.ocel.json',
    ])
      await masked('GET', path);
  });

  test('are found by asking, and wrong questions are not said again', async () => {
    const p = PEOPLE[3] as Someone;
    const said = { idNumber: p.idNumber, phone: p.phone };
    expect((await masked('POST', '/api/journeys/search', said)).json().total).toBe(1);
    for (const [kind, value] of Object.entries(p))
      expect((await masked('POST', '/api/journeys/search', { kind, value })).json().total).toBeGreaterThanOrEqual(1);
    expect((await masked('POST', '/api/track', said)).json().orders).toHaveLength(1);
    expect((await masked('POST', '/api/track', { serviceNumber: numberOf(3) })).json().orders).toHaveLength(1);
    await masked('POST', '/api/track', { idNumber: p.idNumber, phone: '13700000000' });
    for (const bad of [
      { idNumber: p.idNumber },
      { phone: [p.phone] },
      { serviceNumber: { of: numberOf(3) } },
      { ticket: p.address.repeat(20) },
    ])
      expect((await masked('POST', '/api/track', bad)).status).toBe(400);
    for (const bad of [
      `/api/journeys/by-key/phone/${encodeURIComponent(p.phone)}`,
      `/api/journeys/${p.idNumber}`,
      `/api/journeys?q=${p.idNumber}`,
      `/api/journeys?state=${p.idNumber}`,
      `/api/${p.idNumber}`,
    ])
      await masked('GET', bad);
    const { id } = (await call('GET', '/api/journeys/by-key/order/SO-3')).json();
    await masked('POST', `/api/journeys/${id}/ticket`, {});
    await masked('POST', '/api/erasures?trial=true', { phone: p.phone, reason: `${p.name} ${p.phone}` });
  });

  test('a fault on the way says nothing of what was on its way', async () => {
    await house.db.query('', 'alter table tracking.event rename column handler to other');
    const res = await masked(
      'POST',
      '/api/events',
      JSON.stringify({ source: 'try', type: 'x', time: at(1), keys: { order: 'F' }, person: PEOPLE[5] }),
      'application/x-ndjson',
    );
    await house.db.query('', 'alter table tracking.event rename column other to handler');
    expect([res.status, res.json().code]).toEqual([500, 'server.fault']);
    expect(logged).toContain('a request met a fault');
  });

  test('are shown to who may see them, for a reason that is kept', async () => {
    const { id } = (await call('GET', '/api/journeys/by-key/order/SO-3')).json();
    const res = await call('POST', `/api/journeys/${id}/reveal`, { field: 'phone', reason: 'to call back' });
    expect(res.json()).toEqual({ value: PEOPLE[3]?.phone });
    const trail = await house.db.query('', `select reason, details from platform.audit where act = 'journey.revealed'`);
    expect(trail).toEqual([{ reason: 'to call back', details: { field: 'phone' } }]);
  });

  test('stand nowhere else, as they are or in any form that could be undone', async () => {
    const all = await everything(house.db);
    expect([...all.keys()]).toEqual(
      expect.arrayContaining([
        'tracking.event_rest',
        'tracking.journey',
        'platform.audit',
        'platform."limit"',
        'vault.secret',
        'tracking.conflict',
      ]),
    );
    expect(findings(new Map([['the scan sees', `${PEOPLE[0]?.name}`]]), forms())).not.toEqual([]);
    expect(findings(all, forms())).toEqual([]);
    expect(findings(new Map([['the log', logged]]), forms())).toEqual([]);
    expect(findings(new Map(told.split('\n').map((l) => [l.slice(0, 80), l])), forms())).toEqual([]);
    const digests = sent().flatMap((raw) => {
      const e = readEvent(raw, { only: undefined, zoneOf: () => undefined, nowUs: Date.now() * 1000 }) as SentEvent;
      const { identity, content } = fingerprints(e);
      return e.id === undefined ? [identity, content] : [content];
    });
    expect(findings(all, digests)).toEqual([]);
  });
});
