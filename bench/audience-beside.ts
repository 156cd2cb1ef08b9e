import type { Engine } from '../server/modules/audience/plan.ts';
import { type Made, tableSql } from './audience-data.ts';
import { definitions, whereOf } from './audience-definitions.ts';
import type { Peer } from './audience-report.ts';
import { type Bench, ROUNDS, THREADS } from './audience-setup.ts';
import { say } from './lib/log.ts';
import { median } from './lib/stats.ts';
import { openDuckdb } from './peers/duckdb.ts';

const DEFINITIONS = 20;

/**
 * The same rows in DuckDB, made by its own SQL, and twenty definitions, all of them of one and then of the other in each round, so that neither finds the
 * processor's caches full of the other's things. Both are asked the same: how many. The builder's question, which counts who is left after each line, is
 * asked of the engine besides.
 */
export async function beside(engine: Engine, bench: Bench): Promise<Peer> {
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
  const list = definitions(columns, options.seed + 3, DEFINITIONS);
  const duckdb = await openDuckdb({ threads: THREADS, memory: '8GB' });
  try {
    const begin = performance.now();
    await duckdb.run(`create table everyone as ${tableSql(columns, layout)}`);
    const table = (performance.now() - begin) / 1_000;
    say(`DuckDB ${duckdb.version} made the same ${columns.length} columns in ${table.toFixed(0)} s`);
    const name = new Map(columns.map((c) => [c.tag, c.name]));
    const turns = list.map(() => ({ engine: [] as number[], funnel: [] as number[], duckdb: [] as number[] }));
    const sizes: number[] = [];
    const took = async <T>(into: number[], ask: () => Promise<T>): Promise<T> => {
      const from = performance.now();
      const answer = await ask();
      into.push(performance.now() - from);
      return answer;
    };
    const turn = (i: number) => turns[i] as (typeof turns)[number];
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, { plan }] of list.entries()) sizes[i] = await took(turn(i).engine, () => engine.size(plan));
      for (const [i, { plan }] of list.entries()) {
        const { count } = await took(turn(i).funnel, () => engine.count(plan));
        if (count !== sizes[i]) problems.push(`the engine counts ${sizes[i]}, with a funnel ${count}: ${JSON.stringify(plan)}`);
      }
      for (const [i, { plan }] of list.entries()) {
        const where = whereOf(plan, (t) => name.get(t) as string);
        const [[found] = []] = await took(turn(i).duckdb, () => duckdb.rows(`select count(*) from everyone where ${where}`));
        if (Number(found) !== sizes[i]) problems.push(`DuckDB counts ${found}, the engine ${sizes[i]}: ${JSON.stringify(plan)}`);
      }
    }
    return {
      table,
      ratios: turns.map((t) => median(t.duckdb) / median(t.engine)),
      funnelRatios: turns.map((t) => median(t.duckdb) / median(t.funnel)),
      engine: turns.map((t) => median(t.engine)),
      funnel: turns.map((t) => median(t.funnel)),
      duckdb: turns.map((t) => median(t.duckdb)),
    };
  } finally {
    duckdb.close();
  }
}
