import { expect, test } from 'vitest';
import { names } from './uses.ts';

test('a rule names a tag as a whole word, outside of texts', () => {
  expect(names('has(bill.current) && bill.current > 3', 'bill.current')).toBe(true);
  expect(names('bill.current.more > 3', 'bill.current')).toBe(false);
  expect(names('x.bill.current > 3', 'bill.current')).toBe(false);
  expect(names('plan == "arpu"', 'arpu')).toBe(false);
  expect(names('arpu*100 <= 3', 'arpu')).toBe(true);
});
