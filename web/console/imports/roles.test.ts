import { expect, test } from 'vitest';
import { keyRoles, missing, roleOf, sortedColumns } from './roles.ts';

const map = { columns: { type: '环节', time: '时间', 'key.order': '订单号', 'key.crate': '箱号' }, drop: ['备注'] };

test.each([
  ['环节', 'type'],
  ['订单号', 'key.order'],
  ['备注', 'drop'],
  ['重量', 'data'],
])('the column %s is %s', (column, role) => {
  expect(roleOf(column, map)).toBe(role);
});

test('kinds of numbers: those that the map names first, own ones too, each once', () => {
  expect(
    keyRoles(
      [
        { id: 'order', role: 'root' },
        { id: 'parcel', role: 'part' },
      ],
      map,
    ),
  ).toEqual(['key.order', 'key.crate', 'key.parcel']);
});

test('what is lacking is told before anything is sent', () => {
  expect(missing(map)).toEqual([]);
  expect(missing({ columns: { handler: '工号' } })).toEqual(['key', 'type', 'time']);
});

test('what must be there stands first, what is left out last', () => {
  const names = ['备注', '重量', '时间', '订单号', '环节'].map((name) => ({ name }));
  expect(sortedColumns(names, map).map((column) => column.name)).toEqual(['订单号', '环节', '时间', '重量', '备注']);
});
