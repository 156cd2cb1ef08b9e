import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import type { House, Module } from '#platform/module';
import { freshDb } from '../../../test/database.ts';
import { changeConsents } from '../customer/cards.ts';
import type { CustomerCard } from '../customer/contract.ts';
import { eraseCustomers } from '../customer/erase.ts';
import { someCustomers } from '../customer/fixtures.ts';
import { addPersonal } from '../customer/store.ts';
import { MODULES } from '../household/fixtures.ts';
import { idOf } from '../household/keys.ts';
import { takeRecords } from '../household/take.ts';
import { aHouse } from '../org/fixtures.ts';
import { changeTags } from '../tag/change.ts';
import { inTx, someTags, valuesIn } from '../tag/fixtures.ts';
import type { Transfer, TransferPreview } from './contract.ts';
import { transfer } from './module.ts';

const RIGHTS = ['customer:see', 'transfer:make', 'household:send'];
const staff = (id: string, rights: string[], areas: 'all' | string[]) => ({
  kind: 'staff' as const,
  id,
  name: id,
  rights: new Set(rights),
  areas,
});
const STAFF = { li: staff('li', RIGHTS, 'all'), west: staff('west', RIGHTS, ['west']), eye: staff('eye', ['customer:see'], 'all') };
const desk: Module = { name: 'staff', migrations: [], authenticate: () => async (token) => STAFF[token as keyof typeof STAFF] };

const OLD = { name: '霭一山', phone: '12000000001', idNumber: '990001199001010011', address: '琉璃市檐雨区听雨路3号' };
const NEW = { name: '岚二月', phone: '12000000009', idNumber: '990001199001010029' };

let db: Db;
let house: House;
let app: App;
let id: string;
beforeAll(async () => {
  db = await freshDb([...MODULES, transfer]);
  house = await aHouse(db, { zone: 'Asia/Shanghai' });
  app = await buildApp(house, [...MODULES, transfer, desk]);
});
afterAll(async () => {
  await app.close();
  await house.live.close();
  await db.close();
});

const key = (what: 'party' | 'service', k: string) => idOf(house.vault, what, { source: 'crm', key: k });
const call = async <T = { code: string }>(method: 'GET' | 'POST', url: string, payload?: object, token: keyof typeof STAFF = 'li') => {
  const res = await app.inject({
    method,
    url: `/api/${url}`,
    headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' },
    ...(payload && { payload }),
  });
  return { status: res.statusCode, body: res.json() as T, text: res.body };
};
const card = async () => (await call<CustomerCard>('GET', `customers/${id}`)).body;
const flags = () =>
  valuesIn(db, 'consent.sms', [7]).then(async (sms) => [
    sms[0],
    (await valuesIn(db, 'consent.call', [7]))[0],
    (await valuesIn(db, 'doNotDisturb', [7]))[0],
  ]);
const said = () => ({ service: key('service', 'S1'), to: key('party', 'P2'), reason: '亲属间过户', proof: '双方证件原件，受理单 7781' });
const make = (over: object = {}, token: keyof typeof STAFF = 'li') =>
  call<Transfer & { code: string }>('POST', 'transfers', { ...said(), ...over }, token);

beforeEach(async () => {
  await db.query(
    '',
    'truncate household.party, household.personal, household.service, household.owner, transfer.transfer, customer.customer, tag.block cascade',
  );
  await db.inTx({ ...STAFF.li, kind: 'system', rights: 'all' }, (ctx) =>
    takeRecords(
      ctx,
      house.vault,
      [
        { kind: 'party', key: 'P1', is: 'person', area: 'east', person: OLD },
        { kind: 'party', key: 'P2', is: 'person', area: 'east', person: NEW },
        {
          kind: 'service',
          key: 'S1',
          is: 'mobile',
          number: OLD.phone,
          customer: 'A-1',
          area: 'east',
          state: 'active',
          home: null,
          plan: null,
          since: null,
          ended: null,
        },
        { kind: 'owner', service: 'S1', party: 'P1', since: '2025-06-01T00:00:00Z', until: null },
      ].map((r) => ({ source: 'crm', at: '2026-10-01T00:00:00Z', ...r })) as never,
    ),
  );
  const ids = await someCustomers(db, house.vault, [{ ordinal: 7, source: 'crm', key: 'A-1', area: 'east', own: true, person: OLD }]);
  id = ids.get('A-1') as string;
  await someTags(db, { 'consent.call': 'flag' });
  await db.query('', `update tag.tag set source = 'warehouse' where name = 'consent.call'`);
  await inTx(db, (ctx) => changeTags(ctx, { source: 'warehouse', changes: [{ place: 0, ordinal: 7, tags: { 'consent.call': true } }] }));
  await inTx(db, (ctx) =>
    changeConsents(ctx, {
      id,
      consents: [{ purpose: 'marketing', touchpoint: 'sms', given: true }],
      doNotDisturb: false,
      reason: 'form 7',
    }),
  );
});

describe('a transfer', () => {
  test('says beforehand whose the service is and which consents end', async () => {
    const { body, text } = await call<TransferPreview>('POST', 'transfers/preview', { service: key('service', 'S1') });
    expect(body).toMatchObject({ service: { is: 'mobile', number: '120****0001' }, owners: [{ name: '霭**' }], undoDays: 7 });
    expect(body.consents.toSorted((a, b) => (a.flag < b.flag ? -1 : 1))).toEqual([
      { flag: 'consent.call', given: true },
      { flag: 'consent.sms', given: true },
      { flag: 'doNotDisturb', given: false },
    ]);
    expect(text).not.toContain(OLD.name);
  });

  test('ends every consent, whoever keeps it, and shows nothing of the person before but the number of the service', async () => {
    const { status, body } = await make();
    expect([status, body.from[0]?.name, body.to.name]).toEqual([201, '霭**', '岚**']);
    expect(body.consents).toHaveLength(3);
    expect(await flags()).toEqual([null, null, null]);
    expect((await card()).person).toEqual({ phone: '120****0001' });
    expect((await card()).consents.filter((c) => c.given === null)).toHaveLength(3);
    expect(await db.query('', `select act from platform.audit where act like 'transfer.%'`)).toEqual([{ act: 'transfer.made' }]);
    expect(await db.query('', `select type from platform.news`)).toContainEqual({ type: 'transfer.made' });
  });

  test('is seen from the service, the customer and both parties', async () => {
    const { body } = await make();
    for (const query of [`service=${said().service}`, `customer=${id}`, `party=${key('party', 'P1')}`, `party=${said().to}`])
      expect((await call<{ items: Transfer[] }>('GET', `transfers?${query}`)).body.items.map((t) => t.id)).toEqual([body.id]);
  });

  test('keeps its proof sealed, for whoever may make transfers', async () => {
    const { body } = await make();
    expect(JSON.stringify(await db.query('', 'select * from transfer.transfer'))).not.toContain('7781');
    expect((await call<Transfer>('GET', `transfers/${body.id}`)).body.proof).toBe('双方证件原件，受理单 7781');
    expect((await call<Transfer>('GET', `transfers/${body.id}`, undefined, 'eye')).body).toMatchObject({
      proof: null,
      actions: [{ name: 'undo', because: 'auth.forbidden' }],
    });
  });

  test('stands against a late file that still names the person before, and shows the new one as soon as a file does', async () => {
    await make();
    const row = (kind: string, value: string) => ({ ordinal: 7, kind, ref: house.vault.hash(kind, value) });
    await addPersonal(db, [row('name', OLD.name)], 5);
    expect((await card()).person.name).toBeUndefined();
    await inTx(db, ({ tx }) =>
      house.vault.remember(tx, [{ subject: id, kind: 'name', id: house.vault.hash('name', NEW.name), value: NEW.name }]),
    );
    await addPersonal(db, [row('name', NEW.name)], 6);
    expect((await card()).person.name).toBe('岚**');
  });

  test('is not there for whoever may not see the service, and not made without the right', async () => {
    expect((await make({}, 'west')).body.code).toBe('thing.not-found');
    expect((await make({}, 'eye')).status).toBe(403);
    const { body } = await make();
    expect((await call('GET', `transfers/${body.id}`, undefined, 'west')).status).toBe(404);
    expect((await call('POST', `transfers/${body.id}/undo`, { reason: 'a mistake' }, 'west')).status).toBe(404);
  });

  test('to whom it belongs already, or in the future, is refused', async () => {
    expect((await make({ to: key('party', 'P1') })).body.code).toBe('transfer.same-owner');
    expect((await make({ at: '2099-01-01T00:00:00Z' })).body.code).toBe('transfer.future');
  });
});

describe('taking it back', () => {
  const undo = (transfer: string) => call<Transfer & { code: string }>('POST', `transfers/${transfer}/undo`, { reason: 'a mistake' });

  test('leaves consents, values and owner as they were', async () => {
    const [before, owners] = [await card(), await db.query('', 'select * from household.owner o order by o::text')];
    const { body } = await make();
    expect((await undo(body.id)).body).toMatchObject({
      undone: { by: 'li', reason: 'a mistake' },
      actions: [{ because: 'transfer.undone' }],
    });
    const after = await card();
    const said = ({ tags }: CustomerCard) => tags.map((fact) => ({ ...fact, loadedAt: null })); // when a tag was renewed is not his
    expect([after.person, said(after)]).toEqual([before.person, said(before)]);
    expect(await flags()).toEqual([true, true, false]);
    expect(await db.query('', 'select * from household.owner o order by o::text')).toEqual(owners);
  });

  test('does not bring back a consent about which somebody spoke since', async () => {
    const { body } = await make();
    await inTx(db, (ctx) =>
      changeConsents(ctx, { id, consents: [{ purpose: 'marketing', touchpoint: 'sms', given: false }], reason: 'call' }),
    );
    await undo(body.id);
    expect(await flags()).toEqual([false, true, false]);
  });

  test('goes from the latest back, there and back again too', async () => {
    const first = (await make()).body;
    const second = (await make({ to: key('party', 'P1') })).body;
    expect((await card()).person.name).toBe('霭**');
    expect((await undo(first.id)).body.code).toBe('transfer.later');
    await undo(second.id);
    expect((await card()).person).toEqual({ phone: '120****0001' });
    await undo(first.id);
    expect((await card()).person.name).toBe('霭**');
  });

  test('is over after seven days', async () => {
    const { body } = await make();
    await db.query('', 'update transfer.transfer set made_at = made_at - 8 * 86400000::bigint');
    const refused = await undo(body.id);
    expect([refused.status, refused.body.code]).toEqual([422, 'transfer.window-over']);
  });
});

test('erasing the person before takes his values alone; the new owner’s stay', async () => {
  await make();
  const hash = (kind: string, value: string) => house.vault.hash(kind, value);
  await inTx(db, ({ tx }) => house.vault.remember(tx, [{ subject: id, kind: 'name', id: hash('name', NEW.name), value: NEW.name }]));
  await addPersonal(db, [{ ordinal: 7, kind: 'name', ref: hash('name', NEW.name) }], 6);
  const who = { idNumber: hash('idNumber', OLD.idNumber) };
  expect((await inTx(db, (ctx) => eraseCustomers(ctx, house.vault, who, { reason: 'asked for', by: 'care' }))).customers).toEqual([7]);
  expect((await card()).person).toEqual({ name: '岚**', phone: '120****0001' });
  expect(await db.query('', 'select kind from vault.secret where subject = $1 order by kind', [id])).toEqual([
    { kind: 'name' },
    { kind: 'phone' },
  ]);
});
