import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idCheckSign, mask, normal } from './personal.ts';

describe('normal forms', () => {
  it.each([
    ['phone', '+86 138-0000-0001', '13800000001'],
    ['phone', '008613800000001', '13800000001'],
    ['phone', '8613800000001', '13800000001'],
    ['phone', '１３８ 0000 0001', '13800000001'],
    ['phone', '138–0000–0001', '13800000001'],
    ['phone', '(010) 6200 1234', '01062001234'],
    ['phone', '+86 10 6200 1234', '01062001234'],
    ['phone', '+86 (0)755 8600 1234', '075586001234'],
    ['phone', '+852 2345 6789', '+85223456789'],
    ['phone', '8612345678', '8612345678'],
    ['idNumber', '11010519491231002x', '11010519491231002X'],
    ['idNumber', ' 110105 19491231 002X ', '11010519491231002X'],
    ['idNumber', '110105491231002', '11010519491231002X'],
    ['idNumber', 'e1234567', 'E1234567'],
    ['serviceNumber', '010-62001234', '01062001234'],
    ['serviceNumber', '+86 13800000001', '13800000001'],
    ['serviceNumber', ' YZ-02112345@Yunzhou.NET ', 'yz-02112345@yunzhou.net'],
    ['name', '张 三', '张三'],
    ['name', '阿依古丽 • 买买提', '阿依古丽·买买提'],
    ['name', ' John  Smith', 'john smith'],
    ['address', '云州市 东湖区，湖滨路 1 号－2－301', '云州市东湖区湖滨路1号-2-301'],
    ['shoeSize', ' ４２ ', '42'],
  ])('%s "%s" is "%s"', (kind, value, form) => expect(normal(kind, value)).toBe(form));

  it('a normal form is its own normal form', () => {
    const kinds = fc.constantFrom('phone', 'idNumber', 'serviceNumber', 'name', 'address');
    const words = fc.oneof(fc.string(), fc.stringMatching(/^[+0-9 ()-]{1,24}$/), fc.stringMatching(/^[a-zA-Z0-9 @.·张三-]{1,24}$/));
    fc.assert(
      fc.property(kinds, words, (kind, value) => normal(kind, normal(kind, value)) === normal(kind, value)),
      { numRuns: 2000 },
    );
  });

  it('the check sign of an identity number', () => {
    expect(idCheckSign('11010519491231002')).toBe('X');
    expect(idCheckSign('44052418800101001')).toBe('4');
  });
});

describe('masks', () => {
  it.each([
    ['phone', '+86 13800000001', '138****0001'],
    ['phone', '01062001234', '010****1234'],
    ['phone', '0571-8600123', '0571***0123'],
    ['phone', '10010', '*****'],
    ['idNumber', '99010119900101001x', '99**************1X'],
    ['idNumber', 'E1234567', 'E******7'],
    ['serviceNumber', '13800000001', '138****0001'],
    ['serviceNumber', 'yz02112345@yunzhou.net', 'yz******45@yunzhou.net'],
    ['serviceNumber', 'zhang', 'z****'],
    ['name', '张三', '张*'],
    ['name', '欧阳小明', '欧***'],
    ['name', '张', '*'],
    ['name', 'John Smith', 'J*** S****'],
    ['address', '云州市东湖区湖滨路1号2-301', '云州市东湖区***'],
    ['address', '江南省云州市东湖县石桥镇5组', '江南省云州市东湖县***'],
    ['address', '湖滨花园小区3幢', '***'],
    ['address', '12 Main Street, London', '***'],
    ['shoeSize', '42', '***'],
  ])('%s "%s" is shown as "%s"', (kind, value, shown) => expect(mask(kind, value)).toBe(shown));

  it('hides at least three signs of any number', () => {
    fc.assert(
      fc.property(fc.constantFrom('phone', 'serviceNumber', 'idNumber'), fc.stringMatching(/^[0-9]{3,20}$/), (kind, digits) => {
        return (mask(kind, digits).match(/\*/g) ?? []).length >= 3;
      }),
    );
  });
});
