import { type ChildProcess, spawn } from 'node:child_process';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program of ours as a child process that says `ready URL` when it can be asked. */
export interface Child {
  readonly url: string;
  readonly pid: number;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** As `./glasshouse` starts its program. The baselines get them too. */
const FLAGS = [
  '--no-allocation-site-pretenuring',
  `--max-semi-space-size=${Math.min(128, Math.max(16, Math.floor(os.totalmem() / 2 ** 27)))}`,
];

export async function startChild(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Child> {
  const child = spawn(process.execPath, [...FLAGS, program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill); // also when the bench is broken off
  let said = '';
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const url = await new Promise<string>((ready, fail) => {
    const hear = (text: string) => {
      said = (said + text).slice(-4_000);
      const found = /^ready (http:\S+)$/m.exec(said);
      if (found?.[1] !== undefined) ready(found[1]);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear);
    child.once('exit', (code) => fail(new Error(`${program} ended with ${code}: ${said.trim()}`)));
    child.once('error', fail);
  });
  return {
    url,
    pid: child.pid as number,
    process: child,
    async stop() {
      child.kill('SIGTERM');
      const late = sleep(8_000, 'late', { ref: false });
      if ((await Promise.race([gone, late])) === 'late') child.kill('SIGKILL');
      await gone;
      process.off('exit', kill);
    },
  };
}
