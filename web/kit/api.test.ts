import { afterEach, describe, expect, test, vi } from 'vitest';
import { ApiFault, ApiRefusal, get, post, secondsToWait, setUpApi, withQuery } from './api.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  setUpApi({ language: () => 'zh-CN', onUnauthorised: () => {} });
});

const answering = (answer: () => Response) => {
  const fetched = vi.fn(async (_path: string, _init: RequestInit) => answer());
  vi.stubGlobal('fetch', fetched);
  return fetched;
};

test('a query leaves out what is not given', () => {
  expect(withQuery('/api/x', { a: 1, b: null, c: undefined, d: '', e: false, f: '宽带' })).toBe('/api/x?a=1&e=false&f=%E5%AE%BD%E5%B8%A6');
  expect(withQuery('/api/x')).toBe('/api/x');
});

test('Retry-After is read in both forms', () => {
  const now = Date.parse('2026-11-21T01:30:00Z');
  expect(secondsToWait('17', now)).toBe(17);
  expect(secondsToWait('Sat, 21 Nov 2026 01:31:00 GMT', now)).toBe(60);
  expect(secondsToWait('0', now)).toBe(1);
  expect(secondsToWait('soon', now)).toBeNull();
  expect(secondsToWait(null, now)).toBeNull();
});

describe('a call', () => {
  test('says the language, sends JSON, gives the answer', async () => {
    const fetched = answering(() => Response.json({ n: 1 }));
    setUpApi({ language: () => 'en-US' });
    expect(await post<{ n: number }>('/api/x', { a: 1 })).toEqual({ n: 1 });
    const init = fetched.mock.calls[0]?.[1];
    expect(init).toMatchObject({
      method: 'POST',
      body: '{"a":1}',
      headers: { 'accept-language': 'en-US', 'content-type': 'application/json' },
    });
  });
  test('throws what was refused, with code, sentence, details and the wait', async () => {
    const body = { code: 'request.too-many', message: '请稍后再试', details: { per: 'minute' } };
    answering(() => Response.json(body, { status: 429, headers: { 'retry-after': '30' } }));
    const error = await get('/api/x').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiRefusal);
    expect(error).toMatchObject({
      status: 429,
      code: 'request.too-many',
      message: '请稍后再试',
      details: { per: 'minute' },
      retryAfter: 30,
    });
  });
  test("tells the session's end to whom it may concern", async () => {
    const over = vi.fn();
    setUpApi({ onUnauthorised: over });
    answering(() => Response.json({ code: 'session.none' }, { status: 401 }));
    await expect(get('/api/x')).rejects.toBeInstanceOf(ApiRefusal);
    expect(over).toHaveBeenCalledOnce();
  });
  test.each([
    [
      'offline',
      () => {
        throw new TypeError('failed to fetch');
      },
    ],
    ['server', () => new Response('<html>', { status: 502 })],
    ['strange', () => new Response('<html>')],
  ])('a fault is %s', async (kind, answer) => {
    answering(answer as () => Response);
    const error = await get('/api/x').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiFault);
    expect(error).toMatchObject({ kind });
  });
});
