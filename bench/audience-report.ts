import { BITMAP_BYTES } from '../server/modules/tag/model.ts';
import type { Layout } from './audience-data.ts';
import { type Asked, namesIn } from './audience-definitions.ts';
import { makeHistogram } from './lib/histogram.ts';
import { atLeast, atMost, type Report } from './lib/report.ts';
import { median, type Spread, spread } from './lib/stats.ts';

/** What `bench audience` found, beside what was promised. */

/** One question and how long its answer took. */
export interface Timed {
  readonly asked: Asked;
  readonly ms: number;
  readonly count: number;
}

/** ms of each turn. */
export type More = Readonly<Record<'portrait' | 'materialise' | 'score', number[]>>;

/** Of twenty analysts: ms they waited, ms that the event loop was late (p99.9), the same of an idle process, questions a second. */
export interface Crowd {
  readonly p50: number;
  readonly p99: number;
  readonly loop: number;
  readonly idle: number;
  readonly rate: number;
}

/**
 * By definition: how many times faster, ms of the engine, ms of DuckDB; both for the count alone, and the engine's for the count after each line as well.
 * Seconds that DuckDB took to make its table.
 */
export interface Peer {
  readonly ratios: readonly number[];
  readonly funnelRatios: readonly number[];
  readonly engine: readonly number[];
  readonly funnel: readonly number[];
  readonly duckdb: readonly number[];
  readonly table: number;
}

/** Of each push: seconds until it was answered, and from then on until the later of two copies counted it. */
export interface Changed {
  readonly pushed: readonly number[];
  readonly counted: readonly number[];
}

const percentiles = (list: readonly Timed[]): { p50: number; p99: number } => {
  const h = makeHistogram();
  for (const t of list) h.record(t.ms);
  return { p50: h.percentile(0.5), p99: h.percentile(0.99) };
};

/** Everything that was measured. `first`, `warm`, `filled`: seconds; `resident`: GiB; `speed`: bytes a second. */
interface Found {
  readonly answers: readonly Timed[];
  readonly more: More;
  readonly crowd: Crowd;
  readonly peer: Peer;
  readonly changed: Changed;
  readonly resident: number;
  readonly first: number;
  readonly warm: number;
  readonly filled: number;
  readonly speed: number;
}

export function reportOf(
  { layout, problems }: { layout: Layout; problems: readonly string[] },
  f: Found,
): Omit<Report, 'cores' | 'coresAsked'> {
  const of = (is: (a: Asked) => boolean) => f.answers.filter(({ asked }) => is(asked));
  const counts = of((a) => a.ranges === 0 && a.conditions <= 5);
  const ranges = of((a) => a.ranges > 0 && a.conditions <= 5);
  const long = of((a) => a.conditions > 5);
  const flags = of((a) => a.flagsAlone);
  const bitmap = layout.blocks * BITMAP_BYTES;
  const ofMemory = flags.map(({ asked, ms }) => ms / ((new Set(namesIn(asked.plan)).size * bitmap * 1_000) / f.speed));
  const [c, r, l] = [counts, ranges, long].map(percentiles) as [Percentiles, Percentiles, Percentiles];
  const rows = (list: readonly Timed[]): Spread => spread(list.map((t) => t.ms));
  return {
    rows: [
      ['filled into the store', f.filled, 's'],
      ['memory, two threads', f.speed / 1e9, 'GB/s'],
      [`flags and one-of, ≤ 5 conditions (${counts.length})`, rows(counts), 'ms'],
      [`one or two ranges, ≤ 5 conditions (${ranges.length})`, rows(ranges), 'ms'],
      [`6–14 conditions (${long.length})`, rows(long), 'ms'],
      [`flags alone, of reading them (${flags.length})`, spread(ofMemory), '×'],
      ['portrait of a tag, 10 of 67', spread(f.more.portrait), 'ms'],
      ['ids, 15 of 67', spread(f.more.materialise), 'ms'],
      ['a score for the first time', spread(f.more.score), 'ms'],
      [`20 analysts, ${f.crowd.rate.toFixed(0)} questions/s: p50`, f.crowd.p50, 'ms'],
      ['20 analysts: p99', f.crowd.p99, 'ms'],
      ['event loop late, p99.9', f.crowd.loop, 'ms'],
      ['an idle process beside it', f.crowd.idle, 'ms'],
      ['DuckDB, the same definitions', spread(f.peer.duckdb), 'ms'],
      ['the engine, beside it', spread(f.peer.engine), 'ms'],
      ['faster than DuckDB', spread(f.peer.ratios), '×'],
      ['the engine, with who is left after each line', spread(f.peer.funnel), 'ms'],
      ['… faster than DuckDB', spread(f.peer.funnelRatios), '×'],
      ['10,000 changed customers, until the answer', spread(f.changed.pushed), 's'],
      ['… from then on until two copies count them', spread(f.changed.counted), 's'],
    ],
    ratios: { flagsOfMemory: median(ofMemory), duckdbMedian: median(f.peer.ratios), duckdbMin: Math.min(...f.peer.ratios) },
    targets: {
      countP50Ms: atMost(c.p50, 5),
      countP99Ms: atMost(c.p99, 20),
      flagsOfMemory: atMost(median(ofMemory), 3),
      rangesP50Ms: atMost(r.p50, 15),
      rangesP99Ms: atMost(r.p99, 40),
      scoreFirstMs: atMost(Math.max(...f.more.score), 500),
      duckdbMedian: atLeast(median(f.peer.ratios), 30),
      duckdbMin: atLeast(Math.min(...f.peer.ratios), 8),
      portraitMs: atMost(Math.max(...f.more.portrait), 150),
      materialiseMs: atMost(median(f.more.materialise), 200),
      residentGiB: atMost(f.resident, 10),
      firstAnswerSeconds: atMost(f.first, 30),
      warmSeconds: atMost(f.warm, 180),
      analystsP99Ms: atMost(f.crowd.p99, 100),
      loopDelayMs: atMost(f.crowd.loop - f.crowd.idle, 20),
      changedSeconds: atMost(Math.max(...f.changed.counted), 1),
    },
    details: {
      size: layout.size,
      definitions: f.answers.length,
      memoryGBs: f.speed / 1e9,
      counts: c,
      ranges: r,
      long: l,
      portrait: f.more.portrait,
      scores: f.more.score,
      duckdbTableSeconds: f.peer.table,
      duckdb: f.peer.duckdb,
      besideDuckdb: f.peer.engine,
      funnelBesideDuckdb: f.peer.funnel,
      changed: f.changed,
    },
    problems,
  };
}

type Percentiles = ReturnType<typeof percentiles>;
