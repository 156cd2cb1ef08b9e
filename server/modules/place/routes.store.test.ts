import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '#audience';
import { type Actor, systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import type { House, Module } from '#platform/module';
import { freshDb } from '../../../test/database.ts';
import { makeAudience } from '../audience/module.ts';
import { MODULES, someCustomers } from '../customer/fixtures.ts';
import { aHouse, anAccount, JIANGNAN } from '../org/fixtures.ts';
import { createAccounts, createUnits } from '../org/service.ts';
import { retention } from '../retention/module.ts';
import { choose } from './choosing.ts';
import type { EstateFeature, GonePlaces, GridDays, Homes, PlaceMap, PlacePortrait, Taken } from './contract.ts';
import { know, type Person, staff, throwsOf } from './fixtures.ts';
import { makePlace } from './module.ts';

const ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;
const today = Math.floor((Date.now() + 8 * 3_600_000) / DAY_MS);
const dateIn = (days: number): string => new Date((today + days) * DAY_MS).toISOString().slice(0, 10);
const SEES = ['place:see', 'customer:see', 'retention:see'];
const people: Record<string, Actor> = {
  gis: staff('gis', 'all', ['place:send']),
  city: staff('city', 'all', ['place:see', 'place:visit']),
  grid: staff('grid', ['g-1'], [...SEES, 'place:visit', 'customer:reveal']),
  other: staff('other', ['g-1'], [...SEES, 'place:visit']),
  west: staff('west', ['west'], [...SEES, 'place:visit']),
  district: staff('district', ['east', 'g-1'], [...SEES, 'place:visit', 'place:assign']),
};

/** Whole figures in fives, so that every kind of value, and of nothing known, comes up in each building. */
const dice = throwsOf(7);
const some = <T>(...values: readonly T[]): T => values[dice(values.length)] as T;
const somebody = (): Person => {
  const own = some(true, true, true, false);
  const west = dice(6) === 0;
  const known: Record<string, unknown> = {
    area: west ? 'west' : 'g-1',
    estate: west ? '西园' : some('东园', '东园', '北园'),
    building: some('1幢', '2幢', '10幢', undefined),
    own: dice(9) === 0 ? undefined : own,
    ...(own && {
      broadband: some(true, false, undefined),
      fiveG: some(true, false, undefined),
      'broadband.speed': some('100M', '500M', '1000M', undefined),
      fttr: some(true, false, undefined),
      'score.churn': some(100, 299, 300, 900, undefined),
      'score.broadband': some(499, 500, undefined),
      'score.fiveG': some(499, 500, undefined),
      'contract.ends': some(dateIn(-1), dateIn(0), dateIn(90), dateIn(91), undefined),
      'fault.open': some(true, false, false, false, undefined),
      'consent.visit': some(true, true, false, undefined),
      doNotDisturb: some(true, false, undefined, undefined),
      arpu: some(5_000, 9_000, 20_000),
    }),
    age: some(20, 40, 60, undefined),
  };
  return Object.fromEntries(Object.entries(known).filter(([, v]) => v !== undefined)) as Person;
};
const everybody: readonly Person[] = Array.from({ length: 240 }, somebody);
const HOUSEHOLDS = 60;

const audience = makeAudience();
const place = makePlace(audience.desk);
const signIn: Module = { name: 'test', migrations: [], authenticate: () => async (token) => people[token] };
const modules = [...MODULES, audience, retention, place];
let db: Db;
let house: House;
let app: App;

beforeAll(async () => {
  db = await freshDb(modules);
  house = await aHouse(db, { zone: ZONE, adminToken: 'an-admin-token-of-size' });
  app = await buildApp(house, [signIn, ...modules]);
  await db.inTx(systemActor('test'), (ctx) => createUnits(ctx, JIANGNAN));
  await db.inTx(systemActor('test'), (ctx) =>
    createAccounts(ctx, [anAccount({ login: 'qiao', name: '桥', role: 'grid-manager', unit: 'g-1' })]),
  );
  await someCustomers(
    db,
    house.vault,
    everybody.map((p, ordinal) => ({
      ordinal,
      source: 'crm',
      key: `K${ordinal}`,
      area: String(p.area),
      person: { name: '汐五', address: `云州市东湖区${String(p.estate)}${ordinal % 50}室` },
    })),
  );
  await know(db, people.gis as Actor, everybody);
  await audience.start?.(house);
});
afterAll(async () => {
  await audience.stop?.();
  await app?.close();
  await house?.live.close();
  await db?.close();
});

async function call<T = { code: string; details: { items: { line: number; code: string; message: string }[] } }>(
  who: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object | string,
) {
  const type = typeof payload === 'string' ? 'application/x-ndjson' : 'application/json';
  const headers = { authorization: `Bearer ${who}`, 'accept-language': 'en', ...(payload !== undefined && { 'content-type': type }) };
  const res = await app.inject({ method, url: `/api/places${url}`, headers, ...(payload !== undefined && { payload }) });
  return { status: res.statusCode, body: (res.body === '' ? null : res.json()) as T };
}

const estate = (key: string, area: string, value: string, west: number) => ({
  kind: 'estate',
  source: 'gis',
  key,
  area,
  value,
  names: { zh: value, en: key },
  households: HOUSEHOLDS,
  outline: [
    [west, 30],
    [west + 0.01, 30],
    [west + 0.01, 30.01],
    [west, 30.01],
  ],
});
const building = (of: string, n: number, free = 2) => ({
  kind: 'building',
  source: 'gis',
  key: `${of}/${n}`,
  estate: of,
  value: `${n}幢`,
  households: 20,
  portsTotal: 32,
  portsFree: free,
});
const PLACES = [
  estate('E', 'g-1', '东园', 120),
  estate('N', 'g-1', '北园', 120.02),
  estate('W', 'west', '西园', 120.04),
  ...['E', 'N', 'W'].flatMap((e) => [building(e, 10), building(e, 1), building(e, 2, 0)]),
];
const mapOf = async (who: string, query = '') => (await call<PlaceMap>(who, 'GET', `/map${query}`)).body;
const idOf = async (name: string, who = 'city') => (await mapOf(who)).features.find((f) => f.properties.names.zh === name)?.id as string;

describe('what is told', () => {
  test('is taken whole, and a second time changes nothing', async () => {
    expect((await call('gis', 'POST', '', PLACES)).body).toEqual({ places: 12, added: 12, changed: 0, back: 0, gone: 0 });
    const again = PLACES.map((p) => JSON.stringify(p)).join('\n');
    expect((await call('gis', 'POST', '', again)).body).toEqual({ places: 12, added: 0, changed: 0, back: 0, gone: 0 });
    const moved = [{ ...estate('E', 'g-1', '东园', 120), households: 61 }];
    expect((await call('gis', 'POST', '', moved)).body).toEqual({ places: 1, added: 0, changed: 1, back: 0, gone: 0 });
    await call('gis', 'POST', '', PLACES);
  });

  test('with one mistake is not taken at all, and every line is told what is wrong', async () => {
    const sent = [estate('X', 'g-1', '新园', 121), building('Y', 1), { ...estate('Z', 'nowhere', 'z', 121) }, { kind: 'street' }];
    const unread = await call('gis', 'POST', '', sent);
    expect([unread.status, unread.body.code]).toEqual([422, 'places.refused']);
    expect(unread.body.details.items.map((i) => [i.line, i.code])).toEqual([[4, 'place.bad-field']]);
    const untaken = await call('gis', 'POST', '', sent.slice(0, 3));
    expect(untaken.body.details.items.map((i) => [i.line, i.code, i.message])).toEqual([
      [2, 'place.unknown-estate', 'There is no estate Y'],
      [3, 'place.unknown-area', 'There is no area nowhere'],
    ]);
    expect(await idOf('新园')).toBeUndefined();
  });

  test('is no more than ten thousand, and something, and from who may', async () => {
    expect((await call('gis', 'POST', '', '\n'.repeat(5))).body.code).toBe('places.none');
    expect((await call('gis', 'POST', '', '1\n'.repeat(10_001))).status).toBe(413);
    expect((await call('grid', 'POST', '', PLACES)).status).toBe(403);
  });
});

describe('the map', () => {
  test('shows the caller’s own areas, those asked for, and what the box touches', async () => {
    const names = async (who: string, query = '') => (await mapOf(who, query)).features.map((f) => f.properties.names.zh);
    expect((await names('city')).sort()).toEqual(['东园', '北园', '西园']);
    expect((await names('grid')).sort()).toEqual(['东园', '北园']);
    expect(await names('grid', '?area=west')).toEqual([]);
    expect(await names('city', '?area=west')).toEqual(['西园']);
    expect(await names('city', '?bbox=120.005,30,120.006,30.1')).toEqual(['东园']);
    expect((await call('city', 'GET', '/map?bbox=1,2,3')).status).toBe(400);
  });

  test('is GeoJSON whose rings are closed and run against the clock', async () => {
    const { features, bbox, total, limited } = await mapOf('city');
    expect([bbox, total, limited]).toEqual([[120, 30, expect.closeTo(120.05, 9), 30.01], 3, false]);
    const ring = ((features[0] as EstateFeature).geometry as { coordinates: [number, number][][] }).coordinates[0] as [number, number][];
    expect(ring[0]).toEqual(ring.at(-1));
    const area = ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i]?.[0] ?? 0) * y - x * (ring[i]?.[1] ?? 0), 0);
    expect(area).toBeGreaterThan(0);
  });
});

/** The figures by a plain loop over the people. */
type Holds = (p: Person) => boolean;
const is =
  (tag: string, value: unknown): Holds =>
  (p) =>
    p[tag] === value;
const unknown =
  (tag: string): Holds =>
  (p) =>
    p[tag] === undefined;
const isKnown =
  (tag: string): Holds =>
  (p) =>
    p[tag] !== undefined;
const from =
  (tag: string, least: number): Holds =>
  (p) =>
    p[tag] !== undefined && Number(p[tag]) >= least;
const all = (...of: readonly Holds[]): Holds => (p) => of.every((h) => h(p)); // biome-ignore format: one line
const own = is('own', true);
const ends =
  (least: number, most: number): Holds =>
  (p) =>
    typeof p['contract.ends'] === 'string' && p['contract.ends'] >= dateIn(least) && p['contract.ends'] <= dateIn(most);
const fast: Holds = (p) => p['broadband.speed'] === '500M' || p['broadband.speed'] === '1000M';
const PLAIN: Readonly<Record<string, readonly [part: Holds, whole: Holds | null, unknown: Holds]>> = {
  broadband: [all(own, is('broadband', true)), null, all(own, unknown('broadband'))],
  fiveG: [all(own, is('fiveG', true)), all(own, isKnown('fiveG')), all(own, unknown('fiveG'))],
  offNet: [is('own', false), isKnown('own'), unknown('own')],
  churn: [all(own, from('score.churn', 300)), all(own, isKnown('score.churn')), all(own, unknown('score.churn'))],
  contract: [all(own, ends(0, 90)), all(own, ends(0, 999)), () => false],
  fault: [all(own, is('fault.open', true)), all(own, isKnown('fault.open')), all(own, unknown('fault.open'))],
  needBroadband: [all(own, is('broadband', false), from('score.broadband', 500)), all(own, is('broadband', false)), all(own, is('broadband', false), unknown('score.broadband'))],
  needFiveG: [all(own, is('fiveG', false), from('score.fiveG', 500)), all(own, is('fiveG', false)), all(own, is('fiveG', false), unknown('score.fiveG'))],
  needFttr: [all(own, fast, is('fttr', false)), all(own, is('broadband', true)), all(own, is('broadband', true), unknown('fttr'))],
}; // biome-ignore format: a table

function expectExact(portrait: PlacePortrait, here: readonly Person[], households: number): void {
  const count = (h: Holds) => here.filter(h).length;
  const figures = [...portrait.figures, ...portrait.risks, ...portrait.needs];
  expect(Object.fromEntries(figures.map((f) => [f.id, [f.part, f.whole, f.unknown]]))).toEqual(
    Object.fromEntries(
      Object.entries(PLAIN).map(([id, [part, whole, un]]) => [id, [count(part), whole === null ? households : count(whole), count(un)]]),
    ),
  );
  expect(portrait.people).toEqual({ known: here.length, own: count(own), offNet: count(is('own', false)), unknown: count(unknown('own')) });
}

describe('a portrait', () => {
  test.each(['东园', '北园'])('of %s is what a plain count of its people says, and so is that of each building', async (name) => {
    const here = everybody.filter((p) => p.estate === name);
    const { body } = await call<PlacePortrait>('grid', 'GET', `/${await idOf(name)}`);
    expectExact(body, here, HOUSEHOLDS);
    expect(body.ports).toEqual({ total: 96, free: 4 });
    expect(body.buildings.map((b) => b.names.zh)).toEqual(['1幢', '2幢', '10幢']);
    const ages = body.spreads?.find((s) => s.tag === 'age');
    expect((ages?.bars.reduce((sum, b) => sum + b.count, 0) ?? 0) + (ages?.unknown ?? 0)).toBe(here.length);
    for (const b of body.buildings) {
      const inside = here.filter((p) => p.building === b.names.zh);
      const portrait = (await call<PlacePortrait>('grid', 'GET', `/${b.id}`)).body;
      expectExact(portrait, inside, 20);
      expect([b.people, portrait.spreads === null]).toEqual([inside.length, inside.length < portrait.least]);
    }
  });

  test('in another area is answered like one that is not there', async () => {
    const west = await idOf('西园');
    const there = await call('grid', 'GET', `/${west}`);
    const nowhere = await call('grid', 'GET', '/00000000-0000-4000-8000-000000000000');
    expect([there.status, there.body]).toEqual([404, nowhere.body]);
    expect((await call('west', 'GET', `/${west}`)).status).toBe(200);
  });

  test('of a place in which nobody was ever said to live knows of nobody, shows no spread, and its share of households is not zero but unknown', async () => {
    await call('gis', 'POST', '', [estate('Q', 'g-1', '静园', 120.06)]);
    const { body } = await call<PlacePortrait>('grid', 'GET', `/${await idOf('静园')}`);
    expect([body.people, body.spreads, body.ports]).toEqual([{ known: 0, own: 0, offNet: 0, unknown: 0 }, null, null]);
    expect(body.figures.find((f) => f.id === 'broadband')).toMatchObject({ part: null, whole: null, unknown: null, missing: 'people' });
  });
});

describe('a place that is gone', () => {
  const tell = async (places: object[], query = '') => (await call<Taken>('gis', 'POST', query, places)).body;
  const none = { places: 1, added: 0, changed: 0, back: 0, gone: 0 };
  const lost = (what: string, key: string, into?: string) => ({ kind: 'gone', what, source: 'gis', key, ...(into && { into }) });

  test('is off the map and its estate’s list, says why and since when, and comes back when it is told again', async () => {
    const north = await idOf('北园');
    expect(await tell([lost('estate', 'N', 'E')])).toEqual({ ...none, gone: 1 });
    expect(await tell([lost('estate', 'N', 'E')])).toEqual(none);
    expect([await idOf('北园'), (await mapOf('grid')).gone]).toEqual([undefined, 1]);
    const { gone } = (await call<PlacePortrait>('grid', 'GET', `/${north}`)).body;
    expect(gone).toEqual({ at: expect.any(String), why: 'merged', into: { id: await idOf('东园'), names: { zh: '东园', en: 'E' } } });
    const list = (await call<GonePlaces>('grid', 'GET', '/gone')).body;
    expect(list).toMatchObject({ total: 1, items: [{ id: north, why: 'merged', estate: null }] });
    expect((await call<GonePlaces>('west', 'GET', '/gone')).body.total).toBe(0);
    expect(await tell([estate('N', 'g-1', '北园', 120.02)])).toEqual({ ...none, back: 1 });
    expect([await idOf('北园'), (await mapOf('grid')).gone]).toEqual([north, 0]);
  });

  test('gives up its name, and a building goes without its estate', async () => {
    expect(await tell([lost('estate', 'N'), estate('M', 'g-1', '北园', 120.02)])).toMatchObject({ added: 1, gone: 1 });
    expect((await call('gis', 'POST', '', [estate('N', 'g-1', '北园', 120.02)])).body.details.items[0]?.code).toBe('place.value-taken');
    expect(await tell([lost('estate', 'M'), estate('N', 'g-1', '北园', 120.02)])).toMatchObject({ back: 1, gone: 1 });
    expect(await tell([lost('building', 'E/2')])).toMatchObject({ gone: 1 });
    const east = (await call<PlacePortrait>('grid', 'GET', `/${await idOf('东园')}`)).body;
    expect([east.buildings.map((b) => b.names.zh), east.ports]).toEqual([['1幢', '10幢'], { total: 64, free: 4 }]);
    expect(await tell([building('E', 2, 0)])).toEqual({ ...none, back: 1 });
  });

  test('is also what a telling of all there is leaves out, in its area alone; one that leaves out half is not believed', async () => {
    const east = PLACES.filter((p) => !JSON.stringify(p).includes('"W'));
    const rest = east.filter((p) => p.key !== 'N/2');
    expect(await tell(rest, '?whole=g-1')).toEqual({ places: 7, added: 0, changed: 0, back: 0, gone: 2 }); // 静园 too, which an earlier test told
    expect((await call<PlacePortrait>('city', 'GET', `/${await idOf('西园')}`)).status).toBe(200);
    expect(await tell(rest, '?whole=g-1')).toMatchObject({ changed: 0, gone: 0 });
    expect(await tell(east, '?whole=east')).toMatchObject({ back: 1, gone: 0 });
    expect((await call('gis', 'POST', '?whole=g-1', rest.slice(0, 1))).body).toMatchObject({
      code: 'places.half-gone',
      details: { gone: 7 },
    });
    expect((await call('gis', 'POST', '?whole=nowhere', rest)).status).toBe(404);
    expect((await call('gis', 'POST', '?whole=g-1', [...rest, { ...estate('O', 'g-1', '外', 121), source: 'own' }])).body.code).toBe(
      'places.one-source',
    );
  });
});

describe('the homes of today', () => {
  const homes = async (who = 'grid') => (await call<Homes>(who, 'GET', '/homes')).body;
  const mayVisit = all(own, is('consent.visit', true), (p) => p.doNotDisturb !== true);

  test('are ten who agreed, a broken line first, the same all day, masked, with reasons in words', async () => {
    const list = await homes();
    expect([list.items.length, list.missing]).toEqual([10, []]);
    const who = await Promise.all(list.items.map(async (h) => (await db.query<{ ordinal: number }>('', 'select ordinal from customer.customer where id = $1', [h.customer]))[0]?.ordinal as number)); // biome-ignore format: one line
    for (const o of who) expect(all(mayVisit, is('area', 'g-1'))(everybody[o] as Person)).toBe(true);
    const faults = list.items.map((h) => h.reasons[0]?.id === 'fault');
    expect(faults).toEqual([...faults].sort((a, b) => Number(b) - Number(a)));
    expect(list.items.map((h) => h.score)).toEqual(list.items.map((h) => h.score).sort((a, b) => b - a));
    for (const h of list.items) expect(h.reasons.reduce((sum, r) => sum + r.points, 0)).toBe(h.score);
    expect(list.items[0]).toMatchObject({ name: '汐*', rank: 1, estate: { names: { zh: expect.stringMatching(/园$/) } } });
    const grid = everybody.filter(is('area', 'g-1'));
    expect(list.left.slice(0, 4).map((l) => l.count)).toEqual([
      grid.length,
      grid.filter(own).length,
      grid.filter(all(own, is('consent.visit', true))).length,
      grid.filter(mayVisit).length,
    ]);
    expect(await homes('other')).toEqual({ ...list, items: list.items.map((h) => ({ ...h, actions: expect.any(Array) })) });
  });

  test('no two of them are one address', async () => {
    const refs = await db.query<{ n: number }>('', `select count(distinct p.ref) n from place.home h join customer.personal p using (ordinal) where p.kind = 'address'`); // biome-ignore format: one line
    expect(refs[0]?.n).toBe(10);
  });

  test('have a short way between them: every home whose place is known, once', async () => {
    const { items, walk } = await homes();
    expect(walk.homes.map((h) => h.id).sort()).toEqual(items.map((h) => h.id).sort());
    expect(walk.homes[0]?.metres).toBe(0);
    expect(walk.metres).toBe(walk.homes.reduce((sum, h) => sum + h.metres, 0));
    expect(walk.metres).toBeLessThan(4_000); // the two estates lie side by side: there and not back again
  });

  test('are given to one of the grid by whoever answers for it, which others see; a district’s days show what came of them', async () => {
    const [first, second] = (await homes()).items;
    expect((await call('grid', 'PUT', `/homes/${first?.id}/holder`, { to: null })).status).toBe(403);
    const { items: workers } = (await call<{ items: { id: string; name: string }[] }>('district', 'GET', '/homes/workers?area=g-1')).body;
    expect(workers.map((w) => w.name)).toEqual(['桥']);
    const to = workers[0]?.id as string;
    expect((await call('district', 'PUT', `/homes/${first?.id}/holder`, { to: 'somebody' })).body.code).toBe('home.not-theirs');
    expect((await call('district', 'PUT', `/homes/${first?.id}/holder`, { to })).status).toBe(204);
    expect((await homes('other')).items[0]?.holder).toEqual(workers[0]);
    await call('grid', 'POST', `/homes/${second?.id}/visit`, { result: 'talked' });
    expect((await call('district', 'PUT', `/homes/${second?.id}/holder`, { to })).body.code).toBe('home.noted');
    const days = (await call<GridDays>('district', 'GET', '/homes/grids')).body;
    expect(days.items).toEqual([{ area: 'g-1', names: expect.any(Object), homes: 10, held: 1, results: [{ id: 'talked', count: 1 }] }]);
    expect((await call<GridDays>('west', 'GET', '/homes/grids')).body.items).toMatchObject([{ area: 'west', homes: null, results: [] }]);
    await call('district', 'PUT', `/homes/${first?.id}/holder`, { to: null });
    await call('grid', 'DELETE', `/homes/${second?.id}/visit`);
  });

  test('leave out a home whose house was pulled down, but not what was noted of it', async () => {
    const before = (await homes()).items;
    const at = before.find((h) => h.building !== null);
    const [where, key] = [at?.estate?.names.zh === '东园' ? 'E' : 'N', Number.parseInt(at?.building?.names.zh as string, 10)];
    await call('gis', 'POST', '', [{ kind: 'gone', what: 'building', source: 'gis', key: `${where}/${key}` }]);
    const there = before.filter((h) => h.estate?.id !== at?.estate?.id || h.building?.names.zh !== at?.building?.names.zh);
    expect((await homes()).items.map((h) => h.id)).toEqual(there.map((h) => h.id));
    const caller = { actor: people.grid as Actor, viewer: { id: 'grid', units: [], all: false }, lang: 'zh' as const };
    const again = await choose(db, audience.desk() as Desk, caller, { area: 'g-1', today });
    expect(again.homes.filter((h) => h.estate === at?.estate?.names.zh && h.building === at?.building?.names.zh)).toEqual([]);
    const [scored, standing] = ['scored', 'standing'].map((id) => again.left.find((l) => l.id === id)?.count as number);
    expect(standing).toBeLessThan(scored as number);
    await call('gis', 'POST', '', [building(where, key, key === 2 ? 0 : 2)]);
    expect((await homes()).items).toEqual(before);
  });

  test('are noted once, taken back by who noted them, and never in another grid', async () => {
    const [first] = (await homes()).items;
    const at = `/homes/${first?.id}/visit`;
    expect((await call('west', 'POST', at, { result: 'talked' })).status).toBe(404);
    expect((await call('grid', 'POST', at, { result: 'talked', note: '问了宽带' })).status).toBe(204);
    expect((await call('grid', 'POST', at, { result: 'talked', note: '问了宽带' })).status).toBe(204); // the line was bad, and he sent it twice
    expect((await call('grid', 'POST', at, { result: 'talked' })).body.code).toBe('home.noted');
    expect((await call('other', 'POST', at, { result: 'deal' })).body.code).toBe('home.noted');
    expect((await call('other', 'DELETE', at)).body.code).toBe('home.not-yours');
    expect((await homes()).items[0]?.visit).toMatchObject({ result: 'talked', by: 'grid', note: '问了宽带' });
    expect(JSON.stringify(await db.query('', 'select * from place.visit'))).not.toContain('宽带');
    expect((await call('grid', 'DELETE', at)).status).toBe(204);
    expect((await call('grid', 'DELETE', at)).body.code).toBe('home.not-noted');
    expect((await homes()).items[0]?.visit).toBeNull();
    const acts = await db.query<{ act: string }>('', `select act from platform.audit where act like 'home.%' order by id`);
    expect(acts.map((a) => a.act).slice(-2)).toEqual(['home.visited', 'home.visit-undone']);
  });

  test('of the next day leave out who was visited, for as long as the result says', async () => {
    const list = await homes();
    const [talked, closed] = list.items;
    await call('grid', 'POST', `/homes/${talked?.id}/visit`, { result: 'talked' });
    await call('grid', 'POST', `/homes/${closed?.id}/visit`, { result: 'not-at-home' });
    const caller = { actor: people.grid as Actor, viewer: { id: 'grid', units: [], all: false }, lang: 'zh' as const };
    const on = async (days: number) =>
      (await choose(db, audience.desk() as Desk, caller, { area: 'g-1', today: today + days })).homes.map((h) => h.customer);
    const seen = async (days: number) => {
      const there = await on(days);
      return [talked, closed].map((h) => there.includes(h?.customer as string));
    };
    expect(await seen(1)).toEqual([false, false]);
    expect(await seen(3)).toEqual([false, true]);
    expect(await seen(30)).toEqual([true, true]);
  });

  test('are asked for one grid', async () => {
    expect((await call('city', 'GET', '/homes')).body.code).toBe('homes.choose-grid');
    expect((await call('city', 'GET', '/homes?area=east')).body.code).toBe('homes.choose-grid');
    expect((await call('grid', 'GET', '/homes?area=west')).status).toBe(404);
    expect((await call('city', 'GET', '/homes?area=west')).status).toBe(200);
  });
});
