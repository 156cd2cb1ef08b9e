import { LRUCache } from 'lru-cache';
import type { House, Migration } from './module.ts';

/**
 * Counts per key, over all copies of the program, in windows that begin with their first count. A count is kept under the keyed
 * hash of its key, so the table holds no address and no number; it is unlogged: after a crash everybody starts anew.
 */
export const migrations: readonly Migration[] = [
  {
    name: 'limit-1',
    sql: `create schema if not exists platform;
      create unlogged table if not exists platform."limit" (key uuid primary key, used integer not null, ends timestamptz not null);
      create index if not exists limit_ends on platform."limit" (ends);`,
  },
];

/** At most `points` counts in `seconds`. */
export interface Rule {
  readonly points: number;
  readonly seconds: number;
}

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly retryAfter: number };

export interface Limits {
  /** Counts once for each key and says whether all are still within the rule; `retryAfter`: whole seconds until all are again. */
  take(keys: string | readonly string[], rule: Rule): Promise<Verdict>;
  /** Says whether one more would be allowed, counting nothing. */
  peek(keys: string | readonly string[], rule: Rule): Promise<Verdict>;
  /** Counts like `take`, for what is known only afterwards (a miss). A caller that was over already answers as `peek` would have. */
  penalise(keys: string | readonly string[], rule: Rule): Promise<Verdict>;
  /** Forgets the counts: after a right password. */
  pardon(keys: string | readonly string[], rule: Rule): Promise<void>;
}

const FREE: Limits = {
  take: async () => ({ ok: true }),
  peek: async () => ({ ok: true }),
  penalise: async () => ({ ok: true }),
  pardon: async () => undefined,
};

const SWEEP_MS = 60_000;

const COUNT = `insert into platform."limit" as l (key, used, ends)
  select k, 1, now() + make_interval(secs => $2) from unnest($1::uuid[]) k
  on conflict (key) do update set
    used = case when l.ends <= now() then 1 else least(l.used + 1, 1000000) end,
    ends = case when l.ends <= now() then excluded.ends else l.ends end
  returning key, used, extract(epoch from ends - now())::float8 as rest`;

const SWEEP = `delete from platform."limit" where key in (select key from platform."limit" where ends < now() for update skip locked)`;

const LOOK = `select key, used, extract(epoch from ends - now())::float8 as rest from platform."limit" where key = any($1::uuid[]) and ends > now()`;

/**
 * Limits of this installation (all allowed with GLASSHOUSE_LIMITS=off). Every call is one statement over all its keys, whether a
 * key was seen before or not, and whether what it stands for exists or not; a key found to be over is refused from memory until
 * its window ends, known or unknown alike.
 */
export function openLimits({ config, db, vault }: Pick<House, 'config' | 'db' | 'vault'>): Limits {
  if (config.limits === 'off') return FREE;
  const over = new LRUCache<string, number>({ max: 50_000 }); // key + points → when it may again, by the monotonic clock
  let swept = 0;

  const ids = (keys: string | readonly string[]): string[] =>
    [...new Set(typeof keys === 'string' ? [keys] : keys)].map((k) => vault.hash('limit', k)).sort(); // sorted: no deadlocks
  const name = (id: string, rule: Rule) => `${id}/${rule.points}`;

  const remembered = (list: readonly string[], rule: Rule): Verdict => {
    const rest = Math.max(...list.map((id) => (over.get(name(id, rule)) ?? 0) - performance.now()), 0);
    return rest > 0 ? { ok: false, retryAfter: Math.ceil(rest / 1000) } : { ok: true };
  };

  const judge = (rows: readonly { key: string; used: number; rest: number }[], rule: Rule, allowed: number): Verdict => {
    const beyond = rows.filter((r) => r.used > allowed);
    for (const r of beyond) over.set(name(r.key, rule), performance.now() + r.rest * 1000);
    return beyond.length === 0 ? { ok: true } : { ok: false, retryAfter: Math.max(1, Math.ceil(Math.max(...beyond.map((r) => r.rest)))) };
  };

  const sweep = () => {
    if (performance.now() - swept < SWEEP_MS) return;
    swept = performance.now();
    db.query('limit-sweep', SWEEP).catch(() => undefined); // the next minute's call sweeps again
  };

  const count = async (keys: string | readonly string[], rule: Rule): Promise<Verdict> => {
    const list = ids(keys);
    const known = remembered(list, rule);
    if (!known.ok) return known;
    sweep();
    return judge(await db.query('limit-count', COUNT, [list, rule.seconds]), rule, rule.points);
  };

  return {
    take: count,
    penalise: count,
    async peek(keys, rule) {
      const list = ids(keys);
      const known = remembered(list, rule);
      if (!known.ok) return known;
      return judge(await db.query('limit-look', LOOK, [list]), rule, rule.points - 1);
    },
    async pardon(keys, rule) {
      const list = ids(keys);
      for (const id of list) over.delete(name(id, rule));
      await db.query('limit-pardon', 'delete from platform."limit" where key = any($1::uuid[])', [list]);
    },
  };
}
