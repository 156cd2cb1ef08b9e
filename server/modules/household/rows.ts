import { keyHash } from '#customer';
import { normal } from '#platform/personal';
import type { Vault } from '#platform/vault';
import type { HouseholdRecord } from './contract.ts';
import { idOf, type Numbered } from './keys.ts';
import { dayOf, monthOf } from './model.ts';
import type { Cell, TableName } from './tables.ts';

/** Records as rows of the tables, with what of them goes into the vault. */

export interface PersonalValue {
  readonly subject: string;
  readonly kind: string;
  readonly id: string;
  readonly value: string;
}

export interface Taken {
  readonly rows: Map<TableName, Cell[][]>;
  readonly values: PersonalValue[];
  /** Values of parties by which they are found. */
  readonly personal: { readonly party: string; readonly kind: string; readonly ref: string; readonly at: number }[];
}

type Ref = string | { readonly source: string; readonly key: string };

const instant = (text: string | null): number | null => (text === null ? null : Date.parse(text));

/** The cells stand in the order of the table's columns. */
export function rowsOf(vault: Pick<Vault, 'hash' | 'seal'>, records: readonly HouseholdRecord[], now: number): Taken {
  const taken: Taken = { rows: new Map(), values: [], personal: [] };
  const add = (table: TableName, ...cells: Cell[]) => {
    const rows = taken.rows.get(table);
    if (rows === undefined) taken.rows.set(table, [cells]);
    else rows.push(cells);
  };
  for (const r of records) {
    const at = Date.parse(r.at);
    const to = (what: Numbered, ref: Ref) => idOf(vault, what, typeof ref === 'string' ? { source: r.source, key: ref } : ref);
    const keep = (subject: string, kind: string, value: string): string => {
      const id = vault.hash(kind, normal(kind, value));
      taken.values.push({ subject, kind, id, value });
      return id;
    };
    const numbered = (what: Numbered, key: string) => [to(what, key), r.source, vault.seal(key)] as const;
    switch (r.kind) {
      case 'party': {
        const [id, ...named] = numbered('party', r.key);
        for (const [kind, value] of Object.entries(r.person)) {
          if (value !== undefined) taken.personal.push({ party: id, kind, ref: keep(id, kind, value), at });
        }
        add('party', id, ...named, r.is, r.area, now, at);
        break;
      }
      case 'account':
        add('account', ...numbered('account', r.key), r.mode, r.state, r.area, now, at);
        break;
      case 'home': {
        const [id, ...named] = numbered('home', r.key);
        add('home', id, ...named, r.area, r.estate, r.building, r.address === null ? null : keep(id, 'address', r.address), now, at);
        break;
      }
      case 'service': {
        const [id, ...named] = numbered('service', r.key);
        const number = r.number === null ? null : keep(id, 'serviceNumber', r.number);
        const counted = typeof r.customer === 'string' ? { source: r.source, key: r.customer } : r.customer;
        const customer = counted === null ? null : keyHash(vault, counted.key);
        const home = r.home === null ? null : to('home', r.home);
        const life = [instant(r.since), instant(r.ended)];
        add('service', id, ...named, r.is, number, counted?.source ?? null, customer, home, r.plan, r.state, ...life, r.area, now, at);
        break;
      }
      case 'bundle':
        add('bundle', ...numbered('bundle', r.key), r.is, r.name, now, at);
        break;
      case 'owner':
        add('owner', to('service', r.service), to('party', r.party), Date.parse(r.since), instant(r.until), null, at);
        break;
      case 'payer':
        add('payer', to('account', r.account), to('party', r.party), Date.parse(r.since), instant(r.until), at);
        break;
      case 'charge':
        add('charge', to('service', r.service), to('account', r.account), r.what, Date.parse(r.since), instant(r.until), at);
        break;
      case 'tie':
        add('tie', to('bundle', r.bundle), to('service', r.service), r.role, Date.parse(r.since), instant(r.until), at);
        break;
      case 'device': {
        const service = to('service', r.service);
        const sealed = vault.seal(r.serial);
        add('device', service, vault.hash('household.device', r.serial), sealed, r.is, Date.parse(r.since), instant(r.until), at);
        break;
      }
      case 'contract':
        add('contract', to('service', r.service), r.is, dayOf(r.starts), r.ends === null ? null : dayOf(r.ends), at);
        break;
      case 'bill':
        add('bill', to('account', r.account), monthOf(r.month), r.amount, r.paid, at);
        break;
    }
  }
  return taken;
}
