import { isRefusal, type Refusal, refuse } from '#platform/result';
import { batchesSince, lastBatch, readCatalogue } from '#tag';
import { freshnessOf } from '#tag/contract';
import { dateOf, todayIn } from './bounds.ts';
import { all, linesPlan, othersThan, planOf } from './compile.ts';
import type { Changed } from './contract.ts';
import { type Definition, linesOf, tagsIn } from './model.ts';
import type { Plan } from './plan.ts';
import { kept } from './saved.ts';
import { sentenceOf } from './sentence.ts';
import { type Caller, type Desk, msSince, type Question, within } from './service.ts';
import * as store from './store.ts';

/** What became of a saved audience since its members were remembered: who joined, who left, and which of its lines did it. */

const BATCHES_SHOWN = 5;
type Line = Changed['lines'][number];

/** Refuses `thing.not-found`, `audience.not-remembered`, and what its definition names that is there no more. */
export async function changeSince(
  desk: Desk,
  caller: Caller,
  { id, since }: { id: string; since?: string | undefined },
): Promise<Changed | Refusal> {
  const began = performance.now();
  const row = await store.findAudience(desk.sql, caller.viewer, id);
  if (row === undefined) return refuse('thing.not-found');
  const then = await store.remembered(desk.sql, id);
  if (since !== undefined && (then === undefined || since !== dateOf(then.day))) return refuse('audience.not-remembered', { day: since });
  if (then === undefined) return notedNever(desk, caller, row.definition, began);
  const version = then.version === row.version ? row : await store.versionOf(desk.sql, id, then.version);
  const [question, old] = [await kept(desk, caller, row.definition), await kept(desk, caller, version?.definition)];
  if (isRefusal(question)) return question;
  if (isRefusal(old)) return old;
  const { scope, definition } = question as Question;
  const lines = linesOf((old as Question).definition);
  const plans = { scope, is: planOf(definition), old: planOf((old as Question).definition), lines: lines.map(({ line }) => planOf(line)) };
  const seesAll = caller.actor.areas === 'all' && caller.actor.partner === undefined;
  const [people, funnel, causes] = await Promise.all([
    then.whole && then.tag !== null ? moved(desk, plans, then.tag) : null,
    desk.count(linesPlan([scope, ...plans.lines])),
    causesOf(desk, lines.map(({ line }) => line), then), // biome-ignore format: one line
  ]);
  const now = (await desk.count(all([scope, plans.is]))).count;
  const before = seesAll ? then.count : (people?.stood ?? now);
  const edited = then.version === row.version || people === null ? null : { from: then.version, to: row.version, ...people.edited };
  const joinedByFacts = people === null ? 0 : people.joined - people.edited.joined;
  const movers = causes.filter((c) => c.some(({ kind }) => kind !== 'late')).length;
  return {
    since: { day: dateOf(then.day), at: new Date(then.at).toISOString(), version: then.version },
    before,
    now,
    people: people && { joined: people.joined, left: people.left },
    gone: people === null ? 0 : before - people.stood,
    edited,
    lines: lines.map(({ path, line }, i): Line => {
      const mine = causes[i] ?? [];
      const isMover = mine.some(({ kind }) => kind !== 'late');
      return {
        path,
        sentence: sentenceOf(line, caller.lang),
        before: seesAll ? (then.funnel[i] ?? null) : null,
        now: funnel.funnel[i + 1] ?? 0,
        left: people?.leftAt[i] ?? 0,
        joined: joinedByFacts === 0 || !isMover ? 0 : movers === 1 ? joinedByFacts : null,
        causes: mine,
      };
    }),
    ms: msSince(began),
  };
}

async function notedNever(desk: Desk, caller: Caller, where: unknown, began: number): Promise<Changed | Refusal> {
  const question = await kept(desk, caller, where);
  if (isRefusal(question)) return question;
  const { count } = await desk.count(within(question as Question));
  return { since: null, before: null, now: count, people: null, gone: 0, edited: null, lines: [], ms: msSince(began) };
}

interface Plans {
  readonly scope: Plan;
  readonly is: Plan;
  readonly old: Plan;
  readonly lines: readonly Plan[];
}

/** `stood`: members then who still count at all; `leftAt`: who left by facts, by the first of the old lines that is not true of him. */
async function moved(desk: Desk, { scope, is, old, lines }: Plans, tag: number) {
  const was: Plan = { op: 'flag', tag, side: 'yes' };
  const [joined, left] = [all([scope, is, othersThan(was)]), all([scope, was, othersThan(is)])];
  const size = async (plan: Plan) => (await desk.count(plan)).count;
  const [stood, all_, joinedByEdit, leftByEdit, gone, falling] = await Promise.all([
    size(all([scope, was])),
    size(joined),
    size(all([joined, othersThan(old)])),
    size(all([left, old])),
    size(left),
    desk.count(linesPlan([all([left, othersThan(old)]), ...lines])),
  ]);
  return {
    stood,
    joined: all_,
    left: gone,
    edited: { joined: joinedByEdit, left: leftByEdit },
    leftAt: lines.map((_, i) => (falling.funnel[i] ?? 0) - (falling.funnel[i + 1] ?? 0)),
  };
}

/** Of each line: batches that moved its tags, days that are counted from today, tags whose data is late. */
async function causesOf(desk: Desk, lines: readonly Definition[], then: store.RememberedRow): Promise<Line['causes'][]> {
  const until = await lastBatch(desk.sql);
  const late = await lateTags(desk, new Set(lines.flatMap((line) => [...tagsIn(line)])));
  return Promise.all(
    lines.map(async (line): Promise<Line['causes']> => {
      const tags = tagsIn(line);
      const batches = await batchesSince(desk.sql, [...tags], { after: then.batch, until, limit: BATCHES_SHOWN });
      return [
        ...(batches.length === 0
          ? []
          : [{ kind: 'moved' as const, batches: batches.map((b) => ({ ...b, at: new Date(b.at).toISOString() })) }]),
        ...(isCountedFromToday(line) && todayIn(desk.zone, Date.now()) !== then.day ? [{ kind: 'calendar' as const }] : []),
        ...late.filter(({ id }) => tags.has(id)).map(({ name, since }) => ({ kind: 'late' as const, tag: name, since })),
      ];
    }),
  );
}

async function lateTags({ sql, shelf, zone }: Desk, ids: ReadonlySet<number>): Promise<{ id: number; name: string; since: string }[]> {
  const names = [...(await shelf.tags(sql)).values()].filter((t) => ids.has(t.id)).map((t) => t.name);
  const today = dateOf(todayIn(zone, Date.now()));
  return (await readCatalogue(sql, names)).flatMap((t) => {
    const loadedOn = t.loaded_at === null ? null : dateOf(todayIn(zone, t.loaded_at));
    const fresh = freshnessOf({ refresh: t.refresh, speaksOf: t.speaks_of }, loadedOn, today);
    return fresh.is === 'late' ? [{ id: t.id, name: t.name, since: fresh.due }] : [];
  });
}

/** Another day, another meaning. */
function isCountedFromToday(d: Definition): boolean {
  if (d.op === 'and' || d.op === 'or') return d.of.some(isCountedFromToday);
  if (d.op === 'not' || d.op === 'audience' || d.op === 'top') return isCountedFromToday(d.of);
  return d.op === 'range' && [d.from, d.to].some((end) => typeof end?.said === 'object');
}
