import { expect, test } from 'vitest';
import type { Household } from './households.ts';
import { sketchOf, tiedTo } from './sketch.ts';

const period = { since: '2025-01-01T00:00:00.000Z', until: null };
const service = (id: string, more: object = {}) =>
  ({ id, source: 'crm', is: 'mobile', number: null, customer: null, home: null, plan: null, state: 'active', since: null, ended: null, area: null, devices: [], contracts: [], ...more }) as Household['services'][number]; // biome-ignore format: one line
const party = (id: string) => ({ id, source: 'crm', is: 'person', area: null, person: {}, numbers: 1 }) as Household['parties'][number];
const account = (id: string) => ({ id, source: 'crm', mode: 'postpaid', state: 'open', area: null, bills: [] }) as Household['accounts'][number]; // biome-ignore format: one line

const household: Household = {
  parties: [party('firm'), party('me')],
  accounts: [account('a2'), account('a1')],
  services: [service('old', { state: 'ended' }), service('line', { is: 'broadband' }), service('phone', { customer: 'C' })],
  homes: [],
  bundles: [],
  owners: ['old', 'line', 'phone'].map((s) => ({ service: s, party: 'me', ...period, transferred: false })),
  payers: [{ account: 'a1', party: 'firm', ...period }],
  charges: [{ service: 'phone', account: 'a1', what: 'all', ...period }, { service: 'line', account: 'a2', what: 'all', ...period }], // biome-ignore format: one line
  cut: false,
  at: '2026-11-22T00:00:00.000Z',
};

test('the customer’s own service stands first, what is over last, and the others follow the lines', () => {
  const s = sketchOf(household, 'C');
  expect(s.services.map((x) => x.id)).toEqual(['phone', 'line', 'old']);
  expect(s.parties.map((x) => x.id)).toEqual(['me', 'firm']);
  expect(s.accounts.map((x) => x.id)).toEqual(['a1', 'a2']);
  expect(s.owned.map((l) => [l.from, l.to])).toEqual([[0, 2], [0, 1], [0, 0]]); // biome-ignore format: one line
  expect(s.charged.map((l) => [l.from, l.to])).toEqual([[0, 0], [1, 1]]); // biome-ignore format: one line
});

test('a thing lights what it is tied to', () => {
  expect([...tiedTo(household, 'firm')].sort()).toEqual(['a1', 'firm']);
  expect([...tiedTo(household, 'phone')].sort()).toEqual(['a1', 'me', 'phone']);
});
