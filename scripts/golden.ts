import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { modules } from '../server/main.ts';
import { readConfig } from '../server/platform/config.ts';
import { type Db, openDb } from '../server/platform/db.ts';
import { buildApp } from '../server/platform/http.ts';
import { makeLog } from '../server/platform/log.ts';
import { migrate } from '../server/platform/migrate.ts';
import { startPostgres } from '../server/platform/postgres.ts';
import { openVault } from '../server/platform/vault.ts';
import { buildKernel, KERNEL } from './kernel.ts';
import { callsOf, readSources } from './law.ts';
import { describeSchema } from './schema.ts';

/** `npm run golden`: writes what is generated from the code and kept beside it; `--check` only says what is stale (exit 1). */

const REPO = path.resolve(import.meta.dirname, '..');
const KEY = Buffer.alloc(32).toString('base64');

/** Every generated text or program by its path, from a database that is migrated for all modules. */
export async function goldens(db: Db): Promise<Map<string, string | Buffer>> {
  return new Map<string, string | Buffer>([
    ['server/openapi.json', await describeApi(db)],
    ['server/schema.sql', await describeSchema(db)],
    [KERNEL, await buildKernel()],
    ['ARCHITECTURE.md', withCalls(fs.readFileSync(path.join(REPO, 'ARCHITECTURE.md'), 'utf8'))],
  ]);
}

/** The paths whose content on disk is not what the code says. */
export const stale = (texts: ReadonlyMap<string, string | Buffer>): string[] =>
  [...texts]
    .filter(
      ([file, text]) =>
        !fs.existsSync(path.join(REPO, file)) || !fs.readFileSync(path.join(REPO, file)).equals(Buffer.from(text as string)),
    )
    .map(([file]) => file);

async function describeApi(db: Db): Promise<string> {
  const config = readConfig({}, { GLASSHOUSE_KEY: KEY });
  const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
  const app = await buildApp({ config, db, log: makeLog('silent'), vault: openVault(config.key), live }, modules);
  await app.ready();
  const text = `${JSON.stringify(app.swagger(), undefined, 2)}\n`;
  await app.close();
  return text;
}

/** The page with the picture of who calls whom, drawn from the code, between its two marks. */
function withCalls(page: string): string {
  const used = callsOf(readSources(REPO, ['server']));
  const lines = [...used].flatMap(([from, to]) => [...to].map((t) => `  ${from} --> ${t}`)).sort();
  const alone = modules.map((m) => m.name).filter((m) => !lines.some((l) => l.trim().split(' --> ').includes(m)));
  const graph = ['```mermaid', 'graph LR', ...lines, ...alone.map((m) => `  ${m}`), '```'].join('\n');
  return page.replace(/(<!-- calls -->\n)[\s\S]*?(\n<!-- \/calls -->)/, `$1${graph}$2`);
}

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-golden-'));
  const postgres = await startPostgres(folder, makeLog('warn'), { settings: { fsync: 'off' } });
  const db = openDb(postgres.url, 2);
  try {
    await migrate(db, modules);
    const texts = await goldens(db);
    const old = stale(texts);
    if (process.argv.includes('--check')) {
      for (const file of old) console.log(`stale: ${file} (npm run golden)`);
      process.exitCode = old.length === 0 ? 0 : 1;
      return;
    }
    for (const file of old) {
      fs.writeFileSync(path.join(REPO, file), texts.get(file) ?? '');
      console.log(`written: ${file}`);
    }
  } finally {
    await db.close();
    await postgres.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await main();
