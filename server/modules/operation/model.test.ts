import { expect, test } from 'vitest';
import { backupState, shownFault } from './model.ts';

test('a fault is shown by its first line, without numbers that could be a person’s', () => {
  expect(shownFault('no such row 12900000001 of 2026\n    at somewhere')).toBe('no such row … of 2026');
  expect(shownFault(null)).toBe('');
});

test('a backup is late after a day and a half', () => {
  const now = Date.UTC(2026, 10, 22);
  expect(backupState(undefined, now)).toBe('none');
  expect(backupState(new Date(now - 35 * 3_600_000), now)).toBe('fresh');
  expect(backupState(new Date(now - 37 * 3_600_000), now)).toBe('late');
});
