import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { openEngine } from '../server/modules/audience/engine.ts';
import type { Engine, Plan } from '../server/modules/audience/plan.ts';
import { openDb } from '../server/platform/db.ts';
import { makeLog } from '../server/platform/log.ts';
import { type Layout, layoutOf, type Made, tableSql, tagsOf } from './audience-data.ts';
import { type Asked, definitions, whereOf } from './audience-definitions.ts';
import { memorySpeed } from './audience-memory.ts';
import { countPlainly } from './audience-plain.ts';
import { type Crowd, type More, type Peer, reportOf, type Timed } from './audience-report.ts';
import type { Cores } from './lib/cores.ts';
import { summary } from './lib/histogram.ts';
import { say } from './lib/log.ts';
import type { Options } from './lib/options.ts';
import type { Report } from './lib/report.ts';
import { openLoop } from './lib/schedule.ts';
import { median } from './lib/stats.ts';
import { openStore, type Store } from './lib/store.ts';
import { openDuckdb } from './peers/duckdb.ts';

/**
 * How fast is everybody counted whom a definition means? 672 tags and 12 scores, filled into `tag.block` as they are stored; one engine, as the program
 * has it, over PostgreSQL with its usual settings; 2,000 definitions, none asked twice, and 20 of them beside DuckDB.
 */

const FULL = 67_000_000;
const QUICK = 5_000_000;
const ASKED = 2_000;
const WARMING = 100;
const THREADS = 2;
const ROUNDS = 3;
const PEER_DEFINITIONS = 20;
const ANALYSTS = 20;
const EVERY_MS = 300;

interface Bench {
  readonly options: Options;
  readonly layout: Layout;
  readonly tags: readonly Made[];
  readonly store: Store;
  readonly problems: string[];
}

const seconds = (since: number): number => (performance.now() - since) / 1_000;
const MB = 1 << 20;

/** Every block into the store, by threads that share the tags. */
async function fill({ options, layout, tags, store }: Bench): Promise<string> {
  const db = await store.tables('audience');
  for (const t of tags)
    await db.query('', 'insert into tag.tag (id, name, kind, source, made_at) values ($1, $2, $3, $4, 0) on conflict do nothing', [
      t.tag,
      t.name,
      t.kind,
      t.group === 'score' ? 'model' : 'bench',
    ]);
  await db.query(
    '',
    'insert into tag.value (tag, code, value) select t, c, c::text from unnest($1::int[], $2::int[]) u(t, n), generate_series(1, n) c on conflict do nothing',
    [tags.filter((t) => t.kind === 'oneOf').map((t) => t.tag), tags.filter((t) => t.kind === 'oneOf').map((t) => t.values)],
  );
  let done = 0;
  const threads = Array.from({ length: THREADS }, (_, part) => {
    const workerData = { url: db.url, size: layout.size, seed: options.seed, part, parts: THREADS };
    const worker = new Worker(new URL('./audience-fill.ts', import.meta.url), { workerData });
    worker.on('message', () => {
      if (++done % 100 === 0) say(`${done} of ${tags.length} tags are in the store`);
    });
    return once(worker, 'exit');
  });
  await Promise.all(threads);
  await db.query('', "insert into tag.batch (at, source, actor, customers, tags, blocks) values (0, 'bench', 'bench', $1, '{}', '{}')", [
    layout.size,
  ]);
  await db.query('', 'vacuum analyze tag.block');
  await store.settle();
  return db.url;
}

/** One question after the other, as one analyst asks. */
async function timed(engine: Engine, list: readonly Asked[], problems: string[]): Promise<Timed[]> {
  const out: Timed[] = [];
  for (const asked of list) {
    const begin = performance.now();
    const { count, funnel } = await engine.count(asked.plan);
    out.push({ asked, ms: performance.now() - begin, count });
    if (funnel.at(-1) !== count || funnel.some((n, i) => i > 0 && n > (funnel[i - 1] as number)))
      problems.push(`a funnel that does not narrow: ${funnel}`);
  }
  return out;
}

interface Started {
  readonly engine: Engine;
  readonly first: number;
  readonly warm: number;
}

/** From nothing in memory to the first answer, and until everything is warm. */
async function start(bench: Bench, engine: Engine): Promise<Started> {
  const begin = performance.now();
  const [asked] = definitions(bench.tags, bench.options.seed + 1, 1);
  await engine.count((asked as Asked).plan);
  const first = seconds(begin);
  for (;;) {
    const { warm, tags } = engine.readiness();
    if (tags > 0 && warm === tags) break;
    await sleep(50);
  }
  const warm = seconds(begin);
  const { bytes, budget, tags } = engine.readiness();
  say(
    `first answer after ${first.toFixed(1)} s, ${tags} tags warm after ${warm.toFixed(1)} s, ${(bytes / MB).toFixed(0)} of ${(budget / MB).toFixed(0)} MB`,
  );
  if (tags < bench.tags.filter((t) => t.group !== 'score').length) bench.problems.push(`only ${tags} tags are warm`);
  return { engine, first, warm };
}

/** Twenty analysts who change a definition every 300 ms: how long each waits, and how late the program's clock is meanwhile beside an idle one. */
async function analysts(engine: Engine, bench: Bench): Promise<Crowd> {
  const rate = (ANALYSTS * 1_000) / EVERY_MS;
  const list = definitions(bench.tags, bench.options.seed + 2, Math.round(rate * (bench.options.quick ? 3 : 15)));
  const idle = fork(fileURLToPath(new URL('./audience-idle.ts', import.meta.url)), { execArgv: [] });
  await sleep(500);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  idle.send('begin');
  delay.enable();
  const { latency, failed, why } = await openLoop({ rate, total: list.length, send: (i) => engine.count((list[i] as Asked).plan) });
  delay.disable();
  idle.send('end');
  const [idleMs] = (await once(idle, 'message')) as [number];
  if (failed > 0) bench.problems.push(`${failed} questions of the analysts failed: ${why}`);
  const { p50, p99 } = summary(latency);
  return { p50, p99, loop: delay.percentile(99.9) / 1e6, idle: idleMs, rate };
}

/** Portraits over a set of about 10 million (the same share of fewer), the ids of 15 million, and each score for the first time. */
async function others(engine: Engine, { layout, tags, problems }: Bench): Promise<More> {
  const nearest = (share: number): Plan => {
    const flag = tags
      .filter((t) => t.group === 'dense')
      .toSorted((a, b) => Math.abs(a.below / 2 ** 32 - share) - Math.abs(b.below / 2 ** 32 - share))[0];
    return { op: 'flag', tag: (flag as Made).tag, side: 'yes' };
  };
  const took = async (fn: () => Promise<unknown>): Promise<number> => {
    const begin = performance.now();
    await fn();
    return performance.now() - begin;
  };
  const ten = nearest(10 / 67);
  const shown = [
    ...tags.filter((t) => t.group === 'dense').slice(0, 2),
    ...tags.filter((t) => t.kind === 'oneOf' && t.group !== 'few'),
    ...tags.filter((t) => t.group === 'few').slice(0, 4),
    ...tags.filter((t) => t.group === 'number').slice(0, 8),
  ];
  await engine.distribution(ten, (shown[0] as Made).tag);
  const portrait: number[] = [];
  for (const t of shown) portrait.push(await took(() => engine.distribution(ten, t.tag)));
  const many = nearest(15.5 / 67);
  const wanted = Math.min(Math.round((layout.size * 15) / 67), (await engine.count(many)).count);
  const materialise: number[] = [];
  for (let n = 0; n < ROUNDS; n++)
    materialise.push(
      await took(async () => {
        const ids = await engine.members(many, wanted);
        if (ids.length !== wanted || (ids[ids.length - 1] as number) >= layout.size)
          problems.push(`${ids.length} ids instead of ${wanted}`);
      }),
    );
  const score: number[] = [];
  for (const t of tags.filter((x) => x.group === 'score'))
    score.push(await took(() => engine.count({ op: 'and', of: [ten, { op: 'range', tag: t.tag, from: 128, to: null, side: 'in' }] })));
  return { portrait, materialise, score };
}

/** The same rows in DuckDB, made by its own SQL, and twenty definitions in turns. */
async function beside(engine: Engine, bench: Bench): Promise<Peer> {
  const { layout, options, problems } = bench;
  const of = (group: Made['group'], n: number) => bench.tags.filter((t) => t.group === group).slice(0, n);
  const columns = [
    ...of('dense', 16),
    ...of('rare', 6),
    ...of('own', 4),
    ...of('few', 6),
    ...of('many', 3),
    ...of('place', 1),
    ...of('number', 4),
  ];
  const list = definitions(columns, options.seed + 3, PEER_DEFINITIONS);
  const duckdb = await openDuckdb({ threads: THREADS, memory: '8GB' });
  try {
    const begin = performance.now();
    await duckdb.run(`create table everyone as ${tableSql(columns, layout)}`);
    const table = seconds(begin);
    say(`DuckDB ${duckdb.version} made the same ${columns.length} columns in ${table.toFixed(0)} s`);
    const name = new Map(columns.map((c) => [c.tag, c.name]));
    const turns = list.map(() => ({ engine: [] as number[], duckdb: [] as number[] }));
    for (let round = 0; round < ROUNDS; round++)
      for (const [i, { plan }] of list.entries()) {
        const turn = turns[i] as (typeof turns)[number];
        let from = performance.now();
        const { count } = await engine.count(plan);
        turn.engine.push(performance.now() - from);
        from = performance.now();
        const [[found] = []] = await duckdb.rows(`select count(*) from everyone where ${whereOf(plan, (t) => name.get(t) as string)}`);
        turn.duckdb.push(performance.now() - from);
        if (Number(found) !== count) problems.push(`DuckDB counts ${found}, the engine ${count}: ${JSON.stringify(plan)}`);
      }
    return {
      table,
      ratios: turns.map((t) => median(t.duckdb) / median(t.engine)),
      engine: turns.map((t) => median(t.engine)),
      duckdb: turns.map((t) => median(t.duckdb)),
    };
  } finally {
    duckdb.close();
  }
}

/** Some answers against a plain loop over values that are made anew. */
function checkPlainly(answers: readonly Timed[], { tags, layout, options, problems }: Bench): number {
  const some = answers.filter((t) => t.asked.conditions <= 6).slice(0, options.quick ? 12 : 8);
  for (const { asked, count } of some) {
    const plain = countPlainly(asked.plan, tags, layout);
    if (plain !== count) problems.push(`a plain loop counts ${plain}, the engine ${count}: ${JSON.stringify(asked.plan)}`);
  }
  return some.length;
}

export async function audience(options: Options, cores: Cores): Promise<Omit<Report, 'cores' | 'coresAsked'>> {
  const layout = layoutOf(options.size ?? (options.quick ? QUICK : FULL));
  const tags = tagsOf(options.seed);
  const store = await openStore();
  const bench: Bench = { options, layout, tags, store, problems: [] };
  try {
    const begin = performance.now();
    const url = await fill(bench);
    const filled = seconds(begin);
    say(`${layout.size} customers with ${tags.length} tags are in the store after ${filled.toFixed(0)} s`);
    await cores.ask();
    const speeds = [await memorySpeed(THREADS)];
    const own = openDb(url, 4);
    const engine = openEngine({ db: own, log: makeLog('warn') });
    try {
      const { first, warm } = await start(bench, engine);
      const all = definitions(tags, options.seed, ASKED + WARMING);
      await timed(engine, all.slice(ASKED), bench.problems);
      const answers = await timed(engine, all.slice(0, ASKED), bench.problems);
      say(`${ASKED} definitions asked`);
      await cores.ask();
      speeds.push(await memorySpeed(THREADS));
      const more = await others(engine, bench);
      const crowd = await analysts(engine, bench);
      const resident = process.memoryUsage().rss / 2 ** 30;
      await cores.ask();
      const plain = checkPlainly(answers, bench);
      say(`${plain} answers compared with a plain loop`);
      const peer = await beside(engine, bench);
      return reportOf(
        { layout, problems: bench.problems },
        { answers, more, crowd, resident, peer, first, warm, filled, speed: median(speeds) },
      );
    } finally {
      await engine.close();
      await own.close();
    }
  } finally {
    await store.stop();
  }
}
