import { expect, test } from 'vitest';
import { oneOfFact } from './facts.ts';
import { aFact } from './fixtures.ts';
import { understand } from './language.ts';
import { conditionWords, type Lang } from './words.ts';

const FACTS = [
  aFact('arpu', 'number', { unit: 'fen', names: { zh: '月均消费', en: 'Monthly spending' } }),
  aFact('tenure', 'number', { unit: 'months', names: { zh: '在网时长', en: 'Tenure' } }),
  aFact('contract.ends', 'date', { names: { zh: '合约到期日', en: 'End of contract' } }),
  aFact('own', 'flag', { names: { zh: '在网', en: 'Own' } }),
  oneOfFact('tier', ['high', 'low'], { zh: '层级', en: 'Tier' }),
];
const HIGH: Readonly<Record<Lang, string>> = { zh: '高', en: 'High' };

test.each([
  ['arpu >= 12900', '“月均消费”不低于 129 元', '"Monthly spending" is at least ¥129'],
  ['24 <= tenure', '“在网时长”不低于 24 个月', '"Tenure" is at least 24 months'],
  ['!own', '“在网”为否', '"Own" is no'],
  ['!has(arpu) && own', '“月均消费”未知，且“在网”为是', '"Monthly spending" is unknown and "Own" is yes'],
  ['tier == "high" || arpu > 5', '“层级”是“高”，或“月均消费”高于 0.05 元', '"Tier" is "High" or "Monthly spending" is above ¥0.05'],
  [
    'contract.ends < today.plusMonths(3) && (own || tier != "high")',
    '“合约到期日”早于今天起 3 个月后，且（“在网”为是，或“层级”不是“高”）',
    '"End of contract" is before 3 months from today and ("Own" is yes or "Tier" is not "High")',
  ],
  ['contract.ends - today > 30', '“合约到期日” 减 今天 高于 30', '"End of contract" minus today is above 30'],
  [
    'arpu * 100 <= tenure * (100 - 40)',
    '“月均消费” 乘以 100 不高于“在网时长” 乘以 60',
    '"Monthly spending" times 100 is at most "Tenure" times 60',
  ],
])('%s', (text, zh, en) => {
  const condition = understand(text, FACTS, []);
  if ('reason' in condition) throw new Error(condition.en);
  const label = (_: unknown, value: string, lang: Lang) => (value === 'high' ? HIGH[lang] : value);
  expect([conditionWords(condition, 'zh', label), conditionWords(condition, 'en', label)]).toEqual([zh, en]);
});
