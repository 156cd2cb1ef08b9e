import pino from 'pino';
import { scenario } from '#scenario/module';
import { source } from '#source/module';
import { freshDb } from '../../../test/database.ts';
import { openMap } from '../../edge/files/reading.ts';
import { sourceKinds } from '../../edge/sources/kinds.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Config } from '../../platform/config.ts';
import type { Db } from '../../platform/db.ts';
import type { House } from '../../platform/module.ts';
import { openVault } from '../../platform/vault.ts';
import { openIntake } from '../tracking/door.ts';
import { makeGatherer } from '../tracking/intake.ts';
import { tracking } from '../tracking/module.ts';
import { NewFeed } from './contract.ts';
import type { Desk, Kinds } from './kind.ts';
import { makeFeed } from './module.ts';
import { openRunner, type Runner } from './runner.ts';
import * as service from './service.ts';
import * as store from './store.ts';

/** For tests only: a house whose feeds can be worked, and what has come of them. */

export const feed = makeFeed(sourceKinds, openMap);
const ACTOR = systemActor('test');

export function houseOf(db: Db): House {
  const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
  const config = { zone: 'Asia/Shanghai', dataDir: '/nowhere/at/all' } as Config;
  return { config, db, log: pino({ level: process.env.LOUD ? 'debug' : 'silent' }), vault: openVault(Buffer.alloc(32, 7)), live };
}

/** Times by which the seconds of a feed's settings pass quicker here; an operator's are whole ones. */
const HASTE = 5;

/** The kinds of feeds, whose pauses between two looks and for a file's rest are short. */
const hasty = Object.fromEntries(
  Object.entries(sourceKinds).map(([name, kind]) => [name, { ...kind, work: (desk: Desk) => kind.work(hurried(desk) as never) }]),
) as unknown as Kinds;

function hurried(desk: Desk): Desk {
  const settings: Record<string, unknown> = { ...(desk.settings as object) };
  for (const name of ['pollSeconds', 'restSeconds']) if (name in settings) settings[name] = (settings[name] as number) / HASTE;
  return Object.create(desk, { settings: { value: settings } });
}

/** An operator's store, with the intake open and nobody at work yet. What is changed at a feed is heard by its runner at once. */
export async function aFeedHouse() {
  const db = await freshDb([scenario, source, tracking, feed]);
  const house = houseOf(db);
  openIntake(makeGatherer(house, systemActor('intake')));
  let runner: Runner | undefined;
  const heard = async <T>(change: Promise<T>): Promise<T> => change.finally(() => runner?.wake());
  return {
    db,
    house,
    runner: () => (runner = openRunner(house, hasty, openMap)),
    add: (wanted: object) => heard(db.inTx(ACTOR, (ctx) => service.addFeed(ctx, house, openMap, NewFeed.parse(wanted)))),
    change: (id: string, change: object) => heard(db.inTx(ACTOR, (ctx) => service.changeFeed(ctx, house, openMap, { id, change }))),
    replay: (id: string, from: number) => heard(db.inTx(ACTOR, (ctx) => service.askReplay(ctx, { id, from }))),
    look: (wanted: object) => service.lookAt(sourceKinds, openMap, NewFeed.parse(wanted)),
    feed: async (id: string) => (await store.feedById(db, id)) as store.FeedRecord,
    /** Waits until a feed has looked so often more; the first of these looks may have begun before. */
    async looks(id: string, times: number): Promise<void> {
      for (let n = 0; n < times; n++) {
        const before = (await store.feedById(db, id))?.looked;
        await until(
          async () => (await store.feedById(db, id))?.looked,
          (looked) => looked !== before,
        );
      }
    },
    /** What tracking holds of a source: the events' types with their first key, sorted. */
    async events(of: string): Promise<string[]> {
      const rows = await db.query<{ what: string }>(
        '',
        `select type || ' ' || (select v.value #>> '{0}' from json_each(keys) v limit 1) what from tracking.event where source = $1`,
        [of],
      );
      return rows.map((r) => r.what).sort();
    },
    files: (id: string) =>
      db.query<{
        name: string;
        state: string;
        why: string | null;
        rows: number | null;
        accepted: number;
        duplicates: number;
        rejected: number;
      }>('', 'select name, state, why, rows, accepted, duplicates, rejected from feed.file where feed = $1 order by id', [id]),
  };
}

const TRIES = 1_000;
const TRY_MS = 20;

/** Waits until it is so, 20 s or longer where the machine is busy; throws with what it last saw. */
export async function until<T>(see: () => Promise<T> | T, isSo: (seen: T) => boolean): Promise<T> {
  for (let tries = 1; ; tries++) {
    const seen = await see();
    if (isSo(seen)) return seen;
    if (tries === TRIES) throw new Error(`it never came about: ${JSON.stringify(seen)}`);
    await new Promise((done) => setTimeout(done, TRY_MS));
  }
}
