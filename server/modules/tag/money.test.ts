import { expect, test } from 'vitest';
import { isMoney, spokenNames } from './money.ts';

const arpu = { zh: '月均消费（分）', en: 'Monthly spending in fen' };

test('a tag whose words say fen is money, and is called without them', () => {
  expect([isMoney(arpu), isMoney({ zh: '', en: 'Balance (fen)' })]).toEqual([true, true]);
  expect(spokenNames(arpu)).toEqual({ zh: '月均消费', en: 'Monthly spending' });
  expect(spokenNames({ zh: '余额(分) ', en: 'Balance (FEN) ' })).toEqual({ zh: '余额', en: 'Balance' });
});

test('points are no money, nor is a word that ends like fen', () => {
  for (const names of [{ zh: '满意度（分）', en: 'Satisfaction (points)' }, { zh: '满意度（分）', en: '' }, { zh: '围栏', en: 'within fen' }]) // biome-ignore format: one line
    expect([isMoney(names), spokenNames(names)]).toEqual([false, names]);
});
