import type { EnterpriseIn } from './contract.ts';

/** A hospital that does everything with us and nothing with others: of high value, loyal, untouched. */
export const DEEP: NonNullable<EnterpriseIn['facts']> = {
  employees: 2_400,
  sites: 12,
  'people.served': 1_200_000,
  'public.service': true,
  'revenue.year': 120_000_000,
  'payment.onTime': 100,
  'mobile.share': 85,
  circuits: 20,
  'information.services': 5,
  'industry.solutions': 2,
  'support.contract': true,
  'contract.months': 20,
  'rival.mobileShare': 5,
  'rival.circuits': 0,
  'rival.applications': 0,
  'rival.contractMonths': 0,
};

/** A small shop that does nothing with anybody. */
export const SMALL: NonNullable<EnterpriseIn['facts']> = {
  ...Object.fromEntries(Object.keys(DEEP).map((indicator) => [indicator, 0])),
  employees: 6,
  'revenue.year': 300_000,
};

export const anEnterprise = (key: string, at: string, over: Partial<EnterpriseIn> = {}): EnterpriseIn => ({
  source: 'crm',
  key,
  name: `琉璃市${key}有限公司`,
  area: 'east',
  at,
  facts: DEEP,
  ...over,
});
