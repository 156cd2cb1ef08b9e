import type { Case } from './case.ts';
import type { City } from './city.ts';
import { type Data, detailsOf, orderDetails } from './details.ts';
import { chance, type Dice, lognormal, pick, whole } from './dice.ts';
import { type Keys, keysOf, type SystemId } from './knows.ts';
import { SHARES } from './shares.ts';
import { inWorkingTime, later, offsetAt, type Scenario, type Step, secondOfDay } from './trade.ts';

/** What truly happened, as the system that saw it knows it. `at` and the instants in `data` are epoch ms of the city's time. */
export interface TrueEvent {
  readonly id: string;
  readonly system: SystemId;
  readonly type: string;
  readonly at: number;
  readonly keys: Keys;
  readonly scenario?: string;
  readonly handler?: string;
  readonly person?: { readonly name: string; readonly phone: string; readonly idNumber?: string; readonly address: string };
  readonly data?: Data;
}

/** A journey on its way: everything that changes while it is walked. */
export interface Walk {
  readonly city: City;
  readonly case: Case;
  readonly scenario: Scenario;
  readonly dice: Dice;
  readonly events: TrueEvent[];
  /** The city's time, epoch ms. */
  at: number;
  /** How its times compare with the usual ones. */
  pace: number;
  workOrder: string;
  parcel: string;
  visit: number;
  installer: string;
  /** When the installer will truly be there, and the two hours that the customer was told. */
  arrival: number | undefined;
  slot: readonly [from: number, to: number] | undefined;
}

const CREWED = new Set(['installer', 'lead']);
const NOBODY = new Set(['system', 'customer', 'partner']);
/** Customers and those who call them sleep at night. */
const AWAKE = new Set(['customer', 'care', 'partner']);
const HOUR = 3_600;

/** Reports an event at `at` (now, unless told). The first of a journey tells who and what it is about. */
export function report(
  w: Walk,
  system: SystemId,
  type: string,
  more: { holder?: string; data?: Data; at?: number; keys?: Keys } = {},
): void {
  const at = more.at ?? w.at;
  const travellers = w.case.twin === undefined ? [w.case] : [w.case, w.case.twin];
  const together = system === 'logistics' && travellers.length > 1;
  const first = w.events.length === 0;
  for (const [i, c] of travellers.entries()) {
    if (together && i > 0) break;
    const keys = {
      ...keysOf(c, system, type, w, first),
      ...(together && { order: travellers.map((t) => t.numbers.order!) }),
      ...more.keys,
    };
    const said = { ...(first && orderDetails(c)), ...detailsOf(c, type, w.dice), ...more.data };
    const handler = handlerOf(w, system, more.holder);
    const tellsPerson = c.scenario === 'sim-store' ? type === 'id-card.read' : first; // a queue ticket has no name
    w.events.push({
      id: `${c.no}-${String(w.events.length + 1).padStart(2, '0')}`,
      system,
      type,
      at,
      keys,
      ...((first || system === 'ordercentre') && { scenario: c.scenario }),
      ...(handler !== undefined && { handler }),
      ...(tellsPerson && { person: personOf(c) }),
      ...(Object.keys(said).length > 0 && { data: said }),
    });
  }
}

const personOf = ({ customer, scenario }: Case): NonNullable<TrueEvent['person']> => ({
  name: customer.name,
  phone: customer.phone,
  ...(scenario !== 'outlet-sim-supply' && { idNumber: customer.idNumber }),
  address: customer.address,
});

/** Whoever has the post: in the field the journey's own installer, at a desk anybody; what a system does for an installer it does alone. */
function handlerOf(w: Walk, system: SystemId, holder: string | undefined): string | undefined {
  if (system === 'field') return holder === 'lead' ? w.case.team.lead : w.installer;
  if (holder === undefined || NOBODY.has(holder) || CREWED.has(holder)) return undefined;
  const people = w.city.posts.get(holder);
  return people === undefined ? undefined : pick(w.dice, people);
}

/** Lets so much time pass as a step usually takes its holder, in his working hours. */
export function pass(w: Walk, times: { p50: number; p90: number }, holder: string): void {
  const { p50, p90 } = inWorkingTime(times, holder);
  const crew = CREWED.has(holder) ? w.case.team.pace : 1;
  const seconds = lognormal(w.dice, p50, p90) * w.pace * crew;
  w.at = later(w.at, Math.max(1, seconds), holder, w.city.zone); // within a second nobody could tell what came first
  if (AWAKE.has(holder) && p90 > HOUR) w.at = awake(w, w.at);
}

/** Lets so many hours pass, between `from` and `to`, in the holder's working hours. */
export function passHours(w: Walk, from: number, to: number, holder = 'system'): void {
  w.at = later(w.at, (from + (to - from) * w.dice()) * HOUR, holder, w.city.zone);
}

/** Between ten at night and half past seven nobody is called: it becomes the next morning. */
function awake(w: Walk, at: number): number {
  const second = secondOfDay(at, w.city.zone);
  const morning = 7.5 * HOUR;
  if (second >= morning && second < 22 * HOUR) return at;
  return at + ((second < morning ? morning : morning + 24 * HOUR) - second + whole(w.dice, 0, 5_400)) * 1_000;
}

/** Sets when the installer will come, and the even two hours around it; now and then he will be late. */
export function plan(w: Walk, times: { p50: number; p90: number }): void {
  const { p50, p90 } = inWorkingTime(times, 'installer');
  const seconds = Math.max(lognormal(w.dice, p50, p90) * w.case.team.pace * w.pace, 0.7 * HOUR);
  const arrival = later(w.at, seconds, 'installer', w.city.zone);
  const offset = offsetAt(arrival, w.city.zone);
  const two = 2 * HOUR * 1_000;
  const from = Math.floor((arrival - 1 + offset) / two) * two - offset;
  w.slot = [from, from + two];
  const late = chance(w.dice, SHARES.line.slotMissed);
  w.arrival = late ? from + two + whole(w.dice, 17, 100) * 60_000 : Math.max(arrival, w.at + 30 * 60_000);
}

/** The step's own time, then its report. Visits keep to what was agreed. */
export function take(w: Walk, step: Step, holder: string): void {
  const { type } = step;
  const visits = w.arrival !== undefined && (type === 'visit.started' || type === 'visit.arrived');
  if (visits) travel(w, type);
  else if (w.events.length > 0) pass(w, step, holder);
  const appoints = type === 'appointment.confirmed';
  if (appoints) plan(w, visitTimes(w.scenario));
  const data: Data = appoints && w.slot ? { slotFrom: w.slot[0], slotTo: w.slot[1] } : {};
  report(w, step.source as SystemId, type, { holder, data });
}

/** Off so long before the agreed hour as the way takes, and there when it strikes. */
function travel(w: Walk, type: string): void {
  const arrival = w.arrival!;
  if (type === 'visit.started') {
    w.visit++;
    w.at = Math.max(w.at + 60_000, arrival - Math.round(lognormal(w.dice, 25 * 60, 50 * 60) * 1_000));
    return;
  }
  if (!w.scenario.milestones.some((m) => m.steps.some((s) => s.type === 'visit.started'))) w.visit++;
  w.at = Math.max(w.at + 4 * 60_000, arrival);
  w.arrival = undefined;
  w.pace = 1;
}

/** How long after the appointment the scenario's visit usually is. */
export function visitTimes(scenario: Scenario): { p50: number; p90: number } {
  const visit = scenario.milestones.flatMap((m) => m.steps.filter((s) => s.type === 'visit.started' || s.type === 'visit.arrived'));
  return { p50: visit.reduce((n, s) => n + s.p50, 0), p90: visit.reduce((n, s) => n + s.p90, 0) };
}
