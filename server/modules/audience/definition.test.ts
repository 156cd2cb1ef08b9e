import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fill } from '#platform/i18n';
import { isRefusal, orThrow, type Refusal } from '#platform/result';
import { dateOf, decimalOf, resolved, todayIn, unitsOf } from './bounds.ts';
import { MOST_CONDITIONS, MOST_DEEP, MOST_VALUES, readDefinition } from './definition.ts';
import { aCatalogue, aTag, TODAY } from './fixtures.ts';
import type { Bound, Definition } from './model.ts';
import { definitionRefusals } from './refusals.ts';
import { sentenceOf } from './sentence.ts';

const read = (json: unknown): Definition => orThrow(readDefinition(json, aCatalogue()));
const range = (json: object): { from: Bound | null; to: Bound | null } => read(json) as Extract<Definition, { op: 'range' }>;
const nested = (deep: number): object => (deep === 1 ? { and: [] } : { not: nested(deep - 1) });

describe('a mistake is told with its place', () => {
  const cases: [json: unknown, code: string, path: string][] = [
    [undefined, 'audience.not-a-condition', 'where'],
    [null, 'audience.not-a-condition', 'where'],
    [[], 'audience.not-a-condition', 'where'],
    ['fiveG', 'audience.not-a-condition', 'where'],
    [{}, 'audience.not-a-condition', 'where'],
    [{ nand: [] }, 'request.unknown-field', 'where.nand'],
    [{ and: [], or: [] }, 'audience.two-conditions', 'where.or'],
    [{ and: [], why: 1 }, 'request.unknown-field', 'where.why'],
    [JSON.parse('{"__proto__":[]}'), 'request.unknown-field', 'where.__proto__'],
    [{ constructor: [] }, 'request.unknown-field', 'where.constructor'],
    [{ and: {} }, 'audience.not-a-list', 'where.and'],
    [{ or: [{ not: [] }] }, 'audience.not-a-condition', 'where.or[0].not'],
    [{ and: [{ and: [] }, { or: [] }, { tag: 'fiveGee', is: true }] }, 'audience.unknown-tag', 'where.and[2].tag'],
    [{ tag: 5, is: true }, 'audience.not-a-text', 'where.tag'],
    [{ tag: 'constructor', is: true }, 'audience.unknown-tag', 'where.tag'],
    [{ tag: 'fiveG' }, 'audience.asks-nothing', 'where'],
    [{ tag: 'fiveG', is: 1 }, 'audience.not-yes-or-no', 'where.is'],
    [{ tag: 'fiveG', is: null }, 'audience.not-yes-or-no', 'where.is'],
    [{ tag: 'fiveG', known: 'yes' }, 'audience.not-yes-or-no', 'where.known'],
    [{ tag: 'fiveG', is: true, known: true }, 'audience.two-conditions', 'where.is'],
    [{ tag: 'fiveG', from: 1 }, 'audience.wrong-kind', 'where.from'],
    [{ tag: 'months', is: 12 }, 'audience.wrong-kind', 'where.is'],
    [{ tag: 'months', oneOf: [12] }, 'audience.wrong-kind', 'where.oneOf'],
    [{ tag: 'plan', to: 'c' }, 'audience.wrong-kind', 'where.to'],
    [{ tag: 'plan', is: 'A' }, 'audience.not-a-value', 'where.is'],
    [{ tag: 'plan', is: 1 }, 'audience.not-a-text', 'where.is'],
    [{ tag: 'plan', oneOf: 'a' }, 'audience.not-a-list', 'where.oneOf'],
    [{ tag: 'plan', oneOf: ['a', 'b', 'x'] }, 'audience.not-a-value', 'where.oneOf[2]'],
    [{ tag: 'months', from: '12' }, 'audience.not-a-number', 'where.from'],
    [{ tag: 'months', from: Number.NaN }, 'audience.not-a-number', 'where.from'],
    [{ tag: 'months', to: JSON.parse('1e999') }, 'audience.not-a-number', 'where.to'],
    [{ tag: 'months', from: null }, 'audience.not-a-number', 'where.from'],
    [{ tag: 'months', to: 1e300 }, 'audience.too-far', 'where.to'],
    [{ tag: 'months', from: 3, to: 2 }, 'audience.from-after-to', 'where.from'],
    [{ tag: 'joined', from: '2026-02-30' }, 'audience.not-a-date', 'where.from'],
    [{ tag: 'joined', from: 20260230 }, 'audience.not-a-date', 'where.from'],
    [{ tag: 'joined', from: '2026-03-01', to: '2026-02-28' }, 'audience.from-after-to', 'where.from'],
    [{ tag: 'joined', from: { days: 0 }, to: { days: -1 } }, 'audience.from-after-to', 'where.from'],
    [{ tag: 'joined', from: {} }, 'audience.not-a-date', 'where.from'],
    [{ tag: 'joined', from: { weeks: -1 } }, 'request.unknown-field', 'where.from.weeks'],
    [{ tag: 'joined', from: { days: 0.5 } }, 'audience.not-whole', 'where.from.days'],
    [{ tag: 'joined', to: { months: 1e9 } }, 'audience.not-whole', 'where.to.months'],
    [{ tag: 'joined', to: { days: 1, edge: 'end' } }, 'audience.bad-edge', 'where.to.edge'],
    [{ tag: 'joined', to: { months: 1, edge: 'middle' } }, 'audience.bad-edge', 'where.to.edge'],
    [{ audience: 'nobody' }, 'audience.unknown-audience', 'where.audience'],
    [{ audience: ['young'] }, 'audience.not-a-text', 'where.audience'],
    [{ or: [{ audience: 'round' }] }, 'audience.circle', 'where.or[0].audience'],
    [{ not: { audience: 'stale' } }, 'audience.broken', 'where.not.audience'],
    [{ audience: 'about' }, 'audience.unknown-audience', 'where.audience'],
    [{ list: 'other' }, 'audience.unknown-list', 'where.list'],
    [{ top: 10 }, 'audience.not-a-condition', 'where.top'],
    [{ top: { n: 0, by: 'churn' } }, 'audience.not-whole-positive', 'where.top.n'],
    [{ top: { n: 10, by: 'plan' } }, 'audience.not-a-score', 'where.top.by'],
    [{ top: { n: 10 } }, 'audience.not-a-text', 'where.top.by'],
    [{ top: { n: 10, by: 'churn', order: 'best' } }, 'audience.bad-order', 'where.top.order'],
    [{ top: { n: 10, by: 'churn', of: { and: [{ tag: 'plam', is: 'a' }] } } }, 'audience.unknown-tag', 'where.top.of.and[0].tag'],
    [{ top: { n: 10, by: 'churn', from: 1 } }, 'request.unknown-field', 'where.top.from'],
    [{ sample: { share: 0, salt: 'a' } }, 'audience.bad-share', 'where.sample.share'],
    [{ sample: { share: '10%', salt: 'a' } }, 'audience.bad-share', 'where.sample.share'],
    [{ sample: { share: 0.1 } }, 'audience.bad-salt', 'where.sample.salt'],
    [nested(MOST_DEEP + 1), 'audience.too-deep', `where${'.not'.repeat(MOST_DEEP)}`],
    [{ and: Array(MOST_CONDITIONS).fill({ and: [] }) }, 'audience.too-many-conditions', `where.and[${MOST_CONDITIONS - 1}]`],
    [{ tag: 'plan', oneOf: Array(MOST_VALUES + 1).fill('a') }, 'audience.too-many-values', 'where.oneOf'],
  ];
  const catalogue = aCatalogue({
    audiences: new Map([
      ...aCatalogue().audiences,
      ['round', { id: 'round', name: 'A', open: true, where: { not: { audience: 'about' } } }],
      ['about', { id: 'about', name: 'B', open: false, where: { and: [{ audience: 'round' }] } }],
      ['stale', { id: 'stale', name: 'C', open: true, where: { tag: 'gone', is: true } }],
    ]),
  });
  test.each(cases)('%j → %s at %s', (json, code, path) => {
    const out = readDefinition(json, catalogue) as Refusal;
    expect(out).toMatchObject({ refused: true, code, details: { path } });
    if (code.startsWith('request.')) return;
    for (const lang of ['zh', 'en'] as const)
      expect(fill(definitionRefusals[code]?.[lang] ?? '{no sentence}', out.details)).not.toMatch(/…|\{\w+\}/);
  });

  test('every refusal has its case', () => {
    expect(new Set(cases.map(([, code]) => code).filter((c) => c.startsWith('audience.')))).toEqual(
      new Set(Object.keys(definitionRefusals)),
    );
  });

  test('what was meant is named: the nearest tags and values', () => {
    expect(readDefinition({ tag: 'fiveGee', is: true }, aCatalogue())).toMatchObject({ details: { nearest: ['fiveG'] } });
    expect(readDefinition({ tag: 'Month', to: 3 }, aCatalogue())).toMatchObject({ details: { nearest: ['months'] } });
    expect(readDefinition({ tag: 'area', is: 'eest' }, aCatalogue())).toMatchObject({ details: { nearest: ['east', 'west'] } });
    expect(readDefinition({ tag: 'x'.repeat(100_000), is: true }, aCatalogue())).toMatchObject({ details: { nearest: [] } });
  });

  test('whatever is sent is read or refused', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const out = readDefinition(json, aCatalogue());
        expect(isRefusal(out)).toBe(true); // no definition is met by chance
      }),
    );
  });

  test('an audience that is being changed may not name itself, however far away', () => {
    expect(readDefinition({ audience: 'dear' }, aCatalogue(), { within: 'young' })).toMatchObject({ code: 'audience.circle' });
    expect(isRefusal(readDefinition({ audience: 'dear' }, aCatalogue(), { within: 'other' }))).toBe(false);
  });
});

describe('ends of ranges', () => {
  test.each([
    [12.34, 2, 1234, 1234],
    [0.005, 2, 1, 0],
    [-0.005, 2, 0, -1],
    [1e-7, 6, 1, 0],
    [0.1 + 0.2, 1, 4, 3],
    [70.1, 1, 701, 701],
    [1.005, 3, 1005, 1005],
    [9_007_199_254_740_991, 0, 9_007_199_254_740_991, 9_007_199_254_740_991],
    [5e-324, 2, 1, 0],
    [-0, 2, 0, 0],
  ])('%d with %d decimals: from %d, to %d units', (n, scale, from, to) => {
    expect([unitsOf(n, scale, 'from'), unitsOf(n, scale, 'to')]).toEqual([from, to]);
  });

  test('any two numbers are told apart by their units exactly as by themselves', () => {
    const value = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(value, fc.double({ min: -1_000_000, max: 1_000_000, noNaN: true }), (cents, bound) => {
        const exact = (n: number) => BigInt(Math.round(Number(`${decimalOf(n)}e9`)));
        fc.pre(/^-?\d+(\.\d{1,9})?$/.test(decimalOf(bound)));
        const isAbove = BigInt(cents) * 10_000_000n >= exact(bound);
        expect(cents >= (unitsOf(bound, 2, 'from') as number)).toBe(isAbove);
      }),
    );
  });

  test.each([
    [1e21, '1000000000000000000000'],
    [1.5e-7, '0.00000015'],
    [-12.5, '-12.5'],
    [100, '100'],
  ])('%d is written %s', (n, text) => expect(decimalOf(n)).toBe(text));

  test('a number between two neighbours of its scale is nobody’s value, and no mistake', () => {
    expect(range({ tag: 'balance', from: 0.001, to: 0.004 })).toMatchObject({ from: { units: 1 }, to: { units: 0 } });
  });

  test.each([
    ['2026-11-21', {}, '2026-11-21'],
    ['2026-11-21', { days: -30 }, '2026-10-22'],
    ['2026-11-21', { months: -1, edge: 'start' }, '2026-10-01'],
    ['2026-11-21', { months: 0, edge: 'end' }, '2026-11-30'],
    ['2026-03-31', { months: -1 }, '2026-02-28'],
    ['2026-01-31', { months: 1, days: 1 }, '2026-03-01'],
    ['2026-01-15', { months: -13, edge: 'end' }, '2024-12-31'],
    ['2024-03-31', { months: -1 }, '2024-02-29'],
  ] as const)('on %s, %j is %s', (today, relative, day) => {
    expect(dateOf(resolved(relative, Date.parse(today) / 86_400_000))).toBe(day);
  });

  test('today is where the operator is', () => {
    const now = Date.parse('2026-11-20T16:30:00Z');
    expect(dateOf(todayIn('Asia/Shanghai', now))).toBe('2026-11-21');
    expect(dateOf(todayIn('America/New_York', now))).toBe('2026-11-20');
  });

  test('a fixed and a relative end that pass each other mean nobody yet', () => {
    expect(range({ tag: 'joined', from: '2027-01-01', to: { days: 0 } })).toMatchObject({ to: { units: TODAY } });
  });
});

test.each<[object, string, string]>([
  [
    { and: [{ tag: 'months', from: 12, to: 24 }, { tag: 'plan', oneOf: ['a', 'b'] }, { not: { tag: 'fiveG', is: true } }] },
    '在网时长 12 至 24，且（套餐为 A 或 B），且不是 5G 客户',
    'months with us from 12 to 24, and (plan is A or B), and not 5G customer',
  ],
  [{ and: [] }, '全体客户', 'everybody'],
  [{ or: [] }, '没有人', 'nobody'],
  [{ not: { and: [] } }, '没有人', 'nobody'],
  [{ tag: 'plan', oneOf: [] }, '套餐为（未选）', 'plan is (none chosen)'],
  [{ not: { tag: 'plan', oneOf: ['a', 'b', 'c'] } }, '套餐不是 A、B 或 C', 'plan is not A, B or C'],
  [{ tag: 'broadband', is: false }, '没有宽带', 'not has broadband'],
  [
    {
      or: [
        {
          and: [
            { tag: 'broadband', is: true },
            { tag: 'balance', from: 0.5 },
          ],
        },
        { tag: 'churn', known: false },
      ],
    },
    '（有宽带，且余额不低于 0.5），或流失评分未知',
    '(has broadband, and balance at least 0.5), or churn score is unknown',
  ],
  [
    {
      not: {
        or: [
          { tag: 'months', to: 3 },
          { tag: 'fiveG', is: true },
        ],
      },
    },
    '并非（在网时长不超过 3，或是 5G 客户）',
    'not (months with us at most 3, or 5G customer)',
  ],
  [{ not: { tag: 'months', to: 3 } }, '在网时长超过 3', 'months with us above 3'],
  [{ tag: 'arpu', from: 1, to: 2 }, 'arpu 1 至 2', 'arpu from 1 to 2'],
  [{ tag: 'months', from: 7, to: 7 }, '在网时长等于 7', 'months with us is 7'],
  [
    { tag: 'joined', from: { months: -1, edge: 'start' }, to: { days: 0 } },
    '入网日期在上月初至今天之间',
    'joined on between the first day of last month and today',
  ],
  [{ tag: 'joined', from: { days: -30 } }, '入网日期不早于 30 天前', 'joined on not before 30 days ago'],
  [
    { tag: 'joined', to: { months: -3, edge: 'end', days: 2 } },
    '入网日期不晚于 3 个月前的月末后 2 天',
    'joined on not after 2 days after the last day of the month 3 months ago',
  ],
  [{ not: { tag: 'joined', to: '2026-01-01' } }, '入网日期晚于 2026-01-01', 'joined on after 2026-01-01'],
  [{ not: { audience: 'young' } }, '不属于客群“新客户”', 'not in the audience “新客户”'],
  [{ list: 'vip' }, '在名单“名单”中', 'on the list “名单”'],
  [
    {
      and: [
        { tag: 'consent.sms', is: true },
        { tag: 'consent.research.sms', is: false },
      ],
    },
    '同意短信，且不同意调研短信',
    'consent to SMS, and not consent to research by SMS',
  ],
  [
    { top: { n: 100, by: 'churn', of: { tag: 'fiveG', is: true } } },
    '（是 5G 客户）中流失评分最高的 100 人',
    'the 100 with the highest churn score among those: (5G customer)',
  ],
  [{ not: { sample: { share: 0.07, salt: '对照' } } }, '不在按“对照”抽取的 7% 之内', 'outside the sample of 7% by “对照”'],
])('%j reads back', (json, zh, en) => {
  const d = read(json);
  expect([sentenceOf(d, 'zh'), sentenceOf(d, 'en')]).toEqual([zh, en]);
});

test('a number follows its unit in brackets without a space; what was asked for is asked for or not', () => {
  const tenure = aTag(1, 'tenure', 'number', { names: { zh: '在网时长（月）', en: 'months' } });
  const asked = aTag(2, 'asked', 'flag', { names: { zh: '申请过携转码', en: 'asked' } });
  const end = (said: number): Bound => ({ units: said, said: String(said) });
  expect(sentenceOf({ op: 'range', tag: tenure, from: end(12), to: end(24) }, 'zh')).toBe('在网时长（月）12 至 24');
  expect([true, false].map((yes) => sentenceOf({ op: 'flag', tag: asked, yes }, 'zh'))).toEqual(['申请过携转码', '没有申请过携转码']);
});

test('money is read back in yuan', () => {
  const tag = aTag(1, 'bill', 'number', { names: { zh: '账单（分）', en: 'bill in fen' } });
  const d: Definition = { op: 'range', tag, from: { units: 1_990, said: '1990' }, to: { units: 5_000, said: '5000' } };
  expect([sentenceOf(d, 'zh'), sentenceOf(d, 'en')]).toEqual(['账单 19.9 元至 50 元', 'bill from ¥19.9 to ¥50']);
});
