import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Actor } from './actor.ts';
import { ACTORS_CHANGED } from './authenticate.ts';
import { type App, buildApp } from './http.ts';
import type { House, Module } from './module.ts';
import { Refused, refuse } from './result.ts';
import { frame, type Stream, sse } from './sse.ts';

const li: Actor = { kind: 'staff', id: '7', name: 'li', rights: new Set(['thing:read']), areas: ['A'] };
const authenticate = vi.fn(async (token: string, by: string) =>
  (by === 'cookie' ? token === 'session' : token === 'li') ? li : undefined,
);
const hearers: Record<string, (p: unknown) => void> = {};
const written: string[] = [];
const house = {
  config: { adminToken: 'an-admin-token-of-size', repo: '/nowhere', zone: 'Asia/Urumqi', hotline: '12000010010' },
  log: pino({ level: 'trace' }, { write: (line: string) => void written.push(line) }),
  live: {
    on: (topic: string, hear: (p: unknown) => void) => {
      hearers[topic] = hear;
      return () => undefined;
    },
    announce: () => undefined,
    close: async () => undefined,
  },
} as unknown as House;

const opened: Stream[] = [];
const things: Module = {
  name: 'thing',
  migrations: [],
  refusals: { 'thing.too-big': { status: 422, zh: '{name} 太大', en: '{name} is too big' } },
  authenticate: () => authenticate,
  routes(app) {
    app.get('/api/things', { config: { right: 'thing:read' } }, async (req) => ({ who: req.actor.name }));
    app.get('/api/me', { config: { right: 'signed-in' } }, async (req) => ({ who: req.actor.name, kind: req.actor.kind }));
    app.get('/api/open', { config: { right: 'public' } }, async (req) => ({ kind: req.actor.kind, id: req.actor.id, lang: req.lang }));
    const Body = z.strictObject({
      name: z.string().min(2),
      size: z.strictObject({ cm: z.number() }).optional(),
      tags: z.array(z.strictObject({ id: z.string() })).optional(),
      where: z.union([z.strictObject({ shelf: z.string() }), z.strictObject({ room: z.string(), wall: z.string() })]).optional(),
    });
    app.post(
      '/api/things',
      { config: { right: 'thing:read' }, bodyLimit: 2_000, schema: { body: Body, response: { 200: z.object({ name: z.string() }) } } },
      async (req) => {
        if (req.body.name === 'elephant') throw new Refused(refuse('thing.too-big', { name: req.body.name }));
        if (req.body.name === 'crash') throw Object.assign(new Error('select secret from sql'), { detail: 'Key (phone)=(13800000001)' });
        if (req.body.name === 'away') throw Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
        if (req.body.name === 'quick') throw new Refused(refuse('request.rate-limited', { retryAfter: 7 }));
        return { name: req.body.name };
      },
    );
    app.get(
      '/api/search',
      { config: { right: 'public' }, schema: { querystring: z.object({ limit: z.coerce.number().int().max(200) }) } },
      async (req) => req.query,
    );
    app.get('/api/long', { config: { right: 'public' } }, async () => ({ text: 'x'.repeat(5_000) }));
    app.get('/api/lines', { config: { right: 'public' } }, async (_req, reply) =>
      reply.type('application/x-ndjson').send(Readable.from(['{}\n'.repeat(1000)])),
    );
    app.get('/api/returned', { config: { right: 'public' } }, async () => refuse('thing.too-big', { name: 'it' }));
    app.get('/api/stream', { config: { right: 'public' } }, async (req, reply) => {
      opened.push(sse(req, reply, { first: frame({ id: 1, data: { a: 1 } }) }));
    });
    app.addContentTypeParser('application/x-ndjson', (_req, payload, done) => done(null, payload));
    app.post('/api/lines', { config: { right: 'public' } }, async (req) => {
      let bytes = 0;
      for await (const part of req.body as Readable) bytes += (part as Buffer).length;
      return { bytes };
    });
  },
};

let app: App;
const bearer = { authorization: 'Bearer li' };
beforeAll(async () => {
  const dist = join(mkdtempSync(join(tmpdir(), 'web-')), 'web');
  for (const name of ['console', 'track', 'assets']) mkdirSync(join(dist, name), { recursive: true });
  writeFileSync(join(dist, 'console/index.html'), '<title>console</title>');
  writeFileSync(join(dist, 'track/index.html'), '<html lang="zh-CN"><title>track</title>');
  writeFileSync(join(dist, 'assets/a-1234.js'), 'plain');
  writeFileSync(join(dist, 'assets/a-1234.js.br'), 'packed');
  writeFileSync(join(dist, 'favicon.svg'), '<svg/>');
  app = await buildApp(house, [things], { dist });
});
afterAll(() => app.close());

describe('who may', () => {
  it.each([
    ['nobody', {}, 401, 'auth.required'],
    ['an unknown token', { authorization: 'Bearer nobody' }, 401, 'auth.required'],
    ['a token', bearer, 200, undefined],
    ['the admin token', { authorization: 'bearer an-admin-token-of-size' }, 200, undefined],
    ['a session', { cookie: 'glasshouse=session' }, 200, undefined],
    ['a token in the cookie', { cookie: 'glasshouse=li' }, 401, 'auth.required'],
  ])('%s', async (_who, headers, status, code) => {
    const res = await app.inject({ url: '/api/things', headers: headers as Record<string, string> });
    expect([res.statusCode, res.json().code]).toEqual([status, code]);
    expect(res.headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
  });

  it('without the right: 403 that names it', async () => {
    authenticate.mockResolvedValueOnce({ ...li, rights: new Set<string>() });
    const res = await app.inject({ url: '/api/things', headers: { authorization: 'Bearer other' } });
    expect(res.statusCode).toBe(403);
    expect(res.json()).toEqual({ code: 'auth.forbidden', message: '您没有权限（需要 thing:read）', details: { right: 'thing:read' } });
  });

  it('a token is asked for once in a while, not per request, until the actors change', async () => {
    authenticate.mockClear();
    hearers[ACTORS_CHANGED]?.(null);
    await Promise.all(Array.from({ length: 20 }, () => app.inject({ url: '/api/things', headers: bearer })));
    expect(authenticate).toHaveBeenCalledTimes(1);
    hearers[ACTORS_CHANGED]?.(null);
    await app.inject({ url: '/api/things', headers: bearer });
    expect(authenticate).toHaveBeenCalledTimes(2);
  });

  it('over one connection each request is of the token that it carries, and of nobody once that is taken away', async () => {
    hearers[ACTORS_CHANGED]?.(null);
    if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const asked = (token: string) =>
      new Promise<[number, boolean]>((done, failed) => {
        const req = http.get(
          { agent, port: (app.server.address() as AddressInfo).port, path: '/api/things', headers: { authorization: `Bearer ${token}` } },
          (res) => res.resume().on('end', () => done([res.statusCode as number, req.reusedSocket])),
        );
        req.on('error', failed);
      });
    expect([
      await asked('li'),
      await asked('li'),
      await asked('somebody'),
      await asked('an-admin-token-of-size'),
      await asked('li'),
    ]).toEqual([
      [200, false],
      [200, true],
      [401, true],
      [200, true],
      [200, true],
    ]);
    authenticate.mockResolvedValueOnce(undefined);
    hearers[ACTORS_CHANGED]?.(null);
    expect(await asked('li')).toEqual([401, true]);
    agent.destroy();
  });

  it('a public route asks nobody', async () => {
    authenticate.mockClear();
    const res = await app.inject({ url: '/api/open', headers: { ...bearer, 'x-forwarded-for': '1.2.3.4' } });
    expect(res.json()).toEqual({ kind: 'public', id: '127.0.0.1', lang: 'zh' });
    expect(authenticate).not.toHaveBeenCalled();
  });

  it('a known proxy says whom it speaks for', async () => {
    app.proxies.add('127.0.0.1');
    const res = await app.inject({ url: '/api/open', headers: { 'x-forwarded-for': '1.2.3.4' } });
    app.proxies.clear();
    expect(res.json().id).toBe('1.2.3.4');
  });

  it.each([
    ['same-origin', { 'sec-fetch-site': 'same-origin' }, 200],
    ['cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['same-site', { 'sec-fetch-site': 'same-site' }, 403],
    ['an old browser here', { origin: 'http://localhost:80' }, 200],
    ['an old browser elsewhere', { origin: 'http://evil.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['no browser', {}, 200],
  ])('an act by session from %s', async (_from, headers, status) => {
    const res = await app.inject({
      method: 'POST',
      url: '/api/things',
      headers: { host: 'localhost:80', cookie: 'glasshouse=session', ...headers } as Record<string, string>,
      payload: { name: 'cup' },
    });
    expect(res.statusCode).toBe(status);
  });
});

describe('refusals', () => {
  const post = (payload: unknown, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/api/things',
      headers: { ...bearer, 'content-type': 'application/json', ...headers },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });

  it.each([
    ['a rule of the trade', { name: 'elephant' }, 422, { code: 'thing.too-big', message: 'elephant 太大', details: { name: 'elephant' } }],
    [
      'an unknown field',
      { name: 'cup', colour: 1 },
      400,
      { code: 'request.unknown-field', message: '请求中有未知字段 colour', details: { path: 'colour' } },
    ],
    [
      'an unknown field below',
      { name: 'cup', size: { cm: 1, mm: 2 } },
      400,
      { code: 'request.unknown-field', details: { path: 'size.mm' } },
    ],
    [
      'an unknown field in a list',
      { name: 'cup', tags: [{ id: 'a' }, { id: 'b', x: 1 }] },
      400,
      { code: 'request.unknown-field', details: { path: 'tags[1].x' } },
    ],
    ['a field of the wrong kind', { name: 5 }, 400, { code: 'request.malformed', details: { path: 'name' } }],
    ['a missing field', {}, 400, { code: 'request.malformed', details: { path: 'name' } }],
    [
      'one of several forms, wrong in one field',
      { name: 'cup', where: { shelf: 3 } },
      400,
      { code: 'request.malformed', details: { path: 'where.shelf' } },
    ],
    ['not even an object', '[]', 400, { code: 'request.malformed', details: { path: 'body' } }],
    ['no JSON', '{', 400, { code: 'request.malformed', details: { path: 'body' } }],
    ['a prototype', '{"name":"cup","__proto__":{"a":1}}', 400, { code: 'request.malformed' }],
    ['an empty body', '', 400, { code: 'request.malformed' }],
    ['too large', { name: 'x'.repeat(3_000) }, 413, { code: 'request.too-large' }],
  ])('%s', async (_what, payload, status, body) => {
    const res = await post(payload);
    expect(res.statusCode).toBe(status);
    expect(res.json()).toMatchObject(body);
    expect(Object.keys(res.json()).sort()).toEqual(['code', 'details', 'message']);
    expect(res.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('say it in the language of the caller', async () => {
    expect((await post({}, { 'accept-language': 'en' })).json().message).toBe('The request is malformed: name must be given');
    expect((await post({})).json().message).toBe('请求格式不正确：name 必须填写');
    expect((await post({ name: 5 })).json().message).toMatch(/^请求格式不正确：name .*string/);
    expect((await post({ name: 'elephant' }, { 'accept-language': 'en' })).json().message).toBe('elephant is too big');
  });

  it.each([
    ['another type', { 'content-type': 'text/plain' }],
    ['no type', { 'content-type': '' }],
    ['a packed body', { 'content-encoding': 'gzip' }],
  ])('%s is 415', async (_what, headers) => {
    expect([(await post('{"name":"cup"}', headers)).statusCode, (await post('{"name":"cup"}', headers)).json().code]).toEqual([
      415,
      'request.wrong-type',
    ]);
  });

  it('a query is named too', async () => {
    const res = await app.inject({ url: '/api/search?limit=201' });
    expect([res.statusCode, res.json().code, res.json().details.path]).toEqual([400, 'request.malformed', 'limit']);
  });

  it.each(['/api/none', '/nothing', '/api/things/%zz', '/api/%c0%ae', '/console/none.js', '/..%2f..%2fetc/passwd'])(
    '%s is refused in the same form',
    async (url) => {
      const res = await app.inject({ url });
      expect(res.statusCode).toBeGreaterThanOrEqual(400);
      expect(res.statusCode).toBeLessThan(500);
      expect(res.json()).toMatchObject({
        code: expect.stringMatching(/^(thing\.not-found|request\.malformed)$/),
        message: expect.any(String),
        details: {},
      });
    },
  );

  it('another method of a known path is not found', async () => {
    expect((await app.inject({ method: 'DELETE', url: '/api/things', headers: bearer })).json().code).toBe('thing.not-found');
  });

  it('too often: 429 with Retry-After', async () => {
    const res = await post({ name: 'quick' });
    expect([res.statusCode, res.headers['retry-after'], res.json().message]).toEqual([429, '7', '请求过于频繁，请在 7 秒后再试']);
  });

  it('a fault shows a reference and nothing else; the log has the reference and the stack, and no values', async () => {
    const res = await post({ name: 'crash' });
    expect(res.statusCode).toBe(500);
    expect(res.body).not.toMatch(/sql|13800000001|http\.test/);
    const line = written.find((l) => l.includes(res.json().details.reference));
    expect(line).toContain('http.test');
    expect(line).not.toContain('13800000001');
  });

  it('a store that is away is 503 with Retry-After', async () => {
    const res = await post({ name: 'away' });
    expect([res.statusCode, res.headers['retry-after'], res.json().code]).toEqual([503, '5', 'server.unavailable']);
  });

  it('a refusal that a handler returns is one as well', async () => {
    const res = await app.inject({ url: '/api/returned' });
    expect([res.statusCode, res.json().code]).toEqual([422, 'thing.too-big']);
  });
});

describe('what a route cannot be made without', () => {
  const withRoute = (routes: Module['routes']) => buildApp(house, [{ name: 'x', migrations: [], routes }], { dist: '/nowhere' });
  it.each([
    ['a right', (a: App) => void a.get('/x', async () => 1), 'must say who may call it'],
    [
      'a right that is one',
      (a: App) => void a.get('/x', { config: { right: 'all' as 'public' } }, async () => 1),
      'must say who may call it',
    ],
    [
      'a strict body',
      (a: App) => void a.post('/x', { config: { right: 'public' }, schema: { body: z.object({}) } }, async () => 1),
      'strict body',
    ],
  ])('%s', async (_what, routes, said) => {
    await expect(withRoute(routes)).rejects.toThrow(said);
  });
  it('a refusal of its own', async () => {
    await expect(buildApp(house, [things, { ...things, name: 'other', routes: () => undefined }], { dist: '/nowhere' })).rejects.toThrow(
      'thing.too-big',
    );
  });
});

describe('pages', () => {
  it.each([
    ['/console', 'console', 'no-cache'],
    ['/console/orders/7', 'console', 'no-cache'],
    ['/track/AbC-123', 'track', 'no-cache'],
    ['/assets/a-1234.js', 'plain', 'public, max-age=31536000, immutable'],
    ['/favicon.svg', 'svg', 'no-cache'],
  ])('%s', async (url, text, cache) => {
    const res = await app.inject({ url });
    expect([res.statusCode, res.headers['cache-control']]).toEqual([200, cache]);
    expect(res.body).toContain(text);
  });

  it('a page whose path ends like a file opens for a browser that goes there', async () => {
    const url = '/console/tags/bill.current';
    const res = await app.inject({ url, headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    expect([res.statusCode, res.headers['cache-control']]).toEqual([200, 'no-cache']);
    expect((await app.inject({ url })).statusCode).toBe(404);
  });
  it('/ leads to the console; a packed asset is sent where it is understood', async () => {
    expect((await app.inject({ url: '/' })).headers.location).toBe('/console');
    const res = await app.inject({ url: '/assets/a-1234.js', headers: { 'accept-encoding': 'br' } });
    expect([res.body, res.headers['content-encoding']]).toEqual(['packed', 'br']);
  });
  it('only the tracking pages may stand in others', async () => {
    const policy = async (url: string) => String((await app.inject({ url })).headers['content-security-policy']);
    expect(await policy('/console')).toContain("frame-ancestors 'self'");
    expect(await policy('/track')).toContain('frame-ancestors *');
    expect((await app.inject({ url: '/track' })).headers['x-frame-options']).toBeUndefined();
    expect(await policy('/console')).not.toMatch(/script-src[^;]*'unsafe-inline'/);
  });
  it('a page knows the operator: his zone and the number customers call', async () => {
    expect((await app.inject({ url: '/track' })).body).toContain('<html data-zone="Asia/Urumqi" data-hotline="12000010010" lang="zh-CN">');
  });

  it('the API reference is served from here, with the document of all routes', async () => {
    expect((await app.inject({ url: '/docs/' })).body).toContain('js/scalar.js');
    expect((await app.inject({ url: '/docs/js/scalar.js' })).statusCode).toBe(200);
    const doc = (await app.inject({ url: '/docs/openapi.json' })).json();
    expect(doc.openapi).toBe('3.1.0');
    expect(doc.paths['/api/things'].post['x-right']).toBe('thing:read');
    expect(doc.paths['/console']).toBeUndefined();
  });
});

it('long answers are compressed, streams never', async () => {
  const headers = { 'accept-encoding': 'gzip' };
  expect((await app.inject({ url: '/api/long', headers })).headers['content-encoding']).toBe('gzip');
  expect((await app.inject({ url: '/api/lines', headers })).headers['content-encoding']).toBeUndefined();
});

it('a body that a module reads as a stream has no limit but its own', async () => {
  const res = await app.inject({
    method: 'POST',
    url: '/api/lines',
    headers: { 'content-type': 'application/x-ndjson' },
    payload: Readable.from(Array.from({ length: 40 }, () => 'x'.repeat(100_000))),
  });
  expect(res.json()).toEqual({ bytes: 4_000_000 });
});

it('alive always, ready when it is said', async () => {
  expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
  const before = await app.inject({ url: '/readyz' });
  expect([before.statusCode, before.json().details.reason]).toEqual([503, 'starting']);
  app.readiness(null);
  expect((await app.inject({ url: '/readyz' })).statusCode).toBe(200);
  app.readiness('stopping');
  expect((await app.inject({ url: '/readyz' })).json().message).toContain('stopping');
});

describe('event streams', () => {
  let own: App;
  let port: number;
  beforeAll(async () => {
    own = await buildApp(house, [things], { dist: '/nowhere' });
    await own.listen({ port: 0, host: '127.0.0.1' });
    port = (own.server.address() as AddressInfo).port;
  });
  const connect = (read = true) =>
    new Promise<{ res: http.IncomingMessage; stream: Stream; text: () => string }>((resolve, reject) => {
      const before = opened.length;
      http
        .get({ port, path: '/api/stream', agent: false }, (res) => {
          let text = '';
          if (read)
            res.on('data', (c: Buffer) => {
              text += c.toString();
            });
          res.on('error', () => undefined);
          resolve({ res, stream: opened[before] as Stream, text: () => text });
        })
        .on('error', reject);
    });

  it('begin with their first frame and give the same bytes to many', async () => {
    const clients = await Promise.all([connect(), connect(), connect()]);
    expect(clients[0]?.res.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    const bytes = frame({ id: 2, event: 'changed', data: 'one\ntwo' });
    for (const s of opened) s.send(bytes);
    await vi.waitFor(() =>
      expect(clients.map((c) => c.text())).toEqual(
        Array(3).fill('id: 1\ndata: {"a":1}\n\nid: 2\nevent: changed\ndata: one\ndata: two\n\n'),
      ),
    );
    for (const c of clients) c.res.destroy();
    await vi.waitFor(() => expect(own.streams.size).toBe(0));
  });

  it('drop a client that does not read', async () => {
    const { stream } = await connect(false);
    const bytes = frame({ data: 'x'.repeat(100_000) });
    let sent = 0;
    while (stream.send(bytes) && sent < 1000) {
      sent++;
      await new Promise((r) => setImmediate(r));
    }
    expect(sent).toBeLessThan(1000);
    expect(stream.closed).toBe(true);
  });

  it('tell a HEAD their headers and end', async () => {
    const res = await new Promise<http.IncomingMessage>((resolve) =>
      http.request({ port, path: '/api/stream', method: 'HEAD', agent: false }, resolve).end(),
    );
    await new Promise((r) => res.resume().on('end', r));
    expect(res.headers['content-type']).toContain('text/event-stream');
  });

  it('end when the server closes', async () => {
    const { res, stream } = await connect();
    const ended = new Promise((r) => res.on('end', r));
    await own.close();
    await ended;
    expect(stream.closed).toBe(true);
    expect(stream.send(frame({ data: 1 }))).toBe(false);
  });
});
