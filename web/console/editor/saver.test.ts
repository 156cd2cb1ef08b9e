import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draft, Scenario } from '#scenario/contract';
import { ApiFault, ApiRefusal } from '../../kit/api.ts';
import type { Basis } from './drafts.ts';
import { type Doors, makeSaver } from './saver.ts';
import { aScenario } from './scenario.fixture.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const named = (zh: string): Scenario => aScenario({ names: { zh, en: 'Fence' } });
const AT = '2026-03-01T01:31:00.000Z';

/** A server with one draft; `sent` are the names that came, `before` runs first and may refuse. */
function aServer(before: (basis: Basis) => void = () => undefined) {
  const sent: string[] = [];
  let draft: Draft | null = null;
  const keep = (scenario: Scenario, by: string): Draft => {
    draft = { scenario, basedOn: 1, revision: (draft?.revision ?? 0) + 1, editedAt: AT, editedBy: by, problems: [] };
    return draft;
  };
  const doors: Doors = {
    save: async (scenario, basis) => {
      before(basis);
      if (basis.revision !== (draft?.revision ?? 0)) throw new ApiRefusal(409, { code: 'draft.changed' }, null);
      sent.push(scenario.names.zh);
      return keep(scenario, 'me');
    },
    load: async () => ({ draft, current: aScenario() }),
  };
  return { sent, keep, saver: makeSaver({ draft: null, current: aScenario() }, doors) };
}
const wait = () => vi.advanceTimersByTimeAsync(1_000);

test('what is typed is kept once, a moment after the last stroke', async () => {
  const { saver, sent } = aServer();
  expect(saver.standing().saving.is).toBe('same');
  for (const name of ['围', '围墙', '围墙改']) saver.see(named(name), true);
  expect(saver.standing().saving.is).toBe('waiting');
  await wait();
  expect(sent).toEqual(['围墙改']);
  expect(saver.standing()).toEqual({ saving: { is: 'saved', at: AT, by: 'me' }, revision: 1 });
});

test('what is taken back before it was sent is not sent', async () => {
  const { saver, sent } = aServer();
  saver.see(named('围墙'), true);
  saver.see(aScenario(), true);
  await wait();
  expect(sent).toEqual([]);
  expect(saver.standing().saving.is).toBe('same');
});

test('what is not filled in waits, and says so', async () => {
  const { saver, sent } = aServer();
  saver.see(named(''), false);
  await wait();
  expect([saver.standing().saving.is, await saver.flush()]).toEqual(['incomplete', false]);
  saver.see(named('墙'), true);
  expect(await saver.flush()).toBe(true);
  expect(sent).toEqual(['墙']);
});

test('another who saved first is named, and nothing is overwritten until somebody chooses', async () => {
  const { saver, sent, keep } = aServer();
  keep(named('别人的'), '张三');
  saver.see(named('我的'), true);
  await wait();
  const { saving } = saver.standing();
  expect(saving).toMatchObject({ is: 'conflict', conflict: { by: '张三', at: AT, theirs: named('别人的'), basis: { revision: 1 } } });
  saver.see(named('我的又改'), true);
  await wait();
  expect([sent, await saver.flush()]).toEqual([[], false]);
  if (saving.is === 'conflict') saver.settle(saving.conflict);
  await wait();
  expect(sent).toEqual(['我的又改']);
});

test('taking the other one’s draft leaves nothing to save', async () => {
  const { saver, sent, keep } = aServer();
  keep(named('别人的'), '张三');
  saver.see(named('我的'), true);
  await wait();
  const { saving } = saver.standing();
  if (saving.is === 'conflict') saver.settle(saving.conflict);
  saver.see(named('别人的'), true);
  await wait();
  expect(sent).toEqual([]);
  expect(saver.standing()).toEqual({ saving: { is: 'saved', at: AT, by: '张三' }, revision: 1 });
});

test('a lost connection is said and tried again by itself', async () => {
  let down = true;
  const { saver, sent } = aServer(() => {
    if (down) throw new ApiFault('offline');
  });
  saver.see(named('墙'), true);
  await wait();
  expect(saver.standing().saving.is).toBe('failed');
  down = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect([sent, saver.standing().saving.is]).toEqual([['墙'], 'saved']);
});

test('what changes while it is being sent is sent after it', async () => {
  const { saver, sent } = aServer(() => {
    if (sent.length === 0) saver.see(named('第二'), true);
  });
  saver.see(named('第一'), true);
  await wait();
  expect(sent).toEqual(['第一', '第二']);
});
