import { isDeepStrictEqual } from 'node:util';
import { isBad, readEvent, type SentEvent } from '../../server/modules/tracking/event.ts';
import { KINDS, makeFolding, rulesOf } from '../../server/modules/tracking/folding.ts';
import { objectId } from '../../server/modules/tracking/objects.ts';
import { type Packed, unpack } from '../../server/modules/tracking/pack.ts';
import { type Prepared, prepare } from '../../server/modules/tracking/prepare.ts';
import { type JourneyRecord, recordOf, stateOf } from '../../server/modules/tracking/record.ts';
import { fold } from '../../server/modules/tracking/refold.ts';
import type { Sql } from '../../server/platform/db.ts';
import type { Vault } from '../../server/platform/vault.ts';
import { ZONE } from './server.ts';

/** What must be in the store, worked out from the lines alone by the pure fold. */

export const folding = makeFolding(ZONE);

/** A line as the intake sees it. Throws when the line would be rejected. */
export function preparedOf(line: string, vault: Vault): Prepared {
  const read = readEvent(JSON.parse(line), { only: undefined, zoneOf: () => undefined, nowUs: Date.now() * 1_000 });
  if (isBad(read)) throw new Error(`${read.code} ${JSON.stringify(read.details)}: ${line}`);
  return prepare(read as SentEvent, KINDS, rulesOf((read as SentEvent).source), vault);
}

/** The row of a journey with all these events, worked out anew. */
export function recordOfEvents(events: readonly Prepared[]): JourneyRecord {
  const { plan, t, sources } = fold(
    folding,
    events.map((e) => e.fold),
  );
  const root = events[0]?.objects.find((o) => o.role === 'root');
  const over = stateOf(t) === 0 ? null : (t.cancelled ?? t.finished ?? null);
  const who = { id: root?.id ?? '', struct: 0, root_kind: root?.kind ?? '', root_value: root?.value ?? '' };
  return recordOf(who, plan, t, folding.zoned, { own_over: over, loose: 0, sources: sources.toSorted() });
}

/** Compares the stored timelines of some journeys (lines of each) with a fold of their lines; answers sentences for those that differ. */
export async function wrongTimelines(sql: Sql, vault: Vault, journeys: readonly (readonly string[])[]): Promise<string[]> {
  const wanted = new Map<string, { t: unknown; events: number; scenario: string; sids: string[] }>();
  for (const lines of journeys) {
    const prepared = lines.map((l) => preparedOf(l, vault));
    const { plan, t } = fold(
      folding,
      prepared.map((p) => p.fold),
    );
    const id = objectId('order', 'root', prepared[0]?.sent.keys.order?.[0] ?? '');
    wanted.set(id, {
      t: JSON.parse(JSON.stringify(t)),
      events: lines.length,
      scenario: plan.scenario.id,
      sids: prepared.map((p) => p.sid).sort(),
    });
  }
  const rows = await sql.query<{ id: string; fold: Packed; events: number; scenario: string; sids: string[] }>(
    '',
    `select j.id, j.fold, j.events, j.scenario,
       (select array_agg(e.sid order by e.sid collate "C") from tracking.link l join tracking.event e on e.id = l.event where l.journey = j.id) sids
     from tracking.journey j where j.id = any($1::uuid[])`,
    [[...wanted.keys()]],
  );
  const found = new Map(rows.map((r) => [r.id, r]));
  return [...wanted].flatMap(([id, w]) => {
    const r = found.get(id);
    if (r === undefined) return [`journey ${id} is not in the store`];
    if (!isDeepStrictEqual(r.sids, w.sids)) return [`journey ${id} has other events than were sent`];
    const [is, must] = [
      { ...JSON.parse(JSON.stringify(unpack(r.fold))), events: r.events, scenario: r.scenario },
      { ...(w.t as object), events: w.events, scenario: w.scenario },
    ] as Record<string, unknown>[];
    const fields = Object.keys({ ...is, ...must }).filter((f) => !isDeepStrictEqual(is?.[f], must?.[f]));
    return fields.map(
      (f) =>
        `journey ${id}: ${f} is ${JSON.stringify(is?.[f])?.slice(0, 300)}, but its events give ${JSON.stringify(must?.[f])?.slice(0, 300)}`,
    );
  });
}

/** Sentences for figures that are not what they must be. */
export const differences = (what: string, got: Readonly<Record<string, number>>, want: Readonly<Record<string, number>>): string[] =>
  Object.entries(want).flatMap(([name, n]) => (got[name] === n ? [] : [`${what}: ${name} is ${got[name]}, not ${n}`]));

/** A sample of at most `n`, evenly spread. */
export const sampleOf = <T>(list: readonly T[], n: number): T[] => {
  const step = Math.max(1, Math.floor(list.length / n));
  return list.filter((_, i) => i % step === 0).slice(0, n);
};
