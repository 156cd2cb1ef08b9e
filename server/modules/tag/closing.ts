import { systemActor } from '#platform/actor';
import type { Ctx, Db, Sql } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { type Cause, causesOf, type Figure, type Mark, type MarkKind, type Reading, stretchesOf } from './causes.ts';
import { dayIn } from './day.ts';
import * as days from './dayStore.ts';
import { EVERYONE } from './model.ts';
import * as store from './store.ts';
import { recount, type Standing, standingsOf } from './tally.ts';

/**
 * At the end of the operator's day each tag's figures are written down with what moved them since the day before. What is asked of today is worked out in
 * the same way, and not kept.
 */

const ATTEMPTS = 3;

/** Closes yesterday unless it is closed; answers the day, or null. A tag whose figures cannot be counted in time has none of that day. */
export async function closeDay(db: Db, zone: string, now: number): Promise<number | null> {
  const day = dayIn(zone, now) - 1;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (((await days.lastClosed(db))?.day ?? Number.NEGATIVE_INFINITY) >= day) return null;
    await recount(db);
    const done = await db.inTx(systemActor('tag.days'), (ctx) => closing(ctx, { day, at: now }, attempt === ATTEMPTS));
    if (done !== 'counting') return done === 'closed' ? day : null;
  }
  return null;
}

/** All in one snapshot, so that what follows belongs to the next day. */
async function closing({ tx }: Ctx, closed: days.ClosedRow, atLast: boolean): Promise<'closed' | 'counting' | 'there'> {
  await tx.query('', 'set transaction isolation level repeatable read');
  const standings = await standingsOf(tx, null);
  if (!atLast && standings.some((s) => s.counting)) return 'counting';
  const since = await days.lastClosed(tx);
  if (!(await days.addClosed(tx, closed))) return 'there';
  const whole = standings.filter((s) => !s.counting);
  const counts = await days.countsOf(tx, null);
  const causes = await causesSince(tx, since?.day ?? null, whole);
  const everyone = standings.some((s) => s.tag === EVERYONE && s.counting); // then nobody knows who joined
  await days.addDays(
    tx,
    whole.map((s) => {
      const found = everyone ? undefined : causes.get(s.tag);
      return {
        tag: s.tag,
        day: closed.day,
        batch: s.batch,
        scale: s.scale,
        known: s.known,
        yes: s.yes,
        low: s.low,
        high: s.high,
        sum: s.sum,
        counts: counts.get(s.tag) ?? [],
        since: found === undefined ? null : (since?.day ?? null),
        causes: (found ?? []).map(packed),
      };
    }),
  );
  await days.noteStood(tx);
  await days.dropMarksBefore(tx, closed.day);
  await days.dropDaysBefore(tx, closed.day - days.DAYS_KEPT);
  return 'closed';
}

/** Why each of these is other than on the closed day `since`; who has no figures of that day is left out. */
export async function causesSince(sql: Sql, since: number | null, standings: readonly Standing[]): Promise<Map<number, Cause[]>> {
  if (since === null) return new Map();
  const tags = standings.map((s) => s.tag);
  const before = new Map((await days.daysOn(sql, since, tags)).map((d) => [d.tag, d]));
  const marks = Map.groupBy(await days.marksSince(sql, since, tags), (m) => m.tag);
  const [everyone] = standings.some((s) => s.tag === EVERYONE)
    ? standings.filter((s) => s.tag === EVERYONE)
    : await standingsOf(sql, [EVERYONE]);
  const told = standings.flatMap((s) => {
    const was = before.get(s.tag);
    return was === undefined ? [] : [{ s, stretches: stretchesOf(readingOfDay(was), (marks.get(s.tag) ?? []).map(markOf), readingOf(s)) }];
  });
  const batches = await days.batchesIn(
    sql,
    told.flatMap(({ s, stretches }) => stretches.map(({ after, until }) => ({ tag: s.tag, after, until }))),
  );
  let at = 0;
  return new Map(
    told.map(({ s, stretches }) => {
      const mine = s.tag === EVERYONE ? [] : batches.slice(at, at + stretches.length); // moved by nothing else than joining and leaving
      at += stretches.length;
      const population = { came: cameOf(s), went: wentOf(s), joined: everyone?.came_known ?? 0, left: everyone?.went_known ?? 0 };
      return [s.tag, causesOf(stretches, mine, population)];
    }),
  );
}

const NOTHING: Figure = { known: 0, yes: 0, sum: 0n };
const figureOf = (f: { known: number; yes: number; sum: string }): Figure => ({ known: f.known, yes: f.yes, sum: BigInt(f.sum) });
const cameOf = (s: Standing): Figure => ({ known: s.came_known, yes: s.came_yes, sum: BigInt(s.came_sum) });
const wentOf = (s: Standing): Figure => ({ known: s.went_known, yes: s.went_yes, sum: BigInt(s.went_sum) });

const readingOfDay = (d: days.DayRow): Reading => ({ batch: d.batch, scale: d.scale, figure: figureOf(d), moved: NOTHING });

function readingOf(s: Standing): Reading {
  const moved = { known: s.came_known - s.went_known, yes: s.came_yes - s.went_yes, sum: BigInt(s.came_sum) - BigInt(s.went_sum) };
  return { batch: s.batch, scale: s.scale, figure: figureOf(s), moved };
}

function markOf(m: days.MarkRow): Mark {
  const figure = m.known === null ? null : figureOf({ known: m.known, yes: m.yes ?? 0, sum: m.sum ?? '0' });
  const moved = figureOf({ known: m.moved_known ?? 0, yes: m.moved_yes ?? 0, sum: m.moved_sum ?? '0' });
  const { batch, scale, at, kind, zh, en } = m;
  return { batch, at, kind, said: { zh, en }, reading: figure && { batch, scale, figure, moved } };
}

const packed = (cause: Cause): object => ({ ...cause, by: { ...cause.by, sum: String(cause.by.sum) } });

/** A cause as it was written down. */
export function unpacked(kept: unknown): Cause {
  const { by, ...rest } = kept as Cause & { by: { known: number; yes: number; sum: string } };
  return { ...rest, by: figureOf(by as unknown as { known: number; yes: number; sum: string }) } as Cause;
}

/**
 * Says, in the transaction and before the act, that what moves this tag from now on is of that kind: what it moved before is told apart by it. For the
 * module that knows; `said`: what was done, in a few words. Refuses `tag.unknown`.
 */
export async function markTag(
  { tx, now }: Ctx,
  { tag, kind, said }: { tag: string; kind: MarkKind; said: { zh: string; en: string } },
): Promise<true | Refusal> {
  const [row] = await store.lockTags(tx, [tag]);
  if (row === undefined) return refuse('tag.unknown', { tag });
  const [s] = await standingsOf(tx, [row.id]);
  const reading = s === undefined || s.counting ? null : readingOf(s);
  await days.addMark(tx, {
    tag: row.id,
    based: s?.based ?? null,
    at: now,
    batch: row.batch,
    scale: row.scale,
    kind,
    ...said,
    known: reading?.figure.known ?? null,
    yes: reading?.figure.yes ?? null,
    sum: reading === null ? null : String(reading.figure.sum),
    moved_known: reading?.moved.known ?? null,
    moved_yes: reading?.moved.yes ?? null,
    moved_sum: reading === null ? null : String(reading.moved.sum),
  });
  return true;
}
