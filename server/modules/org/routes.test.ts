import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import { openLimits } from '#platform/limits';
import type { House } from '#platform/module';
import { freshDb } from '../../../test/database.ts';
import { aHouse, anAccount, JIANGNAN } from './fixtures.ts';
import { ROLES } from './model.ts';
import { org } from './module.ts';
import { createAccounts, createUnits } from './service.ts';
import { MISSES_OF_LOGIN, missesOf } from './session.ts';

const PASSWORD = 'h7kd-m2pq-x9wz';
let db: Db;
let house: House;
let app: App;

beforeAll(async () => {
  db = await freshDb([org]);
  house = await aHouse(db, { adminToken: 'an-admin-token-of-size' });
  app = await buildApp(house, [org]);
  await db.inTx(systemActor('test'), async (ctx) => {
    await createUnits(ctx, JIANGNAN);
    const people = [
      ['boss', 'administrator', 'root'],
      ['east', 'manager', 'east'],
      ['west', 'auditor', 'west'],
      ['judge', 'auditor', 'west'],
      ['gone', 'manager', 'root'],
      ['leaver', 'manager', 'root'],
    ] as const;
    await createAccounts(
      ctx,
      people.map(([login, role, unit]) => anAccount({ login, role, unit, password: PASSWORD })),
    );
    await createAccounts(ctx, [anAccount({ login: 'oidc', unit: 'root' })]);
  });
});
afterAll(async () => {
  await app.close();
  await house.live.close();
  await db.close();
});

type Call = {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: string;
  payload?: object;
  cookie?: string;
  headers?: Record<string, string>;
  remoteAddress?: string;
};
const call = ({ cookie, headers, ...rest }: Call) =>
  app.inject({ method: 'GET', ...rest, headers: { ...(cookie ? { cookie: `glasshouse=${cookie}` } : {}), ...headers } });
const tryIn = (login: string, password = PASSWORD, remoteAddress = '10.0.0.1') =>
  call({ method: 'POST', url: '/api/session', payload: { login, password }, remoteAddress });
const signIn = async (login: string, password = PASSWORD): Promise<string> => {
  const res = await tryIn(login, password);
  expect(res.statusCode).toBe(200);
  return res.cookies[0]?.value as string;
};
const admin = { authorization: 'Bearer an-admin-token-of-size' };

describe('sign-in', () => {
  it('gives a cookie that no script reads, and says who one is', async () => {
    const res = await tryIn(' EAST ');
    expect(res.json()).toMatchObject({
      login: 'east',
      role: 'manager',
      unit: { code: 'east', level: 'county', path: ['root', 'yun', 'east'] },
      rights: expect.arrayContaining(['journey:read']),
      language: null,
    });
    expect(res.cookies[0]).toMatchObject({ name: 'glasshouse', httpOnly: true, sameSite: 'Lax', path: '/' });
    const cookie = res.cookies[0]?.value as string;
    expect((await call({ url: '/api/me', cookie })).json()).toEqual(res.json());
    expect((await call({ url: '/api/me', headers: { authorization: `Bearer ${cookie}` } })).json().login).toBe('east');
    const [kept] = await db.query<{ t: string }>('', `select string_agg(encode(token, 'escape'), '') t from org.session`);
    expect(kept?.t).not.toContain(cookie);
  });

  it('an unknown login, a closed account, one without password and a wrong password have one answer', async () => {
    await db.query('', `update org.account set open = false where login = 'gone'`);
    const answers = await Promise.all([tryIn('nobody'), tryIn('gone'), tryIn('oidc'), tryIn('east', 'wrong')]);
    const bare = answers.map((a) => ({
      status: a.statusCode,
      body: a.json(),
      headers: Object.keys(a.headers)
        .filter((h) => h !== 'date')
        .sort(),
    }));
    expect(bare[0]).toMatchObject({ status: 401, body: { code: 'sign-in.failed', message: '账号或密码不正确' } });
    expect(new Set(bare.map((b) => JSON.stringify(b))).size).toBe(1);
  });

  it('stops after ten misses, of known and unknown alike, and a hit before forgives them', async () => {
    const limits = openLimits(house);
    const missed = async (login: string, times: number) => {
      for (let i = 0; i < times; i++) await limits.penalise(missesOf(login), MISSES_OF_LOGIN);
    };
    for (const login of ['west', 'nobody-2']) {
      await missed(login, 9);
      expect((await tryIn(login, 'wrong', '10.0.0.2')).statusCode).toBe(401);
      const res = await tryIn(login, PASSWORD, '10.0.0.3');
      expect([res.statusCode, res.json().code]).toEqual([429, 'request.rate-limited']);
      expect(Number(res.headers['retry-after'])).toBeGreaterThan(800);
    }
    await missed('boss', 9);
    await signIn('boss');
    await missed('boss', 9);
    expect((await tryIn('boss', 'wrong', '10.0.0.4')).statusCode).toBe(401);
  });

  it('stops an address that tries again and again', async () => {
    const limits = openLimits(house);
    for (let i = 0; i < 60; i++) await limits.take('sign-in/10.0.0.5', { points: 60, seconds: 600 });
    expect((await tryIn('east', PASSWORD, '10.0.0.5')).json().code).toBe('request.rate-limited');
  });

  it('is refused from another site', async () => {
    const res = await call({
      method: 'POST',
      url: '/api/session',
      payload: { login: 'east', password: PASSWORD },
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(res.json().code).toBe('request.cross-site');
  });
});

describe('a session', () => {
  it('ends when signed out, here or everywhere', async () => {
    const [a, b, c] = [await signIn('east'), await signIn('east'), await signIn('east')];
    expect((await call({ method: 'DELETE', url: '/api/session', cookie: a })).statusCode).toBe(204);
    const alive = async () => Promise.all([a, b, c].map(async (cookie) => (await call({ url: '/api/me', cookie })).statusCode));
    expect(await alive()).toEqual([401, 200, 200]);
    await call({ method: 'DELETE', url: '/api/session?everywhere=true', cookie: b });
    expect(await alive()).toEqual([401, 401, 401]);
  });

  it('ends by itself: idle for 8 hours, or after 7 days', async () => {
    const cookie = await signIn('east');
    await db.query('', `update org.session set seen_at = now() - interval '7 hours 59 minutes'`);
    expect((await call({ url: '/api/me', cookie })).statusCode).toBe(200); // and is touched
    expect(await db.query('', `select 1 from org.session where seen_at > now() - interval '1 minute'`)).not.toHaveLength(0);
    await db.query('', `update org.session set seen_at = now() - interval '8 hours'`);
    expect((await call({ url: '/api/me', cookie })).statusCode).toBe(401);
    await db.query('', `update org.session set seen_at = now(), created_at = now() - interval '7 days'`);
    expect((await call({ url: '/api/me', cookie })).statusCode).toBe(401);
    await org.jobs?.(house)['org.sessions']?.({}, {} as never);
    expect(await db.query('', 'select 1 from org.session')).toHaveLength(0);
  });

  it('ends with a new password for the others, not for the one that changed it', async () => {
    const [mine, other] = [await signIn('leaver'), await signIn('leaver')];
    const change = (old: string, next: string) => call({ method: 'POST', url: '/api/me/password', cookie: mine, payload: { old, next } });
    expect((await change('wrong', 'another-good-one')).json().code).toBe('account.wrong-password');
    expect((await change(PASSWORD, PASSWORD)).json().code).toBe('account.weak-password');
    expect((await change(PASSWORD, 'short')).json()).toMatchObject({ code: 'request.malformed', details: { path: 'next' } });
    expect((await change(PASSWORD, 'another-good-one')).statusCode).toBe(204);
    expect((await call({ url: '/api/me', cookie: mine })).statusCode).toBe(200);
    expect((await call({ url: '/api/me', cookie: other })).statusCode).toBe(401);
    expect((await tryIn('leaver')).statusCode).toBe(401);
    await signIn('leaver', 'another-good-one');
  });

  it('ends when the account is closed, and a new role holds at once', async () => {
    const cookie = await signIn('leaver', 'another-good-one');
    const { id } = (await call({ url: '/api/me', cookie })).json();
    await call({ method: 'PATCH', url: `/api/accounts/${id}`, headers: admin, payload: { role: 'care' } });
    expect((await call({ url: '/api/me', cookie })).json().role).toBe('care');
    expect((await call({ url: '/api/units', cookie })).statusCode).toBe(403);
    const made = await call({ method: 'PATCH', url: `/api/accounts/${id}`, headers: admin, payload: { password: 'new' } });
    expect((await call({ url: '/api/me', cookie })).statusCode).toBe(401);
    const again = await signIn('leaver', made.json().password);
    await call({ method: 'PATCH', url: `/api/accounts/${id}`, headers: admin, payload: { open: false } });
    expect((await call({ url: '/api/me', cookie: again })).statusCode).toBe(401);
    expect((await tryIn('leaver', made.json().password)).statusCode).toBe(401);
  });

  it('keeps the language that was chosen', async () => {
    const cookie = await signIn('east');
    expect((await call({ method: 'PATCH', url: '/api/me', cookie, payload: { language: 'en' } })).json().language).toBe('en');
    expect((await call({ url: '/api/me', cookie })).json().language).toBe('en');
  });
});

describe('the admin token', () => {
  it('is somebody with every right and no unit', async () => {
    const me = (await call({ url: '/api/me', headers: admin })).json();
    expect(me).toMatchObject({ kind: 'admin', unit: null, rights: expect.arrayContaining(['org:manage', 'audit:read']) });
  });
});

describe('people and units', () => {
  it('are seen by whoever has the right, in his area', async () => {
    const east = await signIn('east');
    expect((await call({ url: '/api/units', cookie: east })).json().items.map((u: { code: string }) => u.code)).toEqual(['east', 'g-1']);
    expect((await call({ url: '/api/accounts', cookie: east })).json()).toMatchObject({
      total: 1,
      items: [{ login: 'east' }],
      nextCursor: null,
    });
    expect((await call({ url: '/api/accounts?unit=west', cookie: east })).json().total).toBe(0);
    expect((await call({ method: 'POST', url: '/api/units', cookie: east, payload: JIANGNAN[4] })).json().code).toBe('auth.forbidden');
    expect((await call({ url: '/api/roles', cookie: east })).json().items).toHaveLength(ROLES.length);
  });

  it('an account is made, found, paged; its password is seen once', async () => {
    const made = await call({
      method: 'POST',
      url: '/api/accounts',
      headers: admin,
      payload: anAccount({ login: 'New.One', name: '王小明', unit: 'g-1' }),
    });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({
      account: { login: 'new.one', hasPassword: true, open: true, signedInAt: null },
      password: expect.any(String),
    });
    await signIn('new.one', made.json().password);
    expect((await call({ url: '/api/accounts?q=new', headers: admin })).json().items[0]).toMatchObject({ login: 'new.one' });
    expect((await call({ url: `/api/accounts?q=${encodeURIComponent('小明')}`, headers: admin })).json().total).toBe(1);
    const first = (await call({ url: '/api/accounts?limit=2', headers: admin })).json();
    const second = (await call({ url: `/api/accounts?limit=2&cursor=${first.nextCursor}`, headers: admin })).json();
    expect(first.items.length + second.items.length).toBe(4);
    expect(second.items[0].login > first.items[1].login).toBe(true);
    expect(JSON.stringify(first)).not.toContain('scrypt');
  });

  it('a unit that moves takes its people along, at once', async () => {
    const cookie = await signIn(
      'new.one',
      (
        await call({
          method: 'PATCH',
          url: `/api/accounts/${(await call({ url: '/api/accounts?q=new', headers: admin })).json().items[0].id}`,
          headers: admin,
          payload: { password: 'new', role: 'manager', unit: 'east' },
        })
      ).json().password,
    );
    const codes = async () => (await call({ url: '/api/units', cookie })).json().items.map((u: { code: string }) => u.code);
    expect(await codes()).toEqual(['east', 'g-1']);
    await call({ method: 'PATCH', url: '/api/units/g-1', headers: admin, payload: { parent: 'west' } });
    expect(await codes()).toEqual(['east']);
    await call({
      method: 'POST',
      url: '/api/units',
      headers: admin,
      payload: { code: 'g-9', parent: 'east', level: 'grid', names: { zh: '九', en: 'Nine' } },
    });
    expect(await codes()).toEqual(['east', 'g-9']);
  });

  it('unknown fields are refused by name', async () => {
    const res = await call({
      method: 'POST',
      url: '/api/accounts',
      headers: admin,
      payload: { ...anAccount(), partner: { kind: 'partner', value: 'P', extra: 1 } },
    });
    expect(res.json()).toMatchObject({ code: 'request.unknown-field', details: { path: 'partner.extra' } });
  });
});

describe('the trail', () => {
  it('holds every act, the newest first, in pages', async () => {
    const page = (await call({ url: '/api/audit?limit=5', headers: admin })).json();
    expect(page.items).toHaveLength(5);
    expect(page.items[0]).toMatchObject({ act: 'unit.created', object: 'unit:g-9', actor: { kind: 'admin' }, address: '127.0.0.1' });
    const next = (await call({ url: `/api/audit?limit=5&cursor=${page.nextCursor}`, headers: admin })).json();
    expect(next.items[0].id).toBeLessThan(page.items[4].id);
    const acts = (await call({ url: '/api/audit?limit=200', headers: admin })).json().items.map((i: { act: string }) => i.act);
    for (const act of [
      'session.opened',
      'session.refused',
      'session.closed',
      'session.closed-everywhere',
      'account.created',
      'account.changed',
      'account.password-changed',
      'unit.changed',
    ])
      expect(acts).toContain(act);
    expect(
      (await call({ url: '/api/audit?act=unit&limit=200', headers: admin }))
        .json()
        .items.every((i: { act: string }) => i.act.startsWith('unit.')),
    ).toBe(true);
  });

  it('is a file too, whole and filtered, and taking it is an act itself', async () => {
    const file = await call({ url: '/api/audit/export.csv?act=unit', headers: { ...admin, 'accept-language': 'en' } });
    expect(file.headers['content-type']).toContain('text/csv');
    const [head, ...lines] = file.body.trimEnd().split('\r\n');
    expect(head).toBe('\ufeffTime,Who,Account,Act,Object,Reason,Details,Address');
    const { items } = (await call({ url: '/api/audit?act=unit&limit=200', headers: admin })).json();
    expect(lines).toHaveLength(items.length);
    expect((await call({ url: '/api/audit?limit=1', headers: admin })).json().items[0]).toMatchObject({
      act: 'audit.exported',
      details: { act: 'unit' },
    });
    expect((await call({ url: '/api/audit/export.csv', cookie: await signIn('east') })).statusCode).toBe(403);
  });

  it('is cut to the acts of the own area, and needs its right', async () => {
    const judge = await signIn('judge');
    const me = (await call({ url: '/api/me', cookie: judge })).json().id;
    const items = (await call({ url: '/api/audit?limit=200', cookie: judge })).json().items;
    expect(items.length).toBeGreaterThan(0);
    expect(items.every((i: { actor: { id: string } }) => i.actor.id === me)).toBe(true);
    expect((await call({ url: '/api/audit', cookie: await signIn('east') })).statusCode).toBe(403);
  });
});
