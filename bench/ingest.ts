import { openDb } from '../server/platform/db.ts';
import { openVault } from '../server/platform/vault.ts';
import { readRemains, writeRemains } from './baselines/ingest.ts';
import type { Cores } from './lib/cores.ts';
import { cpuMs } from './lib/cpu.ts';
import { hotJourney } from './lib/hot.ts';
import { say } from './lib/log.ts';
import type { Options } from './lib/options.ts';
import { LINES, PRODUCERS, produce } from './lib/producers.ts';
import { profiled } from './lib/profile.ts';
import { atLeast, atMost, type Report, type Row } from './lib/report.ts';
import { addUp, type Server, startServer } from './lib/server.ts';
import { singles } from './lib/singles.ts';
import { spread } from './lib/stats.ts';
import { openStore, type Store, used } from './lib/store.ts';
import { differences, sampleOf, wrongTimelines } from './lib/truth.ts';
import { makeWorkload, type Workload } from './lib/workload.ts';

/**
 * How fast are events taken in, durable and folded? Six producers post 200 lines each of journeys that are all open at once, a tenth of the events
 * twice, a tenth after a later event of their journey. Beside it, in turns: the very rows that remain, written by themselves.
 */

const SIZES = {
  full: { journeys: 8_000, perJourney: 12, warmup: 8_000, rounds: 3, single: 5_000, hot: { events: 50_000, rate: 2_500, quiet: 10_000 } },
  quick: { journeys: 1_500, perJourney: 12, warmup: 3_000, rounds: 3, single: 1_200, hot: { events: 4_000, rate: 2_500, quiet: 1_600 } },
};

interface Round {
  readonly perSecond: number;
  readonly baseline: number;
  readonly ofBaseline: number;
  readonly serverCpuMs: number;
  readonly postgresCpuMs: number;
  readonly walBytes: number;
  readonly statements: number;
  readonly baselineWalBytes: number;
  readonly baselinePostgresCpuMs: number;
}

type Bench = { store: Store; server: Server; db: ReturnType<typeof openDb>; problems: string[] };

async function oneRound(b: Bench, baselineDb: ReturnType<typeof openDb>, w: Workload, prefix: string): Promise<Round> {
  const { store, server, db, problems } = b;
  const [last] = await db.query<{ id: number }>('', 'select coalesce(max(id), 0) id from tracking.event');
  await store.settle();
  const before = await store.counters();
  const cpu = cpuMs(server.pid);
  const { bodies, ms } = await produce(server.url, w.lines);
  const serverCpuMs = (cpuMs(server.pid) - cpu) / w.events;
  const after = await store.counters();
  problems.push(
    ...differences(prefix, { ...addUp(bodies) }, { accepted: w.events, duplicates: w.duplicates, conflicts: 0, rejectedTotal: 0 }),
  );
  const counts = await db.query<{ events: number; ledger: number; links: number; journeys: number }>(
    '',
    `select (select count(*) from tracking.event where id > $1) events, (select count(*) from tracking.ledger where event > $1) ledger,
       (select count(*) from tracking.link where event > $1) links, (select count(*) from tracking.journey where root_value like $2) journeys`,
    [last?.id ?? 0, `${prefix}-SO-%`],
  );
  const n = { events: w.events, ledger: w.events, links: w.events, journeys: w.journeys.length };
  problems.push(...differences(`${prefix} in the store`, { ...counts[0] }, n));
  problems.push(...(await wrongTimelines(db, openVault(store.key), sampleOf(w.journeys, 100))).slice(0, 3));

  const remains = await readRemains(db, last?.id ?? 0, prefix);
  await store.settle();
  const beforeBaseline = await store.counters();
  const baselineMs = await writeRemains(baselineDb, remains);
  const baseline = used(beforeBaseline, await store.counters(), w.events);
  return {
    perSecond: (w.events * 1_000) / ms,
    baseline: (w.events * 1_000) / baselineMs,
    ofBaseline: baselineMs / ms,
    serverCpuMs,
    ...used(before, after, w.events),
    baselineWalBytes: baseline.walBytes,
    baselinePostgresCpuMs: baseline.postgresCpuMs,
  };
}

export async function ingest(options: Options, cores: Cores): Promise<Omit<Report, 'cores' | 'coresAsked'>> {
  const { quick, seed } = options;
  const size = quick ? SIZES.quick : SIZES.full;
  const store = await openStore();
  const problems: string[] = [];
  try {
    const server = await startServer(store, 'subject');
    const db = openDb(server.databaseUrl, 2);
    const baselineDb = await store.tables('baseline');
    const load = (prefix: string, journeys: number, n: number) =>
      makeWorkload({ prefix, journeys, perJourney: size.perJourney, duplicates: 0.1, disorder: 0.1, seed: seed * 1_000 + n });
    say('warming up');
    await produce(server.url, load('warm', size.warmup, 0).lines);
    const endProfile = await profiled(options, store, server);
    const rounds: Round[] = [];
    for (let n = 1; n <= size.rounds; n++) {
      if (n > 1) await cores.ask();
      const r = await oneRound({ store, server, db, problems }, baselineDb, load(`r${n}`, size.journeys, n), `r${n}`);
      say(`round ${n}: ${Math.round(r.perSecond)} events/s, the rows alone ${Math.round(r.baseline)} events/s`);
      rounds.push(r);
    }
    await endProfile();
    const of = (f: (r: Round) => number) => spread(rounds.map(f));
    const single = await singles(store, server, { ms: size.single, rounds: size.rounds, prefix: 's' });
    problems.push(...single.problems);
    await cores.ask();
    const hot = await hotJourney(store, server, { ...size.hot, rounds: size.rounds, seed });
    problems.push(...hot.problems);
    await db.close();
    await server.stop();
    const perSecond = of((r) => r.perSecond);
    const ofBaseline = of((r) => r.ofBaseline);
    const rows: Row[] = [
      ['events taken in, durable and folded', perSecond, 'events/s'],
      ['the rows that remain, alone', of((r) => r.baseline), 'events/s'],
      ['of the baseline', ofBaseline, '×'],
      ['server CPU', of((r) => r.serverCpuMs), 'ms per event'],
      ['PostgreSQL CPU', of((r) => r.postgresCpuMs), 'ms per event'],
      ['PostgreSQL CPU, baseline', of((r) => r.baselinePostgresCpuMs), 'ms per event'],
      ['WAL', of((r) => r.walBytes), 'bytes per event'],
      ['WAL, baseline', of((r) => r.baselineWalBytes), 'bytes per event'],
      ['statements', of((r) => r.statements), 'per event'],
      ...single.rows,
      ...hot.rows,
    ];
    return {
      rows,
      ratios: { ofBaseline: ofBaseline.median, singleOfGroupCommit: single.ratio, hotJourneyP99Growth: hot.growth, ...hot.ratios },
      targets: {
        ofBaseline: atLeast(ofBaseline.median, 0.4),
        eventsPerSecond: atLeast(perSecond.median, 15_000),
        singleOfGroupCommit: atLeast(single.ratio, 0.35),
        hotJourneyP99Growth: atMost(hot.growth, 1.2),
      },
      details: { size, producers: PRODUCERS, linesPerPost: LINES, duplicates: 0.1, disorder: 0.1, rounds },
      problems,
    };
  } finally {
    await store.stop();
  }
}
