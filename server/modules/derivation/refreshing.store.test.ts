import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '#platform/actor';
import type { Ctx, Db } from '#platform/db';
import type { House } from '#platform/module';
import { Refused } from '#platform/result';
import { dayOf } from '#rule';
import { allTags, BLOCK, bringInForce, changeTags } from '#tag';
import type { TagValue } from '#tag/contract';
import { tag } from '#tag/module';
import { freshDb } from '../../../test/database.ts';
import { aHouse } from '../org/fixtures.ts';
import { letCount, someTags, valuesIn } from '../tag/fixtures.ts';
import { listDerivations, showDerivation } from './catalogue.ts';
import type { Definition } from './contract.ts';
import { makeDerivation } from './module.ts';
import { look } from './refreshing.ts';
import { reinstate, retire } from './retiring.ts';
import { runsOf } from './runStore.ts';
import { dropDraft, ensureStandard, publish, saveDraft } from './service.ts';

const DAY = dayOf('2026-11-22');
const PEOPLE = [0, 1, 2, 3, BLOCK - 1, BLOCK, BLOCK * 3 + 7];
const me = systemActor('test');
let db: Db;
let house: House;
beforeAll(async () => {
  db = await freshDb([tag, makeDerivation()]);
  house = await aHouse(db, { zone: 'Asia/Shanghai' });
});
afterAll(async () => {
  await house.live.close();
  await db.close();
});
beforeEach(async () => {
  await db.query('', 'truncate derivation.derivation, derivation.load, tag.block, tag.tally, tag.staged, tag.batch cascade');
  await db.query('', 'delete from tag.tag where id > 4');
  await letCount(db, PEOPLE);
});

type Values = Readonly<Record<string, TagValue>>;
const inTx = <T>(fn: (ctx: Ctx) => Promise<T>) => db.inTx(me, fn);
const know = (people: Readonly<Record<number, Values>>, source = 'warehouse') =>
  inTx((ctx) => changeTags(ctx, { source, changes: Object.entries(people).map(([o, tags]) => ({ place: 0, ordinal: Number(o), tags })) }));
const lookAt = (blocks: readonly number[] | null = null, day = DAY) => look(house, day, blocks);
const batches = async () => (await db.query<{ n: number }>('', 'select count(*) n from tag.batch'))[0]?.n;
const refused = async (work: Promise<unknown>) => {
  const e = await work.then(
    () => undefined,
    (x: unknown) => x,
  );
  if (!(e instanceof Refused)) throw e ?? new Error('it was taken');
  return e.refusal;
};

const grade: Extract<Definition, { kind: 'oneOf' }> = {
  kind: 'oneOf',
  names: { zh: '等级', en: 'Grade' },
  meaning: { zh: '', en: '' },
  parameters: [],
  values: [
    { value: 'big', zh: '大', en: 'Big' },
    { value: 'small', zh: '小', en: 'Small' },
  ],
  table: [{ when: 'spend >= 100', value: 'big' }],
  otherwise: 'small',
  whenUnknown: 'unknown',
};
const flagOf = (when: string): Definition => ({
  kind: 'flag',
  names: { zh: '是否', en: 'Flag' },
  meaning: grade.meaning,
  parameters: [],
  table: [{ when, value: true }],
  otherwise: false,
  whenUnknown: 'unknown',
});
const expressed = (kind: 'number' | 'date', expression: string): Definition => ({ kind, names: grade.names, meaning: grade.meaning, parameters: [], expression }); // biome-ignore format: one line

async function publishNew(name: string, definition: Definition): Promise<void> {
  const basedOn = (await showDerivation(db, me, name))?.draft?.revision ?? 0;
  const draft = await inTx((ctx) => saveDraft(ctx, { tag: name, basedOn, definition }));
  await inTx((ctx) => publish(ctx, { tag: name, revision: draft.revision, reason: 'test' }));
}
const tagsShown = async () => new Map((await allTags(db)).map((t) => [t.name, t]));
const valuesOf = (name: string) => valuesIn(db, name, PEOPLE);

describe('a tag made by rule', () => {
  test('has every customer’s value after publication, unknown where the rule does not know, and says what it means', async () => {
    await someTags(db, { spend: 'number' });
    await know({ 0: { spend: 100 }, 1: { spend: 99 }, 3: { spend: -5 }, [BLOCK]: { spend: 1_000 }, [BLOCK * 3 + 7]: { spend: 7 } });
    await publishNew('grade', grade);
    expect(await lookAt()).toBe(true);
    expect(await valuesOf('grade')).toEqual(['big', 'small', null, 'small', null, 'big', 'small']);
    expect(await showDerivation(db, me, 'grade')).toMatchObject({
      state: 'current',
      published: { version: 1, reason: 'test', says: { zh: expect.arrayContaining(['“spend”不低于 100的，为“大”。']) } },
      inputs: [{ name: 'spend', missing: false }],
      lastRun: { why: 'published', state: 'done', customers: PEOPLE.length, changed: 5, blocks: 3 },
    });
    const [row] = await db.query('', `select source, zh, rule, loaded_at is not null loaded from tag.tag where name = 'grade'`);
    expect(row).toEqual({ source: 'rule', zh: '等级', rule: 'spend >= 100 → big\notherwise → small\nunknown → unknown', loaded: true });
  });

  test('is made anew only in the blocks of which an input changed, and the same input twice changes nothing', async () => {
    await someTags(db, { spend: 'number', other: 'flag' });
    await know(Object.fromEntries(PEOPLE.map((o) => [o, { spend: 1 }])));
    await publishNew('grade', grade);
    await lookAt();
    await know({ [BLOCK]: { spend: 500 }, 1: { other: true } });
    await lookAt([0, 1]);
    expect(await valuesOf('grade')).toEqual(['small', 'small', 'small', 'small', 'small', 'big', 'small']);
    expect(await runsOf(db, 'grade', 9)).toMatchObject([{ why: 'changed', blocks: 1, changed: 1 }, { why: 'published' }]);
    const before = await batches();
    await know({ [BLOCK]: { spend: 600 } });
    await lookAt();
    await lookAt();
    expect(await batches()).toBe((before ?? 0) + 1); // the warehouse's own
    expect((await runsOf(db, 'grade', 9)).length).toBe(2);
  });

  test('is what a new version says, as a whole, and the old one says nothing any more', async () => {
    await someTags(db, { spend: 'number' });
    await know({ 0: { spend: 100 }, 1: { spend: 5 } });
    await publishNew('grade', grade);
    await lookAt();
    await publishNew('grade', { ...grade, table: [{ when: 'spend < 10', value: null }], otherwise: 'big', whenUnknown: 'otherwise' });
    await lookAt([77]); // a hint that names other blocks
    expect(await valuesOf('grade')).toEqual(['big', null, 'big', 'big', 'big', 'big', 'big']);
    expect(await showDerivation(db, me, 'grade')).toMatchObject({ version: 2, lastRun: { version: 2, why: 'published', changed: 6 } });
  });

  test('of him who leaves and him who joins follows them', async () => {
    await someTags(db, { spend: 'number' });
    await know({ 0: { spend: 100 }, 9: { spend: 100 } });
    await publishNew('grade', grade);
    await lookAt();
    expect(await valuesIn(db, 'grade', [0, 9])).toEqual(['big', null]);
    const bit = (at: number) => Buffer.alloc(8_192).fill(1 << (at & 7), at >> 3, (at >> 3) + 1);
    await inTx(
      (ctx) =>
      bringInForce(ctx, { id: randomUUID(), source: 'warehouse', customers: 2, names: [], moves: [{ block: 0, joined: bit(9), left: bit(0) }], speaksOf: null }), // biome-ignore format: one line
    );
    await lookAt([0]);
    expect(await valuesIn(db, 'grade', [0, 9])).toEqual([null, 'big']);
  });

  test('may be a flag, a number or a day, and follows the calendar where it speaks of today', async () => {
    await someTags(db, { ends: 'date', spend: 'number' });
    await know({ 0: { ends: '2026-12-22', spend: 3 }, 1: { ends: '2026-12-23', spend: 0 } });
    await publishNew('soon', flagOf('ends <= today.plusMonths(1)'));
    await publishNew('left.days', expressed('number', '(ends - today) * 2'));
    await publishNew('reminded', expressed('date', 'ends - 30'));
    await publishNew('beyond', expressed('date', 'ends + spend * 1000000'));
    await lookAt();
    const two = async (name: string) => valuesIn(db, name, [0, 1, 2]);
    expect(await two('soon')).toEqual([true, false, null]);
    expect(await two('left.days')).toEqual([60, 62, null]);
    expect(await two('reminded')).toEqual(['2026-11-22', '2026-11-23', null]);
    expect(await two('beyond')).toEqual([null, '2026-12-23', null]); // a day that nobody can write is unknown
    await lookAt([], DAY + 1);
    expect(await two('soon')).toEqual([true, true, null]);
    expect(await two('left.days')).toEqual([58, 60, null]);
    expect((await runsOf(db, 'soon', 1))[0]).toMatchObject({ why: 'day', changed: 1 });
    expect((await runsOf(db, 'reminded', 9)).map((r) => r.why)).toEqual(['published']);
  });
});

describe('tags made of tags made by rule', () => {
  test('follow in one look, in the order of their dependence', async () => {
    await someTags(db, { spend: 'number' });
    await know({ 0: { spend: 100 }, 1: { spend: 5 } });
    await publishNew('grade', grade);
    await publishNew('a.first', flagOf('grade == "big"'));
    await lookAt();
    expect(await valuesIn(db, 'a.first', [0, 1, 2])).toEqual([true, false, null]);
    await know({ 1: { spend: 200 } });
    await lookAt([0]);
    expect(await valuesIn(db, 'a.first', [0, 1, 2])).toEqual([true, true, null]);
    expect(await showDerivation(db, me, 'grade')).toMatchObject({ madeOfIt: [{ name: 'a.first' }] });
  });

  test('may not go round in a ring, which is named', async () => {
    await someTags(db, { spend: 'number' });
    await publishNew('grade', grade);
    await publishNew('second', flagOf('grade == "big"'));
    const draft = await inTx((ctx) => saveDraft(ctx, { tag: 'grade', basedOn: 0, definition: { ...grade, table: [{ when: 'second', value: 'big' }] } })); // biome-ignore format: one line
    const refusal = await refused(inTx((ctx) => publish(ctx, { tag: 'grade', revision: draft.revision, reason: 'ring' })));
    expect(refusal).toMatchObject({ code: 'derivation.ring', details: { ring: 'grade → second → grade' } });
  });
});

describe('a draft', () => {
  test('of a tag that another source writes, or of another kind, is refused', async () => {
    await someTags(db, { theirs: 'flag', mine: 'flag', spend: 'number' });
    await know({ 0: { theirs: true } });
    const save = (name: string) => inTx((ctx) => saveDraft(ctx, { tag: name, basedOn: 0, definition: grade }));
    expect(await refused(save('theirs'))).toMatchObject({ code: 'tag.foreign-source', details: { source: 'warehouse' } });
    expect(await refused(save('mine'))).toMatchObject({ code: 'tag.kind-stays' });
    expect(await refused(save('everyone'))).toMatchObject({ code: 'tag.foreign-source' });
    await publishNew('grade', grade);
    expect(await refused(know({ 0: { grade: 'big' } }))).toMatchObject({ details: { items: [{ code: 'tag.foreign-source' }] } });
  });
  test('is kept with its mistakes, published without, and by one hand at a time', async () => {
    await someTags(db, { spend: 'number' });
    const save = (basedOn: number, when: string) =>
      inTx((ctx) => saveDraft(ctx, { tag: 'grade', basedOn, definition: { ...grade, table: [...grade.table, { when, value: 'big' }] } }));
    await save(0, 'spend >');
    expect(await refused(save(0, 'spend > 1'))).toMatchObject({ code: 'derivation.changed', details: { by: 'test' } });
    const wrong = await refused(inTx((ctx) => publish(ctx, { tag: 'grade', revision: 1, reason: 'x' })));
    expect(wrong).toMatchObject({ code: 'derivation.mistaken', details: { path: 'table[1].when', start: 7 } });
    await save(1, 'spend > 1');
    expect(await refused(inTx((ctx) => publish(ctx, { tag: 'grade', revision: 1, reason: 'x' })))).toMatchObject({
      code: 'derivation.changed',
    });
    await inTx((ctx) => publish(ctx, { tag: 'grade', revision: 2, reason: 'x' }));
    await save(0, 'spend > 1');
    expect(await refused(inTx((ctx) => publish(ctx, { tag: 'grade', revision: 1, reason: 'x' })))).toMatchObject({
      code: 'derivation.unchanged',
    });
    await inTx((ctx) => dropDraft(ctx, 'grade'));
    expect((await showDerivation(db, me, 'grade'))?.draft).toBeNull();
  });
});

describe('what breaks off', () => {
  test('leaves readers the whole old answer, and the next look finishes', async () => {
    await someTags(db, { spend: 'number' });
    const many = Array.from({ length: 20 }, (_, i) => i * BLOCK);
    await letCount(db, many);
    await know(Object.fromEntries(many.map((o) => [o, { spend: 100 }])));
    await publishNew('grade', grade);
    await db.query(
      '',
      `create function tag.stop() returns trigger language plpgsql as $$ begin raise exception 'the power is gone'; end $$`,
    );
    await db.query('', 'create trigger stop before insert on tag.staged for each row when (new.block = 15) execute function tag.stop()');
    await lookAt();
    expect(await valuesIn(db, 'grade', [0, BLOCK])).toEqual([null, null]);
    expect(await db.query('', 'select id from derivation.load')).toHaveLength(1);
    await db.query('', 'drop trigger stop on tag.staged; drop function tag.stop');
    await lookAt([3]);
    expect(await valuesIn(db, 'grade', many)).toEqual(many.map(() => 'big'));
    expect(await db.query('', 'select from derivation.load')).toEqual([]);
    expect(await db.query('', 'select from tag.staged')).toEqual([]);
    expect((await runsOf(db, 'grade', 9)).map((r) => r.state)).toEqual(['done', 'failed']);
  });
  test('two never look at once', async () => {
    const answers = await Promise.all([lookAt(), lookAt(), lookAt()]);
    expect(answers.filter(Boolean).length).toBeGreaterThan(0);
    expect(answers.some((a) => !a)).toBe(true);
  });
});

describe('numbers with decimals', () => {
  const share = { id: 'share', value: 25, from: 0, to: 100, decimals: 2, unit: 'number' as const, names: { zh: '比例', en: 'share' } };
  const figure = (expression: string) => ({ kind: 'number' as const, names: grade.names, meaning: grade.meaning, parameters: [share], expression }); // biome-ignore format: one line
  test('are compared and made, and what is made of a tag follows when the tag grows finer', async () => {
    await someTags(db, { spend: 'number', score: 'number' });
    await know({ 0: { score: 0.75, spend: 10 }, 1: { score: 0.7 }, 2: { spend: 3 } });
    await publishNew('grade', { ...grade, table: [{ when: 'score > 0.7', value: 'big' }] });
    await publishNew('part', figure('spend * share'));
    await publishNew('sum', figure('part + score'));
    await lookAt();
    expect(await valuesIn(db, 'grade', [0, 1, 2])).toEqual(['big', 'small', null]);
    expect(await valuesIn(db, 'part', [0, 1, 2])).toEqual([2.5, null, 0.75]);
    expect(await valuesIn(db, 'sum', [0, 1, 2])).toEqual([3.25, null, null]);
    await know({ 1: { score: 0.7004, spend: 0 } });
    await lookAt([0]);
    expect(await valuesIn(db, 'grade', [0, 1, 2])).toEqual(['big', 'big', null]);
    expect(await valuesIn(db, 'sum', [0, 1])).toEqual([3.25, 0.7004]);
  });
  test('stay as fine as the tag is when the rule grows coarser', async () => {
    await someTags(db, { spend: 'number' });
    await know({ 0: { spend: 10 } });
    await publishNew('part', figure('spend * share'));
    await lookAt();
    await publishNew('part', figure('spend'));
    await lookAt();
    expect(await valuesIn(db, 'part', [0])).toEqual([10]);
  });
});

describe('a derivation that is retired', () => {
  const act = (how: typeof retire, name = 'grade') => inTx((ctx) => how(ctx, { tag: name, reason: '不再用' }));
  const state = async () => (await listDerivations(db, undefined)).find((d) => d.tag === 'grade')?.state;
  test('makes nothing more, keeps what it made, hides its tag, and follows its inputs again when it is taken up', async () => {
    await someTags(db, { spend: 'number' });
    await know({ 0: { spend: 5_000 }, 1: { spend: 1 } });
    await publishNew('grade', grade);
    await lookAt();
    const before = await valuesIn(db, 'grade', [0, 1]);
    await act(retire);
    await know({ 1: { spend: 5_000 } });
    await lookAt();
    expect([await state(), await valuesIn(db, 'grade', [0, 1])]).toEqual(['retired', before]);
    expect((await tagsShown()).get('grade')).toMatchObject({ hidden: true, refresh: expect.stringContaining('停用') });
    expect((await refused(publishNew('other', { ...grade, table: [{ when: 'grade == "big"', value: 'big' }] }))).code).toBe('derivation.mistaken'); // biome-ignore format: one line
    expect((await refused(act(retire))).code).toBe('derivation.retired');
    expect((await refused(publishNew('grade', { ...grade, otherwise: null }))).code).toBe('derivation.retired');
    await act(reinstate);
    expect(await state()).toBe('due');
    await lookAt();
    expect(await valuesIn(db, 'grade', [0, 1])).toEqual([before[0], before[0]]);
    expect((await tagsShown()).get('grade')).toMatchObject({ hidden: false });
    expect((await refused(act(reinstate))).code).toBe('derivation.not-retired');
  });
  test('may not be while others are made of it', async () => {
    await someTags(db, { spend: 'number' });
    await know({ 0: { spend: 5_000 } });
    await publishNew('grade', grade);
    await lookAt();
    await publishNew('upper', { ...grade, table: [{ when: 'grade == "big"', value: 'big' }] });
    expect((await listDerivations(db, 'grade')).map((d) => d.tag)).toEqual(['upper']);
    expect(await refused(act(retire))).toMatchObject({ code: 'derivation.used', details: { by: 'upper' } });
    await act(retire, 'upper');
    await act(retire);
    expect((await refused(act(reinstate, 'upper'))).code).toBe('derivation.mistaken');
    expect((await refused(act(retire, 'nowhere'))).code).toBe('thing.not-found');
  });
});

describe('the standard tables', () => {
  test('say which tags they wait for, run when those are there, and never take a tag that somebody else writes', async () => {
    await inTx(ensureStandard);
    await someTags(db, { 'tier.credit': 'oneOf' });
    await know({ 0: { 'tier.credit': '高' } });
    await lookAt();
    const states = async () =>
      Object.fromEntries((await listDerivations(db, undefined)).map((d) => [d.tag, [d.state, d.missing.join(' ')]]));
    expect(await states()).toMatchObject({ 'tier.contribution': ['waiting', 'own arpu'], 'tier.service': ['mistaken', ''] });
    await someTags(db, { arpu: 'number', credit: 'number', 'balance.amount': 'number' });
    await know({ 0: { own: true, arpu: 20_000, credit: 700, 'balance.amount': 5 }, 1: { own: true, arpu: 6_000 }, 2: { own: true }, 3: { own: false, arpu: 9_000 } }, 'glasshouse'); // biome-ignore format: one line
    await lookAt();
    expect(await valuesIn(db, 'tier.contribution', [0, 1, 2, 3])).toEqual(['high', 'middle', null, null]);
    expect(await states()).toMatchObject({ 'tier.contribution': ['current', ''], 'tier.credit': ['taken', ''] });
    expect(await valuesIn(db, 'tier.credit', [0])).toEqual(['高']);
  });
});

test('pushes in any order leave what one look at everything leaves', async () => {
  const push = fc.record({
    ordinal: fc.constantFrom(...PEOPLE),
    spend: fc.constantFrom(null, 0, 99, 100, 5_000),
    vip: fc.constantFrom(null, true, false),
  });
  await someTags(db, { spend: 'number', vip: 'flag' });
  const table = [{ when: 'vip && spend > 0', value: 'big' }, { when: 'spend >= 100', value: null }, { when: '!vip', value: 'small' }]; // biome-ignore format: one line
  const plain = (vip: boolean | null, spend: number | null): string | null => {
    const first = vip === false || (spend !== null && spend <= 0) ? false : vip === null || spend === null ? null : true;
    if (first !== false) return first === null ? null : 'big';
    if (spend === null) return null;
    if (spend >= 100) return null;
    return vip === null ? null : vip ? 'big' : 'small';
  };
  await publishNew('grade', { ...grade, table, otherwise: 'big' });
  await lookAt();
  const now = new Map<number, { spend: number | null; vip: boolean | null }>();
  await fc.assert(
    fc.asyncProperty(fc.array(push, { minLength: 1, maxLength: 5 }), async (pushes) => {
      for (const { ordinal, ...of } of pushes) {
        await know({ [ordinal]: of });
        now.set(ordinal, of);
        await lookAt([Math.floor(ordinal / BLOCK)]);
      }
      expect(await valuesOf('grade')).toEqual(PEOPLE.map((o) => plain(now.get(o)?.vip ?? null, now.get(o)?.spend ?? null)));
    }),
    { numRuns: 8 * Number(process.env.RUNS ?? 1) },
  );
});
