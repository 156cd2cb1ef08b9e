import { type Actor, may } from '#platform/actor';
import { audit } from '#platform/audit';
import type { Ctx, Sql } from '#platform/db';
import type { House } from '#platform/module';
import { mask } from '#platform/personal';
import { type Refusal, refuse } from '#platform/result';
import { dayIn, textOf } from '#rule';
import type { EnterpriseDetail, EnterpriseNumber, EnterpriseRow, Indicator, Move, Names, Part, Reveal, Tables, Visit } from './contract.ts';
import * as list from './listStore.ts';
import { nextBand, offersOf } from './model.ts';
import { type NumberRow, numbersOf } from './numberStore.ts';
import { type MoveRecord, movesOf } from './placeStore.ts';
import { outcomes } from './standard.ts';
import { contactsOf } from './store.ts';
import { currentTables, type TablesRow } from './tableStore.ts';
import { outcomeObstacle, undoObstacle } from './visit.ts';
import { type VisitRecord, visitsOf } from './visitStore.ts';
import { isLatest } from './visits.ts';

/** Enterprises as people see them. */

/** Moves of these last days are new. */
const NEW_DAYS = 30;
const DAY_MS = 86_400_000;

const iso = (at: number): string => new Date(at).toISOString();
const dayText = (day: number | null): string | null => (day === null ? null : textOf(day));

/** What stands beside every question of that caller. */
export const askedBy = (actor: Actor, { body }: TablesRow, zone: string, now: number): list.Asked => ({
  areas: actor.areas,
  today: dayIn(zone, now),
  every: body.places,
  movedSince: now - NEW_DAYS * DAY_MS,
});

const placeNamed = (tables: Tables, id: string | null): { id: string; names: Names | null } | null =>
  id === null ? null : { id, names: tables.places.find((p) => p.id === id)?.names ?? null };

export const rowOf = (tables: Tables, r: list.ListRow): EnterpriseRow => ({
  id: r.id,
  source: r.source,
  key: r.key,
  name: r.name,
  area: r.area,
  industry: r.industry,
  manager: r.manager,
  place: placeNamed(tables, r.place),
  levels: { value: r.value_level, loyalty: r.loyalty_level, competition: r.competition_level },
  size: r.size,
  revenue: r.revenue,
  since: textOf(r.since),
  seenOn: dayText(r.seen),
  plannedOn: dayText(r.planned),
  dueOn: dayText(r.due),
});

/** Everything about one: every point traced to its indicator, what is suggested, what came of it. Refuses `thing.not-found`, outside the areas too. */
export async function showEnterprise(house: House, actor: Actor, id: string): Promise<EnterpriseDetail | Refusal> {
  const { db, vault, config } = house;
  const current = await currentTables(db);
  const { body: tables } = current;
  const asked = askedBy(actor, current, config.zone, Date.now());
  const row = await list.oneEnterprise(db, id, asked);
  if (row === undefined) return refuse('thing.not-found');
  const [moves, visits, contact, numbers] = await Promise.all([movesOf(db, id), visitsOf(db, id), contactOf(db, house, id), numbersOf(db, id)]); // biome-ignore format: one line
  const place = tables.places.find((p) => p.id === row.place) ?? null;
  const planned = visits.some((v) => v.state === 'planned');
  const why = (right: string, otherwise: string | null): string | null => (may(actor, right) ? otherwise : 'auth.forbidden');
  const action = (name: string, because: string | null) => ({ name, allowed: because === null, because });
  return {
    ...rowOf(tables, row),
    contact: Object.fromEntries(Object.entries(contact).map(([kind, value]) => [kind, mask(kind, value)])),
    numbers: numbers.map(numberView),
    version: row.version,
    axes: row.why.axes,
    lines: linesOf(tables, row.why.lines),
    offers: place === null ? [] : offersOf(place, row.size),
    meaning: place?.meaning ?? null,
    who: place?.who ?? null,
    everyDays: place?.everyDays ?? null,
    moves: moves.map((m) => moveView(tables, m)),
    visits: visits.map((v) => visitView(v, { tables, visits, actor, today: asked.today, open: (sealed) => vault.open(sealed) })),
    actions: [
      action(
        'visit',
        why('enterprise:work', place === null ? 'enterprise.not-placed' : planned ? 'enterprise-visit.planned-already' : null),
      ),
      action('reveal', why('enterprise:reveal', null)),
      action('join', why('enterprise:work', null)),
    ],
  };
}

const numberView = ({ id, source, key, name, said, joined_at, joined_by, joined_for }: NumberRow): EnterpriseNumber => ({
  id,
  source,
  key,
  name,
  saidOn: textOf(said),
  joined: joined_at === null ? null : { at: iso(joined_at), by: joined_by ?? '', reason: joined_for ?? '' },
});

/** Lines whose indicator the present tables have. */
function linesOf(tables: Tables, lines: list.OneRow['why']['lines']): EnterpriseDetail['lines'] {
  const indicators = new Map(tables.indicators.map((i): [string, Indicator] => [i.id, i]));
  const parts = new Map(tables.parts.map((p): [string, Part] => [p.id, p]));
  return lines.flatMap((line) => {
    const indicator = indicators.get(line.indicator);
    const part = parts.get(indicator?.part ?? '');
    if (indicator === undefined || part === undefined) return [];
    const { names, meaning, unit } = indicator;
    const next = nextBand(indicator, line.state === 'known' ? line.value : null);
    return [{ ...line, at: dayText(line.at), names, meaning, unit, part, next }];
  });
}

const moveView = (tables: Tables, m: MoveRecord): Move => ({
  at: iso(m.at),
  version: m.version,
  cause: m.cause,
  from: placeNamed(tables, m.was),
  to: placeNamed(tables, m.is_now),
  fromLevels: m.was_levels,
  toLevels: m.is_levels,
  because: m.because.map((b) => ({ ...b, names: tables.indicators.find((i) => i.id === b.indicator)?.names ?? null })),
});

interface Seen {
  readonly tables: Tables;
  readonly visits: readonly VisitRecord[];
  readonly actor: Actor;
  readonly today: number;
  readonly open: (sealed: Buffer) => string;
}

function visitView(v: VisitRecord, { tables, visits, actor, today, open }: Seen): Visit {
  const works = may(actor, 'enterprise:work');
  const action = (name: string, otherwise: string | null) => {
    const because = works ? otherwise : 'auth.forbidden';
    return { name, allowed: because === null, because };
  };
  const ended = outcomes().find((o) => o.id === v.outcome);
  return {
    id: String(v.id),
    state: v.state,
    day: textOf(v.day),
    place: placeNamed(tables, v.place) ?? { id: v.place, names: null },
    offer: v.offer,
    by: v.by_name,
    at: iso(v.at),
    note: v.note === null ? null : open(v.note),
    outcome:
      ended === undefined
        ? null
        : {
            id: ended.id,
            names: ended.names,
            note: v.outcome_note === null ? null : open(v.outcome_note),
            by: v.outcome_by_name ?? '',
            at: iso(v.outcome_at ?? v.at),
          },
    actions: [
      action('outcome', outcomeObstacle(v, { today })),
      action('undo', undoObstacle(v, { actor: actor.id, isLatest: isLatest(v, visits) })),
    ],
  };
}

/** The contact's values in full, of whichever number named them. */
async function contactOf(sql: Sql, { vault }: Pick<House, 'vault'>, id: string): Promise<Record<string, string>> {
  const ids = (await numbersOf(sql, id)).map((n) => n.id);
  const refs = (await contactsOf(sql, ids)).toSorted((a, b) => ids.indexOf(b.enterprise) - ids.indexOf(a.enterprise)); // the head's own last: it stands
  const known = await vault.reveal(
    sql,
    refs.map(({ enterprise, ref }) => ({ subject: enterprise, id: ref })),
  );
  return Object.fromEntries(
    refs.flatMap(({ enterprise, kind, ref }) => {
      const value = known.get(`${enterprise}/${ref}`)?.value;
      return value === undefined ? [] : [[kind, value]];
    }),
  );
}

/** The contact's values in full; who asked and why is in the trail. Absent ones are null. Refuses `thing.not-found`. */
export async function revealContact(
  ctx: Ctx,
  house: Pick<House, 'vault' | 'config'>,
  { id, fields, reason }: { id: string } & Reveal,
): Promise<Record<string, string | null> | Refusal> {
  const { tx, actor, now } = ctx;
  const row = await list.oneEnterprise(tx, id, askedBy(actor, await currentTables(tx), house.config.zone, now));
  if (row === undefined) return refuse('thing.not-found');
  await audit(ctx, 'enterprise.revealed', `enterprise:${id}`, { reason, details: { fields } });
  const values = await contactOf(tx, house, id);
  return Object.fromEntries(fields.map((f) => [f, values[f] ?? null]));
}
