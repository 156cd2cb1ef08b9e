import { type FeedKind, type Gap, SETTINGS } from './contract.ts';

/** The settings that are sealed. */
export const SECRETS: { readonly [K in FeedKind]: readonly string[] } = {
  folder: [],
  postgres: ['password'],
  nats: ['password', 'token', 'creds'],
};

type Settings = Record<string, unknown>;

/** Settings in two: what may be shown, and the secrets. A password inside a database's address counts as one. */
export function split(kind: FeedKind, settings: Settings): { open: Settings; secret: Record<string, string> } {
  const open: Settings = {};
  const secret: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined || value === null) continue;
    if (!SECRETS[kind].includes(name)) open[name] = value;
    else if (value !== '') secret[name] = String(value);
  }
  if (kind === 'postgres' && typeof open.url === 'string' && URL.canParse(open.url)) {
    const url = new URL(open.url);
    if (url.password !== '') secret.password ??= decodeURIComponent(url.password);
    url.password = '';
    open.url = url.href;
  }
  return { open, secret };
}

/** Old settings with what a change names; null takes a setting out. Throws zod's error when the sum is not sound. */
export function changed(kind: FeedKind, old: Settings, change: Settings): Settings {
  const sum: Settings = { ...old };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete sum[name];
    else sum[name] = value;
  }
  return SETTINGS[kind].parse(sum) as Settings;
}

/** True when a feed reads from another place than before, so that its position means nothing there. */
export const isElsewhere = (kind: FeedKind, a: Settings, b: Settings): boolean =>
  kind === 'postgres' && ['url', 'relation', 'cursor'].some((name) => a[name] !== b[name]);

export const stateOf = (feed: { paused: boolean; error: string | null }): 'running' | 'paused' | 'failing' => {
  if (feed.paused) return 'paused';
  return feed.error === null ? 'running' : 'failing';
};

const MOST_GAPS = 100;

/**
 * Running numbers that are missing among files' names. `sequence`: a regular expression; its group `number` (else its first) is the number, its group
 * `series` (a date, a station) what is counted by itself. Only between the first and the last that came: before and after nobody knows.
 */
export function gapsOf(names: Iterable<string>, sequence: string): Gap[] {
  const form = new RegExp(sequence);
  const series = new Map<string, Set<number>>();
  for (const name of names) {
    const found = form.exec(name);
    const number = Number(found?.groups?.number ?? found?.[1]);
    if (found === null || !Number.isSafeInteger(number)) continue;
    const key = found.groups?.series ?? '';
    series.set(key, (series.get(key) ?? new Set()).add(number));
  }
  const gaps: Gap[] = [];
  for (const [key, numbers] of [...series].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const sorted = [...numbers].sort((a, b) => a - b);
    sorted.forEach((number, at) => {
      const before = sorted[at - 1];
      if (before !== undefined && number > before + 1) gaps.push({ series: key, from: before + 1, to: number - 1 });
    });
  }
  return gaps.slice(-MOST_GAPS);
}
