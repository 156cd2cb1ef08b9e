import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { BadSetting, readConfig } from './config.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-config-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const KEY = Buffer.alloc(32, 7).toString('base64');
const read = (env: Record<string, string>, flags = {}) => readConfig(flags, { GLASSHOUSE_DATA: folder, ...env });

test('nothing set: the local server on 8080 with the embedded store, without the demo', () => {
  expect(read({ GLASSHOUSE_KEY: KEY })).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    demo: false,
    speed: 1,
    zone: 'Asia/Shanghai',
    limits: 'on',
    databaseUrl: undefined,
  });
});

test('a flag beats the environment, an empty variable counts as not set', () => {
  const config = read({ GLASSHOUSE_KEY: KEY, PORT: '9000', HOST: '', GLASSHOUSE_DEMO: '0' }, { port: '0', demo: true });
  expect(config).toMatchObject({ port: 0, host: '127.0.0.1', demo: true });
});

test('folders are relative to the project, the flag to the current folder', () => {
  expect(read({ GLASSHOUSE_KEY: KEY, GLASSHOUSE_DATA: './x' }).dataDir).toBe(path.resolve(import.meta.dirname, '../../x'));
  expect(read({ GLASSHOUSE_KEY: KEY }, { data: 'y' }).dataDir).toBe(path.resolve('y'));
});

describe('a wrong value is one sentence that names it', () => {
  test.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['HOST', 'a b'],
    ['DATABASE_URL', 'mysql://x'],
    ['GLASSHOUSE_DEMO', 'yes'],
    ['GLASSHOUSE_ADMIN_TOKEN', 'short'],
    ['GLASSHOUSE_KEY', 'AAAA'],
    ['GLASSHOUSE_KEY', '!'.repeat(44)],
    ['GLASSHOUSE_ZONE', 'Mars/Base'],
    ['GLASSHOUSE_LIMITS', 'none'],
    ['GLASSHOUSE_URL', 'file:///x'],
    ['GLASSHOUSE_TYPO', '1'],
  ])('%s=%s', (name, value) => {
    expect(() => read({ GLASSHOUSE_KEY: KEY, [name]: value })).toThrow(BadSetting);
    expect(() => read({ GLASSHOUSE_KEY: KEY, [name]: value })).toThrow(new RegExp(`^${name} `));
  });

  test.each([
    ['port', '--port'],
    ['speed', '--speed'],
    ['seed', '--seed'],
  ])('flag %s', (flag, named) => expect(() => read({ GLASSHOUSE_KEY: KEY }, { [flag]: 'x' })).toThrow(new RegExp(`^${named} must`)));
});

test('limits can be lifted only where nobody else can reach the server', () => {
  expect(read({ GLASSHOUSE_KEY: KEY, GLASSHOUSE_LIMITS: 'off' }).limits).toBe('off');
  expect(() => read({ GLASSHOUSE_KEY: KEY, GLASSHOUSE_LIMITS: 'off', HOST: '0.0.0.0' })).toThrow('GLASSHOUSE_LIMITS=off');
});

test('without GLASSHOUSE_KEY the embedded store gets a key of its own once, readable by its owner alone', () => {
  const first = read({});
  const second = read({});
  expect(first.key).toHaveLength(32);
  expect(second.key).toEqual(first.key);
  expect([first.notices.length, second.notices.length]).toEqual([1, 0]);
  expect(fs.statSync(path.join(folder, 'key')).mode & 0o777).toBe(0o600);
});

test('a data folder that cannot be made is a bad setting, where nothing can ever be made too', () => {
  expect(() => read({ GLASSHOUSE_DATA: '/proc/nothing/here' })).toThrow(BadSetting);
  const below = path.join(folder, 'one/two/three');
  read({ GLASSHOUSE_DATA: below });
  expect(fs.existsSync(path.join(below, 'key'))).toBe(true);
});

test('with DATABASE_URL the key must be given', () => {
  expect(() => read({ DATABASE_URL: 'postgresql://u@h/d' })).toThrow('GLASSHOUSE_KEY is needed with DATABASE_URL');
});
