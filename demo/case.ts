import {
  anybody,
  type City,
  type Customer,
  companyOf,
  customerOf,
  type Grid,
  HASTY_TEAM,
  NET_PARTNERS,
  SLOW_TEAM,
  type Team,
} from './city.ts';
import { type Birth, REGULARS } from './days.ts';
import { chance, type Dice, diceOf, pick, weighted, whole } from './dice.ts';
import { scattered } from './names.ts';
import { PRODUCTS, type Product } from './products.ts';
import { SHARES } from './shares.ts';
import { dayStamp } from './trade.ts';

/** What one journey is about: who orders, where, what, by which numbers the six systems will know it. */

export type RootKind = 'order' | 'trade' | 'ticket' | 'outletOrder';

export interface Case {
  readonly birth: Birth;
  /** "26112200041": the day and the number on that day; every number of the journey is made of it. */
  readonly no: string;
  readonly scenario: string;
  readonly root: RootKind;
  readonly customer: Customer;
  readonly grid: Grid;
  readonly team: Team;
  readonly product: Product;
  /** Its own numbers; a kind that is absent is never named. */
  readonly numbers: Readonly<Record<string, string>>;
  readonly workOrders: readonly string[];
  readonly parcels: readonly string[];
  readonly serviceNumbers: readonly string[];
  readonly seller: { readonly outlet: string; readonly partner?: string };
  /** The second order that travels in the same parcel. */
  readonly twin?: Case;
  readonly ways: Ways;
}

/** Which of the possible ways through its scenario the journey takes. */
export interface Ways {
  readonly rated: boolean;
  readonly tv: boolean;
  readonly device: boolean;
  readonly collected: boolean;
  readonly courier: boolean;
  readonly esim: boolean;
  readonly remote: boolean;
  readonly imported: boolean;
  readonly noPort: boolean;
  readonly large: boolean;
  readonly claimed: boolean;
  readonly hasty: boolean;
  readonly slow: boolean;
}

const TRADE_ROOTS: Readonly<Record<string, number>> = { 'sim-store': 1, 'sim-replace': 0.7, 'broadband-cancel': 0.4, 'sim-port-in': 0.15 };
const HAS_SIM = new Set(['bundle-new', 'sim-online', 'sim-store', 'sim-port-in', 'sim-replace']);
const OWN_MOBILE = new Set(['sim-port-in', 'sim-replace', 'terminal-purchase']);
const NEW_MOBILE = new Set(['sim-online', 'sim-store']);
const NEEDS_PORT = new Set(['broadband-new', 'bundle-new', 'broadband-move', 'enterprise-fast-line']);
/** Customers from here on have never ordered anything by chance: the regulars. */
const FIRST_REGULAR = 200_001;

const isCompany = (scenario: string): boolean => scenario.startsWith('enterprise-');

function rootOf(scenario: string, dice: Dice): RootKind {
  if (scenario === 'fault-repair') return 'ticket';
  if (scenario === 'outlet-sim-supply') return 'outletOrder';
  return chance(dice, TRADE_ROOTS[scenario] ?? 0) ? 'trade' : 'order';
}

/** The ports that new towns lack are many; what the others lack makes up the share of all. */
function lacksPort(grid: Grid, dice: Dice): boolean {
  const { noPort, noPortNewTown } = SHARES.line;
  const newTown = 0.1;
  const p = grid.district.kind === 'new-town' ? noPortNewTown : (noPort - newTown * noPortNewTown) / (1 - newTown);
  return chance(dice, p);
}

function waysOf(scenario: string, root: RootKind, grid: Grid, team: Team, large: boolean, dice: Dice): Ways {
  return {
    rated: chance(dice, SHARES.other.rated),
    tv: chance(dice, 0.6),
    device: chance(dice, 0.18),
    collected: chance(dice, 0.7),
    courier: chance(dice, 0.6),
    esim: chance(dice, 0.15),
    remote: chance(dice, 0.35),
    imported: chance(dice, 0.5),
    noPort: NEEDS_PORT.has(scenario) && lacksPort(grid, dice),
    large,
    claimed: root === 'trade' && chance(dice, SHARES.other.claimedLater),
    hasty: team.code === HASTY_TEAM,
    slow: team.code === SLOW_TEAM,
  };
}

function customerFor(city: City, birth: Birth, dice: Dice): Customer {
  if (birth.regular !== undefined) return customerOf(city, FIRST_REGULAR + birth.regular);
  if (isCompany(birth.scenario)) return companyOf(city, whole(dice, 0, 3_999));
  const n = anybody(dice);
  const again = chance(dice, 0.02);
  return again ? customerOf(city, FIRST_REGULAR + (n % REGULARS)) : customerOf(city, n);
}

function serviceNumbersOf(scenario: string, no: string, customer: Customer): string[] {
  const fresh = `121${scattered(Number(no.slice(2)), 8)}`;
  if (scenario === 'outlet-sim-supply') return [];
  if (NEW_MOBILE.has(scenario)) return [fresh];
  if (OWN_MOBILE.has(scenario)) return [customer.phone];
  if (scenario === 'bundle-new') return [customer.broadband, fresh];
  if (scenario === 'enterprise-voice') return [0, 1, 2].map((i) => `0980${scattered(Number(no.slice(2)) * 3 + i, 7)}`);
  return [customer.broadband];
}

/** An outage's callers live where it is dark. */
function gridFor(city: City, birth: Birth, customer: Customer): Grid {
  const { outage } = birth;
  if (outage === undefined) return customer.grid;
  const dark = city.grids.filter((g) => g.district.number === outage.district).slice(0, 2);
  return dark[birth.index % dark.length] ?? customer.grid;
}

export function caseOf(city: City, birth: Birth, second = false): Case {
  const { scenario } = birth;
  const dice = diceOf(city.seed, 'case', birth.day, birth.index);
  const no = `${dayStamp(birth.at, city.zone)}${String(birth.index + (second ? 50_000 : 0)).padStart(5, '0')}`;
  const root = rootOf(scenario, dice);
  const supply = scenario === 'outlet-sim-supply' ? pick(dice, city.outlets) : undefined;
  const customer = customerFor(city, birth, dice);
  const grid = supply?.grid ?? gridFor(city, birth, customer);
  const team = pick(dice, grid.teams);
  const large = scenario === 'bundle-new' && chance(dice, SHARES.other.large);
  const twinned = scenario === 'sim-online' && chance(dice, SHARES.other.sharedParcel);
  const ways = waysOf(scenario, root, grid, team, large, dice);
  const bySold = supply ?? (chance(dice, SHARES.other.soldByPartner) ? pick(dice, city.outlets) : undefined);
  const net = scenario === 'sim-online' && ways.imported ? pick(dice, NET_PARTNERS) : undefined;
  const seller =
    bySold === undefined
      ? { outlet: pick(dice, city.halls), ...(net && { partner: net }) }
      : { outlet: bySold.code, partner: net ?? bySold.partner };
  const hex = Number(no).toString(16).toUpperCase().padStart(8, '0').slice(-8);
  return {
    birth,
    no,
    scenario,
    root,
    customer,
    grid,
    team,
    product: weighted(
      dice,
      PRODUCTS[scenario]!.map((p, i) => [p, i === 0 ? 2 : 1] as const),
    ),
    numbers: {
      ...(root === 'order' && { order: `SO${no}` }),
      ...(root === 'ticket' && { ticket: `TT${no}` }),
      ...(root === 'outletOrder' && { outletOrder: `OO${no}` }),
      ...(root !== 'ticket' && { trade: `90${no}${scattered(Number(no.slice(2)), 3)}` }),
      ...(ways.claimed && { order: `SO${no}` }),
      ...(net !== undefined && { partnerOrder: `${net}-${no}` }),
      ...(HAS_SIM.has(scenario) && { iccid: `898699${no}${scattered(Number(no.slice(2)), 3)}` }),
      ...(scenario === 'terminal-purchase' && { imei: `00${no}${scattered(Number(no.slice(2)), 2)}`, contract: `HT${no}` }),
      ...(isCompany(scenario) && { contract: `HT${no}`, project: `PRJ-${no.slice(0, 4)}-${grid.district.code}` }),
      ...(scenario === 'enterprise-dedicated-line' && { circuit: `LL-GH-${no}`, circuitOrder: `DD${no}` }),
      account: `70${customer.number.replace(/\D/g, '').padStart(8, '0')}`,
      serviceOrder: `FK${no}`,
      construction: `GC${no}`,
      ontSn: `GHOT${hex}`,
      stbSn: `GHTV${hex}`,
      loid: `LOID${no}`,
      port: `${grid.olt}-0/${whole(dice, 1, 16)}/${whole(dice, 1, 16)}-${no.slice(-4)}`,
    },
    workOrders: (large ? ['1', '2', '3'] : ['1']).map((n) => `WO${no}-${n}`),
    parcels: (large ? ['1', '2'] : ['1']).map((n) => `GH${no}${n}`),
    serviceNumbers: serviceNumbersOf(scenario, no, customer),
    seller,
    ...(twinned && !second && { twin: caseOf(city, birth, true) }),
    ways,
  };
}
