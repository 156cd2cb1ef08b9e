import { diceOf, pick, weighted, whole } from './dice.ts';
import { companyName, identityNumber, OUTLET_NAMES, personName, scattered } from './names.ts';
import { type Home, homeIn } from './places.ts';

/** 琉璃市 (Liuli), one city: who lives and works there. All of it follows from the seed. */

export interface Grid {
  readonly code: string;
  readonly names: { readonly zh: string; readonly en: string };
  readonly district: District;
  readonly olt: string;
  readonly teams: readonly Team[];
}

export interface District {
  readonly code: string;
  readonly number: number;
  readonly names: { readonly zh: string; readonly en: string };
  readonly kind: 'city' | 'country' | 'new-town';
  readonly weight: number;
}

export interface Team {
  readonly code: string;
  readonly lead: string;
  readonly members: readonly string[];
  /** How its times compare with everybody's. */
  readonly pace: number;
}

export interface Customer {
  readonly number: string;
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly address: string;
  /** Which estate and building that is. */
  readonly home: Pick<Home, 'estate' | 'building'>;
  readonly grid: Grid;
  /** The broadband account that he has or will have. */
  readonly broadband: string;
}

export interface City {
  readonly seed: number;
  readonly zone: string;
  readonly districts: readonly District[];
  readonly grids: readonly Grid[];
  /** Who holds which post, by holder id; installers and leads stand with their teams. */
  readonly posts: ReadonlyMap<string, readonly string[]>;
  readonly staff: readonly { readonly id: string; readonly name: string; readonly post: string; readonly unit: string }[];
  readonly halls: readonly string[];
  readonly outlets: readonly { readonly code: string; readonly partner: string; readonly grid: Grid }[];
  readonly units: readonly {
    readonly code: string;
    readonly parent: string | null;
    readonly level: 'city' | 'county' | 'grid';
    readonly names: { readonly zh: string; readonly en: string };
  }[];
}

export const CITY = 'city';
/** The team that lets orders lie before the month ends, and the one whose "completed" customers dispute. */
export const SLOW_TEAM = 'd4-g03-t2';
export const HASTY_TEAM = 'd6-g02-t1';
export const CARRIERS = ['栎速快运', '鹭飞速递', '苇航物流'] as const;
export const WAREHOUSES = ['WH-1', 'WH-2', 'WH-3'] as const;
/** Partners of the internet (2I) that hand over orders of their own number. */
export const NET_PARTNERS = ['P90', 'P91', 'P92'] as const;

const DISTRICTS: readonly (readonly [string, string, District['kind'], number, number])[] = [
  ['檐雨区', 'Yanyu', 'city', 8, 1.3],
  ['釉里区', 'Youli', 'city', 8, 1.2],
  ['砚池区', 'Yanchi', 'city', 8, 1.1],
  ['萤桥区', 'Yingqiao', 'city', 8, 1.1],
  ['鹭洲区', 'Luzhou', 'city', 7, 1],
  ['栀岭区', 'Zhiling', 'city', 7, 0.9],
  ['瓴北县', 'Lingbei County', 'country', 7, 0.6],
  ['霁新区', 'Jixin New Town', 'new-town', 7, 0.8],
];

const CENTRAL: Readonly<Record<string, number>> = {
  seller: 180,
  desk: 60,
  review: 24,
  resource: 36,
  provision: 32,
  dispatch: 36,
  build: 24,
  building: 16,
  noc: 24,
  care: 90,
  'account-manager': 36,
  design: 16,
  stock: 30,
  courier: 90,
  controller: 6,
  grid: 60,
};
const MEMBERS = 10;
const CUSTOMERS = 300_000;

export function makeCity(seed: number, zone: string): City {
  const dice = diceOf(seed, 'city');
  const districts = DISTRICTS.map(([zh, en, kind, , weight], i) => ({ code: `d${i + 1}`, number: i + 1, names: { zh, en }, kind, weight }));
  const staff: City['staff'][number][] = [];
  const hire = (post: string, unit: string) => {
    const id = String(staff.length + 1).padStart(4, '0');
    staff.push({ id, name: personName(dice), post, unit });
    return id;
  };
  const grids = districts.flatMap((district, d) =>
    Array.from({ length: DISTRICTS[d]![3] }, (_, g) => {
      const code = `${district.code}-g${String(g + 1).padStart(2, '0')}`;
      const road = OUTLET_NAMES[(d * 5 + g) % OUTLET_NAMES.length];
      const teams = [1, 2].map((t) => ({
        code: `${code}-t${t}`,
        lead: hire('lead', code),
        members: Array.from({ length: MEMBERS }, () => hire('installer', code)),
        pace: (district.kind === 'country' ? 1.15 : 1) * (0.65 + 0.35 * dice()),
      }));
      const names = { zh: `${district.names.zh}${road}网格`, en: `${district.names.en} grid ${g + 1}` };
      return { code, names, district, olt: `OLT-${code.toUpperCase()}`, teams };
    }),
  );
  const posts = new Map(Object.entries(CENTRAL).map(([post, n]) => [post, Array.from({ length: n }, () => hire(post, CITY))]));
  return {
    seed,
    zone,
    districts,
    grids,
    posts,
    staff,
    halls: Array.from({ length: 40 }, (_, i) => `H${String(i + 1).padStart(2, '0')}`),
    outlets: Array.from({ length: 180 }, (_, i) => ({
      code: `N${String(i + 1).padStart(3, '0')}`,
      partner: `P${String((i % 24) + 1).padStart(2, '0')}`,
      grid: grids[(i * 7) % grids.length]!,
    })),
    units: [
      { code: CITY, parent: null, level: 'city', names: { zh: '琉璃市分公司', en: 'Liuli City' } },
      ...districts.map(({ code, names }) => ({ code, parent: CITY, level: 'county' as const, names })),
      ...grids.map(({ code, names, district }) => ({ code, parent: district.code, level: 'grid' as const, names })),
    ],
  };
}

/** A grid, busy districts more often than quiet ones. */
export const gridOf = (city: City, dice: () => number): Grid => {
  const district = weighted(
    dice,
    city.districts.map((d) => [d, d.weight] as const),
  );
  return pick(
    dice,
    city.grids.filter((g) => g.district === district),
  );
};

/** One of the people (n < 300,000); everything about him follows from the seed and his number. */
export function customerOf(city: City, n: number): Customer {
  const dice = diceOf(city.seed, 'customer', n);
  const grid = gridOf(city, dice);
  const name = personName(dice);
  const { address, ...home } = homeIn(city, grid, dice);
  return {
    number: `C${String(n + 1).padStart(7, '0')}`,
    name,
    idNumber: identityNumber(n, grid.district.number),
    phone: `120${scattered(n, 8)}`,
    address,
    home,
    grid,
    broadband: `gh${grid.district.number}${scattered(n, 7)}`,
  };
}

/** A company: the person is who answers its telephone. */
export function companyOf(city: City, n: number): Customer {
  const person = customerOf(city, CUSTOMERS + n);
  const dice = diceOf(city.seed, 'company', n);
  return { ...person, number: `E${String(n + 1).padStart(6, '0')}`, name: companyName(dice), broadband: `ghz${scattered(n, 7)}` };
}

export const anybody = (dice: () => number): number => whole(dice, 0, CUSTOMERS - 1);
