import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { aTrackingHouse, MODULES, type Sending, takeIn } from './fixtures.ts';

const TOKEN = 'an-admin-token-of-size';
let house: House;
let app: App;
beforeAll(async () => {
  house = await aTrackingHouse({ adminToken: TOKEN });
  app = await buildApp(house, MODULES);
});
afterAll(async () => {
  await app.close();
  await house.db.close();
});

const ask = async (method: 'GET' | 'POST', url: string, payload?: object) => {
  const res = await app.inject({ method, url, ...(payload && { payload }), headers: { authorization: `Bearer ${TOKEN}` } });
  return { status: res.statusCode, body: res.json() };
};
let n = 0;
const say = (type: string, minute: number, keys: Sending['keys'], more: Partial<Sending> = {}): Sending => ({
  id: `e${++n}`,
  type,
  time: new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString(),
  keys,
  ...more,
});
const journey = async (kind: string, value: string) => (await ask('GET', `/api/journeys/by-key/${kind}/${value}`)).body;
const typesOf = (j: { events: { type: string; source: string }[] }) => j.events.filter((e) => e.source !== 'glasshouse').map((e) => e.type);

test('related are other roots alone: not the trade itself, not what its source says is no root', async () => {
  await takeIn(house, [say('trade.accepted', 0, { trade: 'LONE' }), say('trade.accepted', 1, { trade: ['PAIR-1', 'PAIR-2'] })]);
  expect((await journey('trade', 'LONE')).related).toEqual([]);
  const [one, two] = [await journey('trade', 'PAIR-1'), await journey('trade', 'PAIR-2')];
  expect([one.related, two.related]).toEqual([[two.id], [one.id]]);

  await ask('POST', '/api/imports', { source: 'tills', objects: { root: 'order', context: ['ticket'] } });
  await takeIn(house, [say('order.paid', 2, { order: 'TILL-1', ticket: 'T-1' }, { source: 'tills' })]);
  expect((await journey('order', 'TILL-1')).related).toEqual([]);
});

test('what an import named so far outlives a crash of the store, so that its journeys are all counted in the end', async () => {
  const [table] = await house.db.query('', `select relpersistence kept from pg_class where oid = 'tracking.import_object'::regclass`);
  expect(table).toEqual({ kept: 'p' });
});

test('a cursor that is none is refused, not taken for the beginning', async () => {
  for (const cursor of ['abc', '12~abc', '1e9~0', `${'9'.repeat(20)}~00000000-0000-0000-0000-000000000000`])
    expect((await ask('GET', `/api/journeys?cursor=${cursor}`)).body).toMatchObject({
      code: 'request.malformed',
      details: { path: 'cursor' },
    });
});

describe('cutting and joining', () => {
  test('a work order booked on the wrong order is cut off there and joined where it belongs; taking back restores all', async () => {
    await takeIn(house, [
      say('order.submitted', 0, { order: 'A-1' }, { scenario: 'broadband-new' }),
      say('order.submitted', 1, { order: 'A-2' }, { scenario: 'broadband-new' }),
      say('work.created', 2, { order: 'A-1', workOrder: 'AW' }),
      say('work.taken', 3, { workOrder: 'AW' }),
    ]);
    const [a1, a2] = [await journey('order', 'A-1'), await journey('order', 'A-2')];
    const before = typesOf(a1);
    const cut = await ask('POST', `/api/journeys/${a1.id}/cuts`, { kind: 'workOrder', value: 'AW', reason: '派错单' });
    expect(cut.status).toBe(200);
    expect(typesOf(cut.body)).toEqual(['order.submitted', 'work.created']);
    expect(cut.body.events.at(-1)).toMatchObject({
      source: 'glasshouse',
      type: 'link.cut',
      data: { reason: '派错单', link: { kind: 'workOrder', value: 'AW' } },
      marks: ['repair'],
    });
    expect((await ask('GET', '/api/events/parked')).body.items.map((e: { type: string }) => e.type)).toEqual(['work.taken']);

    const joined = await ask('POST', `/api/journeys/${a2.id}/joins`, { kind: 'workOrder', value: 'AW', reason: '应属此单' });
    expect(typesOf(joined.body)).toEqual(['order.submitted', 'work.created', 'work.taken']);
    expect((await ask('GET', '/api/events/parked')).body.total).toBe(0);

    const { items } = (await ask('GET', `/api/journeys/${a1.id}/repairs`)).body;
    expect(items).toMatchObject([{ act: 'cut', kind: 'workOrder', value: 'AW', reason: '派错单', by: 'admin', undoneAt: null }]);
    const [made] = (await ask('GET', `/api/journeys/${a2.id}/repairs`)).body.items;
    expect(typesOf((await ask('POST', `/api/repairs/${made.ref}/undo`)).body)).toEqual(['order.submitted']);
    const restored = await ask('POST', `/api/repairs/${items[0].ref}/undo`, { reason: '没有错' });
    expect(typesOf(restored.body)).toEqual(before);
    expect(restored.body.events.at(-1)).toMatchObject({ type: 'link.restored', data: { reason: '没有错' } });
    expect((await ask('POST', `/api/repairs/${items[0].ref}/undo`)).body.code).toBe('repair.undone');
    const audited = await house.db.query<{ act: string }>('', `select act from platform.audit where object in ($1, $2) order by id`, [
      a1.id,
      a2.id,
    ]);
    expect(audited.map((a) => a.act)).toEqual([
      'journey.link.cut',
      'journey.link.joined',
      'journey.link.restored',
      'journey.link.restored',
    ]);
  });

  test('an event that lies only with a part beside the orphan follows the orphan when it is joined', async () => {
    await takeIn(house, [
      say('order.submitted', 0, { order: 'B-1' }),
      say('order.submitted', 0, { order: 'B-2' }),
      say('work.created', 1, { order: 'B-1', workOrder: ['BW1', 'BW2'] }),
      say('work.split', 2, { workOrder: ['BW1', 'BW2'] }),
    ]);
    const [b1, b2] = [await journey('order', 'B-1'), await journey('order', 'B-2')];
    await ask('POST', `/api/journeys/${b1.id}/cuts`, { kind: 'workOrder', value: 'BW1', reason: 'wrong' });
    const joined = await ask('POST', `/api/journeys/${b2.id}/joins`, { kind: 'workOrder', value: 'BW1', reason: 'right' });
    expect(typesOf(joined.body)).toEqual(['order.submitted', 'work.created', 'work.split']);
    expect(typesOf(await journey('order', 'B-1'))).toEqual(['order.submitted', 'work.created', 'work.split']);
  });

  test('a trade joined to an order ends as a journey of its own; cut off again it is one', async () => {
    await takeIn(house, [
      say('order.submitted', 0, { order: 'C-1' }, { scenario: 'broadband-new' }),
      say('trade.accepted', 1, { trade: '7000000000000001' }),
    ]);
    const [order, trade] = [await journey('order', 'C-1'), await journey('trade', '7000000000000001')];
    const joined = await ask('POST', `/api/journeys/${order.id}/joins`, { kind: 'trade', value: '7000000000000001', reason: 'same sale' });
    expect(typesOf(joined.body)).toEqual(['order.submitted', 'trade.accepted']);
    expect((await ask('GET', `/api/journeys/${trade.id}`)).body.id).toBe(order.id);
    await ask('POST', `/api/journeys/${order.id}/cuts`, { kind: 'trade', value: '7000000000000001', reason: 'not the same' });
    expect(typesOf((await ask('GET', `/api/journeys/${trade.id}`)).body)).toEqual(['trade.accepted']);
    expect(typesOf(await journey('order', 'C-1'))).toEqual(['order.submitted']);
  });

  test('later events obey a repair as if it had always been', async () => {
    await takeIn(house, [
      say('order.submitted', 0, { order: 'D-1' }),
      say('order.submitted', 0, { order: 'D-2' }),
      say('work.created', 1, { order: 'D-1', workOrder: 'DW' }),
    ]);
    const [d1, d2] = [await journey('order', 'D-1'), await journey('order', 'D-2')];
    await ask('POST', `/api/journeys/${d1.id}/cuts`, { kind: 'workOrder', value: 'DW', reason: 'wrong' });
    await takeIn(house, [say('work.created', 2, { order: 'D-1', workOrder: 'DW' }), say('work.taken', 3, { workOrder: 'DW' })]);
    expect(typesOf(await journey('order', 'D-1'))).toEqual(['order.submitted', 'work.created', 'work.created']);
    await ask('POST', `/api/journeys/${d2.id}/joins`, { kind: 'workOrder', value: 'DW', reason: 'right' });
    await takeIn(house, [say('visit.arrived', 4, { workOrder: 'DW' })]);
    expect(typesOf(await journey('order', 'D-2'))).toEqual([
      'order.submitted',
      'work.created',
      'work.created',
      'work.taken',
      'visit.arrived',
    ]);
  });

  test('what the number held by the cut part brought goes with it', async () => {
    await takeIn(house, [
      say('order.submitted', 0, { order: 'E-1' }, { scenario: 'broadband-new' }),
      say('work.created', 1, { order: 'E-1', workOrder: 'EW' }),
      say('work.taken', 2, { workOrder: 'EW', serviceNumber: '12900000099' }),
      say('speed.tested', 3, { serviceNumber: '12900000099' }),
    ]);
    const e1 = await journey('order', 'E-1');
    expect(typesOf(e1)).toEqual(['order.submitted', 'work.created', 'work.taken', 'speed.tested']);
    const cut = await ask('POST', `/api/journeys/${e1.id}/cuts`, { kind: 'workOrder', value: 'EW', reason: 'wrong' });
    expect(typesOf(cut.body)).toEqual(['order.submitted', 'work.created']);
    const undone = await ask('POST', `/api/repairs/${(await ask('GET', `/api/journeys/${e1.id}/repairs`)).body.items[0].ref}/undo`);
    expect(typesOf(undone.body)).toEqual(typesOf(e1));
  });
});

describe('what is refused', () => {
  test.each<[string, 'cuts' | 'joins', object, number, string]>([
    ['an order', 'joins', { kind: 'order', value: 'F-2', reason: 'no' }, 422, 'repair.no-part'],
    ['its own root', 'cuts', { kind: 'order', value: 'F-1', reason: 'no' }, 422, 'repair.no-part'],
    ['a number', 'cuts', { kind: 'serviceNumber', value: '129 0000 0077', reason: 'no' }, 422, 'repair.no-part'],
    ['what nobody named', 'joins', { kind: 'workOrder', value: 'nowhere', reason: 'no' }, 404, 'thing.not-found'],
    ['what is not linked', 'cuts', { kind: 'workOrder', value: 'FW2', reason: 'no' }, 422, 'repair.not-linked'],
    ['what is linked', 'joins', { kind: 'workOrder', value: 'FW1', reason: 'no' }, 409, 'repair.linked'],
    ['no reason', 'cuts', { kind: 'workOrder', value: 'FW1', reason: ' ' }, 400, 'request.malformed'],
    ['an unknown field', 'cuts', { kind: 'workOrder', value: 'FW1', reason: 'no', force: true }, 400, 'request.unknown-field'],
  ])('%s', async (_, how, body, status, code) => {
    await takeIn(house, [
      { ...say('order.submitted', 0, { order: 'F-1', workOrder: 'FW1', serviceNumber: '12900000077' }), id: 'f1' },
      { ...say('order.submitted', 0, { order: 'F-2', workOrder: 'FW2' }), id: 'f2' },
    ]);
    const f1 = await journey('order', 'F-1');
    expect(await ask('POST', `/api/journeys/${f1.id}/${how}`, body)).toMatchObject({ status, body: { code } });
  });

  test('unknown repairs and journeys', async () => {
    expect((await ask('POST', '/api/repairs/99999999/undo')).body.code).toBe('repair.not-found');
    expect((await ask('GET', '/api/journeys/00000000-0000-0000-0000-000000000000/repairs')).status).toBe(404);
  });
});

describe('urging', () => {
  test('is an event of ours, with the note as its reason; a journey that is over cannot be urged', async () => {
    await takeIn(house, [say('order.submitted', 0, { order: 'G-1' }, { scenario: 'broadband-new' })]);
    const { id } = await journey('order', 'G-1');
    const urged = await ask('POST', `/api/journeys/${id}/urge`, { note: '客户来电' });
    expect(urged.body).toMatchObject({ urged: 1, exceptions: [{ code: 'E20', reason: '客户来电', source: 'glasshouse' }] });
    expect((await ask('POST', `/api/journeys/${id}/urge`)).body.urged).toBe(2);
    await takeIn(house, [{ ...say('order.cancelled', 0, { order: 'G-1' }), time: new Date().toISOString() }]);
    expect((await ask('POST', `/api/journeys/${id}/urge`, {})).body.code).toBe('journey.over');
  });
});
