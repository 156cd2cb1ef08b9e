import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { peakMb } from './cpu.ts';
import { TOKEN } from './server.ts';

/** The command `glasshouse import` as a process of its own. */

export interface Imported {
  readonly events: number;
  readonly journeys: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
  readonly seconds: number;
  /** The most memory it ever held. */
  readonly peakMb: number;
}

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

export const runImporter = (url: string, file: string, map: string, rejected: string): Promise<Imported> =>
  runCommand<Imported>(url, ['import', file, '--map', map, '--rejected', rejected]);

export interface ImportedCustomers {
  readonly customers: number;
  readonly added: number;
  readonly peakMb: number;
}

/** The command `glasshouse customers import`. */
export const runCustomersImport = (url: string, file: string, map: string, rejected: string): Promise<ImportedCustomers> =>
  runCommand<ImportedCustomers>(url, ['customers', 'import', file, '--map', map, '--rejected', rejected]);

async function runCommand<T>(url: string, argv: readonly string[]): Promise<T> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [CLI, ...argv], {
    env: { PATH, HOME, GLASSHOUSE_URL: url, GLASSHOUSE_TOKEN: TOKEN },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  let peak = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err = (err + text).slice(-2_000)));
  const look = setInterval(() => (peak = Math.max(peak, peakMb(child.pid as number))), 50);
  const [code] = await once(child, 'close');
  clearInterval(look);
  if (code !== 0) throw new Error(`${argv.slice(0, 3).join(' ')} ended with ${code}: ${err.trim()}`);
  return { ...(JSON.parse(out.trim().split('\n').at(-1) ?? '') as object), peakMb: peak } as T;
}
