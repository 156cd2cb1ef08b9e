import { type ChildProcess, spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

/** The program as an operator runs it: a process of its own, spoken to from outside. */

const REPO = path.resolve(import.meta.dirname, '..');
const running = new Set<ChildProcess>();
/** The program is started some eighty times: what Node made of its text is kept from one start to the next, a third of each. */
const NODE_COMPILE_CACHE = path.join(REPO, 'node_modules', '.cache', 'glasshouse-tests');

/** Ends whatever still runs. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

export interface Program {
  readonly child: ChildProcess;
  readonly url: string;
  readonly said: () => string;
  /** Exit code and seconds it took. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; seconds: number }>;
}

/** `./glasshouse ARGS` with no setting but those given here. */
export function begin(
  args: readonly string[],
  env: Record<string, string> = {},
): { child: ChildProcess; said: () => string; ended: Promise<number | null> } {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GLASSHOUSE_|PORT$|HOST$|DATABASE_URL$)/.test(name)));
  const child = spawn(path.join(REPO, 'glasshouse'), args, { cwd: os.tmpdir(), env: { NODE_COMPILE_CACHE, ...clean, ...env } });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | null>((done) => child.on('close', (code) => done(code))); // 'exit' may come before its last words
  ended.then(() => running.delete(child));
  return { child, said: () => said, ended };
}

/** The server on a free port, when it says that it is ready. Throws what it said when it ends before that. */
export async function start(folder: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Program> {
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
