import { beforeAll, describe, expect, test } from 'vitest';
import { exceptions, holders, kinds, standardScenarios, waits } from '../server/modules/scenario/standard.ts';
import { type FoldEvent, foldAll } from '../server/modules/tracking/fold.ts';
import { memberships, type Node, pairsOf } from '../server/modules/tracking/membership.ts';
import { makePlan } from '../server/modules/tracking/plan.ts';
import { makeCity } from './city.ts';
import { birthsOn, type Calendar, HISTORY_DAYS, outageOn, startOf } from './days.ts';
import { KNOWN } from './knows.ts';
import { journey } from './life.ts';
import { LINE_SCENARIOS, SHARES } from './shares.ts';
import { arrivals } from './systems.ts';
import { startOfDay, weekdayOf } from './trade.ts';
import type { TrueEvent } from './walk.ts';

const zone = 'Asia/Shanghai';
const calendar: Calendar = { seed: 7, zone, origin: startOfDay(Date.UTC(2026, 10, 22, 4), zone, -HISTORY_DAYS) };
const city = makeCity(7, zone);
const plans = new Map(
  standardScenarios().map((s) => [s.id, makePlan(s, { waits: waits(), exceptions: exceptions(), holders: holders() })]),
);

const asFolded = (e: TrueEvent): FoldEvent => ({ at: e.at * 1000, seq: 0, source: e.system, id: e.id, type: e.type });
/** Of an order that shares its parcel, the events of the first order. */
const ownOf = (events: readonly TrueEvent[]): TrueEvent[] => {
  const no = events[0]!.id.slice(0, 11);
  return events.filter((e) => e.id.startsWith(no));
};

interface Told {
  readonly scenario: string;
  readonly types: ReadonlySet<string>;
  readonly end: 'done' | 'cancelled' | 'open';
  readonly skipped: number;
  readonly visited: boolean;
}

let told: Told[] = [];
let events = 0;
const strangers: string[] = [];
const unordered: string[] = [];

beforeAll(() => {
  told = [];
  for (let day = 0; day < HISTORY_DAYS; day++)
    for (const birth of birthsOn(calendar, day)) {
      const life = journey(city, birth);
      events += life.length;
      for (const [i, e] of life.entries()) {
        const known = KNOWN[e.system];
        if (known) for (const kind of Object.keys(e.keys)) if (!known.has(kind)) strangers.push(`${e.system} ${e.type} ${kind}`);
        if (i > 0 && e.at < life[i - 1]!.at) unordered.push(e.id);
      }
      const own = ownOf(life);
      const plan = plans.get(birth.scenario)!;
      const t = foldAll(plan, own.map(asFolded));
      const skipped = t.milestones.filter((m, i) => m.left === undefined && !plan.scenario.milestones[i]!.optional).length;
      const end = t.finished !== undefined ? 'done' : t.cancelled !== undefined ? 'cancelled' : 'open';
      const types = new Set(own.map((e) => e.type));
      told.push({ scenario: birth.scenario, types, end, skipped, visited: own.some((e) => e.type === 'visit.arrived') });
    }
});

const of = (scenarios: readonly string[]) => told.filter((t) => scenarios.includes(t.scenario));
const shareOf = (list: readonly Told[], type: string) => list.filter((t) => t.types.has(type)).length / list.length;

describe('sixty days of the city', () => {
  test('are some twenty thousand journeys and 350,000 events', () => {
    expect(told.length).toBeGreaterThan(19_000);
    expect(told.length).toBeLessThan(21_000);
    expect(events / told.length).toBeGreaterThan(15);
    expect(events / told.length).toBeLessThan(20);
  });

  test('hold the scenarios in their shares', () => {
    for (const [scenario, percent] of Object.entries(SHARES.scenarios)) {
      const wanted = (SHARES.journeys * percent) / 100;
      const outages = scenario === 'fault-repair' ? 72 : 0;
      expect(Math.abs(of([scenario]).length - outages - wanted), scenario).toBeLessThan(0.08 * wanted + 12);
    }
  });

  test.each([
    ['appointment.changed', SHARES.line.reappointed],
    ['customer.no-answer', SHARES.line.noAnswer],
    ['resource.none', SHARES.line.noPort],
    ['resource.wrong', SHARES.line.wrongPort],
    ['line.bad', SHARES.line.attenuation],
    ['activation.failed', SHARES.line.activationFails],
    ['work.returned', SHARES.line.returned],
    ['order.cancel-requested', SHARES.line.withdrawn],
    ['completion.write-failed', SHARES.line.writeBackFails],
  ])('have %s in the share that the settings say', (type, share) => {
    const measured = shareOf(of(LINE_SCENARIOS), type);
    expect(measured / share, `${measured}`).toBeGreaterThan(0.75);
    expect(measured / share, `${measured}`).toBeLessThan(1.3);
  });

  test('tell nothing that the system cannot know', () => {
    expect([...new Set(strangers)]).toEqual([]);
  });

  test('keep each journey in the order of its time', () => {
    expect(unordered).toEqual([]);
  });

  test('bring every journey to its end', () => {
    expect(told.filter((t) => t.end === 'open').map((t) => t.scenario)).toEqual([]);
  });

  test('close every milestone of every scenario, whatever went wrong on the way', () => {
    const closed = told.filter((t) => t.end === 'done' && (t.scenario !== 'fault-repair' || t.visited));
    expect(closed.filter((t) => t.skipped > 0).map((t) => [t.scenario, [...t.types]])).toEqual([]);
    expect(new Set(closed.map((t) => t.scenario))).toEqual(new Set(plans.keys()));
  });

  test('have two group outages whose tickets need no visit', () => {
    expect(Array.from({ length: HISTORY_DAYS }, (_, day) => outageOn(calendar, day)).filter(Boolean)).toHaveLength(2);
    const joined = told.filter((t) => t.types.has('ticket.joined-outage'));
    expect(joined.length).toBe(72);
    expect(joined.every((t) => !t.visited && t.end === 'done')).toBe(true);
  });

  test('have rework, urging, disputes, claims of the order centre, parcels gone astray', () => {
    for (const type of [
      'order.reopened',
      'order.urged',
      'completion.disputed',
      'order.claimed',
      'parcel.stuck',
      'port.refused',
      'wait.permit',
      'wait.stock-out',
    ])
      expect(shareOf(told, type), type).toBeGreaterThan(0.0005);
  });
});

describe('the days after the first start', () => {
  const week = [0, 1, 2, 3, 4, 5, 6].map((n) => birthsOn(calendar, HISTORY_DAYS + n));

  test('see all seventeen scenarios begin on every workday', () => {
    const workdays = week.filter((_, n) => weekdayOf(startOf(calendar, HISTORY_DAYS + n), zone) < 6);
    expect(workdays).toHaveLength(5);
    for (const births of workdays) expect(new Set(births.map((b) => b.scenario))).toEqual(new Set(plans.keys()));
  });

  test('have their troubles, their parcels, and installers who have names', () => {
    const lives = week.flat().flatMap((birth) => journey(city, birth));
    const types = new Set(lives.map((e) => e.type));
    const troubles =
      'customer.no-answer appointment.changed resource.none resource.wrong line.bad order.pre-accepted order.cancelled work.returned activation.failed';
    for (const type of `${troubles} parcel.picked-up parcel.out-for-delivery parcel.delivered`.split(' '))
      expect(types, type).toContain(type);
    const names = new Map(city.staff.map((s) => [s.id, s.name]));
    for (const e of lives) if (e.system === 'field') expect(names.get(e.handler ?? ''), e.id).toMatch(/^\p{Script=Han}{2,3}$/u);
  });
});

describe('a journey', () => {
  const births = birthsOn(calendar, 30);

  test('is the same whenever it is asked for, and another with another seed', () => {
    for (const birth of births.slice(0, 40)) expect(journey(makeCity(7, zone), birth)).toEqual(journey(city, birth));
    expect(journey(makeCity(8, zone), births[0]!)).not.toEqual(journey(city, births[0]!));
  });

  test('names its area, its place and a person when it begins', () => {
    for (const birth of births.slice(0, 200)) {
      const life = journey(city, birth);
      expect(life[0]!.keys.area).toMatch(/^d\d-g\d\d$/);
      expect(['city', 'country']).toContain(life[0]!.data?.place);
      expect(
        life.some((e) => e.person?.phone),
        birth.scenario,
      ).toBe(true);
      expect(life[0]!.scenario).toBe(birth.scenario);
    }
  });

  test('is one journey in the end: every number that a system names leads to its root', () => {
    const role = new Map(kinds().map((k) => [k.id, k.role]));
    for (const birth of births.concat(birthsOn(calendar, 44))) {
      const nodes = new Map<string, Node>();
      const edges = new Map<string, Set<string>>();
      for (const e of arrivals(ownOf(journey(city, birth)), zone).filter((d) => d.slip !== 'made')) {
        const ids = Object.entries(e.event.keys).flatMap(([kind, values]) =>
          [values].flat().map((v) => [role.get(kind) ?? 'part', `${kind} ${v}`] as const),
        );
        const as = (r: string) => ids.filter(([own]) => own === r).map(([, id]) => id);
        const named = { roots: as('root'), roots2: as('root2'), parts: as('part'), assets: [] };
        for (const [r, id] of ids) if (r === 'root' || r === 'root2' || r === 'part') nodes.set(id, r);
        for (const [x, y] of pairsOf(named)) {
          edges.set(x, (edges.get(x) ?? new Set()).add(y));
          edges.set(y, (edges.get(y) ?? new Set()).add(x));
        }
      }
      const none = new Map<string, ReadonlySet<string>>();
      const member = memberships({ nodes, edges, cuts: none, joins: none });
      const journeys = new Set(
        [...nodes].flatMap(([id, node]) => (node === 'root' ? [id] : (member.get(id)?.journeys ?? [`nowhere: ${id}`]))),
      );
      const roots = birth.scenario === 'sim-online' ? 2 : 1; // a shared parcel names the other order as well
      expect(journeys.size, `${birth.scenario} ${[...journeys].join(' ')}`).toBeLessThanOrEqual(roots);
    }
  });
});
