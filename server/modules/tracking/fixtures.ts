import pino from 'pino';
import { customer } from '#customer/module';
import { duplicate } from '#duplicate/module';
import { enterprise } from '#enterprise/module';
import { household } from '#household/module';
import { model } from '#model/module';
import { org } from '#org/module';
import { systemActor } from '#platform/actor';
import type { Config } from '#platform/config';
import type { Db } from '#platform/db';
import type { House } from '#platform/module';
import { openVault } from '#platform/vault';
import { book } from '#scenario';
import { scenario } from '#scenario/module';
import { loadSources } from '#source';
import { source } from '#source/module';
import { tag } from '#tag/module';
import { freshDb } from '../../../test/database.ts';
import { isBad, readEvent, type SentEvent } from './event.ts';
import { KINDS, rulesOf } from './folding.ts';
import { makeGatherer } from './intake.ts';
import { tracking } from './module.ts';
import { type Prepared, prepare } from './prepare.ts';

export const MODULES = [org, scenario, source, tag, customer, household, duplicate, enterprise, model, tracking];

/** A house with the journey heart's modules on a database of its own; nothing listens, nobody is told. */
export async function aTrackingHouse(config: Partial<Config> = {}): Promise<House> {
  const db: Db = await freshDb(MODULES);
  const live = { announce: () => undefined, on: () => () => undefined, close: async () => undefined };
  const house = {
    config: { zone: 'Asia/Shanghai', limits: 'off', demo: false, repo: '/nowhere', ...config } as Config,
    db,
    log: pino({ level: 'silent' }),
    vault: openVault(Buffer.alloc(32, 7)),
    live,
  };
  await scenario.start?.(house);
  await book.reload(db);
  await loadSources(db);
  return house;
}

export type Sending = { type: string; time: string; keys: Record<string, string | string[]> } & Partial<
  Omit<SentEvent, 'type' | 'time' | 'keys' | 'at'>
>;

/** An event as its source would send it. */
export function anEvent(house: House, sending: Sending): Prepared {
  const read = readEvent({ source: 'try', ...sending }, { only: undefined, zoneOf: () => undefined, nowUs: Date.now() * 1000 });
  if (isBad(read)) throw new Error(JSON.stringify(read));
  return prepare(read as SentEvent, KINDS, rulesOf((read as SentEvent).source), house.vault);
}

/** Takes events in, one batch. */
export const takeIn = (house: House, events: readonly Sending[]) =>
  makeGatherer(house, systemActor('test')).submit(
    events.map((e) => anEvent(house, e)),
    new Map(),
  );
