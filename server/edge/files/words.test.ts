import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { retelling } from '#platform/i18n';
import { words } from './words.ts';

const told = retelling(words);
const folders = [import.meta.dirname, path.resolve(import.meta.dirname, '../sources')];

/** Every sentence that a reader gives a row, as it stands in the code; what differs is "7". */
const said = folders.flatMap((folder) =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !/test|words/.test(name))
    .flatMap((name) => [
      ...fs
        .readFileSync(path.join(folder, name), 'utf8')
        .matchAll(/refuse\(\s*'event\.[a-z-]+',\s*(['`])((?:(?!\1)[\s\S])+)\1(?:\s*\+\s*'([^']+)')?/g),
    ])
    .map(([, , sentence = '', rest = '']) => `${sentence.replace(/\$\{hint\}/, '').replaceAll(/\$\{(?:[^{}`]|`[^`]*`)*\}/g, '7')}${rest}`),
);

test('whatever a reader says of a row is there in Chinese', () => {
  expect(said.length).toBeGreaterThan(30);
  const bySchema = '7: 7.'; // an OCEL event's own form: its sentence is the schema's
  expect(said.filter((sentence) => sentence !== bySchema && !/[\u4e00-\u9fff]/.test(told(sentence)))).toEqual([]);
});

test('what differs stays, and a reason inside is told too', () => {
  expect(told('time: “32/13” is no moment that exists.')).toBe('时间：“32/13”不存在。');
  expect(told('log.csv cannot be read: it is a folder.')).toBe('log.csv 无法读取：它是一个目录。');
  expect(told('keys.order: a value has more than 128 characters.')).toBe('keys.order：有一个值超过 128 个字符。');
});
