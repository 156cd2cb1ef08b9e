import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { Ctx, Db } from '#platform/db';
import type { House } from '#platform/module';
import { freshDb } from '../../../test/database.ts';
import { MODULES } from '../customer/fixtures.ts';
import { household } from '../household/module.ts';
import { aHouse } from '../org/fixtures.ts';
import { distinguish, mergePair, reopen, undoMerge } from './deciding.ts';
import { findRound } from './finding.ts';
import { aService, type Somebody, someParties } from './fixtures.ts';
import { duplicate } from './module.ts';

let db: Db;
let house: House;
beforeAll(async () => {
  db = await freshDb([...MODULES, household, duplicate]);
  house = await aHouse(db);
});
afterAll(async () => {
  await house.live.close();
  await db.close();
});
beforeEach(async () => {
  await db.query(
    '',
    `truncate household.party, household.personal, household.service, household.owner, duplicate.print, duplicate.key, duplicate.crowded, duplicate.pair,
       duplicate.decision, platform.news cascade`,
  );
});

const find = () => findRound(house, 'asked');
const as = <T>(todo: (ctx: Ctx) => Promise<T>) => db.inTx(systemActor('li'), todo);
const why = async (todo: Promise<unknown>): Promise<string> =>
  todo.then(
    () => 'done',
    (e: { refusal?: { code: string } }) => e.refusal?.code ?? String(e),
  );
interface Pair {
  id: number;
  a: string;
  b: string;
  state: string;
  evidence: string[];
}
const pairs = (state = 'open') =>
  db.query<Pair & Record<string, never>>('', 'select id, a, b, state, evidence from duplicate.pair where state = $1 order by id', [state]);
const between = async (x: string, y: string): Promise<Pair> => {
  const all = await db.query<Pair & Record<string, never>>('', 'select id, a, b, state, evidence from duplicate.pair');
  return all.find((p) => [p.a, p.b].includes(x) && [p.a, p.b].includes(y)) as Pair;
};
const merged = () => db.query('', 'select id, merged_into from household.party where merged_into is not null order by id');
const reason = 'same person at the counter';
const merge = (id: number, survivor?: string) => as((ctx) => mergePair(ctx, house.vault, { id, survivor, reason }));
const undo = (id: number, later: 'refuse' | 'undo' = 'refuse') => as((ctx) => undoMerge(ctx, house.vault, { id, reason, later }));

/** What anybody could ask about parties and pairs; when it was found is not part of it. */
const everything = async () => ({
  merged: await merged(),
  open: await db.query('', `select a, b, evidence, weight, grade, area_a, area_b from duplicate.pair where state = 'open' order by a, b`),
  keys: await db.query('', 'select key, party, kind from duplicate.key order by key, party'),
});

const WANG: Somebody = { key: '1', name: '王小明', phone: '13900000001' };

describe('a pair', () => {
  test('is merged into the one with the oldest service, unless a person chooses; the history says which', async () => {
    const ids = await someParties(db, house.vault, [WANG, { ...WANG, key: '2' }]);
    const [one, two] = [ids.get('1'), ids.get('2')] as [string, string];
    await aService(db, { id: '00000000-0000-4000-8000-000000000001', party: one, since: 2_000 });
    await aService(db, { id: '00000000-0000-4000-8000-000000000002', party: two, since: 1_000 });
    await find();
    const { id } = await between(one, two);
    await merge(id);
    expect(await merged()).toEqual([{ id: one, merged_into: two }]);
    await undo(id);
    await merge(id, one);
    expect(await merged()).toEqual([{ id: two, merged_into: one }]);
    const history = await db.query('', 'select act, rule, survivor, by_name, reason from duplicate.decision order by id');
    expect(history).toMatchObject([
      { act: 'merge', rule: 'oldest-service', survivor: two, by_name: 'li', reason },
      { act: 'undo', rule: null, survivor: two },
      { act: 'merge', rule: null, survivor: one },
    ]);
    expect(await db.query('', `select type from platform.news order by id`)).toMatchObject([
      { type: 'duplicate.merged' },
      { type: 'duplicate.unmerged' },
      { type: 'duplicate.merged' },
    ]);
    expect(await db.query('', `select act from platform.audit where object = $1 order by id`, [`duplicate:${id}`])).toMatchObject([
      { act: 'duplicate.merged' },
      { act: 'duplicate.unmerged' },
      { act: 'duplicate.merged' },
    ]);
  });

  test('that a person called two is not proposed again unless more speaks for it', async () => {
    const ids = await someParties(db, house.vault, [WANG, { ...WANG, key: '2' }]);
    await find();
    const [one, two] = [ids.get('1'), ids.get('2')] as [string, string];
    const { id } = await between(one, two);
    await as((ctx) => distinguish(ctx, { id, reason }));
    await db.query('', 'truncate duplicate.print');
    await find();
    expect((await between(one, two)).state).toBe('different');
    await someParties(db, house.vault, [
      { key: '1', address: '琉璃市听雨路1号' },
      { key: '2', address: '琉璃市听雨路1号' },
    ]);
    await find();
    expect(await between(one, two)).toMatchObject({ state: 'open', evidence: ['same-phone', 'same-name', 'same-address'] });
    expect(await db.query('', `select act from duplicate.decision where pair = $1 order by id`, [id])).toMatchObject([
      { act: 'different' },
      { act: 'grown' },
    ]);
  });

  test('of somebody merged with another is one with that other, and what was judged of either holds for both', async () => {
    const ids = await someParties(db, house.vault, [WANG, { ...WANG, key: '2' }, { ...WANG, key: '3' }]);
    const [one, two, three] = ['1', '2', '3'].map((k) => ids.get(k)) as [string, string, string];
    await find();
    await as(async (ctx) => distinguish(ctx, { id: (await between(two, three)).id, reason }));
    await merge((await between(one, two)).id, one);
    expect(await pairs()).toEqual([]);
    await undo((await between(one, two)).id);
    expect((await pairs()).map((p) => [p.a, p.b].toSorted())).toEqual(
      expect.arrayContaining([[one, two].toSorted(), [one, three].toSorted()]),
    );
  });

  test('is refused what its state does not allow', async () => {
    const ids = await someParties(db, house.vault, [WANG, { ...WANG, key: '2' }]);
    await find();
    const { id } = await between(ids.get('1') as string, ids.get('2') as string);
    expect(await why(undo(id))).toBe('duplicate.undecided');
    expect(await why(merge(id, '00000000-0000-4000-8000-000000000009'))).toBe('duplicate.not-of-pair');
    expect(await why(as((ctx) => mergePair(ctx, house.vault, { id, reason, grade: 'certain' })))).toBe('duplicate.not-certain');
    await merge(id);
    expect(await why(merge(id))).toBe('duplicate.merged');
    await undo(id);
    await as((ctx) => distinguish(ctx, { id, reason }));
    expect(await why(merge(id))).toBe('duplicate.different');
    await as((ctx) => reopen(ctx, house.vault, { id, reason }));
    expect(await why(merge(id))).toBe('done');
    expect(await why(merge(999_999))).toBe('thing.not-found');
  });
});

describe('undoing', () => {
  test('a merge that later ones stand on is refused, or undoes them in order', async () => {
    const ids = await someParties(
      db,
      house.vault,
      ['1', '2', '3'].map((key) => ({ ...WANG, key })),
    );
    const [one, two, three] = ['1', '2', '3'].map((k) => ids.get(k)) as [string, string, string];
    await find();
    const before = await everything();
    const first = await between(one, two);
    await merge(first.id, two);
    const second = await between(two, three);
    await merge(second.id, three);
    await expect(undo(first.id)).rejects.toMatchObject({
      refusal: { code: 'duplicate.built-on', details: { count: 1, pairs: [second.id] } },
    });
    await undo(first.id, 'undo');
    expect(await everything()).toEqual(before);
    expect(await db.query('', `select pair, act from duplicate.decision where act = 'undo' order by id`)).toEqual([
      { pair: second.id, act: 'undo' },
      { pair: first.id, act: 'undo' },
    ]);
  });

  test('everything, in any order that is allowed, leaves the very same answers', async () => {
    const NAMES = ['王小明', '王晓明', '李小红'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            name: fc.constantFrom(...NAMES),
            phone: fc.constantFrom('13900000001', '13900000002'),
            address: fc.constantFrom('甲路1号', '乙路2号'),
          }),
          { minLength: 3, maxLength: 6 },
        ),
        fc.array(fc.record({ pick: fc.nat(), what: fc.constantFrom('merge', 'merge', 'merge', 'undo', 'cascade') }), { maxLength: 8 }),
        async (people, acts) => {
          await db.query(
            '',
            'truncate household.party, household.personal, duplicate.print, duplicate.key, duplicate.crowded, duplicate.pair, duplicate.decision',
          );
          await someParties(
            db,
            house.vault,
            people.map((p, i) => ({ ...p, key: String(i) })),
          );
          await find();
          const before = await everything();
          for (const { pick, what } of acts) {
            const some = await pairs(what === 'merge' ? 'open' : 'merged');
            const one = some[pick % Math.max(1, some.length)];
            if (one === undefined) continue;
            const said = await why(
              what === 'merge' ? merge(one.id, pick % 2 === 0 ? one.a : one.b) : undo(one.id, what === 'cascade' ? 'undo' : 'refuse'),
            );
            expect(said).toBe(what === 'undo' && said !== 'done' ? 'duplicate.built-on' : 'done');
          }
          for (let left = await pairs('merged'); left.length > 0; left = await pairs('merged')) await undo((left[0] as Pair).id, 'undo');
          expect(await everything()).toEqual(before);
          await find();
          expect(await everything()).toEqual(before);
        },
      ),
      { numRuns: 12 * Number(process.env.RUNS ?? 1) },
    );
  });
});
