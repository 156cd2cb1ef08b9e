import os from 'node:os';
import type { Db } from '#platform/db';
import type { Live } from '#platform/live';
import type { Log } from '#platform/log';
import { Refused, refuse } from '#platform/result';
import { placesOf, type StoredTag } from '#tag';
import { type Crew, Gone, startCrew, Unanswered } from './engine-crew.ts';
import { makeGate } from './engine-gate.ts';
import { needsOf, tagsOf } from './engine-need.ts';
import { makeSteps, type Steps } from './engine-steps.ts';
import { openStock, type Stock } from './engine-stock.ts';
import { PIECE } from './memory.ts';
import type { Engine, Plan } from './plan.ts';
import { PIECES_MOST, type Share } from './worker-memories.ts';

export interface EngineOptions {
  readonly db: Db;
  readonly log: Log;
  /** Where batches are announced (`tag.changed`); without it they are found within a second. */
  readonly live?: Live;
  /** Threads; else one for each core, four at most. */
  readonly workers?: number;
  /** MB for tags; else a good third of the machine's memory. */
  readonly budgetMb?: number;
  /** Tags that stay in the store until they are asked for; else scores of models. */
  readonly cold?: (tag: StoredTag) => boolean;
}

/** `more`: tags besides those of the plan. */
interface Asked {
  readonly plan: Plan;
  readonly more?: readonly number[];
  readonly gone?: AbortSignal | undefined;
}

const SHARE_OF_MEMORY = 0.36;
const LEAST_MB = 16;
const WORKERS_MOST = 4;
const LOOK_MS = 1_000;
const PAUSES_MS = [0, 500, 2_000, 10_000, 30_000];
const CALM_MS = 60_000;
const ATTEMPTS = 4;

/** Refusals of the engine, for the module's list. */
export const engineRefusals = {
  'audience.no-room': {
    status: 422,
    zh: '这个口径用到的标签一次放不进内存，请减少条件。',
    en: 'The tags of this definition do not fit into memory at once: use fewer.',
  },
  'audience.too-large': {
    status: 422,
    zh: '这个口径太大：条件太多、嵌套太深或取值太多。',
    en: 'This definition is too large: too many conditions, nested too deep, or too many values.',
  },
  'audience.plan-of-other-kind': {
    status: 422,
    zh: '标签 {tag} 不是这个条件所需的种类。',
    en: 'Tag {tag} is not of the kind that this condition asks for.',
  },
  'audience.given-up': { status: 503, zh: '已不再需要这个结果。', en: 'Nobody waited for this answer any more.' },
  'audience.not-read': {
    status: 503,
    zh: '暂时读不到标签数据，请稍后再试。',
    en: 'The tags cannot be read from the store just now: try in a moment.',
  },
  'audience.engine-away': {
    status: 503,
    zh: '计数引擎正在重新启动，请稍后再试。',
    en: 'The counting engine is starting again: try in a moment.',
  },
  'audience.closing': { status: 503, zh: '系统正在停止。', en: 'The system is stopping.' },
} as const;

/** MB that the engine may use on this machine. */
export const defaultBudgetMb = (): number => {
  const memory = Math.min(os.totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.max(LEAST_MB, Math.floor((memory * SHARE_OF_MEMORY) / PIECE));
};

/** The shares of so many threads in so many MB. */
export function sharesOf(workers: number, budgetMb: number): Share[] {
  const each = Math.max(1, Math.floor(budgetMb / workers));
  const memories = Math.ceil(each / PIECES_MOST);
  return Array.from({ length: workers }, (_, part) => ({
    part,
    parts: workers,
    memories,
    pieces: Math.max(1, Math.floor(each / memories)),
  }));
}

/** Opens the engine at once; tags come in the background, and a question waits for those that it reads. Questions throw Refused (`engineRefusals`). */
export function openEngine(options: EngineOptions): Engine {
  const { db, log, live, cold = (t) => t.source?.startsWith('model') ?? false } = options;
  const workers = options.workers ?? Math.min(WORKERS_MOST, os.availableParallelism());
  const budgetMb = options.budgetMb ?? defaultBudgetMb();
  let now: { crew: Crew; stock: Stock } | undefined;
  let closed = false;
  let deaths = 0;
  const gate = makeGate();

  const begin = (): void => {
    const crew = startCrew(db.url, sharesOf(workers, budgetMb), log);
    const mine = { crew, stock: openStock({ db, crew, gate, log, cold }) };
    now = mine;
    const calm = setTimeout(() => {
      deaths = 0;
    }, CALM_MS).unref();
    void crew.gone.then(async () => {
      clearTimeout(calm);
      if (closed) return;
      now = undefined;
      void mine.stock.close();
      const pause = PAUSES_MS[Math.min(deaths++, PAUSES_MS.length - 1)] as number;
      log.error({ pause }, 'the audience engine starts again and loads anew');
      if (pause > 0) await new Promise((done) => setTimeout(done, pause).unref());
      if (!closed) begin();
    });
  };
  begin();

  /** What was announced is read before a question that came after it is answered. */
  let news: Promise<void> | undefined;
  let heard = false;
  const readNews = async (): Promise<void> => {
    while (heard) {
      heard = false;
      await now?.stock.catchUp().catch((e: Error) => log.warn({ reason: e.message }, 'a batch of tags could not be read'));
    }
    news = undefined;
  };
  const hear = (): void => {
    heard = true;
    news ??= readNews();
  };
  const unhear = live?.on('tag.changed', hear);
  const timer = setInterval(() => {
    now?.stock.look().catch((e: Error) => log.warn({ reason: e.message }, 'the audience engine cannot ask for new batches'));
  }, LOOK_MS).unref();

  const check = (plan: Plan, stock: Stock): void => {
    for (const { tag, form } of needsOf(plan)) {
      const kind = stock.kindOf(tag);
      if (kind === undefined || form === undefined) continue;
      const is = kind === 'flag' ? 'flag' : kind === 'oneOf' ? 'codes' : 'number';
      if (is !== form) throw new Refused(refuse('audience.plan-of-other-kind', { tag }));
    }
  };
  const once = async <T>({ plan, more = [], gone }: Asked, ask: (steps: Steps, stock: Stock) => Promise<T>): Promise<T> => {
    await news;
    if (closed) throw new Refused(refuse('audience.closing'));
    if (now === undefined) throw new Gone('not there');
    const { crew, stock } = now;
    const unpin = await stock.need([...new Set([...tagsOf(plan), ...more])]);
    try {
      check(plan, stock);
      return await gate.reading(async () => {
        const steps = makeSteps(crew, gone);
        try {
          return await ask(steps, stock);
        } finally {
          steps.release();
        }
      });
    } finally {
      unpin();
    }
  };
  /** Asked again when a thread died meanwhile; what a thread cannot answer is refused with its reason. */
  const ask = async <T>(asked: Asked, question: (steps: Steps, stock: Stock) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(asked, question);
      } catch (e) {
        if (e instanceof Unanswered && e.why === 'no-room' && attempt < ATTEMPTS && (await now?.stock.leave(4 ** attempt))) continue;
        if (e instanceof Unanswered && e.why !== 'fault') throw new Refused(refuse(`audience.${e.why}`));
        const restarted = e instanceof Gone || (e instanceof Refused && e.refusal.code === 'audience.closing' && !closed);
        if (!restarted) throw e;
        if (attempt === ATTEMPTS) throw new Refused(refuse('audience.engine-away'));
        await new Promise((done) => setTimeout(done, 200 * attempt));
      }
    }
  };

  return {
    count: (plan, gone) => ask({ plan, gone }, (steps) => steps.count(plan)),
    size: (plan, gone) => ask({ plan, gone }, (steps) => steps.size(plan)),
    members: (plan, limit) => ask({ plan }, (steps) => steps.members(plan, Math.max(0, Math.floor(limit)))),
    distribution: (plan, tag) =>
      ask({ plan, more: [tag] }, (steps, stock) => {
        const kind = stock.kindOf(tag) ?? 'flag';
        if (kind === 'flag') return steps.flags(plan, tag);
        return kind === 'oneOf' ? steps.codes(plan, tag) : steps.bars(plan, tag, kind);
      }),
    days: (plan, tag, between) => ask({ plan, more: [tag] }, (steps) => steps.days(plan, tag, between)),
    async valuesOf(ordinal, tags) {
      const places = new Map((await placesOf(db, ordinal, tags)).map((p) => [p.tag, p]));
      return tags.map((tag) => {
        const place = places.get(tag);
        const kind = place?.kind ?? now?.stock.kindOf(tag);
        if (kind === 'oneOf') return place?.code ?? 0;
        if (place === undefined) return null;
        if (kind === 'flag') return place.known === 1 ? place.yes : null;
        return place.code === 0 ? null : place.base + place.code - 1;
      });
    },
    readiness: () => ({
      ...(now?.stock.readiness() ?? { warm: 0, tags: 0 }),
      bytes: now?.crew.used() ?? 0,
      budget: budgetMb * PIECE,
    }),
    async close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      unhear?.();
      await now?.stock.close();
      await now?.crew.close();
    },
  };
}
