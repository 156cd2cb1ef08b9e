import { openPool } from './http.ts';
import { say } from './log.ts';
import type { Row } from './report.ts';
import { openLoop } from './schedule.ts';
import { postEvents, type Server } from './server.ts';
import { median, spread } from './stats.ts';
import type { Store } from './store.ts';
import { eventLine, FIRST_MS, makeWorkload, portions } from './workload.ts';

/**
 * One journey of very many events beside ordinary ones: do the others wait longer? The others' posts come at a stated rate, their latency counted
 * from when they were due: alone, beside the hot journey, and beside the same number of events spread over ordinary journeys.
 */

export interface HotSize {
  /** Events of the hot journey and how many of them a second, in posts of 200, a tenth out of order. */
  readonly events: number;
  readonly rate: number;
  /** How long the others are measured alone, ms. */
  readonly quiet: number;
  readonly rounds: number;
  readonly seed: number;
}

const RATE = 100;
const LINES = 10;
const HOT_LINES = 200;

type Phase = 'alone' | 'spread' | 'hot';

export async function hotJourney(store: Store, server: Server, size: HotSize) {
  const p99: Record<Phase, number[]> = { alone: [], spread: [], hot: [] };
  const beside: number[] = [];
  const problems: string[] = [];
  const pool = openPool(server.url, 128);
  const beat = (size.events * 1_000) / size.rate;
  for (let n = 1; n <= size.rounds; n++)
    for (const phase of ['alone', 'spread', 'hot'] as const) {
      await store.settle();
      const ms = phase === 'alone' ? size.quiet : beat;
      const total = Math.round((RATE * ms) / 1_000);
      const prefix = `h${n}${phase}`;
      const others = portions(
        makeWorkload({
          prefix,
          journeys: Math.ceil((total * LINES) / 12),
          perJourney: 12,
          duplicates: 0.1,
          disorder: 0.1,
          seed: size.seed * 100 + n,
        }).lines,
        LINES,
      );
      const extra = portions(phase === 'alone' ? [] : extraLines(prefix, phase, size, n), HOT_LINES).map(postEvents);
      const [main, more] = await Promise.all([
        openLoop({ rate: RATE, total, send: (i) => pool.ask(postEvents(others[i] as string[])) }),
        openLoop({ rate: size.rate / HOT_LINES, total: extra.length, send: (i) => pool.ask(extra[i] as Buffer) }),
      ]);
      if (main.failed + more.failed > 0) problems.push(`${phase}: ${main.failed + more.failed} posts failed: ${main.why ?? more.why}`);
      p99[phase].push(main.latency.percentile(0.99));
      if (phase === 'hot') beside.push(more.latency.percentile(0.99));
      say(
        `others ${phase}: p50 ${main.latency.percentile(0.5).toFixed(1)} ms, p99 ${main.latency.percentile(0.99).toFixed(1)} ms${phase === 'hot' ? `; the hot journey's own posts p99 ${beside.at(-1)?.toFixed(0)} ms` : ''}`,
      );
    }
  pool.close();
  const growth = median(p99.hot) / median(p99.alone);
  const rows: Row[] = [
    [`others' posts (${RATE}/s of ${LINES} lines) alone, p99`, spread(p99.alone), 'ms'],
    [`… beside ${size.rate} events/s of ordinary journeys, p99`, spread(p99.spread), 'ms'],
    [`… beside one journey of ${size.events} events, p99`, spread(p99.hot), 'ms'],
    ['the hot journey’s own posts, p99', spread(beside), 'ms'],
  ];
  return { growth, ratios: { hotJourneyP99OfSpread: median(p99.hot) / median(p99.spread) }, rows, problems };
}

function extraLines(prefix: string, phase: Phase, { events, seed }: HotSize, n: number): string[] {
  const shared = { prefix: `${prefix}x`, duplicates: 0, disorder: 0.1, seed: seed * 100 + n };
  if (phase === 'spread') return makeWorkload({ ...shared, journeys: Math.ceil(events / 12), perJourney: 12 }).lines.slice(0, events);
  return hotLines(`${prefix}x`, events, shared.seed);
}

/** Events of one journey, minutes apart, every tenth after its successor. */
function hotLines(prefix: string, events: number, seed: number): string[] {
  const from = FIRST_MS + seed;
  const lines = Array.from({ length: events }, (_, k) => eventLine(prefix, '0', k, from + k * 60_000));
  for (let k = 9; k + 1 < lines.length; k += 10) [lines[k], lines[k + 1]] = [lines[k + 1] as string, lines[k] as string];
  return lines;
}
