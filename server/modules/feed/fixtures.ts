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
import { makeFeed } from './module.ts';
import { openRunner } from './runner.ts';
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

/** An operator's store, with the intake open and nobody at work yet. */
export async function aFeedHouse() {
  const db = await freshDb([scenario, source, tracking, feed]);
  const house = houseOf(db);
  openIntake(makeGatherer(house, systemActor('intake')));
  return {
    db,
    house,
    runner: () => openRunner(house, sourceKinds, openMap),
    add: (wanted: object) => db.inTx(ACTOR, (ctx) => service.addFeed(ctx, house, openMap, NewFeed.parse(wanted))),
    change: (id: string, change: object) => db.inTx(ACTOR, (ctx) => service.changeFeed(ctx, house, openMap, { id, change })),
    replay: (id: string, from: number) => db.inTx(ACTOR, (ctx) => service.askReplay(ctx, { id, from })),
    look: (wanted: object) => service.lookAt(sourceKinds, openMap, NewFeed.parse(wanted)),
    feed: async (id: string) => (await store.feedById(db, id)) as store.FeedRecord,
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

/** Waits until it is so, at most 20 s; throws with what it last saw. */
export async function until<T>(see: () => Promise<T> | T, isSo: (seen: T) => boolean): Promise<T> {
  for (const end = Date.now() + 20_000; ; ) {
    const seen = await see();
    if (isSo(seen)) return seen;
    if (Date.now() > end) throw new Error(`it never came about: ${JSON.stringify(seen)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
