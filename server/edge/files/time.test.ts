import { expect, test } from 'vitest';
import { compileFormat, impossibility, isZone, parseTime } from './time.ts';

const shanghai = { zone: 'Asia/Shanghai' };
const read = (text: string, clock: { zone?: string; format?: string } = shanghai): string => {
  const moment = parseTime(text, clock);
  return 'iso' in moment ? moment.iso : `${moment.code}: ${moment.message}`;
};

test.each([
  ['2026-11-21T09:30:00+08:00', '2026-11-21T09:30:00.000+08:00'],
  ['2026-11-21T01:30:00Z', '2026-11-21T01:30:00.000+00:00'],
  ['2011-10-11 13:45:40.276000+02:00', '2011-10-11T13:45:40.276+02:00'],
  ['2011-10-11 13:45:40+0200', '2011-10-11T13:45:40.000+02:00'],
  ['2019-05-20 07:07:47.000Z', '2019-05-20T07:07:47.000+00:00'],
  ['2019-05-20 07:07:47 UTC', '2019-05-20T07:07:47.000+00:00'],
  ['2019-05-20 07:07:47 -03', '2019-05-20T07:07:47.000-03:00'],
  ['2026-11-21 09:30:00', '2026-11-21T09:30:00.000+08:00'],
  ['2026-11-21 09:30', '2026-11-21T09:30:00.000+08:00'],
  ['2026/1/2 3:04', '2026-01-02T03:04:00.000+08:00'],
  ['2026/11/21 9:30:05', '2026-11-21T09:30:05.000+08:00'],
  ['20261121093005', '2026-11-21T09:30:05.000+08:00'],
  ['20261121093005123', '2026-11-21T09:30:05.123+08:00'],
  ['20261121', '2026-11-21T00:00:00.000+08:00'],
  ['2026-11-21', '2026-11-21T00:00:00.000+08:00'],
  ['2026-11-21 24:00:00', '2026-11-22T00:00:00.000+08:00'],
  ['2024-02-29 08:00:00', '2024-02-29T08:00:00.000+08:00'],
  ['1763688600', '2025-11-21T01:30:00.000+00:00'],
  ['1763688600.25', '2025-11-21T01:30:00.250+00:00'],
  ['1763688600123', '2025-11-21T01:30:00.123+00:00'],
  ['  2026-11-21 09:30:00 ', '2026-11-21T09:30:00.000+08:00'],
])('%s is a time', (text, iso) => expect(read(text)).toBe(iso));

test.each([
  '2026-02-30 08:00:00',
  '2025-02-29',
  '2026-13-01',
  '2026-11-21 25:00:00',
  '2026-11-21 09:60:00',
  '2026-11-21 09:30:61',
  '2026-11-21 24:00:01',
  '2026-11-21T09:30:00+19:00',
  'yesterday',
  '21.11.2026 09:30',
  '0000-00-00 00:00:00',
  '',
  '45567.39',
  '20261321',
  'NaN',
  '９月',
])('%s is none', (text) => expect(read(text)).toMatch(/^event\.bad-time: time: “/));

test('a spreadsheet’s day number is told as such', () => expect(read('45567.39')).toContain('spreadsheet'));

test('a time without offset needs a zone', () => {
  expect(read('2026-11-21 09:30:00', {})).toContain('event.bad-time');
  expect(read('2026-11-21T09:30:00+08:00', {})).toBe('2026-11-21T09:30:00.000+08:00');
});

test('summer time, and the hours that are missing or come twice', () => {
  const berlin = { zone: 'Europe/Berlin' };
  expect(read('2026-07-01 12:00:00', berlin)).toBe('2026-07-01T12:00:00.000+02:00');
  expect(read('2026-01-01 12:00:00', berlin)).toBe('2026-01-01T12:00:00.000+01:00');
  expect(read('2026-10-25 02:30:00', berlin)).toBe('2026-10-25T02:30:00.000+02:00');
  expect(Date.parse(read('2026-03-29 02:30:00', berlin))).toBe(Date.parse('2026-03-29T01:30:00Z'));
  expect(read('2026-03-29 03:30:00', berlin)).toBe('2026-03-29T03:30:00.000+02:00');
});

test.each([
  ['21.11.2026 09:30', 'dd.MM.yyyy HH:mm', '2026-11-21T09:30:00.000+08:00'],
  ['11/21/26 9:05 PM', 'MM/dd/yy h:mm a', '2026-11-21T21:05:00.000+08:00'],
  ['2026年11月21日 下午3时05分', 'yyyy年M月d日 ah时mm分', '2026-11-21T15:05:00.000+08:00'],
  ['2026-11-21T09:30:00.12 -0500', "yyyy-MM-dd'T'HH:mm:ss.SSS XXX", '2026-11-21T09:30:00.120-05:00'],
  ['12/1/2026 12:00 AM', 'M/d/yyyy h:mm a', '2026-12-01T00:00:00.000+08:00'],
])('%s by the form %s', (text, format, iso) => expect(read(text, { ...shanghai, format })).toBe(iso));

test('what is not of the named form is refused, even if it were understood without', () => {
  expect(read('2026-11-21 09:30', { ...shanghai, format: 'dd.MM.yyyy' })).toContain('is not of the form dd.MM.yyyy');
  expect(compileFormat('yyyy-MM-dd (HH)')).toHaveProperty('pattern');
});

test('before 1990 and more than a day ahead is impossible', () => {
  const now = Date.parse('2026-11-22T00:00:00Z');
  const code = (iso: string) => impossibility({ iso, ms: Date.parse(iso) }, now)?.code;
  expect(code('1989-12-31T23:59:59Z')).toBe('event.impossible-time');
  expect(code('1990-01-01T00:00:00Z')).toBeUndefined();
  expect(code('2026-11-23T00:00:00Z')).toBeUndefined();
  expect(code('2026-11-23T00:00:01Z')).toBe('event.impossible-time');
});

test('zones are those this machine knows', () => {
  expect(isZone('Asia/Shanghai')).toBe(true);
  expect(isZone('Asia/Shangai')).toBe(false);
});
