import { pathTo } from '#org';
import type { Actor } from '#platform/actor';
import { may } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { batchesSince, lastBatch } from '#tag';
import { dateOf, todayIn } from './bounds.ts';
import { all, othersThan, planOf } from './compile.ts';
import type { Audience, Difference, Share } from './contract.ts';
import { type Definition, linesOf, tagsIn } from './model.ts';
import { sentenceOf } from './sentence.ts';
import { ask, type Caller, type Desk, msSince, type Question } from './service.ts';
import { namedIn } from './shelf.ts';
import * as store from './store.ts';

/** Saved audiences: every save is a version; who may see and change them; what became of them day by day. */

/** Who looks at saved audiences: a unit's are open to its people, to those below it and to those above. */
export async function viewerOf(sql: Sql, actor: Actor): Promise<store.Viewer> {
  if (actor.areas === 'all') return { id: actor.id, units: null, all: actor.rights === 'all' };
  const [own] = actor.areas;
  return { id: actor.id, units: own === undefined ? [] : [...(await pathTo(sql, own)), ...actor.areas], all: false };
}

/** Owners change their own; who may change everything may change what is not his. */
const mayChange = (actor: Actor, row: store.AudienceRow): boolean =>
  actor.rights === 'all' || (may(actor, 'audience:edit') && (row.owner === actor.id || (row.share === 'unit' && sharesUnit(actor, row))));

/** Those at or above the unit may keep up what was shared with it. */
const sharesUnit = (actor: Actor, { unit }: store.AudienceRow): boolean =>
  actor.areas === 'all' || (unit !== null && actor.areas.includes(unit));

/** Names in a definition that was believed: its tags, and its audiences and lists. */
function namesIn(question: Question, where: unknown): store.Named {
  const ids = tagsIn(question.definition);
  const tags = [...question.catalogue.tags.values()].filter((t) => ids.has(t.id)).map((t) => t.name);
  return { tags, uses: namedIn([where]) };
}

/** A definition that was saved, as it is read now. Refuses what it names that is there no more. */
export const kept = async (desk: Desk, caller: Caller, where: unknown): Promise<Question | Refusal> =>
  (await ask(desk, caller, where, { wording: 'saved' })) as Question | Refusal;

export async function save(
  ctx: Ctx,
  desk: Desk,
  caller: Caller,
  wanted: { name: string; note: string; share: Share; where?: unknown },
): Promise<string | Refusal> {
  const question = await ask(desk, caller, wanted.where);
  if (isRefusal(question)) return question as Refusal;
  const { tx, now, actor } = ctx;
  const unit = actor.areas === 'all' ? null : (actor.areas[0] ?? null);
  const id = await store.addAudience(tx, { ...wanted, owner: actor.id, ownerName: actor.name, unit, at: now });
  const by = { at: now, actor: actor.id, actor_name: actor.name };
  await store.addVersion(tx, id, { version: 1, definition: wanted.where, ...by, ...namesIn(question as Question, wanted.where) });
  await audit(ctx, 'audience.saved', `audience:${id}`, { details: { name: wanted.name, share: wanted.share, where: wanted.where } });
  return id;
}

/** A change of the definition is a new version; of words and sharing, none. Refuses `audience.changed-since`, `audience.not-yours`. */
export async function change(
  ctx: Ctx,
  desk: Desk,
  caller: Caller,
  wanted: {
    id: string;
    version: number;
    name?: string | undefined;
    note?: string | undefined;
    share?: Share | undefined;
    where?: unknown;
  },
): Promise<true | Refusal> {
  const row = await changeable(ctx, caller, wanted.id);
  if (isRefusal(row)) return row;
  const was = row as store.AudienceRow;
  if (was.version !== wanted.version) return refuse('audience.changed-since', { version: was.version });
  const { tx, now, actor } = ctx;
  const isNew = wanted.where !== undefined && JSON.stringify(wanted.where) !== JSON.stringify(was.definition);
  const version = isNew ? was.version + 1 : was.version;
  if (isNew) {
    const question = await ask(desk, caller, wanted.where, { within: was.id });
    if (isRefusal(question)) return question as Refusal;
    const by = { at: now, actor: actor.id, actor_name: actor.name };
    await store.addVersion(tx, was.id, { version, definition: wanted.where, ...by, ...namesIn(question as Question, wanted.where) });
  }
  const { name = was.name, note = was.note, share = was.share } = wanted;
  await store.saveAudience(tx, { ...was, name, note, share, version, at: now });
  await audit(ctx, 'audience.changed', `audience:${was.id}`, {
    details: { name, share, version, ...(isNew ? { where: wanted.where } : {}) },
  });
  return true;
}

/** Out of the lists and out of the daily count, or back; what builds on it goes on. */
export async function archive(ctx: Ctx, caller: Caller, { id, archived }: { id: string; archived: boolean }): Promise<true | Refusal> {
  const row = await changeable(ctx, caller, id);
  if (isRefusal(row)) return row;
  const was = row as store.AudienceRow;
  if ((was.archived_at !== null) === archived) return true;
  await store.saveAudience(ctx.tx, { ...was, archived_at: archived ? ctx.now : null, at: ctx.now });
  await audit(ctx, archived ? 'audience.archived' : 'audience.restored', `audience:${id}`);
  return true;
}

async function changeable({ tx, actor }: Ctx, { viewer }: Caller, id: string): Promise<store.AudienceRow | Refusal> {
  const row = await store.lockAudience(tx, viewer, id);
  if (row === undefined) return refuse('thing.not-found');
  return mayChange(actor, row) ? row : refuse('audience.not-yours', { owner: row.owner_name });
}

/** Rows as they are shown to a caller. `say`: a refusal in his language. */
export async function views(
  desk: Desk,
  caller: Caller,
  rows: readonly store.AudienceRow[],
  say: (r: Refusal) => string,
): Promise<Audience[]> {
  const days = new Map(
    (
      await store.lastDays(
        desk.sql,
        rows.map((r) => r.id),
      )
    ).map((d) => [d.audience, d]),
  );
  return Promise.all(
    rows.map(async (r) => {
      const question = await kept(desk, caller, r.definition);
      const problem = isRefusal(question) ? { code: question.code, message: say(question) } : null;
      const day = caller.actor.areas === 'all' ? days.get(r.id) : undefined;
      const isMine = mayChange(caller.actor, r);
      const action = (name: 'change' | 'archive' | 'restore', now: boolean) => {
        const because = isMine ? (now ? null : 'audience.not-now') : 'audience.not-yours';
        return { name, allowed: because === null, because: because === null ? null : say(refuse(because, { owner: r.owner_name })) };
      };
      return {
        id: r.id,
        name: r.name,
        note: r.note,
        share: r.share,
        owner: { id: r.owner, name: r.owner_name },
        unit: r.unit,
        version: r.version,
        createdAt: iso(r.made_at),
        changedAt: iso(r.changed_at),
        archivedAt: r.archived_at === null ? null : iso(r.archived_at),
        where: r.definition,
        sentence: isRefusal(question) ? null : sentenceOf((question as Question).definition, caller.lang),
        problem,
        counted: day === undefined ? null : { day: dateOf(day.day), count: day.count },
        actions: [
          action('change', r.archived_at === null),
          action('archive', r.archived_at === null),
          action('restore', r.archived_at !== null),
        ],
      };
    }),
  );
}

const iso = (ms: number): string => new Date(ms).toISOString();

export async function versions(desk: Desk, caller: Caller, id: string) {
  const row = await store.findAudience(desk.sql, caller.viewer, id);
  if (row === undefined) return refuse('thing.not-found');
  const items = await Promise.all(
    (await store.versionsOf(desk.sql, id)).map(async (v) => {
      const question = await kept(desk, caller, v.definition);
      return {
        version: v.version,
        at: iso(v.at),
        by: { id: v.actor, name: v.actor_name },
        where: v.definition,
        sentence: isRefusal(question) ? null : sentenceOf((question as Question).definition, caller.lang),
      };
    }),
  );
  return { items };
}

/** Two versions over today's people: lines that went and came, people who entered and left. */
export async function difference(
  desk: Desk,
  caller: Caller,
  { id, from, to }: { id: string; from: number; to: number },
): Promise<Difference | Refusal> {
  const began = performance.now();
  if ((await store.findAudience(desk.sql, caller.viewer, id)) === undefined) return refuse('thing.not-found');
  const sides: { question: Question; lines: string[] }[] = [];
  for (const version of [from, to]) {
    const row = await store.versionOf(desk.sql, id, version);
    if (row === undefined) return refuse('thing.not-found');
    const question = await kept(desk, caller, row.definition);
    if (isRefusal(question)) return question;
    const { definition } = question as Question;
    sides.push({ question: question as Question, lines: linesOf(definition).map(({ line }) => sentenceOf(line, caller.lang)) });
  }
  const [a, b] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const { scope } = b.question;
  const [before, after] = [planOf(a.question.definition), planOf(b.question.definition)];
  const size = (plan: typeof before) => desk.size(all([scope, plan]));
  const [was, is, stayed, entered, left] = await Promise.all([
    size(before),
    size(after),
    size(all([before, after])),
    size(all([after, othersThan(before)])),
    size(all([before, othersThan(after)])),
  ]);
  const words = (d: Definition) => sentenceOf(d, caller.lang);
  return {
    from: { version: from, sentence: words(a.question.definition), count: was },
    to: { version: to, sentence: words(b.question.definition), count: is },
    words: { gone: a.lines.filter((l) => !b.lines.includes(l)), come: b.lines.filter((l) => !a.lines.includes(l)) },
    people: { stayed, entered, left },
    ms: msSince(began),
  };
}

/** Counts what has no count of today yet, over all areas; an audience whose definition is no longer sound is left out. */
export async function countToday(desk: Desk, actor: Actor): Promise<number> {
  const now = Date.now();
  const day = todayIn(desk.zone, now);
  const caller: Caller = { actor, viewer: { id: actor.id, units: null, all: true }, lang: 'zh' };
  const rows = await store.uncounted(desk.sql, day);
  for (const row of rows) {
    const batch = await lastBatch(desk.sql);
    const question = await kept(desk, caller, row.definition);
    if (isRefusal(question)) continue;
    const count = await desk.size(planOf((question as Question).definition));
    await store.addDay(desk.sql, row.id, { day, version: row.version, count, batch, at: now });
  }
  return rows.length;
}

const DAYS_SHOWN = 32;
const BATCHES_SHOWN = 20;

/** Day by day, the latest first, and why: the definition was edited, its tags moved (by which batches), or the calendar went on. */
export async function days(desk: Desk, caller: Caller, id: string) {
  const row = await store.findAudience(desk.sql, caller.viewer, id);
  if (row === undefined) return refuse('thing.not-found');
  if (caller.actor.areas !== 'all' || caller.actor.partner !== undefined) return { items: [] }; // the day's count is over all areas
  const question = await kept(desk, caller, row.definition);
  const tags = isRefusal(question) ? [] : [...tagsIn((question as Question).definition)];
  const counted = await store.daysOf(desk.sql, id, DAYS_SHOWN);
  const items = await Promise.all(
    counted.map(async (d, i) => {
      const before = counted[i + 1];
      const head = { day: dateOf(d.day), version: d.version, count: d.count };
      if (before === undefined) return { ...head, change: null, causes: [] };
      const moved = await batchesSince(desk.sql, tags, { after: before.batch, until: d.batch, limit: BATCHES_SHOWN });
      const causes = [
        ...(before.version === d.version ? [] : [{ kind: 'edited' as const, from: before.version, to: d.version }]),
        ...(moved.length === 0 ? [] : [{ kind: 'moved' as const, batches: moved.map((b) => ({ ...b, at: iso(b.at) })) }]),
      ];
      const change = d.count - before.count;
      return { ...head, change, causes: causes.length === 0 && change !== 0 ? [{ kind: 'calendar' as const }] : causes };
    }),
  );
  return { items };
}
