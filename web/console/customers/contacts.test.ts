import { expect, test } from 'vitest';
import type { Case, Detail } from '../retention/cases.ts';
import { contactsOf } from './contacts.ts';

const said = (flag: string, at: string) => ({ flag, given: true, reason: '10010 来电', at, by: 'li' });
const ended = (id: string, holder: string | null) =>
  ({ id, holder, closedAt: '2026-11-20T08:00:00Z', closedBy: holder, outcome: { id: 'stays', names: { zh: '留下', en: 'Stays' } } }) as Case; // biome-ignore format: one line

test('contacts are the latest first; what was said at once is one, and a case that nobody had is none', () => {
  const consents = [said('consent.sms', '2026-11-21T08:00:00Z'), said('consent.call', '2026-11-21T08:00:00Z')];
  const detail = { id: '7', notes: [{ at: '2026-11-19T08:00:00Z', by: 'wang', text: '想换套餐' }] } as unknown as Detail;
  expect(contactsOf(consents, [ended('7', 'wang'), ended('8', null)], [detail]).map((c) => [c.through, c.by, c.text, c.case])).toEqual([
    ['consent', 'li', '10010 来电', null],
    ['ended', 'wang', null, '7'],
    ['talk', 'wang', '想换套餐', '7'],
  ]);
});
