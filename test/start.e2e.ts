import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import * as program from './program.ts';

/** The program as an operator starts and stops it. */

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-start-'));
afterAll(() => {
  program.endAll();
  fs.rmSync(folder, { recursive: true, force: true });
});
const { begin } = program;
const start = () => program.start(folder);

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
    await expect.poll(() => status(`${program.url}/readyz`), { interval: 200 }).toBe(200);
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
