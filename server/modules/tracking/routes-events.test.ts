import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import type { IntakeAnswer } from './contract.ts';
import { aTrackingHouse, MODULES } from './fixtures.ts';

/** The hot door over real HTTP, under everything that a source should not send. */

const TOKEN = 'an-admin-token-of-size';
let house: House;
let app: App;
let port: number;
let fieldToken: string;

beforeAll(async () => {
  house = await aTrackingHouse({ adminToken: TOKEN });
  app = await buildApp(house, MODULES);
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
  const made = await app.inject({
    method: 'POST',
    url: '/api/sources',
    headers: { authorization: `Bearer ${TOKEN}` },
    payload: { id: 'field' },
  });
  fieldToken = made.json().token;
});
afterAll(async () => {
  await app.close();
  await house.db.close();
});

const NDJSON = 'application/x-ndjson';
type Body = string | Buffer;
const send = async (body: Body, { type = NDJSON, token = TOKEN }: { type?: string; token?: string } = {}) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': type, 'accept-language': 'en' };
  const res = await fetch(`http://127.0.0.1:${port}/api/events`, { method: 'POST', headers, body: body as BodyInit });
  return {
    status: res.status,
    body: (await res.json()) as IntakeAnswer & { code: string; message: string; details: Record<string, unknown> },
  };
};
let n = 0;
const event = (over: Record<string, unknown> = {}) => ({
  source: 'try',
  id: randomUUID(),
  type: 'order.checked',
  time: '2026-03-01T08:00:00+08:00',
  keys: { order: `H-${++n}` },
  ...over,
});
const line = (over: Record<string, unknown> = {}) => JSON.stringify(event(over));
const codes = (a: IntakeAnswer) => a.rejected.map((r) => [r.line, r.code]);
const around = (bad: Body) => Buffer.concat([Buffer.from(`${line()}\n`), Buffer.from(bad), Buffer.from(`\n${line()}\n`)]);
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('one bad line between two good ones is refused alone, with its reason', () => {
  const nul = line({ type: 'a NUL' }).replace('a NUL', 'a\0');
  const gbk = Buffer.concat([Buffer.from('{"source":"try","type":"'), Buffer.from([0xd6, 0xd0, 0xce, 0xc4]), Buffer.from('"}')]);
  const cases: [string, string, Body][] = [
    ['half a line', 'event.not-json', line().slice(0, 40)],
    ['no JSON at all', 'event.not-json', '<event/>'],
    ['two events on a line', 'event.not-json', `${line()} ${line()}`],
    ['GBK', 'event.bad-encoding', gbk],
    ['a NUL as it is', 'event.bad-encoding', nul],
    ['a NUL escaped', 'event.bad-encoding', line({ handler: 'a\0' })],
    ['a lone surrogate', 'event.bad-encoding', line({ data: { deep: [{ x: 'a\ud800' }] } })],
    ['a NUL in a name of data', 'event.bad-encoding', line({ data: { 'a\0': 1 } })],
    ['10 MB', 'event.too-large', line({ data: { x: 'x'.repeat(10 << 20) } })],
    ['1 MiB of three-byte signs', 'event.too-large', line({ data: { x: '字'.repeat(400_000) } })],
    ['10 MB without any JSON', 'event.too-large', 'x'.repeat(10 << 20)],
    ['no keys', 'event.missing-field', line({ keys: undefined })],
    ['empty keys', 'event.missing-field', line({ keys: { order: [] } })],
    ['a number as key', 'event.bad-field', line({ keys: { order: 20260301 } })],
    ['a number in a list of keys', 'event.bad-field', line({ keys: { order: ['a', 1] } })],
    ['keys that are a list', 'event.bad-field', line({ keys: ['a'] })],
    ['1,001 keys', 'event.bad-field', line({ keys: { order: Array.from({ length: 1_001 }, (_, i) => `k${i}`) } })],
    ['an array', 'event.bad-field', '[1,2]'],
    ['null', 'event.bad-field', 'null'],
    ['a text', 'event.bad-field', '"event"'],
    ['a fraction as seq', 'event.bad-field', line({ seq: 1.5 })],
    ['a huge seq', 'event.bad-field', line({ seq: 2 ** 31 })],
    ['an id that is a number', 'event.bad-field', line({ id: 7 })],
    ['data that is a list', 'event.bad-field', line({ data: [1] })],
    ['nested beyond reason', 'event.bad-field', line({ data: { x: 0 } }).replace('{"x":0}', `{"x":${deep(100_000)}}`)],
    ['nesting in place of a name', 'event.bad-field', line({ handler: 0 }).replace('"handler":0', `"handler":${deep(100_000)}`)],
    ['__proto__ as kind', 'event.bad-field', line().replace('"keys":{', '"keys":{"__proto__":"x",')],
    ['__proto__ as field', 'event.unknown-field', line().replace('{', '{"__proto__":{"admin":true},')],
    ['__proto__ of a person', 'event.unknown-field', line({ person: {} }).replace('"person":{}', '"person":{"__proto__":{}}')],
    ['a field that nobody knows', 'event.unknown-field', line({ colour: 'red' })],
    ['a time without offset', 'event.bad-time', line({ time: '2026-03-01T08:00:00' })],
    ['a time that is a number', 'event.bad-field', line({ time: 1_772_000_000 })],
    ['the 30th of February', 'event.bad-time', line({ time: '2026-02-30T08:00:00Z' })],
    ['before 1990', 'event.impossible-time', line({ time: '1989-12-31T23:59:59Z' })],
    ['in two days', 'event.impossible-time', line({ time: new Date(Date.now() + 172_800_000).toISOString() })],
  ];
  test.each(cases)('%s: %s', async (_, code, bad) => {
    const { status, body } = await send(around(bad));
    expect([status, body.accepted, body.duplicates, body.rejectedTotal, codes(body)]).toEqual([200, 2, 0, 1, [[2, code]]]);
    expect(body.rejected[0]?.message).toMatch(/\S{3}/);
    expect(Object.keys(body).sort()).toEqual(['accepted', 'conflicts', 'duplicates', 'rejected', 'rejectedTotal']);
  });
  const inArray = cases.filter(([, , bad]) => typeof bad === 'string' && isJson(bad));
  test.each(inArray)('and in an array, %s: %s', async (_, code, bad) => {
    const { status, body } = await send(`[${line()},${bad as string},${line()}]`, { type: 'application/json' });
    expect([status, body.accepted, body.rejectedTotal, codes(body)]).toEqual([200, 2, 1, [[2, code]]]);
  });
});

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

describe('what looks odd and is not', () => {
  test.each([
    ['CRLF', () => [line(), line()].join('\r\n'), 2],
    ['a byte order mark', () => `\ufeff${line()}\n${line()}`, 2],
    ['blank lines of all kinds', () => `\n\r\n   \n\t\t\t\t\n${line()}\n\n`, 1],
    ['nothing', () => '', 0],
    ['no newline at the end', () => line(), 1],
    ['blanks before an event', () => `   ${line()}   `, 1],
    ['words that look like an escaped NUL', () => line({ data: { path: 'C:\\u0000\\ud800' }, handler: '\\u0000' }), 1],
    [
      'kinds and sources named like parts of every object',
      () => line({ source: '__proto__', keys: { constructor: 'c', toString: 't', order: `P-${++n}` } }),
      1,
    ],
    ['__proto__ within data', () => line({ data: { x: 0 } }).replace('{"x":0}', '{"__proto__":{"a":1},"x":{"__proto__":2}}'), 1],
    ['signs beyond the first plane', () => line({ handler: '𠮷', data: { smile: '😀' } }), 1],
    ['64 levels of data', () => line({ data: { x: 0 } }).replace('{"x":0}', `{"x":${deep(60)}}`), 1],
    ['ten minutes ahead', () => line({ time: new Date(Date.now() + 600_000).toISOString() }), 1],
  ])('%s', async (_, body, accepted) => {
    const { status, body: answer } = await send(body());
    expect([status, answer]).toEqual([200, { accepted, duplicates: 0, conflicts: 0, rejected: [], rejectedTotal: 0 }]);
  });

  test('lines keep their numbers over blank ones, long ones and chunks', async () => {
    const lines = [line(), '', 'x', line({ data: { x: 'y'.repeat(2 << 20) } }), '', '{}', line()];
    const { body } = await send(lines.join('\n'));
    expect([body.accepted, codes(body)]).toEqual([
      2,
      [
        [3, 'event.not-json'],
        [4, 'event.too-large'],
        [6, 'event.missing-field'],
      ],
    ]);
  });

  test('a repetition, a different copy, and a different copy as long as a book', async () => {
    const first = event();
    const { body } = await send(
      [first, first, { ...first, handler: '7' }, { ...first, data: { x: 'x'.repeat(9_000) } }].map((e) => JSON.stringify(e)).join('\n'),
    );
    expect(body).toEqual({ accepted: 1, duplicates: 3, conflicts: 2, rejected: [], rejectedTotal: 0 });
    const { body: again } = await send(JSON.stringify({ ...first, handler: '7' }));
    expect(again).toEqual({ accepted: 0, duplicates: 1, conflicts: 1, rejected: [], rejectedTotal: 0 });
    const kept = await house.db.query('', 'select 1 from tracking.conflict where sid = $1', [first.id]);
    expect(kept).toHaveLength(2);
  });

  test('of many bad lines the first 1,000 are listed and all are counted', async () => {
    const { body } = await send(Array.from({ length: 2_500 }, (_, i) => (i % 5 === 0 ? line() : 'x')).join('\n'));
    expect([body.accepted, body.rejectedTotal, body.rejected.length, body.rejected[0]?.line]).toEqual([500, 2_000, 1_000, 2]);
  });
});

describe('requests that are refused whole', () => {
  test.each([
    ['an array that breaks off', '[{"source":"try"', 'application/json', 400, 'request.malformed'],
    ['an array in GBK', Buffer.from([0x5b, 0x22, 0xd6, 0xd0, 0x22, 0x5d]), 'application/json', 400, 'request.malformed'],
    ['one event that is no array', line(), 'application/json', 400, 'request.malformed'],
    ['no body', '', 'application/json', 400, 'request.malformed'],
    ['10,001 events', `[${Array.from({ length: 10_001 }, () => '{}').join(',')}]`, 'application/json', 413, 'request.too-large'],
    ['65 MiB', `[${' '.repeat(65 << 20)}]`, 'application/json', 413, 'request.too-large'],
    ['plain text', line(), 'text/plain', 415, 'request.wrong-type'],
    ['a form', 'a=1', 'application/x-www-form-urlencoded', 415, 'request.wrong-type'],
    ['XML', '<a/>', 'application/xml', 415, 'request.wrong-type'],
  ])('%s', async (_, body, type, status, code) => {
    const res = await send(body, { type });
    expect([res.status, res.body.code, Object.keys(res.body).sort()]).toEqual([status, code, ['code', 'details', 'message']]);
  });
  test('10,000 bad events are 10,000 rejected ones', async () => {
    const { status, body } = await send(`[${Array.from({ length: 10_000 }, () => '{}').join(',')}]`, { type: 'application/json' });
    expect([status, body.accepted, body.rejectedTotal, body.rejected.length]).toEqual([200, 0, 10_000, 1_000]);
  });
  test('a token that is nobody’s, and none', async () => {
    for (const token of ['gs_nobody', 'x'])
      expect(await send(line(), { token })).toMatchObject({ status: 401, body: { code: 'auth.required' } });
  });
  test('a source speaks for itself only', async () => {
    const { body } = await send(`${line({ source: 'field' })}\n${line({ source: 'business' })}`, { token: fieldToken });
    expect([body.accepted, codes(body)]).toEqual([1, [[2, 'event.foreign-source']]]);
  });
});

describe('slow and broken lines', () => {
  const open = () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': NDJSON };
    const req = http.request({ port, host: '127.0.0.1', method: 'POST', path: '/api/events', headers });
    const answer = new Promise<string>((done, fail) => {
      req.on('error', fail);
      req.on('response', (res) => {
        let text = '';
        res.setEncoding('utf8').on('data', (t: string) => (text += t));
        res.on('end', () => done(text));
      });
    });
    answer.catch(() => undefined);
    return { req, answer };
  };

  test('a body that comes by the byte', async () => {
    const { req, answer } = open();
    const bytes = Buffer.from(`${line({ handler: '张三' })}\n${line()}`);
    for (let i = 0; i < bytes.length; i += 7) {
      req.write(bytes.subarray(i, i + 7));
      if (i % 70 === 0) await sleep(2);
    }
    req.end();
    expect(JSON.parse(await answer)).toMatchObject({ accepted: 2, rejectedTotal: 0 });
  });

  test('a body that breaks off: sent again whole, everything is there once', async () => {
    const lines = Array.from({ length: 3_000 }, () => line());
    const { req, answer } = open();
    req.write(lines.slice(0, 2_500).join('\n'));
    await sleep(300);
    req.destroy();
    await expect(answer).rejects.toThrow();
    const { body } = await send(lines.join('\n'));
    expect(body.accepted + body.duplicates).toBe(3_000);
    const ids = lines.map((l) => JSON.parse(l).id as string);
    expect(await house.db.query('', 'select count(*) n, count(distinct sid) d from tracking.event where sid = any($1)', [ids])).toEqual([
      { n: 3_000, d: 3_000 },
    ]);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  test('nothing of it has changed every object', () => {
    expect([({} as Record<string, unknown>).admin, ({} as unknown as unknown[])[0], Object.keys(Object.prototype)]).toEqual([
      undefined,
      undefined,
      [],
    ]);
  });
});
