import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthCode, lengthOf, lengthText } from './length.ts';

test.each([
  ['4m', 240],
  ['90', 5_400],
  ['0', 0],
  ['1h30m', 5_400],
  ['1.5 h', 5_400],
  ['2天3小时', 183_600],
  ['1小时30分', 5_400],
  ['40 min', 2_400],
  ['20 秒', 20],
  ['3d', 259_200],
])('%s is %d seconds', (text, seconds) => expect(lengthOf(text)).toBe(seconds));

test.each(['', 'soon', '1h later', '-5m', '1.0001s', 'h', '5x'])('“%s” is no length', (text) => expect(lengthOf(text)).toBeNull());

test('what is shown can be typed again, in every form', () => {
  fc.assert(
    fc.property(fc.nat({ max: 100 * 86_400 }), (seconds) => {
      for (const text of [lengthText(seconds, 'zh-CN'), lengthText(seconds, 'en-US'), lengthCode(seconds)])
        expect(lengthOf(text)).toBe(seconds);
    }),
  );
});

test.each([
  [172_800, '48h'],
  [86_400, '1d'],
  [604_800, '7d'],
  [5_400, '90m'],
  [30, '30s'],
])('%d seconds are written %s', (seconds, text) => expect(lengthCode(seconds)).toBe(text));
