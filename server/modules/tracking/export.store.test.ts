import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import { openAside } from '#platform/aside';
import { cell } from '#platform/csv';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { describeSource, loadSources } from '#source';
import type { FileEvent } from '../../edge/files/event.ts';
import { parseMap } from '../../edge/files/map.ts';
import { readEvents } from '../../edge/files/read.ts';
import { makeAnalysis } from './analysis.ts';
import { ocelOf } from './export-ocel.ts';
import { aTrackingHouse, MODULES, type Sending, takeIn } from './fixtures.ts';
import { makeFolding } from './folding.ts';
import { ranks } from './places.ts';

const TOKEN = 'an-admin-token-of-size';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-export-'));
let house: House;
let elsewhere: House;
let app: App;
beforeAll(async () => {
  house = await aTrackingHouse({ adminToken: TOKEN });
  elsewhere = await aTrackingHouse();
  app = await buildApp(house, MODULES);
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await app.close();
  await house.db.close();
  await elsewhere.db.close();
});

const ask = (method: 'GET' | 'POST', url: string, payload?: object) =>
  app.inject({ method, url, ...(payload && { payload }), headers: { authorization: `Bearer ${TOKEN}` } });
const ALL = { areas: 'all' as const };

/** What another installation makes of the file, by this map. */
async function importedElsewhere(text: string, map: string): Promise<FileEvent[]> {
  const file = path.join(folder, `${Math.random()}.jsonocel`);
  fs.writeFileSync(file, text);
  const rules = parseMap(map);
  const events: FileEvent[] = [];
  for await (const read of readEvents(file, rules)) {
    if ('rejected' in read) throw new Error(JSON.stringify(read.rejected));
    events.push(read.event);
  }
  const roles = Object.fromEntries([
    [rules.objects?.root ?? '', 'root'],
    ...(rules.objects?.assets ?? []).map((k) => [k, 'asset']),
    ...(rules.objects?.context ?? []).map((k) => [k, 'context']),
  ]);
  await elsewhere.db.inTx(systemActor('test'), (ctx) => describeSource(ctx, { id: rules.source, roles }));
  await loadSources(elsewhere.db);
  for (let i = 0; i < events.length; i += 3_000) await takeIn(elsewhere, events.slice(i, i + 3_000) as Sending[]);
  await loadSources(house.db);
  return events;
}

const waysOf = async (h: House, source: string) => {
  const filter = { source };
  const analysis = makeAnalysis(h);
  const { journeys, events, variants, activities, transitions } = await analysis.process(filter, ALL);
  const pairs = transitions.map(({ from, to, count }) => `${from} → ${to} ${count}`).sort();
  return { journeys, events, variants, activities: activities.map((a) => `${a.type} ${a.count}`).sort(), pairs };
};

const minute = (n: number) => new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString();
let n = 0;
const say = (type: string, at: number, keys: Sending['keys'], more: Partial<Sending> = {}): Sending => ({
  id: `x${++n}`,
  source: 'mixed',
  type,
  time: minute(at),
  keys,
  ...more,
});

describe('OCEL 2.0', () => {
  test('imported elsewhere it gives the same journeys, events and variants: shared events, numbers, ties, cuts and joins', async () => {
    const broadband = { scenario: 'broadband-new' };
    await takeIn(house, [
      say(
        'order.submitted',
        0,
        { order: 'Q-1', customer: 'C-1' },
        { ...broadband, person: { name: '张三', phone: '12900000001' }, data: { note: 'secret' } },
      ),
      say('order.submitted', 0, { order: 'Q-2' }, broadband),
      say('order.checked', 0, { order: ['Q-1', 'Q-2'] }),
      say('work.dispatched', 5, { order: 'Q-1', workOrder: 'QW-1' }),
      say('work.created', 5, { order: 'Q-1', workOrder: 'QW-1' }), // of one second: the scenario's rank puts it first
      say('work.taken', 6, { workOrder: 'QW-1', serviceNumber: '12900000002' }, { handler: '0417' }),
      say('line.asked-about', 7, { serviceNumber: '12900000002' }),
      say('work.dispatched', 8, { order: 'Q-2', workOrder: ['QW-2', 'Q-1'] }), // a work order numbered like an order
      say('visit.arrived', 9, { workOrder: 'QW-2' }),
      say('visit.started', 10, { workOrder: 'QW-3' }), // nobody's yet
      say('order.submitted', 0, { order: 'Q-9' }, { scenario: 'iptv-new' }),
      say('truck.left', 11, { order: ['Q-2', 'Q-9'] }), // shared with an order of another scenario
    ]);
    const id = async (value: string) => (await ask('GET', `/api/journeys/by-key/order/${value}`)).json().id;
    await ask('POST', `/api/journeys/${await id('Q-2')}/cuts`, { kind: 'workOrder', value: 'QW-2', reason: 'wrong' });
    await ask('POST', `/api/journeys/${await id('Q-1')}/joins`, { kind: 'workOrder', value: 'QW-2', reason: 'right' });
    await ask('POST', `/api/journeys/${await id('Q-2')}/joins`, { kind: 'workOrder', value: 'QW-3', reason: 'found' });

    const text = (await ask('GET', '/api/export/journeys.ocel.json?scenario=broadband-new')).body;
    const log = JSON.parse(text);
    expect(text).not.toMatch(/张三|12900000001|12900000002|secret|Q-9/);
    expect(log.objectTypes.map((t: { name: string }) => t.name).sort()).toEqual(['customer', 'order', 'serviceNumber', 'workOrder']);
    expect(log.objects.find((o: { id: string }) => o.id === 'workOrder:Q-1')).toBeDefined();
    const named = new Set(log.objects.map((o: { id: string }) => o.id));
    for (const e of log.events) for (const r of e.relationships) expect(named.has(r.objectId)).toBe(true);
    expect(new Set(log.events.map((e: { id: string }) => e.id)).size).toBe(log.events.length);
    for (const t of log.eventTypes) expect(t).toMatchObject({ name: expect.any(String), attributes: expect.any(Array) });

    await importedElsewhere(text, 'source: again\nobjects: { root: order, assets: [serviceNumber], context: [customer] }');
    const there = await waysOf(elsewhere, 'again');
    const here = await makeAnalysis(house).process({ scenario: 'broadband-new' }, ALL);
    expect(there).toEqual({
      journeys: here.journeys,
      events: here.events,
      variants: here.variants,
      activities: here.activities.map((a) => `${a.type} ${a.count}`).sort(),
      pairs: here.transitions.map((t) => `${t.from} → ${t.to} ${t.count}`).sort(),
    });
  });

  test('the pseudonym of a number is the same in every export, and nothing that others could compute', async () => {
    const numbers = async () =>
      JSON.parse((await ask('GET', '/api/export/journeys.ocel.json?scenario=broadband-new')).body).objects.filter(
        (o: { type: string }) => o.type === 'serviceNumber',
      );
    const [first] = await numbers();
    expect((await numbers())[0]).toEqual(first);
    expect(first.id).not.toBe(house.vault.hash('serviceNumber', '12900000002'));
  });

  test('of another area nothing is exported', async () => {
    await takeIn(house, [
      say('order.submitted', 0, { order: 'AREA-1', area: 'east' }),
      say('order.submitted', 0, { order: 'AREA-2', area: 'west' }),
      say('met', 1, { order: ['AREA-1', 'AREA-2'] }),
    ]);
    const aside = openAside(house.db, { most: 1, seconds: 60 });
    const { objectsOf } = makeFolding('Asia/Shanghai');
    let text = '';
    for await (const piece of aside.stream((sql) =>
      ocelOf(sql, { filter: {}, scope: { areas: ['east'] }, ranks: ranks(undefined), vault: house.vault, objectsOf }),
    ))
      text += piece;
    const log = JSON.parse(text);
    expect(log.events.map((e: { type: string }) => e.type)).toEqual(['order.submitted', 'met']);
    expect(text).not.toContain('AREA-2');
  });

  test('an empty export is valid too', async () => {
    expect(JSON.parse((await ask('GET', '/api/export/journeys.ocel.json?scenario=no-such')).body)).toEqual({
      events: [],
      objects: [],
      eventTypes: [],
      objectTypes: [],
    });
  });

  const data = process.env.GLASSHOUSE_DATASETS ?? path.resolve(import.meta.dirname, '../../../../shared/data');
  const orders = path.join(data, 'ocel_order_simulated.csv');
  test.skipIf(!fs.existsSync(orders))('ocel_order_simulated.csv goes out and comes in again as it was', async () => {
    const map = `source: orders
columns: { id: 'ocel:eid', type: 'ocel:activity', time: 'ocel:timestamp', key.orders: 'ocel:type:orders', key.items: 'ocel:type:items', key.packages: 'ocel:type:packages', key.customers: 'ocel:type:customers', key.products: 'ocel:type:products' }
objects: { root: orders, parts: [items, packages], context: [customers, products] }`;
    await house.db.inTx(systemActor('test'), (ctx) =>
      describeSource(ctx, { id: 'orders', open: 'all', roles: { orders: 'root', customers: 'context', products: 'context' } }),
    );
    await loadSources(house.db);
    const events: Sending[] = [];
    for await (const read of readEvents(orders, parseMap(map))) if ('event' in read) events.push(read.event as Sending);
    for (let i = 0; i < events.length; i += 3_000) await takeIn(house, events.slice(i, i + 3_000));
    const here = await waysOf(house, 'orders');
    expect([here.journeys, here.events]).toEqual([2_000, 22_367]);
    const text = (await ask('GET', '/api/export/journeys.ocel.json?from=2010-01-01&to=2025-01-01')).body;
    await importedElsewhere(text, 'source: orders-again\nobjects: { root: orders, context: [customers, products] }');
    expect(await waysOf(elsewhere, 'orders-again')).toEqual(here);
  });
});

describe('CSV', () => {
  test('has the list’s rows, a byte order mark, the operator’s clock, and no formula', async () => {
    await takeIn(house, [
      say('order.submitted', 0, { order: '=1+1' }, { scenario: 'sim-online', source: 'sheet' }),
      say('order.submitted', 1, { order: 'a "b", c' }, { scenario: 'sim-online', source: 'sheet' }),
    ]);
    const res = await app.inject({
      url: '/api/journeys/export.csv?source=sheet',
      headers: { authorization: `Bearer ${TOKEN}`, 'accept-language': 'en' },
    });
    const [head, ...lines] = res.body.split('\r\n');
    expect(res.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(head).toMatch(/^\ufeffNumber,Kind,Scenario,State,/);
    expect(lines[0]).toMatch(/^"a ""b"", c",order,/);
    expect(lines[0]).toContain(',2026-03-01 08:01:00,');
    expect(lines[1]).toMatch(/^'=1\+1,/);
    expect(lines.slice(2)).toEqual(['']);
    const [row] = await house.db.query<{ details: object }>(
      '',
      `select details from platform.audit where act = 'journeys.exported' order by id desc limit 1`,
    );
    expect(row?.details).toEqual({ form: 'csv', source: 'sheet' });
  });

  test.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['@sum', "'@sum"],
    [-5, '-5'],
    ['-5', "'-5"],
  ])('a cell %j', (value, text) => {
    expect(cell(value)).toBe(text);
  });
});
