import { expect, test } from 'vitest';
import { fieldsFor, goesOf, isProven, NOTHING_FILLED, namedBy, proofOf, staysOf, verdictOf } from './erasing.ts';

const NOTHING = { ...NOTHING_FILLED, phone: ' ' };
const COUNTS = { journeys: 2, events: 9, values: 5, customers: 1, parties: 0, services: 0, homes: 1, contacts: 0, shared: 1, doubtful: 0, others: 0 }; // biome-ignore format: one line

test.each([
  ['nobody is known', undefined, ['idNumber', 'phone', 'serviceNumber']],
  ['his ID number is known', { id: 'c', idNumber: '99**11' }, []],
  ['his phone alone is known', { id: 'c', phone: '139**1' }, ['idNumber']],
  ['nothing of him is known', { id: 'c' }, ['idNumber', 'phone', 'serviceNumber']],
])('%s: this is asked for', (_, him, fields) => expect(fieldsFor(him)).toEqual(fields));

test('whoever is named by nothing is not erased; what is known of a customer need not be typed', () => {
  expect(namedBy(NOTHING, undefined)).toBeNull();
  expect(namedBy(NOTHING, { id: 'c' })).toBeNull();
  expect(namedBy(NOTHING, { id: 'c', phone: '139**1' })).toEqual({ customer: 'c' });
  expect(namedBy({ ...NOTHING_FILLED, idNumber: ' 990001 ' }, undefined)).toEqual({ idNumber: '990001' });
  expect(namedBy({ ...NOTHING_FILLED, idNumber: 'of another form' }, { id: 'c', idNumber: '99**11' })).toEqual({ customer: 'c' });
});

test('the end of what names him is typed, the ID number before the phone, however an X is written', () => {
  expect(proofOf({ idNumber: '99000119900101001X', phone: '13912340001' })).toEqual({ of: 'idNumber', end: '001X' });
  expect(proofOf({ serviceNumber: 'gh52528927' })).toEqual({ of: 'serviceNumber', end: '8927' });
  expect(proofOf({ phone: '13912340001', customer: 'c' })).toEqual({ of: 'phone', end: '0001' });
  expect(proofOf({ customer: '019a-0000-abcd1234' })).toEqual({ of: 'customer', end: '1234' });
  expect([isProven(' 001x ', '001X'), isProven('001', '001X'), isProven('', '')]).toEqual([true, false, false]);
});

test('what goes is said with its zeros where they matter, what stays only where something does', () => {
  expect(goesOf(COUNTS).map(({ what }) => what)).toEqual(['journeys', 'events', 'customers', 'parties', 'homes']);
  expect(staysOf(COUNTS)).toEqual([{ what: 'shared', count: 1 }]);
});

test('an erasure older than the count of customers says nothing of them', () => {
  const old = { ...COUNTS, customers: null, parties: null, services: null, homes: null, contacts: null, others: null };
  expect(goesOf(old).map(({ what }) => what)).toEqual(['journeys', 'events']);
});

test('where nothing goes an ID number is remembered all the same; a phone alone is nobody’s, or several people’s', () => {
  const none = { ...COUNTS, journeys: 0, events: 0, customers: 0, homes: 0, shared: 0 };
  expect([verdictOf(COUNTS, false), verdictOf(none, true)]).toEqual(['goes', 'remembered']);
  expect([verdictOf(none, false), verdictOf({ ...none, others: 2 }, false)]).toEqual(['nothing', 'shared']);
});
