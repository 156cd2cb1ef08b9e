/**
 * The figures of a place as data: each is an audience over another one, or over what the place itself has. What counts is `people` (the tags), so a
 * figure is exact, and whoever doubts it opens the audience behind it.
 */

interface Names {
  readonly zh: string;
  readonly en: string;
}

/** A definition of an audience. */
export type Where = Readonly<Record<string, unknown>>;

export interface FigureRow {
  readonly id: string;
  readonly names: Names;
  readonly meaning: Names;
  /** Which way is better; null: neither. */
  readonly good: 'high' | 'low' | null;
  readonly where: Where;
  /** What it is a share of: people of another definition, or the place's households. */
  readonly of: Where | 'households';
  /** Of whom it is not known; null: nobody. */
  readonly unknown: Where | null;
}

/** A score from here on means that he is likely to leave, or to take what is offered; scores go from 0 to 1,000. */
export const LIKELY = { churn: 300, broadband: 500, fiveG: 500 } as const;

export const OWN: Where = { tag: 'own', is: true };
const isOwnAnd = (...more: readonly Where[]): Where => ({ and: [OWN, ...more] });
const unknownOf = (tag: string): Where => isOwnAnd({ tag, known: false });
const knownOf = (tag: string): Where => isOwnAnd({ tag, known: true });

/** What can be chosen to colour the map by. */
export const FIGURES: readonly FigureRow[] = [
  {
    id: 'broadband',
    names: { zh: '宽带渗透率', en: 'Broadband penetration' },
    meaning: {
      zh: '有在用宽带的在网客户 ÷ 住户数。住户数由地图来源报送；一户有两条宽带算两个，所以可能略高。',
      en: 'Own customers with a line in use ÷ households as the map’s source tells them. A household with two lines counts twice.',
    },
    good: 'high',
    where: isOwnAnd({ tag: 'broadband', is: true }),
    of: 'households',
    unknown: unknownOf('broadband'),
  },
  {
    id: 'fiveG',
    names: { zh: '5G 套餐占比', en: 'On a 5G plan' },
    meaning: { zh: '5G 套餐的在网客户 ÷ 已知套餐的在网客户。', en: 'Own customers on a 5G plan ÷ own customers whose plan is known.' },
    good: 'high',
    where: isOwnAnd({ tag: 'fiveG', is: true }),
    of: knownOf('fiveG'),
    unknown: unknownOf('fiveG'),
  },
  {
    id: 'offNet',
    names: { zh: '异网占比', en: 'With other operators' },
    meaning: {
      zh: '用别家号码的人 ÷ 已知在网或异网的人。',
      en: 'People with another operator ÷ people of whom it is known whose customers they are.',
    },
    good: 'low',
    where: { tag: 'own', is: false },
    of: { tag: 'own', known: true },
    unknown: { tag: 'own', known: false },
  },
];

export const RISKS: readonly FigureRow[] = [
  {
    id: 'churn',
    names: { zh: '离网倾向高', en: 'Likely to leave' },
    meaning: {
      zh: `离网倾向分 ${LIKELY.churn} 及以上的在网客户 ÷ 有此分的在网客户。`,
      en: `Own customers with a churn score of ${LIKELY.churn} or more ÷ own customers who have one.`,
    },
    good: 'low',
    where: isOwnAnd({ tag: 'score.churn', from: LIKELY.churn }),
    of: knownOf('score.churn'),
    unknown: unknownOf('score.churn'),
  },
  {
    id: 'contract',
    names: { zh: '合约 90 天内到期', en: 'Contract ends in 90 days' },
    meaning: {
      zh: '在约合约 90 天内到期的在网客户 ÷ 有在约合约的在网客户。没有合约的不算未知。',
      en: 'Own customers whose contract ends within 90 days ÷ own customers with a contract. Who has none is not unknown.',
    },
    good: 'low',
    where: isOwnAnd({ tag: 'contract.ends', from: { days: 0 }, to: { days: 90 } }),
    of: isOwnAnd({ tag: 'contract.ends', from: { days: 0 } }),
    unknown: null,
  },
  {
    id: 'fault',
    names: { zh: '故障未修复', en: 'Open faults' },
    meaning: {
      zh: '有未修复报障单的在网客户 ÷ 已知有无报障的在网客户。',
      en: 'Own customers with a repair under way ÷ own customers of whom it is known.',
    },
    good: 'low',
    where: isOwnAnd({ tag: 'fault.open', is: true }),
    of: knownOf('fault.open'),
    unknown: unknownOf('fault.open'),
  },
];

export const NEEDS: readonly FigureRow[] = [
  {
    id: 'needBroadband',
    names: { zh: '可能装宽带', en: 'Would take broadband' },
    meaning: {
      zh: `没有宽带、宽带倾向分 ${LIKELY.broadband} 及以上的在网客户 ÷ 没有宽带的在网客户。`,
      en: `Own customers without a line and with a broadband score of ${LIKELY.broadband} or more ÷ own customers without a line.`,
    },
    good: null,
    where: isOwnAnd({ tag: 'broadband', is: false }, { tag: 'score.broadband', from: LIKELY.broadband }),
    of: isOwnAnd({ tag: 'broadband', is: false }),
    unknown: isOwnAnd({ tag: 'broadband', is: false }, { tag: 'score.broadband', known: false }),
  },
  {
    id: 'needFiveG',
    names: { zh: '可能升 5G', en: 'Would move to 5G' },
    meaning: {
      zh: `非 5G 套餐、5G 倾向分 ${LIKELY.fiveG} 及以上的在网客户 ÷ 非 5G 套餐的在网客户。`,
      en: `Own customers on another plan and with a 5G score of ${LIKELY.fiveG} or more ÷ own customers on another plan.`,
    },
    good: null,
    where: isOwnAnd({ tag: 'fiveG', is: false }, { tag: 'score.fiveG', from: LIKELY.fiveG }),
    of: isOwnAnd({ tag: 'fiveG', is: false }),
    unknown: isOwnAnd({ tag: 'fiveG', is: false }, { tag: 'score.fiveG', known: false }),
  },
  {
    id: 'needFttr',
    names: { zh: '适合全屋光纤', en: 'Fit for fibre to the room' },
    meaning: {
      zh: '500M 及以上宽带、还没有全屋光纤的在网客户 ÷ 有宽带的在网客户。是规则，不是模型分。',
      en: 'Own customers with a line of 500M or more and no fibre to the room ÷ own customers with a line. A rule, no model’s score.',
    },
    good: null,
    where: isOwnAnd({ tag: 'broadband.speed', oneOf: ['500M', '1000M'] }, { tag: 'fttr', is: false }),
    of: isOwnAnd({ tag: 'broadband', is: true }),
    unknown: isOwnAnd({ tag: 'broadband', is: true }, { tag: 'fttr', known: false }),
  },
];

/** What the people of a place are spread over. */
export const SPREADS: readonly string[] = ['age', 'tier', 'plan.name', 'competitor.operator'];

/** With fewer people than this the spread of a tag would speak of single persons. */
export const LEAST = 10;

/** The tags that say where somebody lives: his estate, and his building's number within it. */
export const ESTATE = 'estate';
export const BUILDING = 'building';

/** Who lives in an estate, or in one of its buildings, as an audience. */
export const livesIn = (estate: string, building?: string): Where =>
  building === undefined
    ? { tag: ESTATE, is: estate }
    : {
        and: [
          { tag: ESTATE, is: estate },
          { tag: BUILDING, is: building },
        ],
      };

/** Both of two definitions. */
export const both = (a: Where, b: Where): Where => {
  const members = (w: Where): readonly unknown[] => (Array.isArray(w.and) && Object.keys(w).length === 1 ? w.and : [w]);
  return { and: [...members(a), ...members(b)] };
};
