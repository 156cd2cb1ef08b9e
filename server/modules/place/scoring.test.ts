import { describe, expect, test } from 'vitest';
import { RESULTS } from './contract.ts';
import { freeFrom, QUIET_DAYS, ROWS, ranked, saysOf } from './scoring.ts';

const TODAY = 20_779; // 2026-11-22
const NOBODY: ReadonlySet<number> = new Set();
const holding = (...ids: string[]) => new Map(ids.map((id) => [id, [7]]));

/** Each row: its points, and its reason for what is told of one customer. */
const WALK: Readonly<Record<string, readonly [points: number, fact: number | null, zh: string, en: string]>> = {
  fault: [200, null, '故障还没修好', 'a fault is still open'],
  stop: [50, TODAY - 1, '2026-11-21 申请停机', 'asked to stop on 2026-11-21'],
  churn: [30, 512, '离网倾向 512 分', 'churn score 512'],
  'contract-30': [30, TODAY + 12, '合约 12 天后到期', 'the contract ends in 12 days'],
  'contract-90': [15, TODAY + 31, '合约 31 天后到期', 'the contract ends in 31 days'],
  'need-broadband': [25, 640, '没有宽带，倾向 640 分，本楼空端口 3 个', 'no broadband, score 640, free ports in the building: 3'],
  'need-five-g': [12, 700, '5G 倾向 700 分', '5G score 700'],
  'spends-150': [20, 18_850, '月均消费 189 元', 'spends 189 yuan a month'],
  'spends-80': [10, 8_000, '月均消费 80 元', 'spends 80 yuan a month'],
  complaints: [10, 3, '一年投诉 3 次', '3 complaints in a year'],
};

test('every row of the table is walked', () => {
  expect(ROWS.map((r) => r.id)).toEqual(Object.keys(WALK));
});

test.each(ROWS)('$id gives its points and says why', (row) => {
  const [points, fact, zh, en] = WALK[row.id]!;
  expect(ranked(ROWS, holding(row.id), NOBODY)).toEqual([{ ordinal: 7, score: points, rows: [row] }]);
  expect(saysOf(row, { fact, ports: 3 }, TODAY)).toEqual({ zh, en });
});

test.each(ROWS)('$id says “…” where a fact is unknown, and never makes one up', (row) => {
  const { zh, en } = saysOf(row, { fact: null, ports: null }, TODAY);
  expect(`${zh}${en}`).not.toMatch(/null|NaN|undefined|\{/);
});

describe('points', () => {
  test('of one group the best row counts, of different groups all of them', () => {
    const [one] = ranked(ROWS, holding('spends-80', 'spends-150', 'stop', 'churn', 'contract-30'), NOBODY);
    expect(one).toMatchObject({ score: 20 + 50 + 30 });
    expect(one?.rows.map((r) => r.id)).toEqual(['stop', 'contract-30', 'spends-150']);
  });

  test('an open fault comes before everything else together', () => {
    const best = new Map<string, number>();
    for (const r of ROWS) if (r.id !== 'fault') best.set(r.group, Math.max(r.points, best.get(r.group) ?? 0));
    expect(ROWS[0]?.points).toBeGreaterThan([...best.values()].reduce((a, b) => a + b, 0));
  });

  test('the best first, equal ones side by side as they live, whoever is left out not at all', () => {
    const holds = new Map([
      ['complaints', [9, 3, 5]],
      ['churn', [5, 4]],
    ]);
    expect(ranked(ROWS, holds, new Set([4])).map((s) => [s.ordinal, s.score])).toEqual([
      [5, 40],
      [3, 10],
      [9, 10],
    ]);
  });
});

test('each result leaves a home alone for its days, a closed door for the fewest and a refusal for the most', () => {
  expect(RESULTS.map((r) => freeFrom(r, TODAY) - TODAY)).toEqual([30, 3, 180, 90]);
  expect(Object.keys(QUIET_DAYS).sort()).toEqual([...RESULTS].sort());
});
