import cliProgress from 'cli-progress';
import type { Meter } from './bytes.ts';

/** A line on stderr while something goes on of which nobody can say how far it is; nothing where stderr is no terminal. */
export function notice(text: string): { stop(): void } {
  if (!process.stderr.isTTY) return { stop: () => undefined };
  process.stderr.write(text);
  return { stop: () => void process.stderr.write('\r\x1b[K') };
}

/** A bar on stderr while a file is read, by the bytes taken from it; nothing where stderr is no terminal. */
export function progress(label: string, bytes: number, meter: Meter): { stop(): void } {
  if (!process.stderr.isTTY) return { stop: () => undefined };
  const format = `${label} {bar} {percentage}% · {eta_formatted} left`;
  const bar = new cliProgress.SingleBar(
    { stream: process.stderr, format, hideCursor: true, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(Math.max(1, bytes), 0);
  const timer = setInterval(() => bar.update(meter.bytes), 200);
  return {
    stop() {
      clearInterval(timer);
      bar.stop();
    },
  };
}
