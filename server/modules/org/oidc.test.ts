import http from 'node:http';
import type { AddressInfo } from 'node:net';
// @ts-expect-error the package brings no types
import Provider from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/actor';
import type { Db } from '#platform/db';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { freshDb } from '../../../test/database.ts';
import { aHouse, anAccount, JIANGNAN } from './fixtures.ts';
import { org } from './module.ts';
import { createAccounts, createUnits } from './service.ts';

let db: Db;
let house: House;
let app: App;
let here: string;
let idp: http.Server;
let issuer: string;

const listening = (server: http.Server) =>
  new Promise<string>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
const admin = { authorization: 'Bearer an-admin-token-of-size' };
const setting = (over: object = {}) => ({
  issuer,
  clientId: 'glasshouse',
  clientSecret: 'a-secret-of-the-client',
  names: { zh: '统一认证', en: 'Company sign-in' },
  ...over,
});
const put = (payload: object, headers: Record<string, string> = admin) =>
  app.inject({ method: 'PUT', url: '/api/sign-in/oidc', headers, payload });

/** A browser's cookies, per origin. */
function browser() {
  const jars = new Map<string, Map<string, string>>();
  return async (url: string, init: RequestInit = {}): Promise<Response> => {
    const jar = jars.get(new URL(url).origin) ?? new Map<string, string>();
    jars.set(new URL(url).origin, jar);
    const cookie = [...jar].map(([k, v]) => `${k}=${v}`).join('; ');
    const res = await fetch(url, { redirect: 'manual', ...init, headers: { ...(init.headers as object), cookie } });
    for (const line of res.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (pair.length === at + 1) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return res;
  };
}

/** Who the provider finds at its sign-in page. */
let visitor = '';

/** Signs in at the provider as `login` and comes back; answers where the browser ended, and its cookies. */
async function signIn(login: string, { next = '', tamper = (url: string) => url } = {}) {
  visitor = login;
  const go = browser();
  let res = await go(`${here}/api/sign-in/oidc/start${next && `?next=${encodeURIComponent(next)}`}`);
  for (let hop = 0; hop < 20; hop++) {
    const to = res.headers.get('location');
    if (!to) throw new Error(`stuck at ${res.url}: ${res.status} ${await res.text()}`);
    const url = tamper(new URL(to, res.url).href);
    if (url.startsWith(here) && !url.includes('/callback')) return { path: url.slice(here.length), go };
    res = await go(url);
  }
  throw new Error('the provider leads in circles');
}
const me = async (go: Awaited<ReturnType<typeof signIn>>['go']) =>
  (await go(`${here}/api/me`)).json() as Promise<{ login?: string; code?: string; name?: string; role?: string }>;

beforeAll(async () => {
  db = await freshDb([org]);
  house = await aHouse(db, { adminToken: 'an-admin-token-of-size' });
  app = await buildApp(house, [org]);
  await app.listen({ port: 0, host: '127.0.0.1' });
  here = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  idp = http.createServer();
  issuer = await listening(idp);
  const warn = console.warn;
  console.warn = () => undefined; // its defaults are for trying, and it says so at length
  const p: {
    Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> };
    callback(): http.RequestListener;
    interactionFinished(req: http.IncomingMessage, res: http.ServerResponse, result: object): Promise<void>;
  } = new Provider(issuer, {
    clients: [{ client_id: 'glasshouse', client_secret: 'a-secret-of-the-client', redirect_uris: [`${here}/api/sign-in/oidc/callback`] }],
    claims: { openid: ['sub'], profile: ['preferred_username', 'name'] },
    findAccount: (_ctx: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, preferred_username: sub.replace('sub-', ''), name: `${sub} 的名字` }),
    }),
    pkce: { required: () => true },
    cookies: { keys: ['a-key-of-the-test'] },
    ttl: { Interaction: 60, Session: 60, Grant: 60, AccessToken: 60, AuthorizationCode: 60, IdToken: 60 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    async loadExistingGrant(ctx: { oidc: { client: { clientId: string }; session: { accountId: string }; provider: typeof p } }) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  console.warn = warn;
  idp.on('request', (req, res) => {
    if (!req.url?.startsWith('/interaction/')) return p.callback()(req, res);
    void p.interactionFinished(req, res, { login: { accountId: visitor } });
  });
  await db.inTx(systemActor('test'), async (ctx) => {
    await createUnits(ctx, JIANGNAN);
    await createAccounts(ctx, [anAccount({ login: 'wang', role: 'care' }), anAccount({ login: 'closed' })]);
  });
  await db.query('', `update org.account set open = false where login = 'closed'`);
});
beforeEach(async () => {
  await put(setting());
});
afterAll(async () => {
  await app.close();
  idp.close();
  await house.live.close();
  await db.close();
});

describe('the setting', () => {
  it('is offered on the sign-in page, keeps its secret sealed and shows it to nobody', async () => {
    expect((await app.inject({ url: '/api/sign-in' })).json()).toEqual({
      password: true,
      oidc: { names: { zh: '统一认证', en: 'Company sign-in' }, start: '/api/sign-in/oidc/start' },
    });
    const shown = await app.inject({ url: '/api/sign-in/oidc', headers: admin });
    expect(shown.json()).toMatchObject({ issuer, hasSecret: true, loginClaim: 'preferred_username' });
    const [row] = await db.query<{ text: string }>(
      '',
      `select s::text || encode(sealed, 'escape') text from org.setting s where name = 'oidc'`,
    );
    expect(shown.body + row?.text).not.toContain('a-secret-of-the-client');
    await put(setting({ clientSecret: undefined }));
    expect((await app.inject({ url: '/api/sign-in/oidc', headers: admin })).json().hasSecret).toBe(true);
  });

  it.each([
    ['a provider in clear over the network', { issuer: 'http://idp.example' }, 'request.malformed'],
    ['a role that is not there', { create: { role: 'king', unit: 'root' } }, 'account.unknown-role'],
    ['a unit that is not there', { create: { role: 'care', unit: 'none' } }, 'account.unknown-unit'],
  ])('refuses %s', async (_what, over, code) => expect((await put(setting(over))).json().code).toBe(code));

  it('is taken away again', async () => {
    await app.inject({ method: 'DELETE', url: '/api/sign-in/oidc', headers: admin });
    expect((await app.inject({ url: '/api/sign-in' })).json().oidc).toBeNull();
    expect((await app.inject({ url: '/api/sign-in/oidc/start' })).json().code).toBe('thing.not-found');
  });
});

describe('sign-in', () => {
  it('links the account of that login, and leads back to the page that was wanted', async () => {
    const { path, go } = await signIn('sub-wang', { next: '/console/orders?x=1' });
    expect(path).toBe('/console/orders?x=1');
    expect(await me(go)).toMatchObject({ login: 'wang', role: 'care' });
    await db.query('', `update org.account set login = 'wang-2' where login = 'wang'`);
    expect(await me((await signIn('sub-wang')).go)).toMatchObject({ login: 'wang-2' });
    await db.query('', `update org.account set login = 'wang' where login = 'wang-2'`);
  });

  it('gives a stranger nothing, unless accounts are made for strangers', async () => {
    const { path, go } = await signIn('sub-zhao');
    expect(path).toBe('/console?refused=sign-in.unknown-account');
    expect((await me(go)).code).toBe('auth.required');
    await put(setting({ create: { role: 'analyst', unit: 'yun' } }));
    expect(await me((await signIn('sub-zhao')).go)).toMatchObject({ login: 'zhao', role: 'analyst', name: 'sub-zhao 的名字' });
  });

  it('a closed account stays closed; a login that belongs to somebody else stays his', async () => {
    expect((await signIn('sub-closed')).path).toBe('/console?refused=sign-in.unknown-account');
    expect((await signIn('wang')).path).toBe('/console?refused=sign-in.unknown-account');
  });

  it.each([
    ['another state', (url: string) => url.replace(/state=[^&]+/, 'state=another')],
    ['another code', (url: string) => url.replace(/code=[^&]+/, 'code=another')],
  ])('fails with %s', async (_what, change) => {
    const tamper = (url: string) => (url.includes('/callback') ? change(url) : url);
    expect((await signIn('sub-wang', { tamper })).path).toBe('/console?refused=sign-in.failed');
  });

  it('fails without having begun here, and leads to no other site', async () => {
    expect((await app.inject({ url: '/api/sign-in/oidc/callback?code=a&state=b' })).headers.location).toBe(
      '/console?refused=sign-in.failed',
    );
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example'])
      expect((await signIn('sub-wang', { next })).path).toBe('/console');
  });
});

describe('reverse proxies', () => {
  it('are believed when they are named, from the next request on, and only by whoever is over everything', async () => {
    const get = () => app.inject({ url: '/api/proxies', headers: admin });
    expect((await get()).json()).toEqual({ addresses: [] });
    const set = (addresses: string[]) => app.inject({ method: 'PUT', url: '/api/proxies', headers: admin, payload: { addresses } });
    expect((await set(['10.0.0.9'])).json()).toEqual({ addresses: ['10.0.0.9'] });
    expect((await set(['proxy.example'])).json().code).toBe('request.malformed');
    expect([...app.proxies]).toEqual(['10.0.0.9']);
    const other = await buildApp(house, [org]);
    await other.ready();
    expect([...other.proxies]).toEqual(['10.0.0.9']);
    await set([]);
    await other.close();
  });
});
