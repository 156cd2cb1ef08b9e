import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, buildApp } from '#platform/http';
import type { House } from '#platform/module';
import { book } from '#scenario';
import type { Scenario } from '#scenario/contract';
import { aTrackingHouse, MODULES, type Sending, takeIn } from './fixtures.ts';

const TOKEN = 'an-admin-token-of-size';
let house: House;
let app: App;
beforeAll(async () => {
  house = await aTrackingHouse({ adminToken: TOKEN });
  app = await buildApp(house, MODULES);
});
afterAll(async () => {
  await app.close();
  await house.db.close();
});

const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) => {
  const res = await app.inject({ method, url, ...(payload && { payload }), headers: { authorization: `Bearer ${TOKEN}` } });
  return { status: res.statusCode, body: res.body === '' ? null : res.json() };
};
const current = (id: string) => book.current(id) as Scenario;
let n = 0;
const say = (type: string, minute: number, keys: Sending['keys'], more: Partial<Sending> = {}): Sending => ({
  id: `s${++n}`,
  type,
  time: new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString(),
  keys,
  ...more,
});

/** The scenario with its second milestone under another name and holder. */
const renamed = (s: Scenario): Scenario => ({
  ...s,
  milestones: s.milestones.map((m, i) => (i === 1 ? { ...m, id: 'looked-over', holder: 'review' } : m)),
  promise: {
    ...s.promise,
    terms: s.promise.terms.map((t) => ({ ...t, milestone: t.milestone === s.milestones[1]?.id ? 'looked-over' : t.milestone })),
  },
});

describe('the draft of a scenario', () => {
  const url = '/api/scenarios/fault-repair/draft';
  const edited = (): Scenario => ({ ...current('fault-repair'), names: { zh: '报修', en: 'Repair' } });

  test('is kept with its problems, and only by who has seen the last one', async () => {
    expect((await ask('GET', url)).body.code).toBe('draft.not-found');
    const first = await ask('PUT', url, edited());
    expect(first.body).toMatchObject({ basedOn: 1, revision: 1, editedBy: 'admin', problems: [], scenario: { names: { en: 'Repair' } } });
    expect((await ask('PUT', url, edited())).body).toMatchObject({
      code: 'draft.changed',
      details: { revision: 1, by: 'admin', at: first.body.editedAt },
    });
    const bad = { ...edited(), milestones: edited().milestones.map((m) => ({ ...m, holder: 'nobody' })) };
    const second = await ask('PUT', `${url}?revision=1`, bad);
    expect(second.body.problems[0]).toMatchObject({ code: 'holder-unknown' });
    expect((await ask('GET', url)).body).toEqual(second.body);
    expect((await ask('POST', `${url}/check`)).body.problems).toEqual(second.body.problems);
    expect((await ask('POST', `${url}/check`, edited())).body.problems).toEqual([]);
  });

  test('with problems it is not published; without them it is the next version, and the draft is gone', async () => {
    expect(await ask('POST', `${url}/publish`)).toMatchObject({ status: 422, body: { code: 'draft.has-problems' } });
    await ask('PUT', `${url}?revision=2`, edited());
    expect((await ask('POST', `${url}/publish?revision=2`)).body).toMatchObject({ code: 'draft.changed', details: { revision: 3 } });
    expect((await ask('DELETE', `${url}?revision=2`)).body).toMatchObject({ code: 'draft.changed', details: { revision: 3 } });
    expect((await ask('POST', `${url}/publish?revision=3`)).body).toMatchObject({
      id: 'fault-repair',
      version: 2,
      names: { en: 'Repair' },
    });
    expect((await ask('GET', '/api/scenarios/fault-repair')).body.version).toBe(2);
    expect((await ask('GET', '/api/scenarios/fault-repair?version=1')).body.version).toBe(1);
    expect(await ask('GET', '/api/scenarios/fault-repair?version=9')).toMatchObject({ status: 404, body: { code: 'scenario.no-version' } });
    expect(await ask('GET', '/api/scenarios/nowhere?version=1')).toMatchObject({ status: 404, body: { code: 'scenario.not-found' } });
    expect((await ask('GET', url)).status).toBe(404);
    const [row] = await house.db.query<{ details: object }>('', `select details from platform.audit where act = 'scenario.published'`);
    expect(row?.details).toEqual({ version: 2 });
  });

  test('one that is based on a version no longer in force is refused, as is one under another’s name', async () => {
    expect((await ask('PUT', `${url}?basedOn=1`, edited())).body).toMatchObject({ code: 'draft.outdated', details: { version: 2 } });
    expect((await ask('PUT', '/api/scenarios/other/draft', edited())).body.code).toBe('request.malformed');
    expect((await ask('PUT', '/api/scenarios/unclassified/draft', { ...edited(), id: 'unclassified' })).body.code).toBe(
      'scenario.reserved',
    );
    expect((await ask('PUT', url, { ...edited(), colour: 'red' })).body.code).toBe('request.unknown-field');
  });

  test('a new scenario begins as a draft too, and can be dropped', async () => {
    const fresh = { ...edited(), id: 'garden-fence' };
    expect((await ask('PUT', '/api/scenarios/garden-fence/draft', fresh)).body).toMatchObject({ basedOn: 0, revision: 1 });
    expect((await ask('GET', '/api/scenario-drafts')).body.items).toEqual([
      expect.objectContaining({ id: 'garden-fence', names: fresh.names, basedOn: 0, revision: 1, editedBy: 'admin', problems: 0 }),
    ]);
    expect((await ask('DELETE', '/api/scenarios/garden-fence/draft')).status).toBe(204);
    expect((await ask('DELETE', '/api/scenarios/garden-fence/draft')).status).toBe(404);
    await ask('PUT', '/api/scenarios/garden-fence/draft', fresh);
    expect((await ask('POST', '/api/scenarios/garden-fence/draft/publish')).body.version).toBe(1);
  });
});

describe('what it makes of real journeys', () => {
  const id = 'iptv-new';
  const journey = async (value: string) => (await ask('GET', `/api/journeys/by-key/order/${value}`)).body;

  test('is shown before, and done on request; running journeys keep theirs until then', async () => {
    const [, second, third] = current(id).milestones;
    const close = (m: typeof second) => m?.steps.findLast((s) => s.closes)?.type as string;
    await takeIn(house, [
      say('order.submitted', 0, { order: 'M-1' }, { scenario: id }),
      say('order.submitted', 1, { order: 'M-2' }, { scenario: id }),
      say(close(second), 2, { order: 'M-2' }),
      say('order.submitted', 3, { order: 'M-3' }, { scenario: id }),
      say('order.cancelled', 4, { order: 'M-3' }),
    ]);
    const draft = renamed(current(id));
    expect((await ask('POST', `/api/scenarios/${id}/draft/check`, draft)).body.problems).toEqual([]);
    const seen = await ask('POST', `/api/scenarios/${id}/draft/preview`, draft);
    expect(seen.body.journeys).toBe(3);
    const one = seen.body.items.find((s: { root: { value: string } }) => s.root.value === 'M-1');
    expect(one).toMatchObject({ version: 1, changed: true, after: { milestone: 'looked-over', holder: 'review', state: 'open' } });
    expect(one.before).toMatchObject({ milestone: second?.id, state: 'open' });
    expect((await ask('POST', `/api/scenarios/${id}/draft/preview`)).body.code).toBe('draft.not-found');

    await ask('PUT', `/api/scenarios/${id}/draft`, draft);
    await ask('POST', `/api/scenarios/${id}/draft/publish`);
    expect(await journey('M-1')).toMatchObject({ scenarioVersion: 1 });
    const dry = await ask('POST', `/api/scenarios/${id}/migrate`, { version: 2, dryRun: true });
    expect(dry.body).toMatchObject({ journeys: 2, migrated: 0, more: false, waiting: [{ version: 1, journeys: 2 }] });
    const some = await ask('POST', `/api/scenarios/${id}/migrate`, { version: 2, dryRun: true, limit: 1 });
    expect(some.body).toMatchObject({ journeys: 1, more: true, waiting: [{ version: 1, journeys: 2 }] });
    expect((await journey('M-1')).scenarioVersion).toBe(1);

    const one1 = (await journey('M-1')).id;
    expect((await ask('POST', `/api/scenarios/${id}/migrate`, { version: 2, journeys: [one1] })).body.migrated).toBe(1);
    const taken = await journey('M-1');
    expect(taken).toMatchObject({ scenarioVersion: 2, holder: { role: 'review' } });
    expect(taken.milestones[1]).toMatchObject({ id: 'looked-over', state: 'active' });
    expect((await journey('M-2')).scenarioVersion).toBe(1);
    expect((await ask('POST', `/api/scenarios/${id}/migrate`, { version: 2 })).body.migrated).toBe(1);
    expect(await journey('M-3')).toMatchObject({ scenarioVersion: 1, state: 'cancelled' });
    await takeIn(house, [say(close(third), 9, { order: 'M-2' })]);
    expect(await journey('M-2')).toMatchObject({ scenarioVersion: 2 });
    expect((await ask('POST', `/api/scenarios/${id}/migrate`, { version: 9 })).body.code).toBe('scenario.not-found');
  });
});

describe('the dictionary', () => {
  test('names everything that has an id', async () => {
    const { body } = await ask('GET', '/api/words');
    expect(Object.keys(body).sort()).toEqual(['areas', 'exceptions', 'figures', 'holders', 'kinds', 'scenarios', 'systems', 'waits']);
    expect(body.scenarios.find((s: { id: string }) => s.id === 'fault-repair').names.en).toBe('Repair');
    expect(body.scenarios.at(-1)).toEqual({ id: 'unclassified', names: { zh: '未分类', en: 'Unclassified' } });
  });
});
