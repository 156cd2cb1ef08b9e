import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, buildApp } from '#platform/http';
import type { House, Module } from '#platform/module';
import { dayIn, textOf } from '#rule';
import { freshDb } from '../../../test/database.ts';
import { aHouse } from '../org/fixtures.ts';
import type { EnterpriseDetail, EnterpriseIn, EnterpriseList, Matrix, Tables, TablesView, Tried } from './contract.ts';
import { anEnterprise, DEEP, SMALL } from './fixtures.ts';
import { eraseContacts } from './intake.ts';
import { enterprise } from './module.ts';
import { placeToday } from './tables.ts';

const ADMIN = 'an-admin-token-of-size';
const ZONE = 'Asia/Shanghai';
const TODAY = dayIn(ZONE, Date.now());
const day = (from: number) => textOf(TODAY + from);

const staff = (id: string, rights: string[], areas: 'all' | string[]) => ({
  kind: 'staff' as const,
  id,
  name: id,
  rights: new Set(rights),
  areas,
});
const WORK = ['enterprise:see', 'enterprise:work', 'enterprise:reveal', 'export:run'];
const CALLERS = {
  li: staff('li', WORK, 'all'),
  wang: staff('wang', WORK, 'all'),
  east: staff('east', WORK, ['east']),
  eye: staff('eye', ['enterprise:see'], 'all'),
  crm: { ...staff('crm', ['enterprise:send'], []), kind: 'source' as const },
};
const doors: Module = { name: 'doors', migrations: [], authenticate: () => async (token) => CALLERS[token as keyof typeof CALLERS] };

let house: House;
let app: App;
beforeAll(async () => {
  house = await aHouse(await freshDb([enterprise]), { zone: ZONE, adminToken: ADMIN });
  await enterprise.start?.(house);
  app = await buildApp(house, [doors, enterprise]);
});
afterAll(async () => {
  await app?.close();
  await house?.live.close();
  await house?.db.close();
});

type Problem = { code: string; message: string; details: { items: { line: number; code: string; message: string }[]; path: string } };
async function call<T = Problem>(token: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object | string) {
  const lines = typeof payload === 'string' && { 'content-type': 'application/x-ndjson' };
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en', ...lines };
  const res = await app.inject({ method, url: `/api/enterprises${url}`, headers, ...(payload !== undefined && { payload }) });
  const isJson = String(res.headers['content-type']).includes('json');
  return { status: res.statusCode, text: res.body, body: (isJson ? res.json() : null) as T };
}
const send = (items: EnterpriseIn[], token = 'crm') => call<Record<string, number>>(token, 'POST', '', items);
const list = async (query = '', token = 'eye') => (await call<EnterpriseList>(token, 'GET', query)).body;
const one = async (key: string) => (await list(`?q=${key}`)).items.find((e) => e.key === key)!;
const showOf = async (key: string) => (await call<EnterpriseDetail>('eye', 'GET', `/${(await list(`?q=${key}`)).items[0]?.id}`)).body;
const show = async (key: string, token = 'eye') => (await call<EnterpriseDetail>(token, 'GET', `/${(await one(key)).id}`)).body;

const someone = { name: '霁青舟', phone: '12000000001' };

describe('what a source sends', () => {
  const all = [
    anEnterprise('H1', day(-1), { contact: someone, industry: '医疗', manager: '0812' }),
    anEnterprise('H2', day(-1), {
      area: 'west',
      facts: { ...DEEP, 'rival.mobileShare': 80, 'rival.circuits': 4, 'rival.applications': 3 },
    }),
    anEnterprise('S1', day(-1), { facts: SMALL }),
    anEnterprise('S2', day(-1), { area: null, facts: { employees: 3 } }),
  ];
  test('is placed when it is answered; a second time nothing changes', async () => {
    expect((await send(all)).body).toEqual({ received: 4, added: 4, changed: 0, unchanged: 0, moved: 0 });
    expect((await send(all)).body).toEqual({ received: 4, added: 0, changed: 0, unchanged: 4, moved: 0 });
    const { items, total } = await list();
    expect(total).toBe(4);
    expect(items.map((e) => [e.key, e.place?.id ?? null, e.size])).toEqual(
      [
        ['H1', 'partner', 'large'],
        ['H2', 'contested', 'large'],
        ['S1', 'reach', 'small'],
        ['S2', null, 'small'],
      ].toSorted((a, b) => items.findIndex((e) => e.key === a[0]) - items.findIndex((e) => e.key === b[0])),
    );
  });
  test('comes as lines too; one bad line and none of them is there', async () => {
    const lines = [anEnterprise('L1', day(-1)), { ...anEnterprise('L2', day(-1)), facts: { moons: 1 } }].map((e) => JSON.stringify(e));
    const { status, body } = await call('crm', 'POST', '', lines.join('\n'));
    expect([status, body.code, body.details.items]).toMatchObject([
      422,
      'enterprise.refused',
      [{ line: 2, code: 'enterprise.unknown-indicator', message: 'The tables have no indicator moons' }],
    ]);
    expect((await list('?q=L1')).total).toBe(0);
    expect((await call('eye', 'POST', '', '')).status).toBe(403);
  });
  test('of an older day changes nothing, of a newer one only what it says', async () => {
    expect((await send([anEnterprise('H1', day(-9), { name: 'Old', facts: { circuits: 0 } })])).body).toMatchObject({ unchanged: 1 });
    const said = { source: 'crm', key: 'H1', name: '琉璃市人民医院', at: day(0), facts: { circuits: 21 } };
    expect((await send([said])).body).toMatchObject({ changed: 1, moved: 0 });
    expect(await show('H1')).toMatchObject({ name: '琉璃市人民医院', industry: '医疗', area: 'east', place: { id: 'partner' } });
  });
  test('moves an enterprise, and the move says by which indicators', async () => {
    const worse = { 'mobile.share': 0, circuits: 0, 'information.services': 0, 'industry.solutions': null, 'support.contract': false };
    expect((await send([{ source: 'crm', key: 'H2', name: 'H2', at: day(0), facts: worse }])).body).toMatchObject({ moved: 1 });
    const [latest, first] = (await show('H2')).moves;
    expect(latest).toMatchObject({ cause: 'facts', from: { id: 'contested' }, to: { id: 'niche' }, toLevels: { loyalty: 'low' } });
    expect(latest?.because.map((b) => [b.indicator, b.was.points, b.is.points, b.is.value])).toEqual(
      [
        ['industry.solutions', 22, 0, null],
        ['information.services', 20, 0, 0],
        ['mobile.share', 18, 0, 0],
        ['circuits', 14, 0, 0],
        ['support.contract', 10, 0, 0],
      ].toSorted((a, b) => latest!.because.findIndex((x) => x.indicator === a[0]) - latest!.because.findIndex((x) => x.indicator === b[0])),
    );
    expect(first).toMatchObject({ cause: 'first', from: null, to: { id: 'contested' } });
    expect((await list('?tab=moved')).items.map((e) => e.key)).toEqual(['H2']);
  });
});

describe('what people see', () => {
  test('is cut to their areas, and outside is as if it were not there', async () => {
    expect((await list('', 'east')).items.map((e) => e.key).sort()).toEqual(['H1', 'S1']);
    const { id } = await one('H2');
    for (const url of [`/${id}`, '/00000000-0000-4000-8000-000000000000'])
      expect((await call('east', 'GET', url)).body.code).toBe('thing.not-found');
    expect((await call('east', 'POST', `/${id}/visits`, { day: day(1) })).status).toBe(404);
    expect((await call<Matrix>('east', 'GET', '/matrix')).body.enterprises).toBe(2);
  });
  test('can be narrowed, and comes page by page in one order', async () => {
    expect((await list('?value=high&loyalty=low')).items.map((e) => e.key)).toEqual(['H2']);
    expect((await list('?place=partner,reach')).total).toBe(2);
    expect((await list('?tab=unplaced')).items.map((e) => e.key)).toEqual(['S2']);
    expect((await list('?industry=%E5%8C%BB%E7%96%97&manager=0812&size=large')).items.map((e) => e.key)).toEqual(['H1']);
    expect((await list('?q=%25')).total).toBe(0);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: EnterpriseList = await list(`?limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((e) => e.key));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual((await list()).items.map((e) => e.key));
    expect((await call('eye', 'GET', '?cursor=x')).body.code).toBe('request.malformed');
  });
  test('adds up: the matrix counts and sums what the list shows', async () => {
    const { body } = await call<Matrix>('eye', 'GET', '/matrix');
    expect(body).toMatchObject({ enterprises: 4, revenue: 240_300_000, version: 1 });
    expect(body.cells.find((c) => c.place === 'partner')).toMatchObject({
      value: 'high',
      loyalty: 'high',
      competition: 'low',
      count: 1,
      revenue: 120_000_000,
    });
    expect(body.cells.find((c) => c.place === null)).toMatchObject({ count: 1, revenueKnown: 0 });
  });
  test('traces every point to its indicator, and says what is missing', async () => {
    const { lines, axes, offers, who, contact } = await show('H1');
    expect(lines.filter((l) => l.part.axis === 'loyalty').reduce((n, l) => n + l.points, 0)).toBe(axes.loyalty.points);
    expect(lines.find((l) => l.indicator === 'contract.months')).toMatchObject({
      value: 20,
      points: 11,
      of: 16,
      next: { from: 24, points: 16 },
      at: day(-1),
    });
    expect([offers.map((o) => o.size), who?.en]).toEqual([['large'], 'Chief account manager']);
    expect(contact).toEqual({ name: '霁**', phone: '120****0001' });
    expect((await show('S2')).lines.filter((l) => l.state === 'unknown')).toHaveLength(15);
  });
  test('of a contact is in the open only for a reason, which is written down', async () => {
    const { id } = await one('H1');
    expect((await call('eye', 'POST', `/${id}/reveal`, { fields: ['phone'], reason: 'a visit' })).status).toBe(403);
    expect((await call('li', 'POST', `/${id}/reveal`, { fields: ['phone'], reason: 'a visit' })).body).toEqual({ phone: someone.phone });
    const acts = await house.db.query('', `select reason, details from platform.audit where act = 'enterprise.revealed'`);
    expect(acts).toEqual([{ reason: 'a visit', details: { fields: ['phone'] } }]);
    expect((await house.db.query('', `select * from enterprise.contact`)).every((c) => !JSON.stringify(c).includes('1200'))).toBe(true);
  });
  test('goes out as a file that says who took it, with no person in it', async () => {
    expect((await call('eye', 'GET', '/export.csv')).status).toBe(403);
    const { text } = await call('east', 'GET', '/export.csv?tab=all');
    expect(text.split('\r\n').filter(Boolean)).toHaveLength(3);
    expect(text).toContain('琉璃市人民医院,H1,crm,east,医疗,0812,Build together,high,high,low,large,1200000.00');
    expect(text).not.toContain('1200000000');
    expect(text).toMatch(/,east \d{4}-/);
    expect(await house.db.query('', `select actor_id from platform.audit where act = 'enterprise.exported'`)).toEqual([
      { actor_id: 'east' },
    ]);
  });
});

describe('an offer', () => {
  const visit = (url: string, body: object | undefined, token = 'li') => call<EnterpriseDetail & Problem>(token, 'POST', url, body);
  const named = (d: EnterpriseDetail) => Object.fromEntries(d.visits[0]!.actions.map((a) => [a.name, a.because]));

  test('is accepted once, becomes a visit, gets its outcome, and each step is taken back by who did it', async () => {
    const { id } = await one('H1');
    expect(await one('H1')).toMatchObject({ seenOn: null, dueOn: day(30) });
    expect((await visit(`/${id}/visits`, { day: day(400) })).body.code).toBe('enterprise-visit.impossible-day');
    const { body: planned } = await visit(`/${id}/visits`, { day: day(0), note: '带上方案' });
    expect(planned).toMatchObject({
      plannedOn: day(0),
      visits: [{ state: 'planned', by: 'li', note: '带上方案', place: { id: 'partner' } }],
    });
    expect(planned.actions[0]).toEqual({ name: 'visit', allowed: false, because: 'enterprise-visit.planned-already' });
    expect((await visit(`/${id}/visits`, { day: day(1) }, 'wang')).body.code).toBe('enterprise-visit.planned-already');
    expect((await list('?tab=planned')).items.map((e) => e.key)).toEqual(['H1']);
    const at = `/visits/${planned.visits[0]!.id}`;
    expect((await visit(`${at}/outcome`, { outcome: 'great' })).body.code).toBe('enterprise-visit.unknown-outcome');
    const { body: done } = await visit(`${at}/outcome`, { outcome: 'willing', note: '下月再谈' }, 'wang');
    expect(done).toMatchObject({
      seenOn: day(0),
      plannedOn: null,
      dueOn: day(30),
      visits: [{ state: 'done', outcome: { id: 'willing', by: 'wang' } }],
    });
    expect(named(done)).toEqual({ outcome: 'enterprise-visit.over', undo: null });
    expect((await list('?tab=due')).total).toBe(0);
    expect((await visit(`${at}/undo`, undefined)).body).toMatchObject({
      code: 'enterprise-visit.not-yours',
      message: 'It was noted by wang, who alone can undo it',
    });
    expect((await visit(`${at}/undo`, undefined, 'wang')).body.visits[0]).toMatchObject({ state: 'planned', outcome: null });
    expect((await visit(`${at}/undo`, undefined, 'li')).body.visits[0]).toMatchObject({ state: 'withdrawn' });
    expect((await visit(`${at}/undo`, undefined, 'li')).body.code).toBe('enterprise-visit.over');
    const sealed = await house.db.query<{ note: Buffer }>('', 'select note from enterprise.visit');
    expect(sealed[0]?.note.includes('方案')).toBe(false);
  });
  test('that nobody was met for leaves the visit due; one of the day after tomorrow has no outcome yet', async () => {
    const { id } = await one('S1');
    const { body: soon } = await visit(`/${id}/visits`, { day: day(2) });
    const at = `/visits/${soon.visits[0]!.id}`;
    expect((await visit(`${at}/outcome`, { outcome: 'signed' })).body.code).toBe('enterprise-visit.not-yet');
    await visit(`${at}/undo`, undefined);
    const { body: past } = await visit(`/${id}/visits`, { day: day(-2) });
    const { body: nobody } = await visit(`/visits/${past.visits[0]!.id}/outcome`, { outcome: 'not-met' });
    expect([nobody.seenOn, nobody.visits.map((v) => v.state)]).toEqual([null, ['done', 'withdrawn']]);
    const { body: next } = await visit(`/${id}/visits`, { day: day(1) });
    expect((await visit(`/visits/${past.visits[0]!.id}/undo`, undefined)).body.code).toBe('enterprise-visit.not-latest');
    expect(named(next)).toMatchObject({ outcome: 'enterprise-visit.not-yet', undo: null });
    await visit(`/visits/${next.visits[0]!.id}/undo`, undefined);
    const { body: long } = await visit(`/${id}/visits`, { day: day(-366) });
    await visit(`/visits/${long.visits[0]!.id}/outcome`, { outcome: 'signed' });
    expect((await list('?tab=due')).items).toMatchObject([{ key: 'S1', seenOn: day(-366), dueOn: day(0) }]);
  });
  test('is made to nobody of whom too little is known, and by nobody who may not', async () => {
    const { id } = await one('S2');
    expect((await visit(`/${id}/visits`, { day: day(1) })).body.code).toBe('enterprise.not-placed');
    expect((await visit(`/${id}/visits`, { day: day(1) }, 'eye')).status).toBe(403);
    expect((await visit('/visits/999/undo', undefined)).status).toBe(404);
  });
});

describe('the tables', () => {
  const stricter = (tables: Tables): Tables => ({ ...tables, axes: { ...tables.axes, value: { high: 101 - 1, middle: 99, least: 50 } } });
  test('are tried before they are published: who would move where, and nothing is written', async () => {
    const { body: now } = await call<TablesView>('eye', 'GET', '/tables');
    expect(now).toMatchObject({ version: 1, actions: [{ name: 'try', because: 'auth.forbidden' }, { name: 'publish' }] });
    expect((await call('eye', 'POST', '/tables/try', { tables: now.tables })).status).toBe(403);
    const { body: same } = await call<Tried>(ADMIN, 'POST', '/tables/try', { tables: now.tables });
    expect(same).toEqual({ enterprises: 4, stay: 4, moves: [] });
    const { body: tried } = await call<Tried>(ADMIN, 'POST', '/tables/try', { tables: stricter(now.tables) });
    expect(tried).toMatchObject({
      stay: 2,
      moves: expect.arrayContaining([{ from: 'niche', to: 'reach', count: 1, revenue: 120_000_000 }]),
    });
    expect((await show('H2')).place?.id).toBe('niche');
  });
  test('with a mistake are refused at its path', async () => {
    const { tables } = (await call<TablesView>('eye', 'GET', '/tables')).body;
    const holed = { ...tables, places: tables.places.slice(1) };
    const { status, body } = await call(ADMIN, 'PUT', '/tables', { basedOn: 1, reason: 'less', tables: holed });
    expect([status, body.code, body.details.path, body.message]).toEqual([
      422,
      'tables.mistaken',
      'cells.high.high.middle',
      'cells.high.high.middle: There is no place partner',
    ]);
    expect((await call(ADMIN, 'PUT', '/tables', { basedOn: 1, reason: 'none', tables })).body.code).toBe('tables.same');
    expect((await call(ADMIN, 'POST', '/tables/try', { tables: { ...tables, moon: 1 } })).body.code).toBe('request.unknown-field');
  });
  test('are published by whoever saw the last version, and move everybody with their name on it', async () => {
    const { tables } = (await call<TablesView>('eye', 'GET', '/tables')).body;
    const { body } = await call<TablesView & { moved: number }>(ADMIN, 'PUT', '/tables', {
      basedOn: 1,
      reason: 'a stricter value',
      tables: stricter(tables),
    });
    expect(body).toMatchObject({ version: 2, moved: 2, reason: 'a stricter value', by: 'admin' });
    expect((await call(ADMIN, 'PUT', '/tables', { basedOn: 1, reason: 'again', tables })).body.code).toBe('tables.changed');
    const [latest] = (await show('H2')).moves;
    expect(latest).toMatchObject({ cause: 'tables', version: 2, from: { id: 'niche' }, to: { id: 'reach' }, because: [] });
    expect((await show('S1')).version).toBe(2);
    expect((await call<{ items: { version: number }[] }>('eye', 'GET', '/tables/versions')).body.items.map((v) => v.version)).toEqual([
      2, 1,
    ]);
    expect((await call<TablesView>('eye', 'GET', '/tables/versions/1')).body.tables).toEqual(tables);
    expect((await call('eye', 'GET', '/tables/versions/9')).status).toBe(404);
  });
});

test('facts grow old by themselves, and the move says so', async () => {
  const later = { actor: { kind: 'system' as const, id: 't', name: 't', rights: 'all' as const, areas: 'all' as const } };
  expect(await house.db.inTx(later.actor, (ctx) => placeToday(ctx, TODAY))).toBe(0);
  expect(await house.db.inTx(later.actor, (ctx) => placeToday(ctx, TODAY + 70))).toBe(3);
  const { moves, lines } = await show('H1');
  expect([moves[0]?.cause, moves[0]?.to, lines.find((l) => l.indicator === 'circuits')?.state]).toEqual(['age', null, 'old']);
});

test('a contact who is erased is gone, the enterprise stays, and a later delivery brings him back', async () => {
  const hash = house.vault.hash('phone', someone.phone);
  const erase = () => house.db.inTx(CALLERS.li, (ctx) => eraseContacts(ctx, house.vault, hash, { reason: 'asked', by: 'li' }));
  expect([await erase(), await erase()]).toEqual([1, 0]);
  expect((await show('H1')).contact).toEqual({});
  await send([{ ...anEnterprise('H1', day(0)), contact: someone }]);
  expect((await show('H1')).contact.phone).toBe('120****0001');
  await send([{ ...anEnterprise('H1', day(0)), contact: { phone: null } }]);
  expect((await show('H1')).contact).toEqual({ name: '霁**' });
});

describe('several numbers of one enterprise', () => {
  const act = (url: string, body: object, token = 'li') => call<EnterpriseDetail & Problem>(token, 'POST', url, body);
  const two = async () => {
    await send([anEnterprise('N1', day(-2), { name: 'Head', facts: { ...SMALL, circuits: 1 } })]);
    await send([
      anEnterprise('N2', day(-1), { name: 'Other', contact: { name: '汐月', phone: '12000000002' }, facts: { ...DEEP, circuits: 9 } }),
    ]);
    return [await one('N1'), await one('N2')] as const;
  };
  const pointOf = (d: EnterpriseDetail, indicator: string) => d.lines.find((l) => l.indicator === indicator)?.value;

  test('are joined by a person: the latest fact of any stands, nothing is lost, and parting them undoes it', async () => {
    const [a, b] = await two();
    const before = [await show('N1'), await show('N2')];
    const total = (await list()).total;
    await act(`/${b.id}/visits`, { day: day(0) });
    expect((await act(`/${a.id}/join`, { other: b.id, reason: '同一家' }, 'eye')).status).toBe(403);
    const { body: joined } = await act(`/${a.id}/join`, { other: b.id, reason: '同一家' });
    expect(joined).toMatchObject({ name: 'Head', contact: { name: expect.stringContaining('汐') }, numbers: [{ key: 'N1', joined: null }, { key: 'N2', joined: { by: 'li', reason: '同一家' } }] }); // biome-ignore format: one line
    expect(pointOf(joined, 'circuits')).toBe(9);
    expect([joined.visits.length, (await list()).total, (await list('?q=N2')).items[0]?.id]).toEqual([1, total - 1, a.id]);
    expect((await call('li', 'GET', `/${b.id}`)).status).toBe(404);
    expect((await act(`/${a.id}/join`, { other: b.id, reason: 'x' })).body.code).toBe('enterprise.same');
    await send([{ source: 'crm', key: 'N2', name: 'Other', at: day(0), facts: { circuits: 12 } }]);
    expect(pointOf(await show('N1'), 'circuits')).toBe(12);
    expect((await act(`/${a.id}/part`, { number: a.id, reason: 'x' })).body.code).toBe('enterprise.not-joined');
    const { body: parted } = await act(`/${a.id}/part`, { number: b.id, reason: '弄错了' });
    expect([pointOf(parted, 'circuits'), parted.numbers.length, parted.contact]).toEqual([1, 1, before[0]!.contact]);
    expect(await show('N2')).toMatchObject({ name: 'Other', contact: before[1]!.contact });
    expect((await list()).total).toBe(total);
  });
  test('are joined as a source says, but not what a person parted', async () => {
    const said = (key: string, other: string) => ({
      source: 'crm',
      key,
      name: key,
      at: day(0),
      sameAs: [{ source: 'crm', key: other }],
      facts: {},
    });
    expect((await send([said('N1', 'N2')])).status).toBe(200);
    expect((await show('N1')).numbers.map((n) => n.key)).toEqual(['N1']);
    await send([said('N3', 'nowhere'), said('N4', 'N3')]);
    expect((await showOf('N4')).numbers.map((n) => n.key).sort()).toEqual(['N3', 'N4']);
    const [head] = (await list('?q=N3')).items;
    await act(`/${(await one('N1')).id}/join`, { other: head?.id, reason: '集团' });
    expect((await showOf('N4')).numbers.map((n) => n.key)[0]).toBe('N1');
    expect((await showOf('N4')).numbers).toHaveLength(3);
    expect(await house.db.query('', `select count(*) n from platform.audit where act = 'enterprise.joined'`)).toEqual([{ n: 3 }]);
  });
});
