import type { Vault } from '#platform/vault';
import { SETTINGS } from './contract.ts';
import type { FeedRecord } from './store.ts';

/** The secrets of a feed, by the names of their settings. */
export const secretsOf = (vault: Vault, { secrets }: Pick<FeedRecord, 'secrets'>): Record<string, string> =>
  secrets === null ? {} : (JSON.parse(vault.open(secrets)) as Record<string, string>);

export const sealed = (vault: Vault, secrets: Record<string, string>): Buffer | null =>
  Object.keys(secrets).length === 0 ? null : vault.seal(JSON.stringify(secrets));

/** The settings as a kind needs them, secrets included; with today's defaults for what was not known when they were written. */
export const settingsOf = (vault: Vault, feed: FeedRecord): Record<string, unknown> =>
  SETTINGS[feed.kind].parse({ ...feed.settings, ...secretsOf(vault, feed) }) as Record<string, unknown>;
