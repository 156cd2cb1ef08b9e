import type { House } from '#platform/module';
import { ACCOUNT_MANAGER, ANALYST, CARE_AGENT, INTEGRATOR, passwordOf, settle, signIns } from './accounts.ts';
import { keepAudiences } from './audiences.ts';
import { makeCity } from './city.ts';
import { sessionOf } from './doors.ts';
import { keepEnterprises } from './enterprises-load.ts';
import type { HouseholdProgress } from './households-load.ts';
import { type LivingCity, type Progress, startCity } from './living.ts';
import { keepModels } from './models.ts';
import { keepWarehouse } from './nightly.ts';
import { keepQuiet } from './quiet.ts';
import { sampleLines, samplesOf } from './samples.ts';
import { readState } from './state.ts';
import { natsServer } from './stream.ts';
import { keepWarnings } from './warnings.ts';

/**
 * The demo operator: its people are made, its last two weeks are loaded before this resolves, and it lives on until it is stopped. All
 * that happens to orders goes through the HTTP doors at `address`.
 */
export async function startDemo(
  house: Pick<House, 'config' | 'db' | 'log' | 'vault'>,
  address: string,
): Promise<{ stop(): Promise<void> }> {
  const { config } = house;
  const known = readState(config.dataDir);
  const city = makeCity(known?.seed ?? config.seed, known?.zone ?? config.zone);
  if (known === undefined) await settle(house, city);
  const token = config.adminToken ?? sessionOf(address, INTEGRATOR, passwordOf(config.key, INTEGRATOR));
  const warn = (sentence: string) => console.log(`  demo: ${sentence}`);
  const life = startCity({
    baseUrl: address,
    adminToken: token,
    speed: config.speed,
    seed: config.seed,
    zone: config.zone,
    dir: config.dataDir,
    roads: { dir: config.dataDir, database: { pool: house.db.pool, url: house.db.url }, nats: natsServer() },
    warn,
    onProgress: bar(),
  });
  await life.recent;
  for (const line of ['  Sign-ins of the demo:', ...signIns(config.key), ...tryThis(life, address)]) console.log(line);
  const stopping = new AbortController();
  const doors = { baseUrl: address, tokens: {}, zone: life.calendar.zone, signal: stopping.signal, warn };
  const mornings = {
    city: life.city,
    calendar: life.calendar,
    now: life.now,
    dir: config.dataDir,
    onHouseholds: householdBar(),
    doors: { ...doors, token: typeof token === 'string' ? async () => token : token },
  };
  const warehouse = keepWarehouse(mornings);
  const enterprises = keepEnterprises({
    ...mornings,
    manager: sessionOf(address, ACCOUNT_MANAGER, passwordOf(config.key, ACCOUNT_MANAGER)),
  });
  const analyst = { ...doors, token: sessionOf(address, ANALYST, passwordOf(config.key, ANALYST)) };
  const models = keepModels({ ...analyst, city: life.city });
  const audiences = keepAudiences(analyst);
  const warnings = Promise.all([keepWarnings(analyst), models]).then(() => keepWarnings(analyst)); // again with the model's rule
  const quiet = keepQuiet({ ...doors, city: life.city, token: sessionOf(address, CARE_AGENT, passwordOf(config.key, CARE_AGENT)) });
  return {
    async stop() {
      stopping.abort();
      await Promise.all([life.stop(), warehouse, enterprises, models, audiences, warnings, quiet]);
    },
  };
}

function tryThis(life: LivingCity, address: string): string[] {
  const lines = sampleLines(samplesOf(life.city, life.calendar, life.now()));
  return lines.length === 0 ? [] : [`  To try on the customer's page ${address}/track:`, ...lines];
}

const WIDTH = 24;

/** Full as far as it is done; a line for each tenth. */
function tenths(): (done: number, total: number, what: string, said: string) => void {
  let shown = '';
  return (done, total, what, said) => {
    const tenth = Math.floor((done / total) * 10);
    if (shown === `${what} ${tenth}`) return;
    shown = `${what} ${tenth}`;
    const full = Math.round((done / total) * WIDTH);
    console.log(`  demo ${what} [${'█'.repeat(full)}${'·'.repeat(WIDTH - full)}] ${said}`);
  };
}

/** The older part goes on while everybody already works. */
function bar(): (p: Progress) => void {
  const line = tenths();
  return ({ part, done, total, events }) =>
    line(done, total, part === 'recent' ? 'last 14 days' : 'older history', `${done}/${total} days, ${events.toLocaleString('en')} events`);
}

/** Who pays for whom comes last of all. */
function householdBar(): (p: HouseholdProgress) => void {
  const line = tenths();
  return ({ done, total, records }) =>
    line(done, total, 'households', `${done.toLocaleString('en')}/${total.toLocaleString('en')} people, ${records.toLocaleString('en')} records`); // biome-ignore format: one line
}
