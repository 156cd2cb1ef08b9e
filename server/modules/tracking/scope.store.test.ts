import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUnits, unitsBelow } from '#org';
import { type Actor, systemActor } from '#platform/actor';
import { type App, buildApp } from '#platform/http';
import type { House, Module } from '#platform/module';
import { aTrackingHouse, MODULES, type Sending, takeIn } from './fixtures.ts';

/** Who sees what, through every door, over random trees and journeys. */

const RIGHTS = new Set(['journey:read', 'journey:ticket', 'journey:reveal', 'analysis:read', 'export:run']);
let house: House;
let app: App;
let address: string;

/** A bearer token "unit:east" is somebody of that unit, "partner:P-7" that partner's. */
const somebody: Module = {
  name: 'somebody',
  migrations: [],
  authenticate:
    ({ db }) =>
    async (token) => {
      const [kind, value = ''] = token.split(':');
      const actor = { kind: 'staff', id: '00000000-0000-0000-0000-000000000000', name: token, rights: RIGHTS } as const;
      if (kind === 'partner') return { ...actor, areas: 'all', partner: { kind: 'partner', value } } satisfies Actor;
      return kind === 'unit' ? ({ ...actor, areas: value === 'root' ? 'all' : await unitsBelow(db, value) } satisfies Actor) : undefined;
    },
};

beforeAll(async () => {
  house = await aTrackingHouse();
  app = await buildApp(house, [somebody, ...MODULES]);
  await app.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  await house.db.inTx(systemActor('test'), (ctx) =>
    createUnits(ctx, [{ code: 'root', parent: null, level: 'province', names: { zh: '省', en: 'province' } }]),
  );
});
afterAll(async () => {
  await app.close();
  await house.db.close();
});

const ask = async (who: string, method: 'GET' | 'POST', url: string, payload?: object) => {
  const res = await app.inject({ method, url, headers: { authorization: `Bearer ${who}` }, ...(payload && { payload }) });
  return { status: res.statusCode, body: res.body, json: () => res.json() };
};
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

/** Short pages; longer ones when many worlds are in the store, so that no listing takes more than some of them. */
const pageSize = (): number => Math.min(200, 7 + Math.floor(placed.length / 10));

async function everyPage(who: string, query: string): Promise<string[]> {
  const out: string[] = [];
  for (let cursor = ''; ; ) {
    const page = (await ask(who, 'GET', `/api/journeys?limit=${pageSize()}${query}${cursor}`)).json() as {
      items: { root: { value: string } }[];
      total: number;
      nextCursor: string | null;
    };
    out.push(...page.items.map((j) => j.root.value));
    if (page.nextCursor === null) {
      expect(page.total).toBe(out.length);
      return out.sort();
    }
    cursor = `&cursor=${page.nextCursor}`;
  }
}

/** The first frame of a stream, or the refusal. */
async function firstOf(who: string, url: string): Promise<{ status: number; body: string }> {
  const end = new AbortController();
  const res = await fetch(`${address}${url}`, { headers: { authorization: `Bearer ${who}` }, signal: end.signal });
  const { value } = (await res.body?.getReader().read()) ?? {};
  end.abort();
  return { status: res.status, body: new TextDecoder().decode(value) };
}

interface Placed {
  readonly order: string;
  readonly area: string | undefined;
}
const placed: Placed[] = [];
const ids = new Map<string, string>();
let world = 0;
/** So many journeys of one key are told at most, the latest. */
const OF_A_KEY = 200;

describe('an account of a unit', () => {
  test('sees exactly the journeys of its subtree, through every door', async () => {
    const worldArb = fc.record({
      parents: fc.array(fc.nat(), { minLength: 4, maxLength: 8 }),
      areas: fc.array(fc.option(fc.nat(), { freq: 6, nil: undefined }), { minLength: 8, maxLength: 20 }),
      looker: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(worldArb, async ({ parents, areas, looker }) => {
        const w = `w${++world}`;
        const codes = ['root', ...parents.map((_, i) => `${w}-${i}`)];
        const units = parents.map((p, i) => ({
          code: `${w}-${i}`,
          parent: codes[p % (i + 1)] as string,
          level: 'soldier' as const,
          names: { zh: 'u', en: 'u' },
        }));
        await house.db.inTx(systemActor('test'), (ctx) =>
          createUnits(
            ctx,
            units.map((u) => ({ ...u, level: 'province' as const })),
          ),
        );
        const fresh = areas.map((a, i): Placed => ({ order: `${w}-O${i}`, area: a === undefined ? undefined : codes[a % codes.length] }));
        placed.push(...fresh);
        await takeIn(house, fresh.map(orderOf));
        await takeIn(house, [
          { type: 'order.noted', time: at(200), keys: { order: [fresh[0]?.order as string, fresh[1]?.order as string] } },
        ]);
        for (const [order, id] of (
          await house.db.query<{ v: string; id: string }>('', 'select root_value v, id from tracking.journey')
        ).map((r) => [r.v, r.id] as const))
          ids.set(order, id);

        const me = codes[looker % codes.length] as string;
        const below = new Map(units.map((u) => [u.code, u.parent]));
        const isBelow = (area: string | undefined): boolean =>
          me === 'root' || (area !== undefined && (area === me || isBelow(below.get(area))));
        await check(`unit:${me}`, me, fresh, (p) => isBelow(p.area));
        const within = placed.filter((p) => p.area !== undefined && isBelow(p.area)).map((p) => p.order);
        expect(await everyPage('unit:root', `&area=${me}`)).toEqual(within.toSorted());
      }),
      { numRuns: Number(process.env.RUNS ?? 5), interruptAfterTimeLimit: 100_000 },
    );
  });
});

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString();
const orderOf = ({ order, area }: Placed, i: number): Sending => ({
  type: 'order.submitted',
  time: at(i),
  keys: { order, customer: 'C-1', ...(area && { area }) },
  scenario: 'broadband-new',
  person: { name: '张三', phone: `1390000${String(1000 + i)}`, idNumber: '990101199001011234' },
});

async function check(who: string, me: string, fresh: readonly Placed[], sees: (p: Placed) => boolean): Promise<void> {
  const seen = placed.filter(sees).map((p) => p.order);
  const sorted = seen.toSorted();
  expect(await everyPage(who, '')).toEqual(sorted);
  expect(await everyPage(who, '&q=w')).toEqual(sorted);
  expect(await everyPage(who, '&q=C-1')).toEqual(sorted);
  const counts = (await ask(who, 'GET', '/api/journeys/counts')).json();
  const inAreas = placed.filter((p) => sees(p) && p.area !== undefined).length;
  expect([counts.open, counts.byArea.reduce((n: number, a: { open: number }) => n + a.open, 0)]).toEqual([seen.length, inAreas]);
  for (const key of [
    { kind: 'customer', value: 'C-1' },
    { kind: 'idNumber', value: '990101199001011234' },
  ])
    expect((await ask(who, 'POST', '/api/journeys/search', key)).json().total).toBe(seen.length);
  expect((await ask(who, 'GET', '/api/analysis/process')).json()).toMatchObject({ journeys: seen.length });
  const latest = await ask(who, 'GET', '/api/journeys/by-key/customer/C-1');
  if (seen.length === 0) expect(latest.status).toBe(404);
  else expect([latest.json().root.value, ...latest.json().alsoIn].length).toBe(Math.min(seen.length, OF_A_KEY));

  const visible = fresh.find(sees);
  const foreign = fresh.find((p) => !sees(p));
  if (visible) {
    const id = ids.get(visible.order) as string;
    for (const url of [`/api/journeys/${id}`, `/api/journeys/${id}/events`, `/api/journeys/by-key/order/${visible.order}`])
      expect((await ask(who, 'GET', url)).status).toBe(200);
    expect((await ask(who, 'POST', `/api/journeys/${id}/ticket`, {})).status).toBe(201);
    expect(await firstOf(who, `/api/journeys/${id}/stream`)).toMatchObject({ status: 200, body: expect.stringContaining(id) });
    const { related } = (await ask(who, 'GET', `/api/journeys/${ids.get(fresh[0]?.order as string)}`)).json();
    if (sees(fresh[0] as Placed)) expect(related).toEqual(sees(fresh[1] as Placed) ? [ids.get(fresh[1]?.order as string)] : []);
  }
  if (!foreign) return;
  expect(me).not.toBe('root');
  const id = ids.get(foreign.order) as string;
  const reveal = { field: 'phone', reason: 'to call' };
  for (const [method, url, body] of [
    ['GET', '/api/journeys/$', undefined],
    ['GET', '/api/journeys/$/events', undefined],
    ['GET', '/api/journeys/$/stream', undefined],
    ['POST', '/api/journeys/$/ticket', {}],
    ['POST', '/api/journeys/$/reveal', reveal],
    ['POST', '/api/journeys/$/urge', {}],
  ] as const) {
    const theirs = await ask(who, method, url.replace('$', id), body);
    const nobodys = await ask(who, method, url.replace('$', UNKNOWN), body);
    expect([url, theirs.status, theirs.body]).toEqual([url, 404, nobodys.body]);
  }
  const theirs = await ask(who, 'GET', `/api/journeys/by-key/order/${foreign.order}`);
  expect([theirs.status, theirs.body]).toEqual([404, (await ask(who, 'GET', '/api/journeys/by-key/order/none')).body]);
}

describe('a partner', () => {
  const event = (over: Partial<Sending>): Sending => ({ type: 'order.checked', time: at(1), keys: { order: 'PO-1' }, ...over });
  test('sees the journeys that name him, and in them what names him or what his people did, and nobody’s person', async () => {
    const person = { name: '李四', phone: '13911112222', idNumber: '990101199001015678' };
    await takeIn(house, [
      event({
        type: 'order.submitted',
        keys: { order: 'PO-1', partner: 'P-7', serviceNumber: '12911112222' },
        person,
        scenario: 'broadband-new',
      }),
      event({ time: at(2), handler: 'desk-3', keys: { order: 'PO-1' }, data: { reason: 'not for him' } }),
      event({ time: at(3), handler: 'P-7', keys: { order: 'PO-1', workOrder: 'W-9' }, person }),
      event({ time: at(4), type: 'appointment.changed', data: { reason: 'a talk he was not in' }, handler: 'desk-3' }),
      event({ time: at(5), keys: { order: 'PO-2', partner: 'P-8' } }),
      event({ time: at(6), keys: { order: 'PO-3' }, handler: 'P-7' }),
    ]);
    expect(await everyPage('partner:P-7', '')).toEqual(['PO-1']);
    const seen = (await ask('partner:P-7', 'GET', '/api/journeys/by-key/order/PO-1')).json();
    expect(seen.events.map((e: { type: string; time: string }) => e.time)).toEqual([at(1), at(3)]);
    expect([seen.person, seen.eventCount, seen.keys]).toEqual([null, 2, { order: ['PO-1'], partner: ['P-7'], workOrder: ['W-9'] }]);
    const page = (await ask('partner:P-7', 'GET', `/api/journeys/${seen.id}/events`)).json();
    expect(page.items).toEqual(seen.events);
    const stream = await firstOf('partner:P-7', `/api/journeys/${seen.id}/stream`);
    for (const text of [JSON.stringify(seen), JSON.stringify(page), stream.body, (await ask('partner:P-7', 'GET', '/api/journeys')).body])
      expect(text).not.toMatch(/desk-3|not for him|he was not in|\*\*\*|李/);
    for (const order of ['PO-2', 'PO-3']) expect((await ask('partner:P-7', 'GET', `/api/journeys/by-key/order/${order}`)).status).toBe(404);
    expect((await ask('partner:P-7', 'POST', '/api/journeys/search', { kind: 'phone', value: person.phone })).status).toBe(403);
    expect((await ask('partner:P-7', 'POST', `/api/journeys/${seen.id}/reveal`, { field: 'phone', reason: 'to call' })).status).toBe(403);
    expect((await ask('partner:P-7', 'GET', '/api/events/parked')).json()).toEqual({ items: [], total: 0, nextCursor: null });
  });
});
