import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeLog } from '#platform/log';
import { Refused } from '#platform/result';
import { freshDb } from '../../../test/database.ts';
import { BLOCK } from '../tag/model.ts';
import { tag as tagModule } from '../tag/module.ts';
import { blockOf, type Column, funnelOf, type Population, plainly, plans, populationOf, seeded, sizeOf, TAGS } from './engine.fixture.ts';
import { type EngineOptions, openEngine } from './engine.ts';
import type { Engine, Plan } from './plan.ts';

/** The threads that were started, so that one can be killed. */
const threads = vi.hoisted((): Worker[] => []);
vi.mock('node:worker_threads', async (original) => {
  const real = await original<typeof import('node:worker_threads')>();
  const started = (...args: ConstructorParameters<typeof Worker>) => {
    const thread = new real.Worker(...args);
    threads.push(thread);
    return thread;
  };
  return {
    ...real,
    Worker: function Started(...args: ConstructorParameters<typeof Worker>) {
      return started(...args);
    },
  };
});

const RUNS = Number(process.env.RUNS ?? 1);
const db = await freshDb([tagModule]);
afterAll(() => db.close());
let engine: Engine | undefined;
beforeEach(() => db.query('', 'truncate tag.batch, tag.block; delete from tag.tag where id > 1'));
afterEach(() => engine?.close());

async function save(population: Population): Promise<void> {
  for (const { tag, kind } of population.columns.values())
    await db.query('', 'insert into tag.tag (id, name, kind, made_at) values ($1, $2, $3, 0) on conflict do nothing', [
      tag,
      `t${tag}`,
      kind,
    ]);
  await saveBlocks(
    population,
    TAGS,
    Array.from({ length: population.blocks }, (_, b) => b),
  );
}

const valuesIn = ({ columns }: Population, tag: number): Float64Array => (columns.get(tag) as Column).values;

/** Writes blocks as they are now, and their batch, under an id that was given before when there is one. */
async function saveBlocks({ columns }: Population, tags: readonly number[], blocks: readonly number[], id?: number): Promise<void> {
  const client = await db.pool.connect();
  await client.query('begin');
  for (const tag of tags)
    for (const b of blocks) {
      const block = blockOf(columns.get(tag) as Column, b);
      await client.query('delete from tag.block where tag = $1 and block = $2', [tag, b]);
      if (block)
        await client.query('insert into tag.block (tag, block, base, width, known, body) values ($1, $2, $3, $4, $5, $6)', [
          tag,
          b,
          block.base,
          block.width,
          block.known,
          block.body,
        ]);
    }
  await client.query(
    `insert into tag.batch (id, at, source, actor, customers, tags, blocks) overriding system value
     values (coalesce($3, nextval(pg_get_serial_sequence('tag.batch', 'id'))), 0, 'test', 'test', 1, $1, $2)`,
    [tags, blocks, id ?? null],
  );
  await client.query('commit');
  client.release();
}

/** Changes some customers' values in the population itself; answers what changed. */
function change(population: Population, seed: number): { tags: number[]; blocks: number[] } {
  const random = seeded(seed);
  const other = populationOf(seed, population.blocks);
  const tags = TAGS.filter(() => random() < 0.3);
  const blocks = [Math.floor(random() * population.blocks)];
  for (const tag of tags) {
    const [into, from] = [valuesIn(population, tag), valuesIn(other, tag)];
    for (const b of blocks) for (let i = 0; i < BLOCK; i++) if (random() < 0.4) into[b * BLOCK + i] = from[b * BLOCK + i] as number;
  }
  return { tags, blocks };
}

const open = (options: Partial<EngineOptions> = {}): Engine => {
  engine = openEngine({ db, log: makeLog('silent'), workers: 2, budgetMb: 64, ...options });
  return engine;
};

/** Hears and tells like `platform/live`, within this process. */
function aLive() {
  const hearers: ((payload: unknown) => void)[] = [];
  return {
    announce: (_topic: string, payload: unknown) => {
      for (const hear of hearers) hear(payload);
    },
    on: (_topic: string, hear: (payload: unknown) => void) => {
      hearers.push(hear);
      return () => undefined;
    },
    close: async () => undefined,
  };
}

async function agree(engine: Engine, plan: Plan, population: Population): Promise<void> {
  const set = plainly(plan, population);
  const funnel = plan.op === 'and' && plan.of.length === 0 ? [] : funnelOf(plan, population);
  expect([plan, await engine.count(plan)]).toEqual([plan, { count: sizeOf(set), funnel }]);
  expect([plan, await engine.size(plan)]).toEqual([plan, sizeOf(set)]);
  const members = Array.from(set.keys()).filter((o) => set[o] === 1);
  const limit = members.length % 3 === 0 ? members.length : Math.floor(members.length / 2);
  expect(
    Buffer.compare(
      Buffer.from((await engine.members(plan, limit)).slice().buffer),
      Buffer.from(Uint32Array.from(members.slice(0, limit)).buffer),
    ),
  ).toBe(0);
}

async function agreeOnTags(engine: Engine, plan: Plan, population: Population, tags: readonly number[]): Promise<void> {
  const set = plainly(plan, population);
  for (const tag of tags) {
    const { kind, values } = population.columns.get(tag) as { kind: string; values: Float64Array };
    const within = values.filter((_, o) => set[o] === 1);
    const unknown = within.filter(Number.isNaN).length;
    const found = await engine.distribution(plan, tag);
    expect(found.kind).toBe(kind);
    if (found.kind === 'flag')
      expect(found).toEqual({ kind, yes: within.filter((v) => v === 1).length, no: within.filter((v) => v === 0).length, unknown });
    else if (found.kind === 'oneOf') {
      const codes = Array.from({ length: found.codes.length }, () => 0);
      for (const v of within) codes[Number.isNaN(v) ? 0 : v] = (codes[Number.isNaN(v) ? 0 : v] as number) + 1;
      expect(found.codes).toEqual(codes);
    } else {
      expect(found.unknown).toBe(unknown);
      expect(found.bars.length).toBeLessThanOrEqual(26);
      for (const { from, to, count } of found.bars) expect(within.filter((v) => v >= from && v <= to).length).toBe(count);
      expect(found.bars.reduce((sum, b) => sum + b.count, 0)).toBe(within.length - unknown);
    }
  }
}

describe('the engine answers what a plain loop answers', () => {
  test(
    'about random people, before and after random batches',
    async () => {
      const live = aLive();
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.array(plans({ tops: 1 }), { minLength: 24, maxLength: 24 }), async (seed, many) => {
          await db.query('', 'truncate tag.batch, tag.block; delete from tag.tag where id > 1');
          const population = populationOf(seed, 4);
          await save(population);
          const engine = open({ live });
          for (const [i, plan] of many.entries()) {
            await agree(engine, plan, population);
            if (i % 6 === 5) {
              const { tags, blocks } = change(population, seed + i);
              await saveBlocks(population, tags, blocks);
              live.announce('tag.changed', { batch: 0 });
            }
          }
          await agreeOnTags(engine, many[0] as Plan, population, TAGS);
          for (const o of [0, 1, BLOCK, 4 * BLOCK - 1, 9 * BLOCK]) {
            const values = TAGS.map((t) => population.columns.get(t)?.values[o] ?? Number.NaN);
            const none = TAGS.map((t) => (population.columns.get(t)?.kind === 'oneOf' ? 0 : null));
            expect(await engine.valuesOf(o, TAGS)).toEqual(values.map((v, i) => (Number.isNaN(v) ? none[i] : v)));
          }
          await engine.close();
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    RUNS * 180_000,
  );

  test('in a memory too small for all tags, which come and go', async () => {
    const population = populationOf(7, 3);
    await save(population);
    const engine = open({ budgetMb: 16 });
    for (const plan of fc.sample(plans({ tops: 1 }), 20)) {
      try {
        await agree(engine, plan, population);
      } catch (e) {
        if (!(e instanceof Refused)) throw e;
        expect(e.refusal.code).toBe('audience.no-room');
      }
    }
    for (const tag of TAGS) await agreeOnTags(engine, { op: 'everyone' }, population, [tag]);
    const { bytes, budget } = engine.readiness();
    expect(bytes).toBeLessThanOrEqual(budget);
  });
});

describe('the engine', () => {
  test('finds a batch that nobody announced within about a second', async () => {
    const population = populationOf(3, 2);
    await save(population);
    const engine = open();
    await agree(engine, { op: 'flag', tag: 11, side: 'yes' }, population);
    valuesIn(population, 11).fill(1);
    await saveBlocks(population, [11], [0, 1]);
    await expect
      .poll(async () => (await engine.count({ op: 'flag', tag: 11, side: 'yes' })).count)
      .toBe(sizeOf(plainly({ op: 'everyone' }, population)));
  });

  test('sees a batch whose id was given before that of an earlier one', async () => {
    const population = populationOf(4, 2);
    await save(population);
    const live = aLive();
    const engine = open({ live });
    await agree(engine, { op: 'flag', tag: 12, side: 'yes' }, population);
    await db.query('', "select nextval(pg_get_serial_sequence('tag.batch', 'id'))");
    const [given] = await db.query<{ id: number }>('', "select currval(pg_get_serial_sequence('tag.batch', 'id')) id");
    await saveBlocks(population, [13], [0]);
    live.announce('tag.changed', {});
    await agree(engine, { op: 'flag', tag: 12, side: 'yes' }, population);
    valuesIn(population, 12).fill(1);
    await saveBlocks(population, [12], [0, 1], given?.id);
    live.announce('tag.changed', {});
    await agree(engine, { op: 'flag', tag: 12, side: 'yes' }, population);
  });

  test('counts a tag that was made after its start, and nobody for one that was never made', async () => {
    const population = populationOf(5, 2);
    await save(population);
    const engine = open();
    expect(await engine.count({ op: 'flag', tag: 77, side: 'yes' })).toEqual({ count: 0, funnel: [0] });
    await db.query('', "insert into tag.tag (id, name, kind, made_at) values (78, 'late', 'flag', 0)");
    await db.query('', 'insert into tag.block (tag, block, body) select 78, block, body from tag.block where tag = 1');
    const everyone = sizeOf(plainly({ op: 'everyone' }, population));
    expect((await engine.count({ op: 'flag', tag: 78, side: 'yes' })).count).toBe(everyone);
  });

  test('has nobody to count in an empty store', async () => {
    const engine = open();
    expect(await engine.count({ op: 'and', of: [] })).toEqual({ count: 0, funnel: [] });
    expect(await engine.members({ op: 'everyone' }, 10)).toHaveLength(0);
    expect(await engine.distribution({ op: 'everyone' }, 1)).toEqual({ kind: 'flag', yes: 0, no: 0, unknown: 0 });
  });

  test('says when everything is warm', async () => {
    await save(populationOf(6, 2));
    const engine = open();
    await expect.poll(() => engine.readiness()).toMatchObject({ warm: TAGS.length, tags: TAGS.length });
  });

  test('refuses what does not fit the tag, is nested too deep, or is too large', async () => {
    await save(populationOf(8, 1));
    const engine = open();
    const code = (plan: Plan) =>
      engine.count(plan).then(
        () => 'answered',
        (e: Refused) => e.refusal.code,
      );
    expect(await code({ op: 'range', tag: 11, from: 1, to: 2, side: 'in' })).toBe('audience.plan-of-other-kind');
    const flag: Plan = { op: 'flag', tag: 11, side: 'no' };
    const deep = Array.from({ length: 200 }).reduce<Plan>((p, _, i) => ({ op: i % 2 === 0 ? 'and' : 'or', of: [flag, p] }), flag);
    expect(await code(deep)).toBe('audience.too-large');
    expect(await code({ op: 'and', of: Array.from({ length: 5_000 }, () => flag) })).toBe('audience.too-large');
    expect(await code({ op: 'everyone' })).toBe('answered');
  });

  test('refuses a tag whose block is no block, and answers about the others', async () => {
    const population = populationOf(9, 1);
    await save(population);
    await db.query('', "update tag.block set body = body || '\\x00'::bytea where tag = 31");
    const engine = open();
    await expect(engine.count({ op: 'known', tag: 31 })).rejects.toMatchObject({ refusal: { code: 'audience.not-read' } });
    await agree(engine, { op: 'flag', tag: 11, side: 'yes' }, population);
  });

  test('reads on over a new connection when its own broke', async () => {
    const population = populationOf(10, 2);
    await save(population);
    const engine = open({ cold: () => true });
    await agree(engine, { op: 'flag', tag: 11, side: 'yes' }, population);
    await db.query('', "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'glasshouse audience'");
    await sleep(50);
    await agree(engine, { op: 'flag', tag: 12, side: 'yes' }, population);
  });

  test('gives up what nobody waits for, and answers the others', async () => {
    await save(populationOf(9, 2));
    const engine = open();
    const plan: Plan = { op: 'top', n: 1, by: 31, order: 'highest', of: { op: 'everyone' }, side: 'out' };
    await engine.count(plan);
    const leaving = new AbortController();
    const asked = engine.count(plan, leaving.signal);
    const other = engine.count(plan);
    leaving.abort();
    await expect(asked).rejects.toMatchObject({ refusal: { code: 'audience.given-up' } });
    expect((await other).count).toBeGreaterThan(0);
    await expect(engine.size(plan, leaving.signal)).rejects.toMatchObject({ refusal: { code: 'audience.given-up' } });
  });

  test('starts again when a thread dies, and answers what was asked meanwhile', async () => {
    const population = populationOf(10, 2);
    await save(population);
    const engine = open();
    await agree(engine, { op: 'flag', tag: 11, side: 'yes' }, population);
    const asked = Promise.all(Array.from({ length: 20 }, () => engine.count({ op: 'everyone' })));
    await threads.at(-1)?.terminate();
    expect((await asked)[0]?.count).toBe(sizeOf(plainly({ op: 'everyone' }, population)));
    for (const plan of fc.sample(plans({ tops: 1 }), 5)) await agree(engine, plan, population);
  });
});
