import { randomBytes } from 'node:crypto';
import pino from 'pino';
import type { Config } from '#platform/config';
import type { Db } from '#platform/db';
import { openLive } from '#platform/live';
import type { House } from '#platform/module';
import { openVault } from '#platform/vault';
import type { Level, NewAccount, Unit } from './contract.ts';

export const aUnit = (code: string, parent: string | null, level: Level = 'province'): Unit => ({
  code,
  parent,
  level,
  names: { zh: code, en: code },
});

export const anAccount = (over: Partial<NewAccount> = {}): NewAccount => ({
  login: 'li',
  name: '李',
  role: 'manager',
  unit: 'root',
  ...over,
});

/** 江南: one city of two counties, a grid in the first. */
export const JIANGNAN: readonly Unit[] = [
  aUnit('root', null),
  aUnit('yun', 'root', 'city'),
  aUnit('east', 'yun', 'county'),
  aUnit('west', 'yun', 'county'),
  aUnit('g-1', 'east', 'grid'),
];

export async function aHouse(db: Db, config: Partial<Config> = {}): Promise<House> {
  const log = pino({ level: 'silent' });
  return {
    config: { limits: 'on', demo: false, repo: '/nowhere', ...config } as Config,
    db,
    log,
    vault: openVault(randomBytes(32)),
    live: await openLive(db.url, log),
  };
}
