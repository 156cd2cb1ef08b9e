import type { Case } from './case.ts';

/**
 * Which numbers each system knows (`scenarios.md` §1): the order centre order and trade, work orders trade and work order, field
 * operations the work order alone, construction work order and construction, carriers parcel and order, our own modules all.
 */

export const SYSTEMS = ['ordercentre', 'business', 'workorder', 'construction', 'field', 'logistics', 'glasshouse'] as const;
export type SystemId = (typeof SYSTEMS)[number];

export type Keys = Readonly<Record<string, string | readonly string[]>>;

/** Every kind that a system can name; none: whatever there is. */
export const KNOWN: Readonly<Record<SystemId, ReadonlySet<string> | undefined>> = {
  ordercentre: new Set([
    'order',
    'subOrder',
    'partnerOrder',
    'trade',
    'serviceNumber',
    'customer',
    'product',
    'outlet',
    'partner',
    'area',
    'campaign',
    'contract',
  ]),
  business: new Set(['trade', 'account', 'serviceNumber', 'iccid', 'imei', 'contract', 'customer', 'product', 'outlet', 'partner', 'area']),
  workorder: new Set([
    'trade',
    'workOrder',
    'serviceOrder',
    'survey',
    'port',
    'loid',
    'olt',
    'ontSn',
    'stbSn',
    'circuit',
    'circuitOrder',
    'team',
    'outage',
  ]),
  construction: new Set(['workOrder', 'construction', 'project']),
  field: new Set(['workOrder', 'visit']),
  logistics: new Set(['parcel', 'order', 'partnerOrder']),
  glasshouse: undefined,
};

/** What of a walk decides about keys: which work order, visit and parcel it is about now. */
export interface Now {
  readonly workOrder: string;
  readonly visit: number;
  readonly parcel: string;
}

type Namer = (c: Case, now: Now) => Keys;

/** Own numbers of these kinds, as far as the case has them. */
function own(c: Case, ...kinds: readonly string[]): Keys {
  const out: Record<string, string> = {};
  for (const kind of kinds) {
    const number = c.numbers[kind];
    if (number !== undefined) out[kind] = number;
  }
  return out;
}

const numbers = (c: Case): Keys => (c.serviceNumbers.length === 0 ? {} : { serviceNumber: one(c.serviceNumbers) });

/** Who and what it is about: named once, when the journey begins. */
export const about = (c: Case): Keys => ({
  area: c.grid.code,
  customer: c.customer.number,
  product: c.product[0],
  ...(c.root !== 'ticket' && { outlet: c.seller.outlet }),
  ...(c.root !== 'ticket' && c.seller.partner !== undefined && { partner: c.seller.partner }),
  ...(c.birth.campaign !== undefined && { campaign: c.birth.campaign }),
});

const one = (values: readonly string[]): string | readonly string[] => (values.length === 1 ? values[0]! : values);

const always: Readonly<Record<SystemId, Namer>> = {
  ordercentre: (c) => own(c, 'order', 'trade'),
  business: (c) => own(c, 'trade', ...(c.root === 'outletOrder' ? [] : ['account'])),
  workorder: (c, now) => ({ ...own(c, 'trade'), workOrder: now.workOrder }),
  construction: (c, now) => ({ workOrder: now.workOrder, ...own(c, 'construction', 'project') }),
  field: (_c, now) => ({ workOrder: now.workOrder, ...(now.visit > 0 && { visit: `${now.workOrder}-V${now.visit}` }) }),
  logistics: (c, now) => ({
    parcel: now.parcel,
    ...(c.root === 'order' && own(c, c.numbers.partnerOrder === undefined ? 'order' : 'partnerOrder')),
  }),
  glasshouse: (c) => own(c, c.root),
};

/** What single steps name beside. */
const beside: Readonly<Record<string, Namer>> = {
  'ordercentre order.submitted': (c) => own(c, 'partnerOrder'),
  'ordercentre order.imported': (c) => own(c, 'partnerOrder'),
  'ordercentre order.decomposed': (c) => ({
    subOrder: (c.scenario === 'bundle-new' ? ['L', 'M', 'T'] : ['A', 'Z']).map((leg) => `${c.numbers.order}-${leg}`),
  }),
  'ordercentre number.reserved': (c) => ({ ...numbers(c), ...(c.scenario === 'bundle-new' && { subOrder: `${c.numbers.order}-M` }) }),
  'ordercentre contract.signed': (c) => own(c, 'contract'),
  'business trade.accepted': numbers,
  'business number.chosen': numbers,
  'business account.opened': numbers,
  'business numbers.assigned': numbers,
  'business card.written': (c) => own(c, 'iccid'),
  'business sim.activated': (c) => ({ ...own(c, 'iccid'), ...numbers(c) }),
  'business contract.effective': (c) => own(c, 'contract'),
  'business imei.bound': (c) => own(c, 'imei'),
  'workorder resource.allocated': (c) => ({ ...own(c, 'port', 'loid'), olt: c.grid.olt, ...(c.ways.large && { workOrder: c.workOrders }) }),
  'workorder work.dispatched': (c) => ({ team: c.team.code, ...(c.ways.large && { workOrder: c.workOrders }) }),
  'workorder activation.requested': (c) => own(c, 'serviceOrder'),
  'workorder activation.done': (c) => own(c, 'serviceOrder', 'ontSn'),
  'workorder activation.failed': (c) => own(c, 'serviceOrder'),
  'workorder tv.activated': (c) => own(c, 'stbSn'),
  'workorder box.bound': (c) => own(c, 'stbSn'),
  'workorder survey.ordered': (c) => ({ survey: `KC${c.no}` }),
  'workorder circuit.assigned': (c) => own(c, 'circuit', 'circuitOrder'),
  'workorder ticket.joined-outage': (c): Keys => (c.birth.outage === undefined ? {} : { outage: c.birth.outage.id }),
  'glasshouse ticket.opened': (c) => ({ ...numbers(c), workOrder: c.workOrders[0]! }),
  'glasshouse payment.settled': (c) => own(c, 'trade'),
  'glasshouse parcel.packed': (_c, now) => ({ parcel: now.parcel }),
  'glasshouse device.received': (c, now) => ({ ...own(c, 'trade'), parcel: now.parcel }),
};

/** Customers whose number is known before anything is accepted. */
const NAMED_AT_ONCE = new Set([
  'broadband-move',
  'broadband-speed',
  'home-wifi',
  'iptv-new',
  'broadband-cancel',
  'sim-port-in',
  'sim-replace',
  'terminal-purchase',
  'fault-repair',
]);

/** All that a system names in one event. `first`: the event that begins the journey. */
export function keysOf(c: Case, system: SystemId, type: string, now: Now, first: boolean): Keys {
  const keys = { ...always[system](c, now), ...beside[`${system} ${type}`]?.(c, now) };
  if (first) Object.assign(keys, about(c), NAMED_AT_ONCE.has(c.scenario) ? numbers(c) : {});
  return keys;
}
