import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUnits } from '#org';
import { org } from '#org/module';
import { systemActor } from '#platform/actor';
import { type App, buildApp } from '#platform/http';
import { type Jobs, startJobs } from '#platform/jobs';
import type { House, Module } from '#platform/module';
import { dayIn, textOf } from '#rule';
import { freshDb } from '../../../test/database.ts';
import { aHouse, aUnit } from '../org/fixtures.ts';
import { aSupply, type Known, phoneOf } from './fixtures.ts';
import { makeRetention } from './module.ts';
import { standardRules } from './standard.ts';
import { sweepToday } from './sweeping.ts';

/** Ten silent customers, the even ones in the east. */
const own: Known = { 'days.current': 21, 'balance.amount': 900 };
const people = new Map<number, Known>(Array.from({ length: 10 }, (_, i) => [i, { ...own, 'voice.silentDays': 5 }]));
people.set(3, { ...own, 'voice.silentDays': 5, 'fault.open': true });
people.set(4, { ...own, 'stop.requested': dayIn('Asia/Shanghai', Date.now()) });
const supply = aSupply(people, (o) => (o % 2 === 0 ? 'east' : 'west'), [
  { id: 'li', name: 'li', areas: 'all' },
  { id: 'east', name: 'east', areas: ['east'] },
]);
const retention = makeRetention(supply);

const ADMIN = 'an-admin-token-of-size';
const actor = (id: string, rights: string[], areas: 'all' | string[]) => ({
  kind: 'staff' as const,
  id,
  name: id,
  rights: new Set(rights),
  areas,
});
const STAFF = {
  li: actor('li', ['retention:see', 'retention:work'], 'all'),
  wang: actor('wang', ['retention:see', 'retention:work'], 'all'),
  east: actor('east', ['retention:see', 'retention:work'], ['east']),
  eye: actor('eye', ['retention:see'], 'all'),
  chief: actor('chief', ['retention:see', 'retention:assign', 'customer:see', 'export:run'], 'all'),
};
const staff: Module = { name: 'staff', migrations: [], authenticate: () => async (token) => STAFF[token as keyof typeof STAFF] };

let house: House;
let app: App;
let jobs: Jobs;
beforeAll(async () => {
  house = await aHouse(await freshDb([org, retention]), { zone: 'Asia/Shanghai', adminToken: ADMIN });
  await house.db.inTx(systemActor('test'), (ctx) => createUnits(ctx, [aUnit('city', null, 'city'), aUnit('west', 'city', 'county')]));
  await retention.start?.(house);
  app = await buildApp(house, [staff, retention]);
  jobs = await startJobs(house, [retention]);
  await sweepToday(house, supply, 'again');
});
afterAll(async () => {
  await jobs.stop();
  await app.close();
  await house.live.close();
  await house.db.close();
});

const ask = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, token: string = ADMIN, lang = 'zh') => {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': lang };
  const res = await app.inject({ method, url: `/api/retention${url}`, headers, ...(payload && { payload }) });
  return { status: res.statusCode, body: res.json() };
};
const list = async (query = '', token?: string) => (await ask('GET', `/cases${query}`, undefined, token)).body;
const named = async (ordinal: number) => (await list(`?customer=00000000-0000-4000-8000-${String(ordinal).padStart(12, '0')}`)).items[0];

describe('the desk’s list', () => {
  test('has the most urgent first, and comes page by page', async () => {
    const all = await list();
    expect(all).toMatchObject({ total: 10, nextCursor: null });
    expect(all.items[0]).toMatchObject({ priority: 1, state: 'open', rules: [{ id: 'stop-requested', names: { zh: '申请停机' } }] });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { id: string }[]; nextCursor: string | null } = await list(`?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((c) => c.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.items.map((c: { id: string }) => c.id));
  });
  test('is cut to the caller’s areas, and so is every case', async () => {
    const east = await list('', 'east');
    expect(east.total).toBe(5);
    expect(new Set(east.items.map((c: { customer: { area: string } }) => c.customer.area))).toEqual(new Set(['east']));
    const west = await named(1);
    expect((await ask('GET', `/cases/${west.id}`, undefined, 'east')).status).toBe(404);
    expect((await ask('POST', `/cases/${west.id}/take`, undefined, 'east')).body.code).toBe('thing.not-found');
  });
  test('can be narrowed', async () => {
    expect((await list('?rule=stop-requested')).total).toBe(1);
    expect((await list('?state=suppressed')).items).toMatchObject([{ because: { id: 'open-fault', names: { zh: '故障未修复' } } }]);
    expect((await list('?area=west&because=open-fault')).total).toBe(1);
    expect((await list('?area=city')).total, 'an area with all below it').toBe(5);
    expect((await list('?state=open,nonsense')).code).toBe('request.malformed');
    expect((await list('?cursor=x')).code).toBe('request.malformed');
    expect((await list('?spokeSince=2999-01-01')).total).toBe(0);
  });
});

describe('a case', () => {
  test('shows why, in words and figures, with the customer as the caller may see him', async () => {
    const { body } = await ask('GET', `/cases/${(await named(0)).id}`, undefined, 'eye');
    expect(body).toMatchObject({
      card: { area: 'east' },
      hits: [
        {
          rule: 'no-outgoing-voice',
          version: 1,
          says: { zh: '连续 3 天没有主叫语音通话；短信不算。' },
          evidence: [{ fact: 'voice.silentDays', unit: 'days', first: 5, last: 5 }],
        },
      ],
      notes: [],
    });
    expect(new Set(body.actions.map((a: { because: string }) => a.because))).toEqual(new Set(['auth.forbidden']));
  });
  test('is taken by one, noted, closed with what came of it, and then left in peace', async () => {
    const { id } = await named(0);
    expect((await ask('POST', `/cases/${id}/close`, { outcome: 'kept' }, 'li')).body.code).toBe('case.not-taken');
    const taken = (await ask('POST', `/cases/${id}/take`, undefined, 'li')).body;
    expect(taken).toMatchObject({ state: 'taken', holder: 'li' });
    expect(taken.actions).toEqual([
      { name: 'take', allowed: false, because: 'case.taken' },
      { name: 'note', allowed: true, because: null },
      { name: 'close', allowed: true, because: null },
      { name: 'release', allowed: true, because: null },
      { name: 'assign', allowed: false, because: 'auth.forbidden' },
    ]);
    expect((await ask('POST', `/cases/${id}/take`, undefined, 'wang')).body).toMatchObject({
      code: 'case.taken',
      message: '工单已被 li 领取',
    });
    expect((await ask('POST', `/cases/${id}/close`, { outcome: 'kept' }, 'wang')).status).toBe(403);
    await ask('POST', `/cases/${id}/notes`, { text: '想换便宜的套餐' }, 'li');
    for (const [closing, code] of [
      [{ outcome: 'great' }, 'case.unknown-outcome'],
      [{ outcome: 'passed' }, 'case.unknown-outcome'],
      [{ outcome: 'kept', cause: 'moon' }, 'case.unknown-cause'],
      [{ outcome: 'kept', mood: 'good' }, 'request.unknown-field'],
    ] as const)
      expect((await ask('POST', `/cases/${id}/close`, closing, 'li')).body.code).toBe(code);
    const closed = (await ask('POST', `/cases/${id}/close`, { outcome: 'kept', cause: 'price' }, 'li')).body;
    expect(closed).toMatchObject({
      state: 'closed',
      outcome: { id: 'kept' },
      cause: { id: 'price' },
      closedBy: 'li',
      notes: [{ by: 'li', text: '想换便宜的套餐' }],
    });
    expect((await ask('POST', `/cases/${id}/notes`, { text: 'late' }, 'li')).body.code).toBe('case.closed');
    const sealed = await house.db.query<{ text: Buffer }>('', 'select text from retention.note');
    expect(sealed[0]?.text.includes('套餐')).toBe(false);
    await sweepToday(house, supply, 'again');
    const next = await named(0);
    expect(next).toMatchObject({ state: 'suppressed', because: { id: 'recently-closed' } });
    expect((await ask('GET', `/cases/${next.id}`)).body.earlier).toMatchObject([{ id, outcome: { id: 'kept' } }]);
    const acts = await house.db.query('', 'select act from platform.audit where object = $1 order by id', [`case:${id}`]);
    expect(acts.map((a) => a.act)).toEqual(['retention.case-taken', 'retention.case-noted', 'retention.case-closed']);
  });
  test('is given back to the desk', async () => {
    const { id } = await named(2);
    await ask('POST', `/cases/${id}/take`, undefined, 'li');
    expect((await ask('POST', `/cases/${id}/release`, undefined, 'li')).body).toMatchObject({ state: 'open', holder: null });
  });
});

describe('the chief of the desk', () => {
  const chief = (method: 'GET' | 'POST', url: string, body?: object) => ask(method, url, body, 'chief');
  test('sees masked names, which others do not', async () => {
    expect((await list('?rule=stop-requested', 'chief')).items[0].customer.name).toBe('客4*');
    expect((await list('?rule=stop-requested', 'eye')).items[0].customer.name).toBeNull();
  });
  test('finds a case by its customer’s number, which stands in the body', async () => {
    const { body } = await chief('POST', '/cases/search', { number: phoneOf(4) });
    expect(body.items).toMatchObject([{ rules: [{ id: 'stop-requested' }], state: 'open' }]);
    expect((await chief('POST', '/cases/search', { number: '12999999999' })).body.items).toEqual([]);
    expect((await ask('POST', '/cases/search', { number: phoneOf(1) }, 'east')).body.items).toEqual([]);
  });
  test('gives several cases to one, each on its own merits, and takes back those upon which nobody acted', async () => {
    expect((await chief('GET', '/workers')).body.items.map((w: { id: string }) => w.id)).toEqual(['li', 'east']);
    const [a, b, west] = [await named(4), await named(6), await named(5)];
    const cases = [a.id, b.id, west.id, b.id, '999999'];
    const { body: given } = await chief('POST', '/assignments', { cases, to: 'east' });
    expect(given).toMatchObject({ assigned: 2, to: { name: 'east' } });
    expect(given.refused.map((r: { case: string; code: string }) => [r.case, r.code])).toEqual([
      [west.id, 'case.not-his-area'],
      ['999999', 'thing.not-found'],
    ]);
    expect(await named(4)).toMatchObject({ state: 'taken', holder: 'east' });
    expect((await chief('POST', '/assignments', { cases: [a.id], to: 'east' })).body.refused).toMatchObject([
      { message: '工单已经在 east 手里' },
    ]);
    await ask('POST', `/cases/${b.id}/close`, { outcome: 'kept' }, 'east');
    expect((await ask('POST', `/assignments/${given.id}/undo`)).body.code).toBe('assignment.not-yours');
    expect((await chief('POST', `/assignments/${given.id}/undo`)).body).toEqual({ returned: 1, kept: 1 });
    expect(await named(4)).toMatchObject({ state: 'open', holder: null });
    expect((await chief('POST', `/assignments/${given.id}/undo`)).body.code).toBe('assignment.undone');
    expect((await chief('POST', '/assignments', { cases: [a.id], to: 'nobody' })).body.code).toBe('case.unknown-worker');
    expect((await ask('POST', '/assignments', { cases: [a.id], to: 'li' }, 'li')).status).toBe(403);
  });
  test('takes the list along as a file that names him, with the columns that he may see', async () => {
    const file = (token: string) =>
      app.inject({
        url: '/api/retention/cases/export.csv?rule=stop-requested',
        headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' },
      });
    expect((await file('eye')).statusCode).toBe(403);
    const { body } = await file('chief');
    expect(body.split('\r\n').filter(Boolean)).toHaveLength(2);
    expect(body).toMatch(/open,,1,客4\*,[0-9a-f-]{36},east,Asked to stop,.*,chief \d{4}-/);
    const acts = await house.db.query<{ details: { columns: string[] } }>(
      '',
      `select details from platform.audit where act = 'retention.cases-exported'`,
    );
    expect(acts.map((a) => a.details.columns.includes('Customer'))).toEqual([true]);
  });
});

describe('rules', () => {
  const silent = standardRules().find((r) => r.id === 'no-outgoing-voice');
  const { id: _id, version: _version, ...text } = silent as NonNullable<typeof silent>;

  test('are read with their definitions, parameters in words', async () => {
    const { items } = (await ask('GET', '/rules', undefined, 'eye')).body;
    expect(items.find((r: { id: string }) => r.id === 'low-balance')).toMatchObject({
      version: 1,
      says: { zh: '信用余额低于 5 元。', en: 'The credit balance is below ¥5.' },
      mistake: null,
      actions: [
        { name: 'edit', allowed: false, because: 'auth.forbidden' },
        { name: 'try', allowed: false, because: 'auth.forbidden' },
      ],
    });
    expect((await ask('GET', '/facts')).body.items.length).toBeGreaterThan(13);
  });
  test('are tried before they are saved: a count, and nothing is written', async () => {
    const tried = (await ask('POST', '/rules/try', { rule: { ...text, when: 'voice.silentDays >= 6' } })).body;
    expect(tried).toMatchObject({ count: 0, fresh: 0, known: 9, customers: 10 });
    expect((await ask('POST', '/rules/try', { rule: { ...text, when: 'voice.silentDays >= 5' } })).body).toMatchObject({
      count: 9,
      fresh: 0,
    });
    people.set(77, { ...own, 'voice.silentDays': 8 });
    const again = (await ask('POST', '/rules/try', { rule: { ...text, when: 'voice.silentDays >= 5' } })).body;
    people.delete(77);
    expect(again).toMatchObject({ count: 10, fresh: 1 });
    expect((await ask('POST', '/rules/try', { rule: { ...text, effect: 'suppress' } })).body.fresh).toBeNull();
  });
  test('refuse a mistake with its place, in the caller’s language', async () => {
    const rule = { ...text, when: 'voice.silentDays >=\n  many' };
    const { status, body } = await ask('PUT', '/rules/no-outgoing-voice', { basedOn: 1, rule });
    expect([status, body.code, body.message]).toEqual([422, 'rule.mistaken', '规则有误：第 2 行第 3 列，没有名为“many”的事实或参数。']);
    expect(body.details).toMatchObject({ path: 'when', reason: 'unknown-name', line: 2, column: 3, start: 22, end: 26 });
    expect((await ask('POST', '/rules/try', { rule }, ADMIN, 'en')).body.message).toContain('line 2, column 3: There is no fact');
  });
  test('are changed by whoever saw the last version; the old one stays with the cases that it made', async () => {
    const rule = { ...text, parameters: text.parameters.map((p) => ({ ...p, value: 5 })) };
    expect((await ask('PUT', '/rules/no-outgoing-voice', { basedOn: 1, rule })).body).toMatchObject({
      version: 2,
      says: { en: expect.stringContaining('5 days') },
    });
    expect((await ask('PUT', '/rules/no-outgoing-voice', { basedOn: 1, rule })).body).toMatchObject({
      code: 'rule.changed',
      details: { version: 2 },
    });
    expect((await ask('GET', '/rules/no-outgoing-voice/versions')).body.items.map((r: { version: number }) => r.version)).toEqual([2, 1]);
    expect((await ask('GET', '/rules/nothing/versions')).status).toBe(404);
    await sweepToday(house, supply, 'again');
    const { hits } = (await ask('GET', `/cases/${(await named(8)).id}`)).body;
    expect(hits.map((h: { version: number; says: { en: string } }) => [h.version, h.says.en.includes('5 days')])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect((await ask('PUT', '/rules/second-population', { basedOn: 0, rule: { ...text, effect: 'population' } })).body.code).toBe(
      'rule.one-population',
    );
    expect((await ask('PUT', '/rules/no-outgoing-voice', { basedOn: 2, rule }, 'li')).status).toBe(403);
  });
  test('tell how often they were right', async () => {
    const { body } = await ask('GET', '/precision?within=30');
    expect(body).toMatchObject({ within: 30 });
    expect(body.items.find((p: { rule: string; period: null }) => p.rule === 'no-outgoing-voice' && p.period === null)).toMatchObject({
      hits: 0,
      undecided: 11,
      lift: null,
      outcomes: { kept: 2 },
    });
  });
});

test('a sweep can be asked for; the mornings say what they found', async () => {
  const before = (await ask('GET', '/runs')).body.items[0];
  expect((await ask('POST', '/sweeps', undefined, 'li')).status).toBe(403);
  expect((await ask('POST', '/sweeps')).body).toEqual({ day: textOf(dayIn('Asia/Shanghai', Date.now())) });
  let run = before;
  const swept = async () => {
    run = (await ask('GET', '/runs')).body.items[0];
    return run.began !== before.began && run.state !== 'running';
  };
  await expect.poll(swept).toBe(true);
  expect(run).toMatchObject({ state: 'done', customers: 10, trouble: null });
  expect(run.rules.find((r: { id: string }) => r.id === 'no-outgoing-voice')).toMatchObject({
    names: { zh: '无主叫语音' },
    hits: 9,
    known: 9,
  });
  expect(run.facts.find((f: { name: string }) => f.name === 'voice.silentDays')).toMatchObject({
    loadedAt: '1970-01-01T00:00:01.000Z',
    doubtful: 0,
  });
});
