import { expect, test } from 'vitest';
import { changesBetween, consentsOf, countOf, flagOf, givenIn, keepersOf, withGiven } from './consents.ts';

const tag = (name: string, value: boolean | string) => ({
  name,
  value,
  names: { zh: '', en: '' },
  label: null,
  source: null,
  speaksOf: null,
  loadedAt: null,
  confidence: null,
});

test('the names of flags say purpose and touchpoint, all others are no consent', () => {
  expect(flagOf('consent.sms')).toEqual({ on: 'consent', purpose: 'marketing', touchpoint: 'sms' });
  expect(flagOf('consent.research.email')).toEqual({ on: 'consent', purpose: 'research', touchpoint: 'email' });
  expect(flagOf('doNotDisturb')).toEqual({ on: 'doNotDisturb' });
  for (const other of ['consent', 'consent.fax', 'consent.magic.sms', 'consent.sms.', 'consented.sms', 'consent.constructor']) {
    expect(flagOf(other)).toBeNull();
  }
});

test('what was never said is neither yes nor no', () => {
  const now = consentsOf({ tags: [tag('consent.sms', false), tag('consent.call', true), tag('arpu', true)] });
  expect([givenIn(now, 'marketing', 'sms'), givenIn(now, 'marketing', 'call'), givenIn(now, 'research', 'sms')]).toEqual([
    false,
    true,
    null,
  ]);
  expect(now.doNotDisturb).toBeNull();
});

test('only what differs is sent; taken back it is nothing', () => {
  const now = consentsOf({ tags: [tag('consent.sms', true), tag('doNotDisturb', true)] });
  const wished = { ...withGiven(withGiven(now, 'marketing', 'sms', null), 'profiling', 'app', true), doNotDisturb: false };
  expect(changesBetween(now, wished)).toEqual({
    consents: [
      { purpose: 'marketing', touchpoint: 'sms', given: null },
      { purpose: 'profiling', touchpoint: 'app', given: true },
    ],
    doNotDisturb: false,
  });
  expect(countOf(changesBetween(now, wished))).toBe(3);
  expect(countOf(changesBetween(now, withGiven(withGiven(now, 'marketing', 'sms', null), 'marketing', 'sms', true)))).toBe(0);
});

test('who keeps what is changed is told of; our own flags and those that stay are nobody’s business', () => {
  const customer = { tags: [{ ...tag('consent.sms', true), source: 'warehouse' }, { ...tag('consent.call', true), source: 'crm' }, { ...tag('doNotDisturb', false), source: 'glasshouse' }] }; // biome-ignore format: one line
  const changes = { consents: [{ purpose: 'marketing' as const, touchpoint: 'sms' as const, given: false }], doNotDisturb: true };
  expect(keepersOf(customer, changes)).toEqual(['warehouse']);
  expect(keepersOf(customer, { consents: [] })).toEqual([]);
});
