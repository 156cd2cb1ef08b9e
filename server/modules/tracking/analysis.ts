import { LRUCache } from 'lru-cache';
import { openAside, TooLong } from '#platform/aside';
import type { Sql } from '#platform/db';
import type { House } from '#platform/module';
import { Refused, refuse } from '#platform/result';
import { book } from '#scenario';
import * as store from './analysis-store.ts';
import type { ElapsedTimes, ProcessMap, StageTimes, Variants } from './contract.ts';
import { planOf } from './folding.ts';
import { milestonePlaces, ranks, stagePlaces } from './places.ts';
import type { JourneyFilter, Scope } from './read-store.ts';

/**
 * Questions over many journeys at once: exact, beside the hot road, and answered from memory while nothing has changed. Throws the
 * refusal `analysis.too-long` when the period is too wide for the time allowed.
 */
export interface Analysis {
  process(f: JourneyFilter, scope: Scope): Promise<ProcessMap>;
  variants(f: JourneyFilter, scope: Scope, page: { offset: number; limit: number }): Promise<Variants>;
  stages(f: JourneyFilter, scope: Scope): Promise<StageTimes>;
  elapsed(f: JourneyFilter & { scenario: string }, scope: Scope): Promise<ElapsedTimes>;
  /** Ids of journeys along an arrow of the map, the latest begun first, at most 10,001. */
  along(f: JourneyFilter, scope: Scope, way: { from: string | undefined; to: string | undefined }): Promise<string[]>;
}

const AT_ONCE = 2;
const SECONDS = 25;
/** "Analysis sees an event within 1 s" (contract.md): a younger answer may be given to anybody, an older one only while its mark holds. */
const FRESH_MS = 900;
const KEPT_MS = 600_000;
const MOST = 10_001;

interface Answer {
  /** Up to when the answer is known to hold, epoch ms: its snapshot, or the last time that its mark was found unchanged. */
  holds: number;
  /** When its snapshot was taken; infinite while it waits for its turn, so that whoever asks the same meanwhile waits with it. */
  begun: number;
  mark: string | undefined;
  readonly value: Promise<unknown>;
}

export function makeAnalysis(house: House): Analysis {
  const aside = openAside(house.db, { most: AT_ONCE, seconds: SECONDS });
  const answers = new LRUCache<string, Answer>({ max: 200, ttl: KEPT_MS });

  /** True when what was answered still holds; an unchanged mark says so as of now. */
  const stillHolds = async (answer: Answer): Promise<boolean> => {
    if (Date.now() - answer.begun < FRESH_MS) return true;
    const asked = Date.now();
    if (answer.mark === undefined || answer.mark !== (await store.markOf(house.db))) return false;
    answer.holds = Math.max(answer.holds, asked);
    return true;
  };

  /** The answer of an equal question, while it is fresh enough; else asks anew. */
  const askList = async <T>(name: string, f: JourneyFilter, scope: Scope, extra: unknown, run: (sql: Sql) => Promise<T>) => {
    const key = JSON.stringify([name, f, scope, extra, book.edition()]);
    const before = answers.get(key);
    if (before !== undefined && (await stillHolds(before))) return { value: (await before.value) as T, holds: before.holds };
    const answer: Answer = {
      holds: Number.POSITIVE_INFINITY,
      begun: Number.POSITIVE_INFINITY,
      mark: undefined,
      value: aside.ask(async (sql) => {
        answer.begun = Date.now();
        answer.holds = answer.begun;
        const mark = await store.markOf(sql);
        const value = await run(sql);
        answer.mark = mark;
        return value;
      }),
    };
    answers.set(key, answer);
    answer.value.catch(() => answers.get(key) === answer && answers.delete(key));
    try {
      return { value: (await answer.value) as T, holds: answer.holds };
    } catch (e) {
      throw e instanceof TooLong ? new Refused(refuse('analysis.too-long')) : e;
    }
  };

  /** The same with the instant that its figures speak of. */
  const ask = async <T extends object>(name: string, f: JourneyFilter, scope: Scope, extra: unknown, run: (sql: Sql) => Promise<T>) => {
    const { value, holds } = await askList(name, f, scope, extra, run);
    return { ...value, at: new Date(holds).toISOString() };
  };

  return {
    process: (filter, scope) =>
      ask('process', filter, scope, null, async (sql) => {
        const row = await store.processMap(sql, { filter, scope, ranks: ranks(filter.scenario) });
        const { p50, p90, mean } = row.durations;
        return {
          ...row,
          activities: row.activities ?? [],
          transitions: row.transitions ?? [],
          durations: { p50: p50 ?? 0, p90: p90 ?? 0, mean: mean ?? 0 },
        };
      }),
    variants: (filter, scope, page) =>
      ask('variants', filter, scope, page, async (sql) => {
        const rows = await store.variants(sql, { filter, scope, ranks: ranks(filter.scenario) }, page);
        const total = rows[0]?.all_variants ?? 0;
        return {
          items: rows.map(({ types, journeys, p50, example, all_journeys }) => ({
            types,
            journeys,
            p50,
            example,
            share: journeys / all_journeys,
          })),
          total,
          nextCursor: page.offset + rows.length < total ? String(page.offset + rows.length) : null,
        };
      }),
    stages: (filter, scope) =>
      ask('stages', filter, scope, null, async (sql) => ({
        items: await store.stageTimes(sql, { filter, scope }, stagePlaces(filter.scenario), house.config.zone),
      })),
    elapsed: (filter, scope) =>
      ask('elapsed', filter, scope, null, async (sql) => {
        const rows = new Map(
          (await store.milestoneTimes(sql, { filter, scope }, milestonePlaces(filter.scenario))).map((r) => [r.milestone, r]),
        );
        return {
          items: (planOf(filter.scenario)?.scenario.milestones ?? []).map(({ id, names, stage, holder, optional, steps }) => {
            const upright = steps.filter((s) => !s.optional || optional);
            const sum = (p: 'p50' | 'p90') => upright.reduce((n, s) => n + s[p], 0);
            const really = rows.get(id);
            return {
              id,
              names,
              stage,
              holder,
              journeys: really?.journeys ?? 0,
              planned: { p50: sum('p50'), p90: sum('p90') },
              actual: really ? { p50: really.p50, p90: really.p90 } : null,
            };
          }),
        };
      }),
    along: async (filter, scope, way) => {
      const q = { filter, scope, ranks: ranks(filter.scenario) };
      const { value } = await askList('along', filter, scope, way, (sql) => store.journeysAlong(sql, q, way, MOST));
      return value;
    },
  };
}
