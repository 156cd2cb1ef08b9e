import { describe, expect, test } from 'vitest';
import { FolderSettings, PostgresSettings } from './contract.ts';
import { changed, gapsOf, isElsewhere, split, stateOf } from './model.ts';

describe('gaps in the numbers of files', () => {
  const daily = String.raw`_(?<series>\d{8})_(?<number>\d{4})\.`;
  test('each day is counted by itself, and only between its first and its last', () => {
    const names = [
      'B_20261120_0287.txt',
      'B_20261121_0001.txt',
      'B_20261121_0003.txt',
      'B_20261121_0007.txt',
      'B_20261120_0288.txt',
      'other.txt',
    ];
    expect(gapsOf(names, daily)).toEqual([
      { series: '20261121', from: 2, to: 2 },
      { series: '20261121', from: 4, to: 6 },
    ]);
  });
  test('a file that comes late closes its gap', () => {
    expect(gapsOf(['f1', 'f3'], String.raw`^f(\d+)`)).toEqual([{ series: '', from: 2, to: 2 }]);
    expect(gapsOf(['f1', 'f3', 'f2'], String.raw`^f(\d+)`)).toEqual([]);
  });
  test('an expression without a group is no sequence', () => {
    expect(FolderSettings.safeParse({ folder: '/in', sequence: 'f[0-9]+' }).success).toBe(false);
    expect(FolderSettings.safeParse({ folder: '/in', sequence: '(' }).success).toBe(false);
  });
});

describe('settings', () => {
  const table = { url: 'postgresql://reader@crm/db', relation: 'public.step', cursor: 'id' };
  test('a password is taken out of an address', () => {
    expect(split('postgres', { ...table, url: 'postgresql://reader:s%40fe@crm/db' })).toEqual({
      open: table,
      secret: { password: 's@fe' },
    });
    expect(split('nats', { stream: 'S', token: 't', creds: '', password: null })).toEqual({
      open: { stream: 'S' },
      secret: { token: 't' },
    });
  });
  test('what a change does not name stays, null takes out, what is not sound is refused', () => {
    const old = { ...PostgresSettings.parse(table), password: 'safe', overlap: 10 };
    expect(changed('postgres', old, { cursor: 'at', overlap: null })).toMatchObject({ cursor: 'at', password: 'safe' });
    expect(changed('postgres', old, { overlap: null })).not.toHaveProperty('overlap');
    expect(() => changed('postgres', old, { colour: 'red' })).toThrow();
  });
  test('another table or cursor begins from the beginning', () => {
    expect(isElsewhere('postgres', table, { ...table, cursor: 'at' })).toBe(true);
    expect(isElsewhere('postgres', table, { ...table, pollSeconds: 9 })).toBe(false);
  });
});

test.each([
  [{ paused: true, error: 'x' }, 'paused'],
  [{ paused: false, error: 'x' }, 'failing'],
  [{ paused: false, error: null }, 'running'],
] as const)('%j is %s', (feed, state) => expect(stateOf(feed)).toBe(state));
