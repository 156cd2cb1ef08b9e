import { afterEach, describe, expect, test, vi } from 'vitest';
import { follow, framesOf, type LiveState, pause } from './live.ts';

describe('frames', () => {
  test('are cut at empty lines, the unfinished tail is kept, heartbeats give nothing', () => {
    expect(framesOf('id: 7\ndata: {"a":1}\n\n: beat\n\ndata: x\ndata: y\n\ndata: unfin')).toEqual({
      frames: [
        { event: 'message', data: '{"a":1}' },
        { event: 'message', data: 'x\ny' },
      ],
      rest: 'data: unfin',
    });
  });
  test('may have Windows line ends and an event name', () => {
    expect(framesOf('event: gone\r\ndata:1\r\n\r\n').frames).toEqual([{ event: 'gone', data: '1' }]);
  });
});

test('pauses double up to half a minute and are spread', () => {
  expect([0, 1, 4, 9].map((n) => pause(n, 0.5))).toEqual([1000, 2000, 16_000, 30_000]);
  expect(pause(0, 0)).toBeLessThan(pause(0, 1));
});

describe('following a stream', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const run = async (answers: (() => Response)[]) => {
    vi.useFakeTimers();
    vi.stubGlobal('addEventListener', () => {});
    vi.stubGlobal('removeEventListener', () => {});
    const asked: Headers[] = [];
    vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
      asked.push(new Headers(init.headers));
      const next = answers.shift();
      if (!next) return new Promise(() => {});
      return next();
    });
    const values: unknown[] = [];
    const states: LiveState['state'][] = [];
    const stop = follow<unknown>({ path: '/x', onValue: (value) => values.push(value), onState: (s) => states.push(s.state) });
    await vi.advanceTimersByTimeAsync(5000);
    stop();
    return { asked, values, states };
  };

  test('goes on after a break, and says meanwhile that it is stale', async () => {
    const { asked, values, states } = await run([
      () => new Response('id: 41\ndata: {"n":1}\n\n'),
      () => {
        throw new TypeError('network');
      },
      () => new Response('id: 42\ndata: {"n":2}\n\n'),
    ]);
    expect(values).toEqual([{ n: 1 }, { n: 2 }]);
    expect(states.slice(0, 3)).toEqual(['connecting', 'live', 'stale']);
    expect(asked[0]?.get('accept-language')).toBe('zh-CN');
  });

  test('ends when the server says no, and does not ask again', async () => {
    const { asked, states } = await run([() => Response.json({ code: 'link.over', message: 'm' }, { status: 404 })]);
    expect(states).toEqual(['connecting', 'ended']);
    expect(asked).toHaveLength(1);
  });
});
