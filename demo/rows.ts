import type { Case } from './case.ts';
import { type Step, scenarioOf } from './trade.ts';

/** The steps that a journey will take if nothing goes wrong, in order, with the holder of each. */
export interface Taken {
  readonly step: Step;
  readonly holder: string;
  /** Happens beside the road: what follows does not wait for it. */
  readonly aside: boolean;
}

const ASIDE = new Set(['rating.given', 'first.used']);

/** Steps and whole rows that only some journeys take; of what is not named here all take the upright steps, none the italic ones. */
const ONLY_IF: Readonly<Record<string, (c: Case) => boolean>> = {
  'order.pre-accepted': (c) => c.ways.noPort && c.ways.rated,
  'order.imported': (c) => c.numbers.partnerOrder !== undefined,
  'order.cross-district': (c) => c.ways.collected && c.ways.device,
  'construction.requested': needsBuilding,
  'construction.surveyed': needsBuilding,
  'construction.started': needsBuilding,
  'construction.finished': needsBuilding,
  'port.opened': needsBuilding,
  'route.agreed': needsBuilding,
  'tv.connected': (c) => c.ways.tv,
  'tv.activated': (c) => c.ways.tv || c.scenario === 'iptv-new',
  'rating.given': (c) => c.ways.rated,
  'terminal.swapped': (c) => c.ways.device,
  'device.collected': (c) => c.ways.collected,
  'first-charge.paid': (c) => c.ways.courier,
  'esim.profile-ordered': (c) => c.ways.esim,
  'esim.profile-downloaded': (c) => c.ways.esim,
  'outlet-order.approved': (c) => c.ways.esim,
  'pickup.code-redeemed': (c) => !c.ways.courier,
  'ticket.joined-outage': (c) => c.birth.outage !== undefined,
  'remote.fixed': (c) => isRemote(c),
};

const IN_SCENARIO: Readonly<Record<string, (c: Case) => boolean>> = {
  'sim-replace card.written': (c) => !c.ways.esim,
  'terminal-purchase parcel.picked-up': (c) => c.ways.courier,
  'terminal-purchase parcel.delivered': (c) => c.ways.courier,
  'broadband-speed parcel.delivered': (c) => c.ways.device,
  'broadband-cancel parcel.delivered': (c) => !c.ways.collected,
  'sim-online first.used': (c) => c.ways.tv,
};

/** A fault mended from afar, or with the whole outage: nobody comes. */
const NO_VISIT = new Set(['taken', 'appointed', 'located', 'repaired']);
const isRemote = (c: Case): boolean => c.birth.outage !== undefined || c.ways.remote;

function needsBuilding(c: Case): boolean {
  return c.ways.noPort || c.scenario === 'enterprise-dedicated-line';
}

function isTaken(c: Case, step: Step): boolean {
  if (c.scenario === 'fault-repair' && isRemote(c) && (step.type === 'repair.completed' || step.type === 'line.retested')) return false;
  const rule = IN_SCENARIO[`${c.scenario} ${step.type}`] ?? ONLY_IF[step.type];
  return rule === undefined ? !step.optional : rule(c);
}

export function rowsOf(c: Case): Taken[] {
  const out: Taken[] = [];
  for (const milestone of scenarioOf(c.scenario).milestones) {
    if (c.scenario === 'fault-repair' && isRemote(c) && NO_VISIT.has(milestone.id)) continue;
    for (const step of milestone.steps) {
      if (isTaken(c, step)) out.push({ step, holder: milestone.holder, aside: ASIDE.has(step.type) && step.optional });
    }
  }
  return out;
}
