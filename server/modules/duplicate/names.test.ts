import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Likeness, likenessOf, meetingForms, withinOneSlip } from './names.ts';
import { simpleForms, simplified } from './signs.ts';

test.each<[a: string, b: string, likeness: Likeness]>([
  ['张三', '张三', 'same'],
  ['张 三', '张三', 'same'],
  ['ＬＩ ＭＩＮＧ', 'li ming', 'same'],
  ['張偉國', '张伟国', 'script'],
  ['阿卜杜·热依木', '阿卜杜热依木', 'script'],
  ['Li-Ming', 'li ming', 'script'],
  ['三张', '张三', 'order'],
  ['Ming Li', 'Li Ming', 'order'],
  ['王小明', '王晓明', 'one-sign'],
  ['王明', '王小明', 'one-sign'],
  ['欧阳修文', '欧阳文', 'one-sign'],
  ['王小明', '小王明', 'order'],
  ['张伟', '张丽', 'differs'],
  ['王', '王伟', 'differs'],
  ['王小明', '李小红', 'differs'],
  ['Anna', 'Anne', 'differs'],
  ['Johann', 'Johan', 'one-sign'],
  ['', '张三', 'differs'],
])('%s and %s: %s', (a, b, likeness) => {
  expect(likenessOf(a, b)).toBe(likeness);
  expect(likenessOf(b, a)).toBe(likeness);
});

test('every traditional sign of the table has one simplified form, and none of these is traditional itself', () => {
  expect(simpleForms().size).toBeGreaterThan(400);
  for (const [from, to] of simpleForms()) {
    expect(from).not.toBe(to);
    expect(simplified(to)).toBe(to);
  }
});

const SIGNS = [...'王李张伟明小红abc'];
const name = fc.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 6 }).map((s) => s.join(''));

describe('alike names', () => {
  test('always meet in one of their forms, so blocking loses none of them', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        if (likenessOf(a, b) === 'differs') return;
        const forms = new Set(meetingForms(a));
        expect(meetingForms(b).some((form) => forms.has(form))).toBe(true);
      }),
    );
  });
  test('one slip is what a plain search over all slips finds', () => {
    const slips = (from: string[]): string[] => [
      ...from.map((_, i) => from.toSpliced(i, 1)),
      ...SIGNS.flatMap((s) => [...from.map((_, i) => from.toSpliced(i, 1, s)), ...[...from, ''].map((_, i) => from.toSpliced(i, 0, s))]),
      ...from.slice(1).map((s, i) => from.toSpliced(i, 2, s, from[i] as string)),
      from,
    ].map((s) => s.join('')); // biome-ignore format: short
    fc.assert(fc.property(name, name, (a, b) => void expect(withinOneSlip([...a], [...b])).toBe(slips([...a]).includes(b))));
  });
  test('a hostile name has few forms', () => {
    expect(meetingForms('x'.repeat(100_000))).toHaveLength(2);
    expect(meetingForms('王小明'.repeat(5)).length).toBeLessThanOrEqual(14);
    expect(meetingForms(' ')).toEqual([]);
  });
});
