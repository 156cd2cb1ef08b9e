/**
 * Who may call whom: the data of the law in ARCHITECTURE.md, executed by `architecture.test.ts`.
 *
 * A *call* is an import of another module's `index.ts` (`#scenario`): an answer is needed now, in the same transaction. Calls are declared here, make
 * no circle, and a permission that nobody uses is an error. News (`#x/events`) and wire forms (`#x/contract`) are free in any direction.
 */
export const calls: Readonly<Record<string, readonly string[]>> = {
  audience: ['customer', 'org', 'tag'],
  customer: ['org', 'tag'],
  derivation: ['rule', 'tag'],
  duplicate: ['customer', 'household', 'tag'],
  enterprise: ['rule'],
  feed: ['source', 'tracking'],
  household: ['customer'],
  model: ['audience', 'customer', 'retention', 'tag'],
  operation: [],
  org: [],
  place: ['audience', 'customer', 'org', 'retention', 'tag'],
  retention: ['customer', 'org', 'rule'],
  rule: ['tag'],
  scenario: [],
  source: [],
  tag: [],
  tracking: ['customer', 'duplicate', 'enterprise', 'household', 'model', 'org', 'scenario', 'source'],
  transfer: ['customer', 'household', 'tag'],
};

/**
 * Rank of each named file of a module; imports only look down or sideways. A file of any other name has the rank of the highest thing that it imports:
 * nothing impure: 0; the database, another impure part of the platform, node's own I/O: 1; a file of its module: that file's rank; a name from another
 * module's door for calls: the rank of the file that it comes from.
 */
export const ranks: Readonly<Record<string, number>> = {
  contract: 0,
  model: 0,
  events: 0,
  migrations: 0,
  store: 1,
  service: 2,
  routes: 3,
  listeners: 3,
  jobs: 3,
  index: 4,
  module: 4,
};

/** Parts of the platform that decide, shape or name, and touch nothing outside: any file may use them. */
export const purePlatform: readonly string[] = ['result', 'id', 'money', 'time', 'i18n', 'actor', 'personal', 'module', 'csv'];

/** Packages that reach outside the process; a file that uses one is no pure file. */
export const impurePackage =
  /^(node:(?!crypto$|util$|path$|assert$|url$)|pg$|pg-|kysely|fastify|@fastify|graphile-worker|pino|openid-client|@nats-io|undici)/;

/** Schemas that are not a module's own, and which the SQL of modules may name. */
export const openSchemas: readonly string[] = ['graphile_worker', 'pg_catalog', 'information_schema'];

/** Web apps that may use another one's files, beside their own and the kit's. */
export const apps: Readonly<Record<string, readonly string[]>> = { widget: ['track'] };
