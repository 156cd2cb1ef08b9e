import { readFileSync } from 'node:fs';
import { standardFacts, standardRules } from '../server/modules/retention/standard.ts';
import { plusMonths, textOf } from '../server/modules/rule/day.ts';
import { understand } from '../server/modules/rule/language.ts';
import { compile, type Program } from '../server/modules/rule/program.ts';
import type { Swept } from '../server/modules/rule/sweep.ts';
import { openSweepers, type Sweepers } from '../server/modules/rule/sweepers.ts';
import { loop } from './baselines/rules-loop.ts';
import type { Cores } from './lib/cores.ts';
import { say } from './lib/log.ts';
import type { Options } from './lib/options.ts';
import { atMost, type Report } from './lib/report.ts';
import { median, spread } from './lib/stats.ts';
import { type Column, type Duckdb, openDuckdb } from './peers/duckdb.ts';
import { BLOCK, blockOf, type Facts, FLAG, KINDS, makeFacts, TODAY } from './rules-facts.ts';

/**
 * How long does a sweep of the seven churn rules over every own customer take, from facts in memory? In turns with DuckDB over the same facts, with one
 * thread instead of two, and with the rules written by hand in a plain loop. Every customer's answer is compared.
 */

const SIZES = { full: { customers: 27_000_000, rounds: 5 }, quick: { customers: 2_000_000, rounds: 5 } };
const THREADS = 2;
const SQL = readFileSync(new URL('./baselines/rules.sql', import.meta.url), 'utf8').replaceAll('$TODAY', textOf(TODAY));
const RULES = [0, 1, 2, 3, 4, 5, 6];

/** The standard rules as they are written for people, compiled. `evidence`: also the values of those who are hit. */
function program(evidence: 'with' | 'without'): Program {
  const facts = standardFacts();
  const [population, ...rules] = standardRules()
    .filter((r) => r.effect !== 'suppress')
    .map((r) => {
      const means = understand(r.when, facts, r.parameters);
      if ('reason' in means) throw new Error(`${r.id}: ${means.en}`);
      return { means, evidence: facts.filter((f) => evidence === 'with' && r.evidence.includes(f.name)) };
    });
  return compile({
    rules: rules.map((r) => r.means),
    population: population?.means ?? null,
    evidence: [...new Set(rules.flatMap((r) => r.evidence))],
    today: TODAY,
  });
}

interface Found {
  readonly seconds: number;
  readonly cpuMs: number;
  readonly customers: number;
  readonly yes: readonly number[];
  readonly known: readonly number[];
  readonly blocks: readonly Swept[];
}

/** One sweep over all blocks, by as many at a time as the threads take. */
async function sweep(facts: Facts, names: readonly string[], sweepers: Sweepers<Swept>): Promise<Found> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  const blocks: Swept[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < facts.blocks) {
      const block = next++;
      blocks[block] = await sweepers.sweep(names.map((name) => blockOf(facts, name, block)));
    }
  };
  await Promise.all(Array.from({ length: sweepers.width }, lane));
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const sum = (of: 'yes' | 'known') => RULES.map((r) => blocks.reduce((n, b) => n + (b[of][r] as number), 0));
  return {
    seconds,
    cpuMs: (user + system) / 1_000,
    customers: blocks.reduce((n, b) => n + b.customers, 0),
    yes: sum('yes'),
    known: sum('known'),
    blocks,
  };
}

const under = (name: string): string => name.replace('.', '_').replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** The same facts as a plain table: the codes as they lie, made values by SQL. */
async function fill(duckdb: Duckdb, facts: Facts): Promise<void> {
  const ordinals = Uint32Array.from({ length: facts.customers }, (_, i) => i);
  const types = { 1: 'utinyint', 2: 'usmallint', 4: 'uinteger' } as const;
  const columns: Column[] = [
    { name: 'ordinal', type: 'uinteger', values: ordinals, known: null },
    ...Object.entries(KINDS).map(
      ([name, { width }]): Column => ({ name: under(name), type: types[width], values: facts.codes.get(name) as Uint8Array, known: null }),
    ),
    { name: under(FLAG), type: 'boolean', values: bytesOf(facts.yes, facts.customers), known: facts.known },
  ];
  await duckdb.run(`create table raw (${columns.map((c) => `${c.name} ${c.type}`).join(', ')})`);
  await duckdb.append('raw', columns, facts.customers);
  const made = Object.entries(KINDS).map(([name, { base }]) => {
    const code = `nullif(${under(name)}, 0)::integer`;
    const value = base > 10_000 ? `date '1970-01-01' + (${code} + ${base - 1})` : `${code} + ${base - 1}`;
    return `${value} as ${under(name)}`;
  });
  await duckdb.run(`create table facts as select ordinal, ${[...made, under(FLAG)].join(', ')} from raw; drop table raw; checkpoint`);
}

const bytesOf = (bitmap: Uint8Array, n: number): Uint8Array =>
  Uint8Array.from({ length: n }, (_, i) => ((bitmap[i >> 3] as number) >> (i & 7)) & 1);

const COUNTS = `select count(*) filter (where looked), ${RULES.map((r) => `count(*) filter (where looked and r${r}), count(r${r}) filter (where looked)`).join(', ')} from (${SQL})`;
const MASK = RULES.map((r) => `coalesce(r${r}, false)::integer * ${1 << r}`).join(' + ');

/** Who is told otherwise by the sweep and by SQL, customer by customer. */
async function differences(duckdb: Duckdb, facts: Facts, { blocks }: Found): Promise<string[]> {
  const own = new Uint8Array(facts.blocks * BLOCK);
  for (const [b, s] of blocks.entries()) for (const [i, place] of s.hits.entries()) own[b * BLOCK + place] = s.masks[i] as number;
  let at = 0;
  let wrong = 0;
  let first = '';
  for await (const part of duckdb.column(`select case when looked then ${MASK} else 0 end::utinyint from (${SQL}) order by ordinal`))
    for (const mask of part as Uint8Array) {
      if (mask !== own[at] && wrong++ === 0) first = `customer ${at} has ${own[at]} and by SQL ${mask}`;
      at++;
    }
  if (at !== facts.customers) return [`SQL told of ${at} customers instead of ${facts.customers}`];
  return wrong === 0 ? [] : [`${wrong} customers differ: ${first}`];
}

export async function rules(options: Options, cores: Cores): Promise<Omit<Report, 'cores' | 'coresAsked'>> {
  const size = options.quick ? SIZES.quick : SIZES.full;
  const facts = makeFacts(size.customers, options.seed);
  say(`${size.customers} customers × ${Object.keys(KINDS).length + 1} facts made`);
  const duckdb = await openDuckdb({ threads: THREADS, memory: '8GB' });
  await fill(duckdb, facts);
  say(`DuckDB ${duckdb.version} has them`);
  const [plain, telling] = [program('without'), program('with')];
  const names = (p: Program) => p.columns.map((c) => c.name);
  const open = (p: Program, threads: number) => openSweepers<Swept>({ program: p, wanted: 127 }, threads);
  const both = open(plain, THREADS);
  const one = open(plain, 1);
  const evidence = open(telling, THREADS);
  const problems: string[] = [];
  const turns = {
    both: [] as Found[],
    one: [] as Found[],
    evidence: [] as Found[],
    duckdb: [] as number[],
    duckdbCpu: [] as number[],
    loop: [] as number[],
  };
  const until = plusMonths(TODAY, 3);
  const masks = new Uint8Array(size.customers);
  try {
    for (let n = 0; n <= size.rounds; n++) {
      const found = {
        both: await sweep(facts, names(plain), both),
        one: await sweep(facts, names(plain), one),
        evidence: await sweep(facts, names(telling), evidence),
      };
      let began = performance.now();
      const cpu = process.cpuUsage();
      const [counted] = await duckdb.rows(COUNTS);
      const seconds = (performance.now() - began) / 1_000;
      const { user, system } = process.cpuUsage(cpu);
      began = performance.now();
      const looped = loop(facts, until, masks);
      const loopSeconds = (performance.now() - began) / 1_000;
      problems.push(...disagreements(found.both, (counted ?? []).map(Number), looped));
      if (n === 0) continue; // compiles, and touches every page once
      turns.both.push(found.both);
      turns.one.push(found.one);
      turns.evidence.push(found.evidence);
      turns.duckdb.push(seconds);
      turns.duckdbCpu.push((user + system) / 1_000);
      turns.loop.push(loopSeconds);
    }
    await cores.ask();
    const last = turns.evidence.at(-1) as Found;
    say('every customer is compared with SQL');
    problems.push(...(await differences(duckdb, facts, last)));
    return reportOf(size, turns, last, [...new Set(problems)]);
  } finally {
    await Promise.all([both, one, evidence].map((s) => s.close()));
    duckdb.close();
  }
}

function disagreements(found: Found, [customers, ...sql]: readonly number[], looped: Float64Array): string[] {
  const own = RULES.flatMap((r) => [found.yes[r], found.known[r]]);
  const problems: string[] = [];
  if (found.customers !== customers || own.join() !== sql.join())
    problems.push(`sweep ${found.customers}, ${own} · SQL ${customers}, ${sql}`);
  if ([...looped].join() !== found.yes.join()) problems.push(`sweep ${found.yes} · loop ${[...looped]}`);
  return problems;
}

interface Turns {
  readonly both: readonly Found[];
  readonly one: readonly Found[];
  readonly evidence: readonly Found[];
  readonly duckdb: readonly number[];
  readonly duckdbCpu: readonly number[];
  readonly loop: readonly number[];
}

function reportOf(
  size: { customers: number; rounds: number },
  turns: Turns,
  last: Found,
  problems: readonly string[],
): Omit<Report, 'cores' | 'coresAsked'> {
  const seconds = (of: readonly Found[]) => of.map((f) => f.seconds);
  const millions = size.customers / 1e6;
  const hits = last.blocks.reduce((n, b) => n + b.hits.length, 0);
  const ofDuckdb = median(turns.duckdb.map((s, i) => s / (turns.both[i]?.seconds ?? s)));
  const ofLoop = median(turns.loop.map((s, i) => s / (turns.one[i]?.seconds ?? s)));
  return {
    rows: [
      ['sweep, two threads', spread(seconds(turns.both)), 's'],
      ['… with the values of those who are hit', spread(seconds(turns.evidence)), 's'],
      ['sweep, one thread', spread(seconds(turns.one)), 's'],
      ['rules by hand in a plain loop, one thread', spread(turns.loop), 's'],
      ['DuckDB, two threads, counts alone', spread(turns.duckdb), 's'],
      ['DuckDB ÷ sweep', ofDuckdb, '×'],
      ['plain loop ÷ sweep, one thread each', ofLoop, '×'],
      ['CPU, sweep', spread(turns.both.map((f) => f.cpuMs / millions)), 'ms per million'],
      ['CPU, DuckDB', spread(turns.duckdbCpu.map((ms) => ms / millions)), 'ms per million'],
      ['customers hit', hits, ''],
    ],
    ratios: { ofDuckdb, ofLoop },
    targets: { seconds: atMost(median(seconds(turns.both)), 1.5) },
    details: { size, hits, yes: last.yes, known: last.known, sweep: seconds(turns.both), duckdb: turns.duckdb, loop: turns.loop },
    problems,
  };
}
