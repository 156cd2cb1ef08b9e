import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../server/modules/audience/plan.ts';
import { type Asked, definitions } from './audience-definitions.ts';
import type { Crowd } from './audience-report.ts';
import type { Bench } from './audience-setup.ts';
import { summary } from './lib/histogram.ts';
import { type OpenLoopAnswer, openLoop } from './lib/schedule.ts';

/** Twenty analysts who change a definition every 300 ms. */

const ANALYSTS = 20;
const EVERY_MS = 300;
const RATE = (ANALYSTS * 1_000) / EVERY_MS;

/** Their questions for so many seconds, none asked before. */
export function askedBy(engine: Engine, { tags, options }: Bench, seconds: number, salt: number): Promise<OpenLoopAnswer> {
  const list = definitions(tags, options.seed + salt, Math.round(RATE * seconds));
  return openLoop({ rate: RATE, total: list.length, send: (i) => engine.count((list[i] as Asked).plan) });
}

/** How long each waits, and how late the program's clock is meanwhile beside an idle one. */
export async function analysts(engine: Engine, bench: Bench): Promise<Crowd> {
  const idle = fork(fileURLToPath(new URL('./audience-idle.ts', import.meta.url)), { execArgv: [] });
  await sleep(500);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  idle.send('begin');
  delay.enable();
  const { latency, failed, why } = await askedBy(engine, bench, bench.options.quick ? 3 : 15, 2);
  delay.disable();
  idle.send('end');
  const [idleMs] = (await once(idle, 'message')) as [number];
  if (failed > 0) bench.problems.push(`${failed} questions of the analysts failed: ${why}`);
  const { p50, p99 } = summary(latency);
  return { p50, p99, loop: delay.percentile(99.9) / 1e6, idle: idleMs, rate: RATE };
}
