import { LRUCache } from 'lru-cache';
import { list } from './db.ts';
import { gather } from './gather.ts';
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
  /** `take` of the one and then `peek` of the other, in the time of one of them. */
  takeAndPeek(taken: readonly [keys: string, Rule], looked: readonly [keys: readonly string[], Rule]): Promise<Verdict>;
  /** Counts like `take`, for what is known only afterwards (a miss). A caller that was over already answers as `peek` would have. */
  penalise(keys: string | readonly string[], rule: Rule): Promise<Verdict>;
  /** Forgets the counts: after a right password. */
  pardon(keys: string | readonly string[], rule: Rule): Promise<void>;
}

const FREE: Limits = {
  take: async () => ({ ok: true }),
  peek: async () => ({ ok: true }),
  takeAndPeek: async () => ({ ok: true }),
  penalise: async () => ({ ok: true }),
  pardon: async () => undefined,
};

const SWEEP_MS = 60_000;

/** How often each key is counted, for how many seconds; in the order of keys, so that no two statements wait for one another. */
const COUNT = `insert into platform."limit" as l (key, used, ends)
  select k, n, now() + make_interval(secs => s) from unnest($1::uuid[], $2::int[], $3::float8[]) g (k, n, s) order by k
  on conflict (key) do update set
    used = case when l.ends <= now() then excluded.used else least(l.used + excluded.used, 1000000) end,
    ends = case when l.ends <= now() then excluded.ends else l.ends end
  returning key, used, extract(epoch from ends - now())::float8 as rest`;

const SWEEP = `delete from platform."limit" where key in (select key from platform."limit" where ends < now() for update skip locked)`;

const LOOK = `select key, used, extract(epoch from ends - now())::float8 as rest from platform."limit" where key = any((select $1::uuid[])::uuid[]) and ends > now()`;

interface Used {
  readonly key: string;
  readonly used: number;
  readonly rest: number;
}

/** Callers of one moment are counted by one statement, and each is told his own place: as if they had come one after the other. */
const counter = (db: House['db']) =>
  gather(
    async (calls: readonly { readonly ids: readonly string[]; readonly seconds: number }[]): Promise<Used[][]> => {
      const times = new Map<string, { n: number; seconds: number }>();
      const places = calls.map(({ ids, seconds }) =>
        ids.map((id) => {
          const of = times.get(id) ?? { n: 0, seconds };
          times.set(id, of);
          return ++of.n;
        }),
      );
      const all = [...times.values()];
      const rows = await db.query<Used & Record<string, never>>('limit-count', COUNT, [
        list([...times.keys()]),
        list(all.map((t) => t.n)),
        list(all.map((t) => t.seconds)),
      ]);
      const used = new Map(rows.map((r) => [r.key, r]));
      return calls.map(({ ids }, c) =>
        ids.map((key, i) => {
          const { used: last, rest } = used.get(key) as Used;
          return { key, rest, used: last - (times.get(key)?.n ?? 0) + (places[c]?.[i] ?? 0) };
        }),
      );
    },
    { most: 250, inFlight: 1 },
  );

const looker = (db: House['db']) =>
  gather(async (calls: readonly (readonly string[])[]): Promise<Used[][]> => {
    const rows = await db.query<Used & Record<string, never>>('limit-look', LOOK, [list([...new Set(calls.flat())])]);
    const used = new Map(rows.map((r) => [r.key, r]));
    return calls.map((ids) => ids.flatMap((id) => used.get(id) ?? []));
  });

/**
 * Limits of this installation (all allowed with GLASSHOUSE_LIMITS=off). Callers of one moment share a statement, whether their keys were
 * seen before or not, and whether what they stand for exists or not; a key found to be over is refused from memory until its window ends,
 * known or unknown alike.
 */
export function openLimits({ config, db, vault }: Pick<House, 'config' | 'db' | 'vault'>): Limits {
  if (config.limits === 'off') return FREE;
  const over = new LRUCache<string, number>({ max: 50_000 }); // key + points → when it may again, by the monotonic clock
  const counted = counter(db);
  const looked = looker(db);
  let swept = 0;

  const ids = (keys: string | readonly string[]): string[] =>
    [...new Set(typeof keys === 'string' ? [keys] : keys)].map((k) => vault.hash('limit', k));
  const name = (id: string, rule: Rule) => `${id}/${rule.points}`;

  const remembered = (list: readonly string[], rule: Rule): Verdict => {
    const rest = Math.max(...list.map((id) => (over.get(name(id, rule)) ?? 0) - performance.now()), 0);
    return rest > 0 ? { ok: false, retryAfter: Math.ceil(rest / 1000) } : { ok: true };
  };

  const judge = (rows: readonly Used[], rule: Rule, allowed: number): Verdict => {
    const beyond = rows.filter((r) => r.used > allowed);
    for (const r of beyond) over.set(name(r.key, rule), performance.now() + r.rest * 1000);
    return beyond.length === 0 ? { ok: true } : { ok: false, retryAfter: Math.max(1, Math.ceil(Math.max(...beyond.map((r) => r.rest)))) };
  };

  const sweep = () => {
    if (performance.now() - swept < SWEEP_MS) return;
    swept = performance.now();
    db.query('limit-sweep', SWEEP).catch(() => undefined); // the next minute's call sweeps again
  };

  const count = async (of: readonly string[], rule: Rule): Promise<Verdict> => {
    const known = remembered(of, rule);
    if (!known.ok) return known;
    sweep();
    return judge(await counted({ ids: of, seconds: rule.seconds }), rule, rule.points);
  };

  const peek = async (of: readonly string[], rule: Rule): Promise<Verdict> => {
    const known = remembered(of, rule);
    if (!known.ok) return known;
    return judge(await looked(of), rule, rule.points - 1);
  };

  return {
    take: (keys, rule) => count(ids(keys), rule),
    penalise: (keys, rule) => count(ids(keys), rule),
    peek: (keys, rule) => peek(ids(keys), rule),
    async takeAndPeek([key, rule], [keys, other]) {
      const of = ids(key);
      const known = remembered(of, rule);
      if (!known.ok) return known; // without a look at the others: who floods us costs nothing
      const [first, second] = await Promise.all([count(of, rule), peek(ids(keys), other)]);
      return first.ok ? second : first;
    },
    async pardon(keys, rule) {
      const of = ids(keys);
      for (const id of of) over.delete(name(id, rule));
      await db.query('limit-pardon', 'delete from platform."limit" where key = any($1::uuid[])', [of]);
    },
  };
}
