import type { Task } from 'graphile-worker';
import type { Actor } from './actor.ts';
import type { Config } from './config.ts';
import type { Db } from './db.ts';
import type { App } from './http.ts';
import type { Live } from './live.ts';
import type { Log } from './log.ts';
import type { Listener } from './outbox.ts';
import type { Vault } from './vault.ts';

/** What a module is given once, at start. */
export interface House {
  readonly config: Config;
  readonly db: Db;
  readonly log: Log;
  readonly vault: Vault;
  readonly live: Live;
}

/** `sql` may run twice; migrations run in the order of modules, then of names, each once, in one transaction. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** The door for `main.ts`: what one module brings to the program. */
export interface Module {
  readonly name: string;
  readonly migrations: readonly Migration[];
  /** Every refusal this module can give: code → HTTP status and a sentence per language; `{name}` takes a detail. */
  readonly refusals?: Refusals;
  /** Templates of sentences that are kept in English, and the same in Chinese: `app.retell` says them to whoever reads them. */
  readonly words?: readonly (readonly [en: string, zh: string])[];
  /** Called after migrations, in the order of modules: first data, caches, background work. */
  start?(house: House): Promise<void>;
  /** Says whose a token is (sources and staff each know their own). */
  authenticate?(house: House): Authenticate;
  routes?(app: App, house: House): void;
  /** What it does when another module decided something (`#x/events`), in one transaction with the delivery. */
  listeners?(house: House): readonly Listener[];
  /** graphile-worker tasks by name ("tracking.partitions"), and their crontab lines. */
  jobs?(house: House): Record<string, Task>;
  crontab?: string;
  /** Files of lines in the data folder that belong to the store: a backup takes them along, a restore adds the lines that are not there. */
  journals?: readonly string[];
  /** A statement that ends a restore, in its transaction and on the backup's own state of the tables: what had a meaning in the old store alone. */
  restored?: string;
  /** After a restore, before anybody is served; answers a sentence for the administrator. */
  afterRestore?(house: House): Promise<string>;
  stop?(): Promise<void>;
}

export type Refusals = Readonly<Record<string, { status: number; zh: string; en: string }>>;

/** Finds out who calls from a request's bearer token or session cookie; undefined = nobody. Asked in the order of modules. */
export type Authenticate = (token: string, by: 'bearer' | 'cookie') => Promise<Actor | undefined>;
