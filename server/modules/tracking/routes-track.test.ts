import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { aTrackingHouse, MODULES, takeIn } from './fixtures.ts';

/** Until when misses were held, ms after they were asked: what makes them take the same time has a test of its own. */
const held = vi.hoisted((): number[] => []);
vi.mock('./even-time.ts', async (original) => {
  const real = await original<typeof import('./even-time.ts')>();
  return {
    evenTime: (of: Parameters<typeof real.evenTime>[0]) => {
      const wait = real.evenTime(of);
      return (elapsed: number, now: number) => {
        const ms = wait(elapsed, now);
        held.push(elapsed + ms);
        return ms;
      };
    },
  };
});

/** The customer's door tells a stranger nothing: not by words, not by headers, not by time, and not for long. */

let house: House;
let open: App;
let limited: App;

const LI = { name: '李木子', idNumber: '990101199001011234', phone: '13912340001' };
const FIRM = { idNumber: '91440101MA59000000', phone: '02087650001' };
const NUMBER = '12987650001';

beforeAll(async () => {
  house = await aTrackingHouse();
  open = await buildApp(house, MODULES);
  limited = await buildApp({ ...house, config: { ...house.config, limits: 'on' } }, MODULES);
  const orders = Array.from({ length: 200 }, (_, i) => ({
    type: 'order.submitted',
    time: new Date(Date.UTC(2026, 2, 1, 0, i)).toISOString(),
    keys: { order: `SO-${i}`, serviceNumber: i === 0 ? NUMBER : `129000${10_000 + i}` },
    scenario: 'broadband-new',
    person: i === 0 ? LI : { ...LI, idNumber: `9901011990010${10_000 + i}`, phone: `139000${10_000 + i}` },
  }));
  await takeIn(house, orders);
  // a firm with thousands of orders, and the telephone of a shop that ordered for thousands
  for (const id of [house.vault.hash('idNumber', FIRM.idNumber), house.vault.hash('phone', FIRM.phone)])
    await house.db.query('', 'insert into tracking.member select $1, gen_random_uuid(), 102, 0 from generate_series(1, 2000)', [id]);
  await house.db.query('', 'analyze tracking.member');
});
afterAll(async () => {
  await open.close();
  await limited.close();
  await house.db.close();
});

const ask = (app: App, payload: object, remoteAddress = '10.0.0.1') =>
  app.inject({ method: 'POST', url: '/api/track', payload, remoteAddress });
const digits = (n: number, length: number) => String(n).padStart(length, '0');

/** Every miss is another value, so that no cache of ours can make one kind quicker. */
const misses: Record<string, (i: number) => object> = {
  'a wrong phone of a known person': (i) => ({ idNumber: LI.idNumber, phone: `137${digits(i, 8)}` }),
  'a wrong ID number with a known phone': (i) => ({ idNumber: `99010119800${digits(i, 7)}`, phone: LI.phone }),
  'an unknown person': (i) => ({ idNumber: `99010119810${digits(i, 7)}`, phone: `136${digits(i, 8)}` }),
  'two halves of two people': (i) => ({ idNumber: LI.idNumber, phone: `139000${10_001 + (i % 199)}` }),
  'a firm with a wrong phone': (i) => ({ idNumber: FIRM.idNumber, phone: `135${digits(i, 8)}` }),
  'a stranger with the phone of a shop': (i) => ({ idNumber: `99010119820${digits(i, 7)}`, phone: FIRM.phone }),
  'a firm with the phone of a shop': () => FIRM,
  'an unknown service number': (i) => ({ serviceNumber: `128${digits(i, 8)}` }),
};

describe('misses are told apart by nothing', () => {
  test('neither body nor headers', async () => {
    const seen = new Set<string>();
    for (const make of Object.values(misses)) {
      const res = await ask(open, make(1));
      const { date: _, ...headers } = res.headers;
      seen.add(JSON.stringify([res.statusCode, res.body, headers]));
    }
    expect([...seen]).toHaveLength(1);
    expect([...seen][0]).toContain(String.raw`{\"orders\":[]}`);
    expect((await ask(open, { idNumber: LI.idNumber, phone: LI.phone })).json().orders).toHaveLength(1);
    expect((await ask(open, { serviceNumber: NUMBER })).json().orders).toHaveLength(1);
  });

  test('nor time: each kind asks the store the same, and is answered no sooner than the slow ones', async () => {
    const store = vi.spyOn(house.db, 'query');
    const asked = new Set<string>();
    const onceInAWhile = new Set(['limit-sweep', 'org-setting']);
    for (const [i, make] of Object.values(misses).entries()) {
      store.mockClear();
      held.length = 0;
      const began = performance.now();
      expect((await ask(limited, make(i + 10), `10.4.0.${i}`)).json()).toEqual({ orders: [] });
      const took = performance.now() - began;
      const names = store.mock.calls.map(([name]) => name.replace(/^track-by-\w+$/, 'track-by')).filter((name) => !onceInAWhile.has(name));
      asked.add(names.join(' '));
      expect(held).toHaveLength(1);
      expect(took).toBeGreaterThan((held[0] as number) - 1.5); // a timer may ring a millisecond early
      expect(held[0]).toBeGreaterThanOrEqual(10);
    }
    store.mockRestore();
    await house.db.query('', 'truncate platform."limit"');
    expect([...asked]).toEqual(['limit-count limit-look track-by limit-count']);
  });
});

describe('limits', () => {
  const missing = async (payload: object, address: (i: number) => string, calls: number) => {
    const out: { status: number; retry: unknown; body: string }[] = [];
    for (let i = 0; i < calls; i++) {
      const res = await ask(limited, payload, address(i));
      out.push({ status: res.statusCode, retry: res.headers['retry-after'], body: res.body.replace(/\d+/g, 'n') });
    }
    return out;
  };

  test.each([
    ['a known person', { idNumber: LI.idNumber, phone: '13700000009' }, 20],
    ['an unknown person', { idNumber: '990101197001010009', phone: '13600000009' }, 30],
    ['an unknown number', { serviceNumber: '12800000009' }, 40],
  ])('10 misses an hour for %s, from whatever address; then 429', async (_, payload, net) => {
    const answers = await missing(payload, (i) => `10.${net}.0.${i}`, 12);
    expect(answers.map((a) => a.status)).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429]);
    expect(Number(answers[10]?.retry)).toBeGreaterThan(3_000);
    expect(answers[10]?.body).toBe('{"code":"request.rate-limited","message":"请求过于频繁，请在 n 秒后再试","details":{"retryAfter":n}}');
  });

  test('10 misses an hour for an address, whomever it asks about; then right answers are kept back too', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 11; i++) answers.push((await ask(limited, { serviceNumber: `127${digits(i, 8)}` }, '10.1.1.1')).statusCode);
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect((await ask(limited, { serviceNumber: NUMBER }, '10.1.1.1')).statusCode).toBe(429);
    expect((await ask(limited, { serviceNumber: NUMBER }, '10.1.1.2')).json().orders).toHaveLength(1);
  });

  test('30 calls a minute for an address, hits among them', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 31; i++) answers.push((await ask(limited, { serviceNumber: NUMBER }, '10.2.2.2')).statusCode);
    expect(answers).toEqual([...Array.from({ length: 30 }, () => 200), 429]);
  });

  test('40 guesses at once are no more than 10 answers', async () => {
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, i) => ask(limited, { idNumber: '990101196001010001', phone: '13500000001' }, `10.3.${i}.1`)),
    );
    expect(all.filter((r) => r.statusCode === 200)).toHaveLength(10);
    expect(all.filter((r) => r.statusCode === 429 && Number(r.headers['retry-after']) > 0)).toHaveLength(30);
  });
});
