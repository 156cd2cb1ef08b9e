import type { Db } from '#platform/db';
import { MODULES as CUSTOMERS } from '../customer/fixtures.ts';
import { household } from './module.ts';

/** For tests only. */

export const MODULES = [...CUSTOMERS, household];

const TABLES = ['party', 'personal', 'account', 'payer', 'home', 'service', 'owner', 'charge', 'bundle', 'tie', 'device', 'contract', 'bill'] as const; // biome-ignore format: one line

/** What stands in every table, without what is random (sealed values) and when it was first seen. */
export async function everything(db: Db): Promise<Record<string, unknown[]>> {
  const rows = await Promise.all(
    TABLES.map(
      (t) =>
      db.query<{ row: unknown }>('', `select to_jsonb(t) - 'key' - 'serial' - 'shown' - 'made_at' as row from household.${t} t order by (to_jsonb(t) - 'key' - 'serial' - 'shown' - 'made_at')::text`), // biome-ignore format: one line
    ),
  );
  return Object.fromEntries(TABLES.map((t, i) => [t, (rows[i] ?? []).map((r) => r.row)]));
}

/** Every cell of every table of the module and of the vault, as PostgreSQL prints it. */
export async function asText(db: Db): Promise<string> {
  const names = [...TABLES.map((t) => `household.${t}`), 'vault.secret', 'vault.subject'];
  const all = await Promise.all(names.map((n) => db.query<{ t: string }>('', `select t::text from ${n} t`)));
  return all.flat().map((r) => r.t).join('\n'); // biome-ignore format: one line
}

export const emptyTables = (db: Db) => db.query('', `truncate ${TABLES.map((t) => `household.${t}`).join(', ')}`);

/** A household as its sources say it: 甲 has a mobile number, a secondary card and a broadband line; the firm pays for the number. */
export const SAID: readonly object[] = [
  { kind: 'party', key: 'P1', is: 'person', area: 'east-1', person: { name: '霭一山', phone: '12000000001', idNumber: '990001199001010011', address: '琉璃市檐雨区听雨路3号' } }, // biome-ignore format: one line
  { kind: 'party', key: 'P2', is: 'organisation', area: 'east-1', person: { name: '琉璃市檐铃灯具有限公司' } },
  { kind: 'account', key: 'A1', mode: 'postpaid', area: 'east-1' },
  { kind: 'account', key: 'A2', mode: 'prepaid', area: 'west' },
  { kind: 'payer', account: 'A1', party: 'P2', since: '2025-01-01T00:00:00Z' },
  { kind: 'payer', account: 'A2', party: 'P1', since: '2025-01-01T00:00:00Z' },
  { kind: 'home', key: 'H1', area: 'east-1', estate: '听雨轩', building: '3幢', address: '琉璃市檐雨区听雨路3号听雨轩3幢101室' },
  { kind: 'service', key: 'S1', is: 'mobile', number: '12000000001', customer: 'A-1', plan: '畅享 59 元', since: '2024-03-01T00:00:00Z', area: 'east-1' }, // biome-ignore format: one line
  { kind: 'service', key: 'S2', is: 'mobile', number: '12000000002', since: '2025-03-01T00:00:00Z', area: 'east-1' },
  { kind: 'service', key: 'S3', is: 'broadband', number: 'gh10000001', home: 'H1', since: '2025-05-01T00:00:00Z', area: 'east-1' },
  { kind: 'service', key: 'S4', is: 'landline', number: '09800000001', area: 'west' },
  ...['S1', 'S2', 'S3', 'S4'].map((service) => ({ kind: 'owner', service, party: 'P1', since: '2025-06-01T00:00:00Z' })),
  { kind: 'charge', service: 'S1', account: 'A1', since: '2025-06-01T00:00:00Z' },
  { kind: 'charge', service: 'S3', account: 'A2', what: '月租', since: '2025-06-01T00:00:00Z' },
  { kind: 'bundle', key: 'B1', is: 'main-secondary' },
  { kind: 'tie', bundle: 'B1', service: 'S1', role: 'main', since: '2025-06-01T00:00:00Z' },
  { kind: 'tie', bundle: 'B1', service: 'S2', role: 'secondary', since: '2025-06-01T00:00:00Z' },
  { kind: 'device', service: 'S3', serial: 'ONT-77881234', is: '光猫', since: '2025-06-01T00:00:00Z' },
  { kind: 'contract', service: 'S1', is: '租机', starts: '2025-06-01', ends: '2027-05-31' },
  { kind: 'bill', account: 'A1', month: '2026-09', amount: 6_120, paid: 6_120 },
  { kind: 'bill', account: 'A1', month: '2026-10', amount: 5_980, paid: 0 },
].map((r) => ({ source: 'crm', at: '2026-10-01T00:00:00Z', ...r }));

/** Everything personal that `SAID` says, as it must stand nowhere. */
export const PERSONAL_WORDS = [
  '霭一山',
  '檐铃灯具',
  '12000000001',
  '12000000002',
  'gh10000001',
  '990001199001010011',
  '听雨路',
  '101室',
  'ONT-7788',
];
