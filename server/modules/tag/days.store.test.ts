import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Db } from '#platform/db';
import { orThrow } from '#platform/result';
import { freshDb } from '../../../test/database.ts';
import { type Changing, changeTags } from './change.ts';
import { closeDay, markTag } from './closing.ts';
import { closeBlock, merge, noCells, openBlock, putCode, setBit } from './codes.ts';
import type { TagKind, TagValue } from './contract.ts';
import { daysOf } from './days.ts';
import { inTx, someTags, valuesIn } from './fixtures.ts';
import { bringInForce, stage, versionsOf } from './load.ts';
import { BITMAP_BYTES, BLOCK } from './model.ts';
import { tag } from './module.ts';
import * as store from './store.ts';
import { recount } from './tally.ts';

let db: Db;
beforeAll(async () => {
  db = await freshDb([tag]);
});
afterAll(() => db.close());

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 10, 22, 4); // in Shanghai
const ZONE = 'Asia/Shanghai';
const KINDS: Readonly<Record<string, TagKind>> = { vip: 'flag', fee: 'number' };
const PLACES = [0, 1, 2, BLOCK - 1, BLOCK, BLOCK + 9];

beforeEach(async () => {
  await db.query('', 'delete from tag.tag where id > 4');
  await db.query('', 'truncate tag.block, tag.tally, tag.closed, tag.stood, tag.day, tag.mark, tag.batch');
  await db.query('', 'update tag.tag set batch = 0');
  await someTags(db, KINDS);
});

const idOf = async (name: string) => (await store.tagByName(db, name))?.id as number;
const push = (tags: Changing['tags'], ...ordinals: number[]) =>
  inTx(db, (ctx) => changeTags(ctx, { source: 'warehouse', changes: ordinals.map((ordinal, place) => ({ place, ordinal, tags })) }));
const mark = (name: string) => inTx(db, (ctx) => markTag(ctx, { tag: name, kind: 'edited', said: { zh: '放宽', en: 'wider' } }));
const today = async (name: string, now = NOON) => orThrow(await daysOf(db, name, { zone: ZONE, now }));

/** A load: what a file says of some customers of a flag or of a number without decimals, who joins and who leaves. */
async function load(
  name: string,
  codes: Readonly<Record<number, number>>,
  moves: { joined?: number[]; left?: number[] } = {},
): Promise<void> {
  const [id, kind] = [await idOf(name), KINDS[name] as TagKind];
  const scale = (await store.tagByName(db, name))?.scale ?? 0;
  const loading = randomUUID();
  const bits = (block: number, of: readonly number[]) => {
    const out = Buffer.alloc(BITMAP_BYTES);
    for (const o of of) if (Math.floor(o / BLOCK) === block) setBit(out, o % BLOCK);
    return out;
  };
  for (const block of [0, 1]) {
    const mine = Object.entries(codes).filter(([o]) => Math.floor(Number(o) / BLOCK) === block);
    if (mine.length === 0) continue;
    const [was] = await versionsOf(db, [id], [block]);
    const [into, from, changed] = [openBlock(kind, was), noCells(kind), Buffer.alloc(BITMAP_BYTES)];
    for (const [o, code] of mine) putCode(from, Number(o) % BLOCK, kind === 'number' ? code * 10 ** scale : code);
    merge(into, from, bits(block, mine.map(([o]) => Number(o))), changed); // biome-ignore format: one line
    const made = closeBlock(id, block, into);
    const none = { tag: id, block, base: 0, width: 1 as const, known: null, body: null };
    await stage(db, loading, [{ ...none, ...made, scale, mask: was ? changed : null, was: was?.was ?? null }]);
  }
  const { joined = [], left = [] } = moves;
  const at = [0, 1].map((block) => ({ block, joined: bits(block, joined), left: bits(block, left) }));
  const done = { id: loading, source: 'warehouse', customers: 1, names: [name], moves: at, speaksOf: null };
  await inTx(db, (ctx) => bringInForce(ctx, done));
}

const sumOf = (by: readonly { known: number; yes: number; sum: string | null }[]) => ({
  known: by.reduce((n, b) => n + b.known, 0),
  yes: by.reduce((n, b) => n + b.yes, 0),
  sum: by.reduce((n, b) => n + Math.round(Number(b.sum ?? 0) * 100), 0),
});

test('a day is closed once, with what moved each tag since the day before: a load, an edit, who joined, who left', async () => {
  await load('vip', { 0: 1, 1: 0 }, { joined: [0, 1] });
  expect(await closeDay(db, ZONE, NOON - DAY)).not.toBeNull();
  expect(await closeDay(db, ZONE, NOON - DAY)).toBeNull();
  expect((await today('vip')).items[1]).toMatchObject({ day: '2026-11-20', known: 2, yes: 1, since: null, change: null, causes: [] });

  await push({ vip: true }, 1);
  await mark('vip');
  await push({ vip: false }, 0);
  await load('vip', { 2: 1 }, { joined: [2], left: [1] });
  await recount(db);
  const causes = [
    { kind: 'moved', by: { known: 0, yes: 1 }, batches: { count: 1, source: 'warehouse' } },
    { kind: 'edited', by: { known: 0, yes: -1 }, said: { en: 'wider' }, batches: { count: 2 } },
    { kind: 'joined', by: { known: 1, yes: 1 }, people: 1 },
    { kind: 'left', by: { known: -1, yes: -1 }, people: 1 },
  ];
  const [open] = (await today('vip', NOON - DAY)).items;
  expect(open).toMatchObject({ day: '2026-11-21', closedAt: null, since: '2026-11-20', known: 2, yes: 1, causes });
  expect((await today('everyone')).items[0]?.causes).toMatchObject([{ kind: 'joined', by: { yes: 1 } }, { kind: 'left', by: { yes: -1 } }]); // biome-ignore format: one line

  await closeDay(db, ZONE, NOON);
  const { items } = await today('vip');
  expect(items.map((d) => [d.day, d.change])).toEqual([
    ['2026-11-22', { known: 0, yes: 0, sum: null }],
    ['2026-11-21', { known: 0, yes: 0, sum: null }],
    ['2026-11-20', null],
  ]);
  expect(items[0]?.causes).toEqual([]);
  expect(items[1]).toMatchObject({ closedAt: expect.any(String), causes });
});

test('a tag that is renewed each day and was not is late, and who never came has no days', async () => {
  await db.query('', `update tag.tag set refresh = '每日', loaded_at = $1 where name = 'fee'`, [NOON - 5 * DAY]);
  expect((await today('fee')).late).toEqual({ since: '2026-11-19' });
  expect((await today('vip')).late).toBeNull();
  expect(await daysOf(db, 'nobody', { zone: ZONE, now: NOON })).toMatchObject({ code: 'thing.not-found' });
});

type Step =
  | { act: 'push'; name: string; value: TagValue; ordinals: number[] }
  | { act: 'load'; name: string; code: number; ordinals: number[]; joined: number[]; left: number[] }
  | { act: 'mark'; name: string }
  | { act: 'count' };

test('over any loads, pushes, joinings and leavings the causes add up to the difference, and joining and leaving have their own part', async () => {
  const some = fc.subarray(PLACES, { minLength: 1 });
  const value: Record<string, TagValue[]> = { vip: [true, false, null], fee: [3, -7, 2.5, null] };
  const name = fc.constantFrom('vip', 'fee');
  const step: fc.Arbitrary<Step> = fc.oneof(
    name.chain((n) => fc.record({ act: fc.constant('push' as const), name: fc.constant(n), value: fc.constantFrom(...(value[n] as TagValue[])), ordinals: some })), // biome-ignore format: one line
    fc.record({ act: fc.constant('load' as const), name, code: fc.constantFrom(0, 1, Number.NaN), ordinals: some, joined: fc.subarray(PLACES), left: fc.subarray(PLACES) }), // biome-ignore format: one line
    fc.record({ act: fc.constant('mark' as const), name }),
    fc.constant({ act: 'count' as const }),
  );
  const act = async (s: Step) => {
    if (s.act === 'push') await push({ [s.name]: s.value }, ...s.ordinals);
    else if (s.act === 'mark') await mark(s.name);
    else if (s.act === 'count') await recount(db);
    else {
      const codes = Object.fromEntries(s.ordinals.map((o) => [o, s.code]));
      await load(s.name, codes, { joined: s.joined, left: s.left.filter((o) => !s.joined.includes(o)) });
    }
  };
  let day = 0;
  const inside = async () => new Set((await valuesIn(db, 'everyone', PLACES)).flatMap((v, i) => (v === true ? [PLACES[i] as number] : [])));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 3 }), fc.array(step, { maxLength: 6 }), async (yesterday, now) => {
      for (const s of yesterday) await act(s);
      await closeDay(db, ZONE, NOON + DAY * ++day);
      const before = await inside();
      for (const s of now) await act(s);
      await recount(db);
      const after = await inside();
      for (const [tagName, kind] of Object.entries(KINDS)) {
        const values = new Map((await valuesIn(db, tagName, PLACES)).map((v, i) => [PLACES[i] as number, v]));
        const { items } = await today(tagName, NOON + DAY * day);
        const open = items[0];
        const known = [...after].filter((o) => values.get(o) !== null).length;
        expect(open?.known).toBe(known);
        if (open?.change === null || open === undefined) continue;
        expect(sumOf(open.causes.map((c) => c.by))).toEqual(sumOf([open.change]));
        const came = [...after].filter((o) => !before.has(o) && values.get(o) !== null);
        const joined = open.causes.filter((c) => c.kind === 'joined').map((c) => c.by);
        expect(sumOf(joined).known).toBe(came.length);
        if (kind === 'number') expect(sumOf(joined).sum).toBe(came.reduce((n, o) => n + Math.round((values.get(o) as number) * 100), 0));
        const marked = now.some((s) => s.act === 'mark');
        if (!marked) expect(open.causes.map((c) => c.kind)).not.toContain('unattributed');
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 12), interruptAfterTimeLimit: 100_000 },
  );
});
