import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where Debian and others put it; it is no program of users, so it may stand in sbin. */
const PLACES = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];

/** The NATS server of this machine, for tests: `NATS_SERVER`, else one that is installed; undefined when there is none. */
export const natsBinary = (): string | undefined =>
  [process.env.NATS_SERVER ?? '', ...PLACES.map((dir) => path.join(dir, 'nats-server'))].find((at) => at !== '' && existsSync(at));

export interface NatsServer {
  readonly url: string;
  /** Ends it as a crash does; what it has stored stays for the next `start`. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** It answers nothing any more, though its connections stand. */
  freeze(): void;
  stop(): Promise<void>;
}

/** A NATS server with JetStream in a folder of its own, on a free port. Throws one sentence when there is no binary. */
export async function startNats(): Promise<NatsServer> {
  const binary = natsBinary();
  if (binary === undefined)
    throw new Error(
      'The tests of NATS feeds need nats-server: install it (Debian: apt install nats-server), or set NATS_SERVER to its path.',
    );
  const folder = mkdtempSync(path.join(tmpdir(), 'glasshouse-nats-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const server = spawn(binary, ['-js', '-sd', folder, '-a', '127.0.0.1', '-p', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
    child = server;
    let said = '';
    await new Promise<void>((ready, failed) => {
      server.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('Server is ready')) ready();
      });
      server.on('exit', () => failed(new Error(`nats-server did not start: ${said}`)));
    });
  };
  const kill = async (): Promise<void> => {
    const last = child;
    child = undefined;
    if (!last || last.exitCode !== null) return;
    const gone = new Promise((done) => last.on('exit', done));
    last.kill('SIGKILL');
    await Promise.race([gone, sleep(5_000)]);
  };
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    kill,
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Outside the range from which systems take ports by themselves: nobody takes it while the server is away. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((answer) => {
      probe.once('error', () => answer(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)));
    });
    if (isFree) return port;
  }
}
