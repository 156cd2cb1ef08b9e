import { expect, it } from 'vitest';
import { fill, languageOf, retelling } from './i18n.ts';

it.each([
  [undefined, 'zh'],
  ['', 'zh'],
  ['*', 'zh'],
  ['en', 'en'],
  ['en-GB,zh;q=0.8', 'en'],
  ['en;q=0.7, zh-CN;q=0.9', 'zh'],
  ['fr, en;q=0.1', 'en'],
  ['fr', 'zh'],
  ['zh,en', 'zh'],
  ['en;q=0', 'zh'],
  ['EN-us ; Q=0.5', 'en'],
  ['english', 'zh'],
])('Accept-Language "%s" is answered in %s', (header, lang) => expect(languageOf(header)).toBe(lang));

it.each([
  ['{name} is taken', { name: 'li' }, 'li is taken'],
  ['one of {list}', { list: ['a', 'b'] }, 'one of a, b'],
  ['{gone} stays', {}, '… stays'],
  ['{a}{a} {b}', { a: 0, b: false }, '00 false'],
  ['{a}', { a: '{b}', b: 'x' }, '{b}'],
])('"%s" is filled', (sentence, details, text) => expect(fill(sentence, details)).toBe(text));

it.each([
  ['the box is open.', '箱子开着。'],
  ['a.b (7) cannot be read: the box is open..', 'a.b (7) 读不了：箱子开着。。'],
  ['li has 3 boxes ', 'li 有 3 个箱子'],
  ['nobody says so', 'nobody says so'],
])('"%s" is retold', (said, told) =>
  expect(
    retelling([
      ['the box is open.', '箱子开着。'],
      ['{file} cannot be read: {why}.', '{file} 读不了：{why}。'],
      ['{who} has {n} boxes {end}', '{who} 有 {n} 个箱子{end}'],
    ])(said),
  ).toBe(told),
);
