import fs from 'node:fs';
import { Session } from 'node:inspector/promises';
import type { AddressInfo } from 'node:net';
import { modules } from '../../server/main.ts';
import { readConfig } from '../../server/platform/config.ts';
import { openDb } from '../../server/platform/db.ts';
import { buildApp } from '../../server/platform/http.ts';
import { startJobs } from '../../server/platform/jobs.ts';
import { openLive } from '../../server/platform/live.ts';
import { makeLog } from '../../server/platform/log.ts';
import { migrate } from '../../server/platform/migrate.ts';
import { checkVaultKey, openVault } from '../../server/platform/vault.ts';

/**
 * The server under test, a program of its own: the same parts as `glasshouse start`, but for the web apps, which are neither built nor served.
 * Prints `ready URL`. SIGUSR2 begins a CPU profile, the next one ends it and writes it to the file named on the command line.
 */
const config = readConfig({ port: '0' }, process.env);
const log = makeLog('warn');
const db = openDb(config.databaseUrl as string);
await migrate(db, modules, log);
await checkVaultKey(db, config.key);
const live = await openLive(config.databaseUrl as string, log);
const house = { config, db, log, vault: openVault(config.key), live };
const app = await buildApp(house, modules, { dist: '/nonexistent' });
await app.listen({ host: config.host, port: config.port });
for (const module of modules) await module.start?.(house);
const jobs = await startJobs(house, modules);
app.readiness(null);
console.log(`ready http://127.0.0.1:${(app.server.address() as AddressInfo).port}`);

process.on('SIGTERM', async () => {
  app.readiness('stopping');
  await app.close();
  for (const module of modules) await module.stop?.();
  await jobs.stop();
  await live.close();
  await db.close();
  process.exit(0);
});

const [file] = process.argv.slice(2);
let session: Session | undefined;
process.on('SIGUSR2', async () => {
  if (file === undefined) return;
  if (session === undefined) {
    session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    return;
  }
  const { profile } = (await session.post('Profiler.stop')) as { profile: unknown };
  session.disconnect();
  session = undefined;
  fs.writeFileSync(`${file}.new`, JSON.stringify(profile));
  fs.renameSync(`${file}.new`, file);
});
