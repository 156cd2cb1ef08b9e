import { expect, test } from 'vitest';
import { isAllowed, purposeIn, tagAsked } from './purpose.ts';

test('a tag may be used for what its catalogue says, one of ours for everything', () => {
  expect(isAllowed({ source: 'crm', purposes: ['analysis'] }, 'marketing')).toBe(false);
  expect(isAllowed({ source: 'crm', purposes: ['analysis'] }, 'analysis')).toBe(true);
  expect(isAllowed({ source: 'glasshouse', purposes: [] }, 'marketing')).toBe(true);
});

test('a purpose that there is not, in an address, is none', () => {
  expect([purposeIn('risk'), purposeIn('fun'), purposeIn(undefined)]).toEqual(['risk', null, null]);
});

test('a ranking looks at its score, a list at no tag', () => {
  expect(tagAsked({ on: 'top', n: 5, by: 'churn', order: 'highest', among: 'everyone' })).toBe('churn');
  expect(tagAsked({ on: 'list', id: 'x' })).toBe('');
});
