import type { EnterpriseIn } from '#enterprise/contract';
import { type City, companyOf, gridOf } from './city.ts';
import { between, chance, type Dice, diceOf, pick, share, weighted, whole } from './dice.ts';
import { OUTLET_NAMES, personName, scattered } from './names.ts';

/**
 * What the operator's CRM knows of its enterprise customers: 1,000 companies, the same that order circuits, and 200 public bodies. Everything from the
 * seed and the day; names of a city that is nowhere, numbers that nobody can own. What a competitor has there is known where somebody asked.
 */

const COMPANIES = 1_000;
const PUBLIC = 200;
export const ENTERPRISES = COMPANIES + PUBLIC;
export const CRM = 'enterprise-crm';

const BODIES = [
  ['中心医院', '医疗', 900, 420_000],
  ['社区医院', '医疗', 120, 60_000],
  ['第一中学', '教育', 220, 3_200],
  ['实验小学', '教育', 90, 1_400],
  ['职业学院', '教育', 600, 9_000],
  ['政务服务中心', '政务', 160, 380_000],
  ['供水公司', '公用事业', 400, 900_000],
  ['公交公司', '公用事业', 1_500, 2_400_000],
] as const;
const TRADES = ['制造', '物流', '商贸', '餐饮住宿', '科技服务', '文化传播'] as const;

const normal = (dice: Dice): number => (dice() + dice() + dice() + dice() - 2) * 1.7;
const within = (value: number, low: number, high: number): number => Math.round(Math.min(high, Math.max(low, value)));
/** 0 to 100, half of those of depth 0 at 38. */
const shareOf = (depth: number, noise: number): number => within(38 + 30 * depth + noise, 0, 100);

/** Enterprise `n` (from 0) as of that day; before its day of change it was as it had been. */
export function enterpriseOf(city: City, n: number, day: { readonly date: string; readonly daysBack: number }): EnterpriseIn {
  const dice = diceOf(city.seed, 'enterprise', n);
  const isPublic = n >= COMPANIES;
  const company = companyOf(city, n);
  const road = pick(dice, OUTLET_NAMES);
  const grid = gridOf(city, dice);
  const body = BODIES[n % BODIES.length]!;
  const size = isPublic ? body[2] * between(dice, 0.5, 1.8) : Math.exp(2.6 + 1.5 * normal(dice));
  const managers = city.posts.get('account-manager') ?? [];
  const where = isPublic ? grid : company.grid;
  return {
    source: CRM,
    key: isPublic ? `G${String(n - COMPANIES + 1).padStart(6, '0')}` : company.number,
    name: isPublic ? `琉璃市${grid.district.names.zh}${road}${body[0]}` : company.name,
    area: where.code,
    industry: isPublic ? body[1] : pick(dice, TRADES),
    manager: managers[(where.district.number * 5 + whole(dice, 0, 4)) % managers.length] ?? null,
    contact: { name: personName(diceOf(city.seed, 'enterprise contact', n)), phone: isPublic ? `121${scattered(n, 8)}` : company.phone },
    at: day.date,
    facts: factsOf(dice, {
      employees: within(size, 3, 8_000),
      isPublic,
      served: isPublic ? body[3] : size * 40,
      changed: day.daysBack === 0 && share(city.seed, 'enterprise moved', n) < 0.16,
    }),
  };
}

interface Kind {
  readonly employees: number;
  readonly isPublic: boolean;
  readonly served: number;
  /** Something happened there lately. */
  readonly changed: boolean;
}

function factsOf(dice: Dice, { employees, isPublic, served, changed }: Kind): EnterpriseIn['facts'] {
  const depth = normal(dice) * 0.8 + (isPublic ? 0.3 : 0);
  const loss = changed ? between(dice, 0.6, 1.8) * (chance(dice, 0.6) ? 1 : -1) : 0;
  const ours = depth - loss;
  const theirs = -0.45 * ours + 0.75 * normal(dice);
  const known = chance(dice, 0.82);
  const spending = employees * between(dice, 700, 2_600) * (1 + 0.5 * Math.max(-0.9, ours));
  const services = (d: number, most: number) => within(1.2 + 1.6 * d + normal(dice) * 0.6, 0, most);
  const rival = <T extends number>(value: T) => (known ? value : null);
  return {
    employees,
    sites: within(Math.sqrt(employees) * between(dice, 0.1, 0.9), 1, 200),
    'people.served': chance(dice, 0.85) ? within(served * between(dice, 0.4, 2), 50, 5_000_000) : null,
    'public.service': isPublic,
    'revenue.year': within(spending, 600, 9_000_000) * 100,
    'payment.onTime': within(92 + 6 * normal(dice), 30, 100),
    'mobile.share': shareOf(ours, 8 * normal(dice)),
    circuits: within((0.8 + ours) * Math.log2(2 + employees / 20), 0, 60),
    'information.services': services(ours, 8),
    'industry.solutions': services(ours - 0.7, 4),
    'support.contract': ours + 0.3 * normal(dice) > 0.5,
    'contract.months': within(10 + 9 * ours + 5 * normal(dice), 0, 36),
    'rival.mobileShare': rival(within(100 - shareOf(-theirs * 0.8 + 0.5, 10 * normal(dice)), 0, 100)),
    'rival.circuits': rival(within((0.2 + theirs) * Math.log2(2 + employees / 30), 0, 40)),
    'rival.applications': rival(services(theirs - 0.4, 6)),
    'rival.contractMonths': rival(theirs > 0 ? weighted(dice, [[2, 1], [9, 2], [18, 2], [30, 1]] as const) : 0), // biome-ignore format: short
  };
}
