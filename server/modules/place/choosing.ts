import type { Caller, Desk } from '#audience';
import { customersByOrdinal, personalOf } from '#customer';
import type { Sql } from '#platform/db';
import { liveCases } from '#retention';
import { type Address, addressesIn, addressOf, type GoneAddress, goneAddressesIn } from './addressStore.ts';
import { BUILDING, both, ESTATE, livesIn, type Where } from './figures.ts';
import { type Left, type NewHome, resting } from './homeStore.ts';
import { countOf, factsOf, isMissing, membersOf } from './people.ts';
import { CONDITIONS, MOST, ROWS, type Row, ranked, type Scored, saysOf } from './scoring.ts';

/** Chooses the homes of a grid for a day. */

/** People that a row may hold for, in one grid. */
const MOST_MEMBERS = 50_000;
/** As many are looked at for their address before the ten are found. */
const LOOKED_AT = 100;
/** Estates that are asked for in one definition. */
const ESTATES_AT_ONCE = 100;

export interface Chosen {
  readonly left: readonly Left[];
  readonly missing: readonly string[];
  readonly homes: readonly NewHome[];
}

interface Grid {
  readonly area: string;
  /** Days since 1970-01-01. */
  readonly today: number;
}

/** `caller`: whoever asks; the homes are the grid's and the same for everybody. */
export async function choose(sql: Sql, desk: Desk, caller: Caller, { area, today }: Grid): Promise<Chosen> {
  const ofGrid: Caller = { ...caller, actor: { ...caller.actor, areas: [area] } };
  const { gate, left, missing } = await throughGate(desk, ofGrid);
  const addresses = await addressesIn(sql, area);
  const holds = new Map<string, Iterable<number>>();
  for (const row of gate === null ? [] : ROWS) {
    const found = await holdersOf(desk, ofGrid, { gate: gate as Where, row, addresses });
    if (isMissing(found)) missing.add(found.missing);
    else holds.set(row.id, found);
  }
  const [rests, cases, gone] = await Promise.all([
    resting(sql, area, today),
    liveCases(sql, [area]),
    gate === null ? [] : inPlacesGone(desk, ofGrid, { gate, gone: await goneAddressesIn(sql, area) }),
  ]);
  const scored = new Set([...holds.values()].flatMap((some) => [...some]));
  const without = (some: ReadonlySet<number>, these: ReadonlySet<number>) => new Set([...some].filter((o) => !these.has(o)));
  const standing = without(scored, new Set(gone));
  const rested = without(standing, new Set(rests));
  const inTalk = new Set(cases.filter((c) => c.state === 'taken').map((c) => c.ordinal));
  const free = without(rested, inTalk);
  const best = ranked(ROWS, holds, without(scored, free)).slice(0, LOOKED_AT);
  return {
    left: [
      ...left,
      { id: 'scored', count: scored.size },
      { id: 'standing', count: standing.size },
      { id: 'rested', count: rested.size },
      { id: 'not-in-talk', count: free.size },
    ],
    missing: [...missing].sort(),
    homes: await homesFrom(sql, desk, ofGrid, { best, addresses, today }),
  };
}

/** The conditions that are definitions, one behind the other; `gate` null: one of them cannot be asked, so nobody may be visited. */
async function throughGate(desk: Desk, caller: Caller): Promise<{ gate: Where | null; left: Left[]; missing: Set<string> }> {
  let gate: Where = { and: [] };
  const missing = new Set<string>();
  const everybody = await countOf(desk, caller, gate);
  const left: Left[] = [{ id: 'everybody', count: typeof everybody === 'number' ? everybody : null }];
  for (const { id, where } of CONDITIONS) {
    if (where === null) continue;
    gate = both(gate, where);
    const count = await countOf(desk, caller, gate);
    if (isMissing(count)) return { gate: null, left: [...left, { id, count: null }], missing: missing.add(count.missing) };
    left.push({ id, count });
  }
  return { gate, left, missing };
}

async function holdersOf(desk: Desk, caller: Caller, { gate, row, addresses }: { gate: Where; row: Row; addresses: readonly Address[] }) {
  const where = both(gate, row.where);
  if (!row.freePorts) return membersOf(desk, caller, { where, most: MOST_MEMBERS });
  const free = addresses.flatMap(({ estate, building }) =>
    building !== null && (building.ports_free ?? 0) > 0 ? [{ estate: estate.value, building: building.value }] : [],
  );
  return livingAt(desk, caller, { where, at: free });
}

/** Who lives in places that are gone; what is not known of places takes nobody off the list. */
async function inPlacesGone(
  desk: Desk,
  caller: Caller,
  { gate, gone }: { gate: Where; gone: readonly GoneAddress[] },
): Promise<readonly number[]> {
  const found = await livingAt(desk, caller, { where: gate, at: gone });
  return isMissing(found) ? [] : found;
}

/** Members of a definition who live in one of these places; those that no customer was ever said to live in are left out. */
async function livingAt(desk: Desk, caller: Caller, { where, at }: { where: Where; at: readonly GoneAddress[] }) {
  const tags = await desk.shelf.tags(desk.sql);
  const [estates, buildings] = [ESTATE, BUILDING].map((tag) => new Set(tags.get(tag)?.values));
  const known = at.filter((a) => estates?.has(a.estate) && (a.building === null || buildings?.has(a.building)));
  const places = [...Map.groupBy(known, (a) => a.estate)].map(([estate, some]): Where => {
    const named = some.flatMap((s) => s.building ?? []);
    return named.length < some.length ? livesIn(estate) : { and: [livesIn(estate), { tag: BUILDING, oneOf: named }] };
  });
  const out: number[] = [];
  for (let from = 0; from < places.length; from += ESTATES_AT_ONCE) {
    const here = { or: places.slice(from, from + ESTATES_AT_ONCE) };
    const members = await membersOf(desk, caller, { where: both(where, here), most: MOST_MEMBERS });
    if (isMissing(members)) return members;
    for (const ordinal of members) out.push(ordinal);
  }
  return out;
}

/** The first homes of the best people: of those who live at one address the best one stands for it. */
async function homesFrom(
  sql: Sql,
  desk: Desk,
  caller: Caller,
  { best, addresses, today }: { best: readonly Scored[]; addresses: readonly Address[]; today: number },
): Promise<NewHome[]> {
  const ordinals = best.map((b) => b.ordinal);
  const [refs, people] = await Promise.all([personalOf(sql, ordinals), customersByOrdinal(sql, ordinals, caller.actor.areas)]);
  const ids = new Map(people.map((c) => [c.ordinal, c.id]));
  const doors = new Map(refs.filter((r) => r.kind === 'address').map((r) => [r.ordinal, r.ref]));
  const homes = Map.groupBy(best, ({ ordinal }) => doors.get(ordinal) ?? `customer ${ordinal}`);
  const first = [...homes.values()].filter(([one]) => ids.has((one as Scored).ordinal)).slice(0, MOST);
  return Promise.all(
    first.map(async ([one, ...others], i) => {
      const { ordinal, score, rows } = one as Scored;
      const tags = [ESTATE, BUILDING, ...rows.flatMap((r) => (r.tells === null ? [] : [r.tells.tag]))];
      const facts = await factsOf(desk, { ordinal, tags });
      const [estate, building] = [facts[ESTATE], facts[BUILDING]].map((v) => (typeof v === 'string' ? v : null));
      const at = addressOf(addresses, estate ?? null, building ?? null);
      const reasons = rows.map((r) => {
        const fact = r.tells === null ? null : facts[r.tells.tag];
        const told = { fact: typeof fact === 'number' ? fact : null, ports: at?.building?.ports_free ?? null };
        return { id: r.id, points: r.points, says: saysOf(r, told, today) };
      });
      const customer = ids.get(ordinal) as string;
      return { rank: i + 1, ordinal, customer, estate: estate ?? null, building: building ?? null, score, reasons, others: others.length };
    }),
  );
}
