import { caseOf } from './case.ts';
import type { City } from './city.ts';
import type { Birth } from './days.ts';
import { chance, diceOf, pick, whole } from './dice.ts';
import { rowsOf, type Taken } from './rows.ts';
import { SHARES } from './shares.ts';
import { later, monthEnd, scenarioOf } from './trade.ts';
import { before, type Outcome, type Trouble, troublesOf } from './troubles.ts';
import { pass, passHours, plan, report, type TrueEvent, take, visitTimes, type Walk } from './walk.ts';

/**
 * A journey's whole life, from its birth to its end, however far ahead that is: the same for the same seed and birth, whenever it is
 * asked for. Events come in the order of their time.
 */
export function journey(city: City, birth: Birth): TrueEvent[] {
  const c = caseOf(city, birth);
  const dice = diceOf(city.seed, 'life', birth.day, birth.index);
  const w: Walk = {
    city,
    case: c,
    scenario: scenarioOf(c.scenario),
    dice,
    events: [],
    at: birth.at,
    pace: 1,
    workOrder: c.workOrders[0]!,
    parcel: c.parcels[0]!,
    visit: 0,
    installer: pick(dice, c.team.members),
    arrival: undefined,
    slot: undefined,
  };
  const rows = rowsOf(c);
  const over = go(w, rows, 0, troublesOf(w, rows));
  if (!over) afterwards(w, rows);
  impatience(w, over);
  return w.events.sort((a, b) => a.at - b.at);
}

/** Walks the rows from `from` on; true when the journey was cancelled on the way. */
function go(w: Walk, rows: readonly Taken[], from: number, troubles: Set<Trouble>): boolean {
  for (let i = from; i < rows.length; i++) {
    const { step, holder, aside } = rows[i]!;
    const outcome = meet(w, step.type, troubles);
    if (outcome === 'over') return true;
    if (outcome !== undefined) {
      i = rows.findIndex((r) => r.step.type === outcome.back) - 1;
      continue;
    }
    if (i > from) lieLow(w, step.type);
    if (step.type === 'remote.fixed' && w.case.birth.outage) w.at = Math.max(w.at, w.case.birth.outage.to + whole(w.dice, 1, 12) * 60_000);
    if (aside) {
      const at = w.at;
      pass(w, step, 'customer');
      report(w, step.source as TrueEvent['system'], step.type, { holder });
      w.at = at;
      continue;
    }
    dispatchFirst(w, step.type);
    take(w, step, holder);
    linger(w, step.type);
  }
  return false;
}

/** The first thing that goes wrong before this step, played once. */
function meet(w: Walk, type: string, troubles: Set<Trouble>): Outcome {
  for (const trouble of troubles) {
    if (!before(trouble, w, type)) continue;
    troubles.delete(trouble);
    const outcome = trouble.play(w);
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

/** The step before which a work order is made although the scenario names none: the field knows nothing but its number. */
const WORK_BEFORE: Readonly<Record<string, string>> = {
  'home-wifi': 'survey.done',
  'broadband-cancel': 'device.collected',
  'bundle-new': 'kit.loaded',
};

function dispatchFirst(w: Walk, type: string): void {
  if (WORK_BEFORE[w.case.scenario] !== type) return;
  w.at += whole(w.dice, 60, 900) * 1_000;
  report(w, 'workorder', 'work.created', { holder: 'dispatch' });
}

/** One team lets its orders lie in the month's last days: they count for the next. */
function lieLow(w: Walk, type: string): void {
  if (!w.case.ways.slow || (type !== 'work.taken' && type !== 'customer.called' && type !== 'visit.arrived')) return;
  const end = monthEnd(w.at, w.city.zone);
  if (end - w.at > 4 * 86_400_000) return;
  w.at = later(end, whole(w.dice, 10 * 60, 8 * 3_600), 'installer', w.city.zone);
  if (w.arrival !== undefined) w.arrival = Math.max(w.arrival, w.at);
}

/** Beside the steps: large journeys have more parcels; the order centre records what it did not take itself, or claims it later. */
function linger(w: Walk, type: string): void {
  const c = w.case;
  if (c.ways.large && type === 'kit.loaded') {
    const at = w.at;
    for (const parcel of c.parcels) {
      w.parcel = parcel;
      for (const step of ['parcel.picked-up', 'parcel.delivered']) {
        passHours(w, 3, 9, 'courier');
        report(w, 'logistics', step, { holder: 'courier' });
      }
      w.at = at;
    }
  }
  if (w.events.length === 1 && c.root === 'order' && w.events[0]!.system !== 'ordercentre')
    report(w, 'ordercentre', 'order.recorded', { at: w.at + 2_000 });
  if (c.ways.claimed && w.events.length === 3) report(w, 'ordercentre', 'order.claimed', { at: w.at + whole(w.dice, 4, 20) * 3_600_000 });
}

/** After the end: what was reported too early is disputed, what was done badly is done again. */
function afterwards(w: Walk, rows: readonly Taken[]): void {
  const visited = rows.findIndex((r) => r.step.type === 'visit.arrived');
  if (visited < 0 || !w.scenario.exceptions.includes('E22')) return;
  const disputed = w.case.ways.hasty && chance(w.dice, SHARES.other.disputed);
  if (disputed) {
    passHours(w, 1, 14);
    report(w, 'glasshouse', 'completion.disputed', { holder: 'customer', data: { reason: '虚假回单', proof: '客户在链接中点“不是这样”' } });
  }
  if (!chance(w.dice, disputed ? 0.7 : SHARES.line.rework)) return;
  passHours(w, disputed ? 1 : 8, disputed ? 8 : 140);
  report(w, 'glasshouse', 'order.reopened', { holder: 'care', data: { reason: disputed ? '现场未完成' : '7 天内再障' } });
  plan(w, visitTimes(w.scenario));
  go(w, rows, visited, new Set());
}

/** Whoever waits long asks; whoever asked twice is heard by the lead. */
function impatience(w: Walk, over: boolean): void {
  const first = w.events[0]!.at;
  const last = w.events[w.events.length - 1]!.at;
  const hours = (last - first) / 3_600_000;
  if (over || hours < 30 || !w.scenario.exceptions.includes('E20') || !chance(w.dice, SHARES.other.urged * Math.min(3, hours / 60))) return;
  const at = first + (last - first) * (0.45 + 0.4 * w.dice());
  report(w, 'glasshouse', 'order.urged', { at: Math.round(at), holder: 'care', data: { reason: '等太久' } });
  if (chance(w.dice, 0.2))
    report(w, 'glasshouse', 'order.escalated', { at: Math.round(at + (last - at) * 0.5), holder: 'care', data: { reason: '再次催办' } });
}
