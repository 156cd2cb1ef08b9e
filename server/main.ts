import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { audience } from '#audience/module';
import { customer } from '#customer/module';
import { derivation } from '#derivation/module';
import { duplicate } from '#duplicate/module';
import { enterprise } from '#enterprise/module';
import { makeFeed } from '#feed/module';
import { household } from '#household/module';
import { model } from '#model/module';
import { operation } from '#operation/module';
import { org } from '#org/module';
import { makePlace } from '#place/module';
import { retention } from '#retention/module';
import { scenario } from '#scenario/module';
import { source } from '#source/module';
import { tag } from '#tag/module';
import { tracking } from '#tracking/module';
import { transfer } from '#transfer/module';
import { customerDesk } from './edge/files/customers-desk.ts';
import { importDesk } from './edge/files/desk.ts';
import { openMap } from './edge/files/reading.ts';
import { sourceKinds } from './edge/sources/kinds.ts';
import { type Config, type Flags, readConfig } from './platform/config.ts';
import { openDb } from './platform/db.ts';
import { type App, buildApp } from './platform/http.ts';
import { type Jobs, startJobs } from './platform/jobs.ts';
import { openLive } from './platform/live.ts';
import { type Log, makeLog } from './platform/log.ts';
import { migrate } from './platform/migrate.ts';
import type { House, Module } from './platform/module.ts';
import { openOutbox } from './platform/outbox.ts';
import { checkServer, type Postgres, startPostgres } from './platform/postgres.ts';
import { refuseHalf } from './platform/restore.ts';
import { checkVaultKey, openVault } from './platform/vault.ts';
import { buildWeb } from './platform/webbuild.ts';

/** Every module, in the order in which they are migrated and started: whoever is called stands before its callers. */
export const modules: readonly Module[] = [
  org,
  operation,
  scenario,
  source,
  tag,
  derivation,
  customer,
  enterprise,
  household,
  duplicate,
  transfer,
  tracking,
  makeFeed(sourceKinds, openMap),
  importDesk,
  customerDesk,
  audience,
  retention,
  model,
  makePlace(audience.desk),
];

/** How to end what was begun, the last begun first. */
type Ends = { what: string; end: () => Promise<unknown> }[];

/** Starts everything and stays until SIGTERM or SIGINT. Throws one sentence when it cannot start; what was begun is ended before that. */
export async function main(flags: Flags, env: NodeJS.ProcessEnv): Promise<void> {
  const ends: Ends = [];
  let stopping: Promise<void> | undefined;
  const stop = (code: number) => {
    stopping ??= endAll(ends).finally(() => process.exit(code));
    return stopping;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(0));
  try {
    await start(readConfig(flags, env), ends, (why) => {
      console.error(`glasshouse: the store was lost and did not come back: ${why.message}`);
      void stop(1);
    });
  } catch (e) {
    if (stopping) return stopping;
    await endAll(ends);
    throw e;
  }
}

async function start(config: Config, ends: Ends, onLost: (why: Error) => void): Promise<void> {
  const log = makeLog();
  console.log('Glasshouse');
  for (const notice of config.notices) console.log(`  ${notice}`);

  const [, url] = await Promise.all([step('web apps', () => buildWeb(config.repo)), openStore(config, log, ends, onLost)]);
  const db = openDb(url);
  ends.push({ what: 'database', end: () => db.close() });
  await refuseHalf(db);
  await step('tables', async () => `${await migrate(db, modules, log)} new migrations`);
  await checkVaultKey(db, config.key);
  const live = await openLive(url, log);
  ends.push({ what: 'live', end: () => live.close() });
  const house: House = { config, db, log, vault: openVault(config.key), live };

  const app = await buildApp(house, modules, { dist: path.join(config.repo, 'dist', 'web') });
  await listen(app, config);
  const address = addressOf(app, config.host);
  ends.push({ what: 'http', end: () => closing(app) });
  console.log(`  listening on ${address}`);

  for (const module of modules) {
    if (module.start) await step(module.name, () => module.start?.(house));
    ends.splice(-1, 0, { what: module.name, end: async () => module.stop?.() }); // http ends first, while they still answer
  }
  const outbox = await openOutbox(
    house,
    modules.flatMap((m) => m.listeners?.(house) ?? []),
  );
  ends.push({ what: 'news', end: () => outbox.stop() });
  let jobs: Jobs | undefined;
  await step('jobs', async () => {
    jobs = await startJobs(house, modules);
  });
  ends.push({ what: 'jobs', end: async () => jobs?.stop() });
  if (config.demo) await startDemo(house, address, ends);

  ends.push(watchStore(url, app));
  app.readiness(null);
  console.log(`Glasshouse is ready: ${address}`);
}

/** The database's address: the given one, checked, or the embedded server's, started. */
async function openStore(config: Config, log: Log, ends: Ends, onLost: (why: Error) => void): Promise<string> {
  const { databaseUrl } = config;
  if (databaseUrl !== undefined) {
    await step('PostgreSQL', async () => `version ${await checkServer(databaseUrl)}, not ours`);
    return databaseUrl;
  }
  let postgres: Postgres | undefined;
  await step('PostgreSQL', async () => {
    postgres = await startPostgres(config.dataDir, log, { onLost });
    ends.push({ what: 'PostgreSQL', end: async () => postgres?.stop() });
  });
  return (postgres as unknown as Postgres).url;
}

/** The demo is loaded only when it is wanted; it speaks to the same doors as everybody else. */
async function startDemo(house: House, address: string, ends: Ends): Promise<void> {
  const { startDemo: begin } = await import('../demo/main.ts');
  await step('demo operator', async () => {
    const demo = await begin(house, address);
    ends.push({ what: 'demo', end: async () => demo.stop() });
  });
}

/** A progress line for a step: what, what came of it, how long. */
async function step<T>(what: string, work: () => Promise<T> | T): Promise<T> {
  const began = performance.now();
  const out = await work();
  console.log(`  ${what}${typeof out === 'string' ? `: ${out}` : ''} (${((performance.now() - began) / 1_000).toFixed(1)} s)`);
  return out;
}

async function listen(app: App, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (e) {
    const { code, message } = e as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Error(`Port ${port} on ${host} is in use: stop what uses it, or choose another with --port (0 picks a free one).`);
    throw new Error(`Cannot listen on ${host}:${port}: ${message}`);
  }
}

function addressOf(app: App, host: string): string {
  const { port } = app.server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

async function closing(app: App): Promise<void> {
  app.readiness('stopping');
  await app.close();
}

/** Asks the store once a second, over a connection that no load can keep it from, so that `/readyz` says what callers would meet. */
function watchStore(url: string, app: App): Ends[number] {
  const pulse = openDb(url, 1);
  const silent = 'the store does not answer';
  let asking = false;
  const timer = setInterval(async () => {
    if (asking) return;
    asking = true;
    const answer = pulse.query('', 'select 1').then(
      () => null,
      () => silent,
    );
    app.readiness(await Promise.race([answer, sleep(5_000, silent, { ref: false })]));
    await answer;
    asking = false;
  }, 1_000);
  const end = async () => {
    clearInterval(timer);
    await pulse.close();
  };
  return { what: 'watch', end };
}

/** Ends the last begun first; what is not done in its time is left behind. All together at most 10 s. */
async function endAll(ends: Ends): Promise<void> {
  const began = performance.now();
  for (const { what, end } of ends.splice(0).reverse()) {
    const left = what === 'PostgreSQL' ? 9_500 : 5_000;
    const patience = Math.max(300, left - (performance.now() - began));
    await Promise.race([
      end().catch((e: Error) => console.error(`glasshouse: ${what} did not end well: ${e.message}`)),
      sleep(patience, undefined, { ref: false }),
    ]);
  }
}
