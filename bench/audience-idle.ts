import { monitorEventLoopDelay } from 'node:perf_hooks';

/** A process that does nothing: how late its clock is shows what the machine does to everybody. Says its p99.9 (ms) when it is told to end. */
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('message', (m) => {
  if (m === 'begin') delay.reset();
  else process.send?.(delay.percentile(99.9) / 1e6, () => process.exit(0));
});
