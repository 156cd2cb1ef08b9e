import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

/** The program as an operator starts and stops it. */

const REPO = path.resolve(import.meta.dirname, '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-start-'));
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  fs.rmSync(folder, { recursive: true, force: true });
});

interface Program {
  readonly child: ChildProcess;
  readonly url: string;
  readonly said: () => string;
  /** Exit code and seconds it took. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; seconds: number }>;
}

function begin(
  args: readonly string[],
  env: Record<string, string> = {},
): { child: ChildProcess; said: () => string; ended: Promise<number | null> } {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GLASSHOUSE_|PORT$|HOST$|DATABASE_URL$)/.test(name)));
  const child = spawn(path.join(REPO, 'glasshouse'), args, { cwd: os.tmpdir(), env: { ...clean, ...env } });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | null>((done) => child.on('exit', (code) => done(code)));
  ended.then(() => running.delete(child));
  return { child, said: () => said, ended };
}

async function start(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Program> {
  const { child, said, ended } = begin(['start', '--port', '0', '--data', folder, ...args], env);
  const url = await new Promise<string>((done, fail) => {
    const look = () => {
      const [, found] = /^Glasshouse is ready: (\S+)$/m.exec(said()) ?? [];
      if (found) done(found);
    };
    child.stdout?.on('data', look);
    ended.then(() => fail(new Error(`ended before it was ready:\n${said()}`)));
  });
  return {
    child,
    url,
    said,
    end: async (signal) => {
      const began = performance.now();
      child.kill(signal);
      return { code: await ended, seconds: (performance.now() - began) / 1_000 };
    },
  };
}

const status = async (url: string): Promise<number> => (await fetch(url)).status;

describe('starting and stopping', () => {
  test('a first start is ready, alive, and ends by SIGTERM with 0', async () => {
    const program = await start();
    expect([await status(`${program.url}/readyz`), await status(`${program.url}/healthz`)]).toEqual([200, 200]);
    const { code, seconds } = await program.end('SIGTERM');
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(10);
  });

  test('a second start on the same folder is ready in 10 seconds, while a third one beside it is refused', async () => {
    const began = performance.now();
    const program = await start();
    expect((performance.now() - began) / 1_000).toBeLessThan(10);
    const beside = begin(['start', '--port', '0', '--data', folder]);
    expect(await beside.ended).toBe(1);
    expect(beside.said()).toContain('is in use by process');
    await program.end('SIGINT');
  });

  test('after kill -9 the next start recovers by itself', async () => {
    const killed = await start();
    await killed.end('SIGKILL');
    const next = await start();
    expect(await status(`${next.url}/readyz`)).toBe(200);
    expect((await next.end('SIGTERM')).code).toBe(0);
  });

  test('after kill -9 of program and store at once the next start recovers by itself', async () => {
    const killed = await start();
    const postmaster = Number(fs.readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(postmaster, 'SIGKILL');
    await killed.end('SIGKILL');
    const next = await start();
    expect((await next.end('SIGTERM')).code).toBe(0);
  });

  test('a store that is lost is started again, and /readyz says so meanwhile or is well', async () => {
    const program = await start();
    process.kill(Number(fs.readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
    await expect.poll(() => status(`${program.url}/readyz`), { timeout: 15_000, interval: 200 }).toBe(200);
    expect((await program.end('SIGTERM')).code).toBe(0);
  });
});

describe('a wrong start is one sentence', () => {
  test.each([
    [['start', '--port', 'x'], {}, '--port must be'],
    [['start'], { GLASSHOUSE_COLOUR: 'red' }, 'GLASSHOUSE_COLOUR is not a setting'],
    [['start'], { DATABASE_URL: 'postgresql://u@127.0.0.1:1/d' }, 'GLASSHOUSE_KEY is needed'],
    [['dance'], {}, 'no command "dance"'],
  ])('%j %j', async (args, env, sentence) => {
    const { said, ended } = begin(
      [...args, '--data', path.join(folder, 'none')].slice(0, args[0] === 'dance' ? 1 : undefined),
      env as Record<string, string>,
    );
    expect(await ended).toBe(2);
    expect(said().trim().split('\n')).toHaveLength(1);
    expect(said()).toContain(sentence);
  });
});
