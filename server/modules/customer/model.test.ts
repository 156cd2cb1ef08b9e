import { expect, test } from 'vitest';
import { SOURCE } from '../model/model.ts';
import { RULE } from '../tag/claim.ts';
import { OURS } from '../tag/model.ts';
import { isReservedSource, RESERVED_SOURCES } from './contract.ts';
import { type Remembered, speaksOfErased } from './model.ts';

const record = (named: boolean): Remembered => ({ kind: 'party', named });
const erased = new Map<string, Remembered>([
  ['his-id', { kind: 'idNumber', named: true }],
  ['his-phone', { kind: 'phone', named: false }],
  ['his-record', record(true)],
  ['nameless', record(false)],
]);

test.each([
  ['an erased ID number is he, under whatever record', { record: 'new', idNumber: 'his-id', phone: 'other' }, true],
  ['his record is he, whatever else it says', { record: 'his-record', idNumber: undefined, phone: 'other' }, true],
  ['his record under another ID number is somebody else', { record: 'his-record', idNumber: 'other', phone: 'his-phone' }, false],
  ['a record erased before anybody knew its ID number stays erased', { record: 'nameless', idNumber: 'other', phone: undefined }, true],
  ['his phone alone may be he', { record: 'new', idNumber: undefined, phone: 'his-phone' }, true],
  ['his phone with another ID number was given out again', { record: 'new', idNumber: 'other', phone: 'his-phone' }, false],
  ['who says nothing of himself is nobody', { record: undefined, idNumber: undefined, phone: undefined }, false],
])('%s', (_, speaking, is) => {
  expect(speaksOfErased(speaking, erased)).toBe(is);
});

test('names that this program writes tags under are no sources, however they are written', () => {
  expect([...RESERVED_SOURCES].sort()).toEqual([OURS, RULE, SOURCE].sort());
  expect(['rule', 'Rule', 'GLASSHOUSE', 'model', 'model:churn'].filter(isReservedSource)).toHaveLength(5);
  expect(['rules', 'crm', 'model-x', ''].filter(isReservedSource)).toEqual([]);
});
