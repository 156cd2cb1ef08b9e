import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modules } from '../server/main.ts';
import { readConfig } from '../server/platform/config.ts';
import type { Db } from '../server/platform/db.ts';
import { type App, buildApp } from '../server/platform/http.ts';
import { type Live, openLive } from '../server/platform/live.ts';
import { makeLog } from '../server/platform/log.ts';
import { openVault } from '../server/platform/vault.ts';
import { freshDb } from '../test/database.ts';
import { makeCity } from './city.ts';
import { birthsOn, type Calendar, dayOf, HISTORY_DAYS } from './days.ts';
import type { SystemId } from './knows.ts';
import { journey } from './life.ts';
import { type CitySettings, startCity } from './living.ts';
import { readState, writeState } from './state.ts';
import { natsServer } from './stream.ts';
import { arrivals, type Delivery, lineOf } from './systems.ts';
import { DAY_MS, startOfDay } from './trade.ts';

/** A whole day of the city and the night after it, over the real doors into a real store. */

const zone = 'Asia/Shanghai';
const TOKEN = 'an-admin-token-of-size';
const SEED = 3;
const HOUR = 3_600_000;
/** The city's seconds per second. */
const SPEED = 960;
/** How long a busy machine may take to hand over a day. */
const PATIENCE_MS = 240_000;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-roads-'));
const day = HISTORY_DAYS;
/** One Wednesday, whenever the test runs: another day has other people and other happenings. It is over, so nothing is ever dated ahead. */
const midnight = startOfDay(Date.UTC(2026, 9, 14, 4), zone, 0);
const calendar: Calendar = { seed: SEED, zone, origin: startOfDay(midnight, zone, -day) };
const warnings: string[] = [];
let db: Db;
let live: Live;
let app: App;
let url: string;

beforeAll(async () => {
  db = await freshDb(modules, 12);
  const log = makeLog('silent');
  live = await openLive(db.url, log);
  const config = readConfig({ data: dir, demo: true }, { GLASSHOUSE_ADMIN_TOKEN: TOKEN, GLASSHOUSE_LIMITS: 'off' });
  const house = { config, db, log, vault: openVault(config.key), live };
  app = await buildApp(house, modules, { dist: '/nonexistent' });
  await app.listen({ host: '127.0.0.1', port: 0 });
  for (const module of modules) await module.start?.(house);
  app.readiness(null);
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await app?.close();
  for (const module of modules) await module.stop?.();
  await live?.close();
  const name = new URL(db.url).pathname.slice(1);
  const admin = new pg.Client({ connectionString: db.url.replace(/\/[^/]*$/, '/postgres') });
  await db.close();
  await admin.connect();
  await admin.query(`drop database if exists ${name}_oss with (force)`);
  await admin.end();
  fs.rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 300 });
});

const get = async <T>(at: string): Promise<T[]> => {
  const answer = await fetch(`${url}${at}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return ((await answer.json()) as { items: T[] }).items;
};

interface Counted {
  readonly id: string;
  readonly source: string;
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
  readonly parked: number;
  readonly waiting: number | null;
  readonly error: unknown;
  readonly gaps: unknown[];
}

/** The message server ends some seconds after its city and begins with it; its feed says so meanwhile, which is no fault of the road. */
const isSound = (error: unknown): boolean => error === null || (error as { code: string }).code.startsWith('feed.nats-');

/** The feeds when nothing waits at any of them that hears its system and every file has been looked at. */
async function getSettled(): Promise<Counted[]> {
  const folder = path.join(dir, 'inbox', 'business');
  const left = () => fs.readdirSync(folder).filter((name) => name.includes('.')).length;
  await expect.poll(left, { timeout: PATIENCE_MS, interval: 200 }).toBe(0);
  await expect
    .poll(async () => (await get<Counted>('/api/feeds')).reduce((sum, f) => sum + (f.error === null ? (f.waiting ?? 0) : 0), 0), {
      timeout: PATIENCE_MS,
    })
    .toBe(0);
  return get<Counted>('/api/feeds');
}

const settings = (nats = natsServer()): CitySettings => ({
  baseUrl: url,
  adminToken: TOKEN,
  speed: SPEED,
  firstDay: day,
  seed: SEED,
  zone,
  dir,
  roads: { dir, database: { pool: db.pool, url: db.url }, nats, pollSeconds: 1 },
  warn: (w) => warnings.push(w),
});

/** Everything that the journeys born from that day on hand over until then, the first time and again. */
function toldUntil(now: number): Delivery[] {
  const city = makeCity(SEED, zone);
  return Array.from({ length: dayOf(calendar, now) - day + 1 }, (_, n) => day + n)
    .flatMap((one) => birthsOn(calendar, one))
    .flatMap((birth) => arrivals(journey(city, birth), zone))
    .filter((d) => d.at <= now);
}

/** What stands of all that was told: of a report that was put right afterwards its first words, until a person decides. */
const standing = (told: readonly Delivery[]): Map<string, Delivery> =>
  new Map(told.filter((d) => d.slip !== 'mended').map((d) => [identityOf(d), d]));

interface Told {
  readonly certain: readonly Delivery[];
  readonly possible: readonly Delivery[];
}

/** Up to its cursor the city has handed over all; what one road holds back for its next file or look, others may have gone beyond. */
function toldByNow(): Told {
  const { cursor, reached = cursor } = readState(dir)!;
  return { certain: toldUntil(cursor), possible: toldUntil(Math.max(cursor, reached)) };
}

/** Each source has accepted what was told for certain, and nothing that may not have been told. */
async function everythingIsIn({ certain, possible }: Told): Promise<void> {
  const [least, most] = [certain, possible].map((told) => Map.groupBy(standing(told).values(), (d) => d.source as string));
  const lengthIn = (lists: typeof least, source: string) => lists?.get(source)?.length ?? 0;
  const wrong = async () =>
    (await get<Counted>('/api/sources'))
      .filter((s) => s.accepted < lengthIn(least, s.id) || s.accepted > lengthIn(most, s.id) || s.rejected > 0)
      .map((s) => `${s.id}: ${s.accepted} instead of ${lengthIn(least, s.id)} to ${lengthIn(most, s.id)}, ${s.rejected} rejected`);
  await expect.poll(wrong, { timeout: PATIENCE_MS, interval: 500 }).toEqual([]);
}

const identityOf = (d: Delivery): string => (d.source === 'logistics' ? lineOf(d, [], zone) : `${d.source} ${d.event.id}`);

test(
  'every event arrives exactly once, whichever road it came, and none of them is another when it comes once more',
  async () => {
    // As if the program had been away since that midnight: almost a day of arrears, then life at its speed.
    const start = midnight + 23 * HOUR;
    writeState(dir, {
      seed: SEED,
      zone,
      origin: calendar.origin,
      anchors: [{ real: Date.now(), city: start, speed: SPEED }],
      tokens: {},
      loadedFrom: day,
      cursor: midnight - 1,
    });
    const city = startCity(settings());
    // Into the night: the full file of the day is dropped at ten past two.
    await expect.poll(() => city.now() - midnight, { timeout: PATIENCE_MS, interval: 500 }).toBeGreaterThan(DAY_MS + 3 * HOUR);
    const handed = () => readState(dir)!.cursor;
    await expect.poll(handed, { timeout: PATIENCE_MS, interval: 500 }).toBeGreaterThan(midnight + DAY_MS + 3 * HOUR);
    await city.stop();
    const told = toldByNow();
    const own = new Set<SystemId>(['business', 'workorder', ...(natsServer() === undefined ? [] : (['field'] as const))]);
    const distinct = standing(told.certain);
    expect(distinct.size).toBeGreaterThan(2_000);
    await everythingIsIn(told);

    const between = (count: (some: readonly Delivery[]) => number) => {
      const [least, most] = [count(told.certain), count(told.possible)];
      return expect.toSatisfy((n) => n >= least && n <= most, `${least} to ${most}`);
    };
    const slips = (slip: Delivery['slip'], source: string) =>
      between((all) => all.filter((d) => d.source === source && d.slip === slip).length);
    const feeds = await getSettled();
    const sources = await get<Counted>('/api/sources');
    for (const s of sources) expect(s, s.id).toMatchObject({ conflicts: slips('mended', s.id), rejected: 0, parked: slips('made', s.id) });
    const nightly = (all: readonly Delivery[]) => all.filter((d) => d.source === 'business' && d.again).length;
    expect(nightly(told.certain)).toBeGreaterThan(300);
    const files = feeds.find((f) => f.source === 'business');
    expect(files?.duplicates, 'the night repeats the day').toEqual(between(nightly));
    expect(new Set(feeds.map((f) => f.source))).toEqual(own);
    for (const f of feeds) {
      expect(f, f.id).toMatchObject({ conflicts: slips('mended', f.source), rejected: 0, error: expect.toSatisfy(isSound), gaps: [] });
      expect(f.accepted, f.id).toBe(sources.find((s) => s.id === f.source)?.accepted);
    }

    expect(await tellAgain(distinct)).toMatchObject({ accepted: 0, duplicates: distinct.size, conflicts: 0, rejectedTotal: 0 });
    expect(warnings).toEqual([]);
  },
  3 * PATIENCE_MS,
);

/** Posts what was told once more, as the city would say it. */
async function tellAgain(told: ReadonlyMap<string, Delivery>): Promise<unknown> {
  const lines = [...told.values()].map((d) => lineOf(d, readState(dir)!.anchors, zone));
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/x-ndjson' };
  return (await fetch(`${url}/api/events`, { method: 'POST', headers, body: lines.join('\n') })).json();
}

/** Starts the city again and lets it live for so long; then everything must be there once. */
async function goOn(again: CitySettings, cityMs: number): Promise<void> {
  const { cursor: ended } = readState(dir)!;
  const city = startCity(again);
  await expect.poll(() => readState(dir)!.cursor, { timeout: PATIENCE_MS, interval: 500 }).toBeGreaterThan(ended + cityMs);
  await city.stop();
  const told = toldByNow();
  await everythingIsIn(told);
  expect(await tellAgain(standing(told.certain)), 'all of it is there').toMatchObject({ accepted: 0, conflicts: 0, rejectedTotal: 0 });
  const mendedOf = (all: readonly Delivery[]) => all.filter((d) => d.slip === 'mended').map((d) => d.event.id);
  const open = (await get<{ id: string }>('/api/events/conflicts')).map((c) => c.id);
  expect(new Set(open).size, 'said twice it is one conflict').toBe(open.length);
  expect(open).toEqual(expect.arrayContaining(mendedOf(told.certain)));
  expect(mendedOf(told.possible)).toEqual(expect.arrayContaining(open));
  for (const f of await getSettled()) expect(f, f.id).toMatchObject({ rejected: 0, error: expect.toSatisfy(isSound), gaps: [] });
  expect(warnings).toEqual([]);
}

/** The message server outlives its city by some seconds; until then its folder is taken. */
async function messageServerEnded(): Promise<void> {
  const port = readState(dir)?.nats?.port;
  const answers = () =>
    new Promise((done) => {
      const probe = net.connect(port ?? 0, '127.0.0.1', () => done(true));
      probe.on('error', () => done(false)).on('connect', () => probe.destroy());
    });
  if (port !== undefined) await expect.poll(answers, { timeout: PATIENCE_MS, interval: 100 }).toBe(false);
}

test(
  'killed and started again it neither doubles nor leaves out anything',
  async () => {
    const state = readState(dir)!;
    // The last it wrote down before it was killed lies two hours of the city behind what it had handed over.
    writeState(dir, { ...state, cursor: state.cursor - 2 * HOUR, reached: Math.max(state.cursor, state.reached ?? 0) });
    await messageServerEnded();
    await goOn(settings(), 3 * HOUR);
  },
  3 * PATIENCE_MS,
);

test(
  'without a message server the phones speak HTTP, and its feed rests',
  async () => {
    const none: CitySettings = { ...settings(), roads: { ...settings().roads!, nats: undefined } };
    await goOn(none, HOUR);
    const stream = (await get<Counted & { paused: boolean }>('/api/feeds')).find((f) => f.source === 'field');
    expect(stream?.paused).toBe(natsServer() === undefined ? undefined : true);
  },
  3 * PATIENCE_MS,
);
