import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { type Outbox, openOutbox } from '#platform/outbox';
import { normal } from '#platform/personal';
import { everything, findings, formsOf } from '../../../test/scan.ts';
import { someCustomers } from '../customer/fixtures.ts';
import { acceptBatch, type Intake } from './accept.ts';
import { askErasure, repeatErasures } from './erasures.ts';
import { anEvent, aTrackingHouse, MODULES, type Sending, takeIn } from './fixtures.ts';
import { makeFolding } from './folding.ts';
import { type Gatherer, makeGatherer } from './intake.ts';
import { makeKnown } from './known.ts';
import { tracking } from './module.ts';

const TOKEN = 'an-admin-token-of-size';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-erasure-'));
let house: House;
let app: App;
let outbox: Outbox;

beforeAll(async () => {
  house = await aTrackingHouse({ adminToken: TOKEN, dataDir: folder });
  app = await buildApp(house, MODULES);
  outbox = await openOutbox(house, tracking.listeners?.(house) ?? []);
});
afterAll(async () => {
  await outbox.stop();
  await app.close();
  await house.db.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Two people of one household with one telephone; the first one's number, his name in words, and what came too early. */
const LI = { name: '李木子', idNumber: '990101199001011234', phone: '13912340001', address: '云州市东湖区桃花路7号3室' };
const WANG = { name: '王二月', idNumber: '990101199202024321', phone: '13912340001', address: '云州市东湖区桃花路7号3室' };
const NUMBER = '12987650001';
const NOTHING_KEPT = { customers: 0, parties: 0, services: 0, homes: 0, contacts: 0, others: 0 };
const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString();
const ORDER: Sending[] = [
  {
    id: '1',
    type: 'order.submitted',
    time: at(1),
    keys: { order: 'SO-1', area: 'east' },
    scenario: 'broadband-new',
    person: LI,
    data: { note: `call ${LI.phone}` },
  },
  { id: '2', type: 'order.checked', time: at(2), keys: { order: 'SO-1', serviceNumber: NUMBER }, handler: '0417' },
  { type: 'trade.accepted', time: at(3), keys: { order: 'SO-1', trade: 'T-1' }, person: { name: LI.name } },
  { id: '4', type: 'work.taken', time: at(4), keys: { order: 'SO-1', workOrder: 'W-1' }, person: { phone: LI.phone, name: LI.name } },
  { id: '5', type: 'order.urged', time: at(5), keys: { serviceNumber: NUMBER }, data: { words: `${LI.name} urges` } },
  { id: '6', type: 'order.urged', time: '2025-01-01T00:00:00Z', keys: { serviceNumber: NUMBER } },
];
const OTHERS: Sending[] = [
  {
    id: '11',
    type: 'order.submitted',
    time: at(1),
    keys: { order: 'SO-2' },
    scenario: 'broadband-new',
    person: WANG,
    data: { note: 'hers' },
  },
  { id: '12', type: 'work.taken', time: at(2), keys: { order: 'SO-2', workOrder: 'W-2' }, person: { phone: WANG.phone, name: WANG.name } },
];

const call = (method: 'GET' | 'POST', url: string, payload?: object) =>
  app.inject({ method, url, headers: { authorization: `Bearer ${TOKEN}` }, ...(payload && { payload }) });

/** What is remembered of an erasure, so that a restore and a later push bring nobody back: keyed hashes. */
const forgetMemory = (store: Map<string, string>) => ['vault.erasure', 'customer.erased'].map((table) => store.delete(table));

/** Two copies of the program, which remember what they saw; the same events to one after the other. */
let copies: Gatherer[] = [];
let turn = 0;
const take = (events: readonly Sending[]) => {
  if (copies.length === 0) copies = [makeGatherer(house, systemActor('one')), makeGatherer(house, systemActor('two'))];
  const copy = copies[turn++ % 2] as Gatherer;
  return copy.submit(
    events.map((e) => anEvent(house, e)),
    new Map(),
  );
};
const erasing = (query = '') => call('POST', `/api/erasures${query}`, { idNumber: LI.idNumber, reason: `asked for by ${LI.idNumber}` });
const journey = async (value: string) => (await call('GET', `/api/journeys/by-key/order/${value}`)).json();

/** His values in every form, and his keyed hashes; of what he shares with her only what is his. */
const forms = () =>
  (['name', 'idNumber'] as const).flatMap((kind) => [
    ...formsOf(LI[kind], [`${kind}\0`, `${kind}\0context\0`]),
    house.vault.hash(kind, normal(kind, LI[kind])),
  ]);
const numberForms = () => [...formsOf(NUMBER, ['serviceNumber\0', 'serviceNumber\0asset\0']), house.vault.hash('serviceNumber', NUMBER)];

describe('erasing a person', () => {
  test('a trial says what would go and changes nothing; then it goes', async () => {
    expect((await take([...ORDER, ...OTHERS])).every((o) => o.result === 'accepted')).toBe(true);
    await takeIn(house, [{ ...(ORDER[0] as Sending), data: { note: 'x'.repeat(5_000), of: LI.name } }]); // a conflicting copy, kept beside
    const { id } = await journey('SO-1');
    const ticket = (await call('POST', `/api/journeys/${id}/ticket`)).json().ticket as string;
    const pair = { idNumber: LI.idNumber, phone: LI.phone };
    const track = async (payload: object) =>
      (await app.inject({ method: 'POST', url: '/api/track', payload })).json().orders.length as number;
    expect([await track(pair), await track({ ticket }), await track({ serviceNumber: NUMBER })]).toEqual([1, 1, 1]);
    const before = await everything(house.db);
    const timeline = await journey('SO-1');

    const trial = await erasing('?trial=true');
    expect(trial.json()).toEqual({ trial: true, counts: { journeys: 1, events: 6, values: 5, shared: 1, doubtful: 0, ...NOTHING_KEPT } });
    expect(await everything(house.db)).toEqual(before);

    const done = await erasing();
    expect(done.statusCode).toBe(200);
    expect(done.json()).toMatchObject({ state: 'done', reason: 'asked for by ***', counts: trial.json().counts });

    expect(findings(before, forms())).toContain(`tracking.member: ${house.vault.hash('idNumber', LI.idNumber)}`);
    const after = await everything(house.db);
    const written = after.get('vault.erasure') as string;
    forgetMemory(after);
    expect(findings(after, [...forms(), ...numberForms()])).toEqual([]);
    expect(written).toContain(house.vault.hash('idNumber', LI.idNumber));
    expect([await track(pair), await track({ ticket }), await track({ serviceNumber: NUMBER })]).toEqual([0, 0, 0]);
    expect((await call('POST', '/api/journeys/search', { kind: 'phone', value: LI.phone })).json().total).toBe(1);

    const now = await journey('SO-1');
    expect(now).toMatchObject({
      state: timeline.state,
      stages: timeline.stages,
      milestones: timeline.milestones,
      eventCount: timeline.eventCount,
      person: null,
    });
    expect(now.events.map((e: { id: string; type: string }) => [e.id, e.type])).toEqual(
      timeline.events.map((e: { id: string; type: string }) => [e.id, e.type]),
    );
    expect(now.events.every((e: { marks: string[] }) => e.marks.includes('erased'))).toBe(true);
    const closed = await house.db.query('', 'select 1 from tracking.event where sealed is not null and sid = any($1)', [
      ORDER.map((e) => e.id),
    ]);
    expect(closed).toEqual([]);
  });

  test('another person who shares a telephone keeps all that is hers', async () => {
    const hers = await journey('SO-2');
    expect(hers.person).toEqual({ name: '王**', idNumber: '99**************21', phone: '139****0001', address: '云州市东湖区***' });
    const said = await call('POST', `/api/journeys/${hers.id}/reveal`, { field: 'phone', reason: 'to call her' });
    expect(said.json()).toEqual({ value: WANG.phone });
    const pair = { idNumber: WANG.idNumber, phone: WANG.phone };
    expect((await app.inject({ method: 'POST', url: '/api/track', payload: pair })).json().orders).toHaveLength(1);
  });

  test('the same events sent again are repetitions and bring nothing back; asked again, nothing is left to erase', async () => {
    expect((await takeIn(house, ORDER)).map((o) => o.result)).toEqual(ORDER.map(() => 'duplicate'));
    expect((await erasing()).json().counts).toEqual({ journeys: 0, events: 0, values: 0, shared: 0, doubtful: 0, ...NOTHING_KEPT });
    const list = (await call('GET', '/api/erasures')).json().items as { reason: string; by: string; state: string }[];
    expect(list.map((e) => [e.by, e.state])).toEqual([
      ['admin', 'done'],
      ['admin', 'done'],
    ]);
    const trail = await house.db.query<{ act: string }>('', `select act from platform.audit where act like 'person.%' order by id`);
    expect(trail.map((r) => r.act)).toEqual(['person.erasure-asked', 'person.erased', 'person.erasure-asked', 'person.erased']);
  });

  test('who comes back as a customer is known again, by every copy of the program', async () => {
    for (const id of ['20', '21'])
      await take([{ id, type: 'order.submitted', time: at(9), keys: { order: `SO-${id}` }, scenario: 'broadband-new', person: LI }]);
    const { id } = await journey('SO-21');
    expect((await call('POST', `/api/journeys/${id}/reveal`, { field: 'name', reason: 'to greet him' })).json()).toEqual({
      value: LI.name,
    });
  });

  test('events that come in while he is erased are either erased or whole', async () => {
    let n = 0;
    const some = (order: string) => ({
      id: `c${++n}`,
      type: 'order.urged',
      time: at(n),
      keys: { order, serviceNumber: NUMBER },
      person: LI,
      data: { n },
    });
    const coming = Array.from({ length: 40 }, (_, i) => take([some(`SO-${10 + (i % 3)}`)]));
    await Promise.all([...coming, ...Array.from({ length: 4 }, () => erasing())]);
    await Promise.all(Array.from({ length: 8 }, () => take([some('SO-10')])));
    const dangling = await house.db.query(
      '',
      `select e.id from tracking.event e cross join lateral json_each(e.person) p
       where e.person is not null and not exists (select from vault.secret s where s.subject = (p.value->>0)::uuid and s.id = (p.value->>1)::uuid)`,
    );
    expect(dangling).toEqual([]);
    const found = (await call('POST', '/api/journeys/search', { kind: 'idNumber', value: LI.idNumber })).json().items as { id: string }[];
    expect(found.length).toBeGreaterThan(0);
    await erasing();
    const after = await everything(house.db);
    forgetMemory(after);
    expect(findings(after, [...forms(), ...numberForms()])).toEqual([]);
  });

  test('an erasure waits for a batch that is not committed yet', async () => {
    const intake: Intake = {
      vault: house.vault,
      folding: makeFolding('Asia/Shanghai'),
      known: makeKnown(),
      ids: async () => [4_000_000_000_000_000],
    };
    const late = anEvent(house, { id: 'late', type: 'order.submitted', time: at(1), keys: { order: 'SO-99' }, person: LI });
    const asked = await house.db.inTx(systemActor('test'), async (ctx) => {
      await acceptBatch(ctx, intake, [late], new Map());
      const answer = erasing();
      await sleep(400); // long enough to be found without, were it not waited for
      return { answer };
    });
    expect((await asked.answer).json()).toMatchObject({ state: 'done', counts: { journeys: 1, events: 1 } });
    const after = await everything(house.db);
    forgetMemory(after);
    expect(findings(after, forms())).toEqual([]);
  });

  test('a store restored from before the erasure is cleaned at its next start', async () => {
    const restored = { ...(await aTrackingHouse({ dataDir: folder })) };
    await takeIn(restored, [...ORDER, ...OTHERS]);
    const [first, ...rest] = await repeatErasures(restored);
    expect(first).toEqual({ journeys: 1, events: 6, values: 5, shared: 1, doubtful: 0, ...NOTHING_KEPT });
    expect(rest.every((c) => c.events === 0)).toBe(true);
    const after = await everything(restored.db);
    forgetMemory(after);
    expect(findings(after, [...forms(), ...numberForms()])).toEqual([]);
    expect(await repeatErasures(restored)).toEqual([]);
    await restored.db.close();
  });

  test('of a customer what is known of him is meant; a value that is another’s is refused, and so is who is unknown', async () => {
    const [number, phone] = ['990101199303031239', '13912340009'];
    const ids = await someCustomers(house.db, house.vault, [
      { ordinal: 0, source: 'crm', key: 'A', person: { idNumber: number, phone, name: '赵三川' } },
      { ordinal: 1, source: 'crm', key: 'B', person: { name: '钱四海' } },
      { ordinal: 2, source: 'crm', key: 'C', person: { phone } },
    ]);
    const ask = async (key: string, given: object = {}, query = '?trial=true') => {
      const answer = await call('POST', `/api/erasures${query}`, { customer: ids.get(key) ?? key, ...given, reason: 'asked for' });
      return answer.json().counts ?? answer.json().code;
    };
    const his = { journeys: 0, events: 0, values: 0, shared: 0, doubtful: 0, ...NOTHING_KEPT, customers: 1, others: 1 };
    expect(await ask('A')).toEqual(his);
    expect(await ask('A', { idNumber: number })).toEqual(his);
    expect(await ask('A', { idNumber: LI.idNumber })).toBe('erasure.another');
    expect(await ask('C', { phone: LI.phone })).toBe('erasure.another');
    expect(await ask('B')).toBe('erasure.unnamed');
    expect(await ask('00000000-0000-4000-8000-000000000000')).toBe('thing.not-found');
    expect(await ask('A', {}, '')).toEqual(his);
    expect(await ask('A', {})).toBe('erasure.unnamed');
    expect(await ask('C'), 'she has the phone too, and stayed').toMatchObject({ customers: 1, others: 0 });
  });

  test('one that meets a fault is tried again, and holds up nobody else’s', async () => {
    const phone = '13912340077';
    const of = (id: string, idNumber: string) => ({ id, type: 'order.submitted', time: at(9), keys: { order: `SO-${id}` }, person: { phone, idNumber } }); // biome-ignore format: one line
    await takeIn(house, [of('p1', '990101199404041235'), of('p2', '990101199404041243')]);
    const asked = { phone: house.vault.hash('phone', normal('phone', phone)) }; // became two people's after it was asked for
    const { id } = await house.db.inTx(systemActor('li'), (ctx) => askErasure(ctx, asked, 'asked for'));
    await outbox.drain();
    expect((await erasing()).json().state).toBe('done');
    const waiting = (await call('GET', `/api/erasures/${id}`)).json();
    expect([waiting.state, waiting.counts, waiting.attempts > 0]).toEqual(['asked', null, true]);
  });

  test('the list comes by pages; who waits for a person says so, and nothing else does', async () => {
    const all = (await call('GET', '/api/erasures')).json();
    expect([all.items.length, all.nextCursor]).toEqual([all.total, null]);
    const first = (await call('GET', '/api/erasures?limit=2')).json();
    const next = (await call('GET', `/api/erasures?limit=100&cursor=${first.nextCursor}`)).json();
    const idsOf = (...pages: { items: { id: string }[] }[]) => pages.flatMap((page) => page.items.map((e) => e.id));
    expect(idsOf(first, next)).toEqual(idsOf(all));
    const id = randomUUID();
    const emitted = `with e as (insert into tracking.erasure (id, at, by, reason, asked) values ($1, 1, 'li', 'asked for', '{}')),
      n as (insert into platform.news (type, key, once, body, at) values ('tried', 'tried', 'erasure/' || $1::text, '{}', now()) returning id)
      insert into platform.delivery (news, listener, key, attempts) select id, 'nobody', 'tried', 3 from n`;
    await house.db.query('', emitted, [id]);
    const show = async () => (await call('GET', `/api/erasures/${id}`)).json();
    expect(await show()).toEqual({ id, at: '1970-01-01T00:00:00.001Z', by: 'li', reason: 'asked for', state: 'asked', attempts: 3, doneAt: null, counts: null }); // biome-ignore format: one line
    await house.db.query('', `update platform.delivery set parked_at = now() where listener = 'nobody'`);
    expect((await show()).state).toBe('failed');
    expect((await call('GET', '/api/erasures')).json().items.at(-1)).toMatchObject({ id, state: 'failed' });
    const again = () => call('POST', `/api/erasures/${id}/retry`, {});
    expect((await again()).json(), 'tried again where it is seen').toMatchObject({ id, state: 'asked', attempts: 0 });
    expect([(await again()).statusCode, (await call('POST', `/api/erasures/${randomUUID()}/retry`, {})).statusCode]).toEqual([404, 404]);
    expect((await call('GET', `/api/erasures/${randomUUID()}`)).statusCode).toBe(404);
    expect((await call('GET', '/api/erasures?cursor=x')).statusCode).toBe(400);
  });

  test('needs a value, a reason and the right', async () => {
    expect((await call('POST', '/api/erasures', { reason: 'because' })).statusCode).toBe(400);
    expect((await call('POST', '/api/erasures', { phone: LI.phone })).statusCode).toBe(400);
    expect((await app.inject({ method: 'POST', url: '/api/erasures', payload: { phone: LI.phone, reason: 'because' } })).statusCode).toBe(
      401,
    );
  });

  test('an unkeyed digest of an event that holds a person is nowhere', async () => {
    const text = await everything(house.db);
    const ledger = text.get('tracking.ledger') as string;
    const uuid = (t: string) =>
      createHash('sha256')
        .update(t)
        .digest('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
    expect(ledger).not.toContain(uuid(JSON.stringify({ keys: { order: ['SO-21'] }, person: LI })));
  });
});
