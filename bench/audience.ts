import { setTimeout as sleep } from 'node:timers/promises';
import { openEngine } from '../server/modules/audience/engine.ts';
import type { Engine, Plan } from '../server/modules/audience/plan.ts';
import { openDb } from '../server/platform/db.ts';
import { openLive } from '../server/platform/live.ts';
import { makeLog } from '../server/platform/log.ts';
import { analysts } from './audience-analysts.ts';
import { beside } from './audience-beside.ts';
import { changedBeside } from './audience-change.ts';
import { layoutOf, type Made, tagsOf } from './audience-data.ts';
import { type Asked, definitions } from './audience-definitions.ts';
import { memorySpeed } from './audience-memory.ts';
import { countPlainly } from './audience-plain.ts';
import { type More, reportOf, type Timed } from './audience-report.ts';
import { type Bench, fill, ROUNDS, THREADS } from './audience-setup.ts';
import type { Cores } from './lib/cores.ts';
import { say } from './lib/log.ts';
import type { Options } from './lib/options.ts';
import type { Report } from './lib/report.ts';
import { median } from './lib/stats.ts';
import { openStore } from './lib/store.ts';

/**
 * How fast is everybody counted whom a definition means? 672 tags and 12 scores, filled into `tag.block` as they are stored; one engine, as the program
 * has it, over PostgreSQL with its usual settings; 2,000 definitions, none asked twice, and 20 of them beside DuckDB.
 */

const FULL = 67_000_000;
const QUICK = 5_000_000;
const ASKED = 2_000;
const WARMING = 100;

const seconds = (since: number): number => (performance.now() - since) / 1_000;
const MB = 1 << 20;

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
    const log = makeLog('warn');
    const live = await openLive(url, log);
    const engine = openEngine({ db: own, log, live });
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
      const changed = await changedBeside({ engine, db: own, live, log }, bench);
      return reportOf(
        { layout, problems: bench.problems },
        { answers, more, crowd, resident, peer, changed, first, warm, filled, speed: median(speeds) },
      );
    } finally {
      await engine.close();
      await live.close();
      await own.close();
    }
  } finally {
    await store.stop();
  }
}
