import type { Sql } from '#platform/db';
import { type Refusal, refuse } from '#platform/result';
import { type Cause, type Figure, minus, movementOf, type Side, scaled } from './causes.ts';
import { causesSince, unpacked } from './closing.ts';
import type { Movement, TagCause, TagDay, TagDays } from './contract.ts';
import { dayIn } from './day.ts';
import * as store from './dayStore.ts';
import { freshnessOf } from './freshness.ts';
import type { TagRow } from './store.ts';
import { tagByName, valuesOf } from './store.ts';
import { standingsOf } from './tally.ts';
import { dateOf, shownValue } from './values.ts';

/** A tag day by day, and what moved it. */

const VALUES_SHOWN = 12;

/** A day as it is shown, closed or today. */
type Shown = Omit<store.DayRow, 'causes' | 'since'> & {
  readonly at: number | null;
  readonly since: number | null;
  readonly causes: readonly Cause[];
};

/** The last ninety days and today, the latest first. Refuses `thing.not-found`. */
export async function daysOf(sql: Sql, name: string, { zone, now }: { zone: string; now: number }): Promise<TagDays | Refusal> {
  const tag = await tagByName(sql, name);
  if (tag === undefined) return refuse('thing.not-found');
  const [standing] = await standingsOf(sql, [tag.id]);
  const kept = await store.daysOfTag(sql, tag.id);
  const counting = standing?.counting ?? false;
  const shown: Shown[] = kept.map((d) => ({ ...d, causes: d.causes.map(unpacked) }));
  const today = dayIn(zone, now);
  if (standing !== undefined && !counting) {
    const found = (await causesSince(sql, standing.based, [standing])).get(tag.id);
    const counts = (await store.countsOf(sql, [tag.id])).get(tag.id) ?? [];
    const since = found === undefined ? null : standing.based;
    shown.unshift({ ...standing, day: today, at: null, counts, since, causes: found ?? [] });
  }
  const values = tag.kind === 'oneOf' ? await commonest(sql, tag.id, shown[0]?.counts ?? []) : [];
  const loadedOn = tag.loaded_at === null ? null : dateOf(dayIn(zone, tag.loaded_at));
  const fresh = freshnessOf({ refresh: tag.refresh, speaksOf: tag.speaks_of }, loadedOn, dateOf(today));
  return {
    name,
    kind: tag.kind,
    counting,
    late: fresh.is === 'late' ? { since: fresh.due } : null,
    items: shown.map((d) => viewOf(tag, d, { values, before: shown.find((x) => x.day === d.since) })),
  };
}

async function commonest(sql: Sql, tag: number, counts: readonly number[]): Promise<{ code: number; value: string }[]> {
  const texts = new Map((await valuesOf(sql, [tag])).map((v) => [v.code, v.value]));
  return counts
    .map((people, i) => ({ code: i + 1, people }))
    .sort((a, b) => b.people - a.people)
    .slice(0, VALUES_SHOWN)
    .flatMap(({ code }) => (texts.has(code) ? [{ code, value: texts.get(code) as string }] : []));
}

function viewOf(
  tag: TagRow,
  d: Shown,
  { values, before }: { values: readonly { code: number; value: string }[]; before: Shown | undefined },
): TagDay {
  const isNumber = tag.kind === 'number';
  const bound = (code: number | null) =>
    isNumber || tag.kind === 'date' ? shownValue({ kind: tag.kind, scale: d.scale, values: [] }, code) : null;
  const by = (f: Figure) => ({ known: f.known, yes: f.yes, sum: isNumber ? decimalText(f.sum, d.scale) : null });
  const figure = (x: Shown): Figure => scaled({ known: x.known, yes: x.yes, sum: BigInt(x.sum) }, x.scale, d.scale);
  const since = d.since === null ? null : dateOf(d.since);
  return {
    day: dateOf(d.day),
    closedAt: d.at === null ? null : iso(d.at),
    known: d.known,
    yes: d.yes,
    sum: isNumber ? decimalText(BigInt(d.sum), d.scale) : null,
    mean: isNumber ? meanOf(d) : null,
    from: bound(d.low),
    to: bound(d.high),
    values: values.map(({ code, value }) => ({ value, count: d.counts[code - 1] ?? 0 })),
    since,
    change: before === undefined ? null : by(minus(figure(d), figure(before))),
    movement: before === undefined || since === null ? null : { since, ...movementOf(tag.kind, sideOf(before), sideOf(d)) },
    causes: before === undefined ? [] : d.causes.map((c) => told(c, by(c.by))),
  };
}

function told(cause: Cause, by: TagCause['by']): TagCause {
  switch (cause.kind) {
    case 'moved':
      return { kind: cause.kind, by, batches: batchesTold(cause.batches) };
    case 'edited':
      return { kind: cause.kind, by, at: iso(cause.at), said: cause.said, batches: cause.batches && batchesTold(cause.batches) };
    case 'unattributed':
      return { kind: cause.kind, by };
    default:
      return { kind: cause.kind, by, people: cause.people };
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
type Batches = Extract<Cause, { kind: 'moved' }>['batches'];
const batchesTold = (b: Batches) => ({ ...b, latest: b.latest.map((l) => ({ ...l, at: iso(l.at) })) });

type Summed = Pick<store.DayRow, 'known' | 'yes' | 'scale' | 'sum' | 'counts'>;
const meanOf = ({ known, sum, scale }: Summed): number | null => (known === 0 ? null : Number(sum) / known / 10 ** scale);
const sideOf = (d: Summed): Side => ({ known: d.known, yes: d.yes, mean: meanOf(d), counts: d.counts });

/** Units of 10^−scale in plain decimals: 1885 of scale 2 is "18.85". */
export function decimalText(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
}

/** How far each tag is from the last closed day, by id; `now`: its figures, none while they are being counted. */
export async function movementsOf(
  sql: Sql,
  tags: readonly Pick<TagRow, 'id' | 'kind'>[],
  now: ReadonlyMap<number, Summed>,
): Promise<Map<number, Movement>> {
  const closed = await store.lastClosed(sql);
  if (closed === undefined) return new Map();
  const before = new Map((await store.daysOn(sql, closed.day, tags.map((t) => t.id))).map((d) => [d.tag, d])); // biome-ignore format: one line
  return new Map(
    tags.flatMap(({ id, kind }) => {
      const [was, is] = [before.get(id), now.get(id)];
      return was === undefined || is === undefined
        ? []
        : [[id, { since: dateOf(closed.day), ...movementOf(kind, sideOf(was), sideOf(is)) }] as const];
    }),
  );
}
