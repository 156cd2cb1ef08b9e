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
  /** Each table's columns, in their order. */
  readonly columns: Map<TableName, Cell[][]>;
  readonly values: PersonalValue[];
  /** Values of parties by which they are found. */
  readonly personal: { readonly party: string; readonly kind: string; readonly ref: string; readonly at: number }[];
}

type Ref = string | { readonly source: string; readonly key: string };

const instant = (text: string | null): number | null => (text === null ? null : Date.parse(text));

/** Ids of things; in one push the same thing is named again and again. */
function makeNaming(vault: Pick<Vault, 'hash'>): (what: Numbered, source: string, key: string) => string {
  const known = new Map<string, string>();
  return (what, source, key) => {
    const name = `${what}\0${source}\0${key}`;
    let id = known.get(name);
    if (id === undefined) {
      id = idOf(vault, what, { source, key });
      known.set(name, id);
    }
    return id;
  };
}

const EMPTY = Buffer.alloc(0);

/** The cells stand in the order of the table's columns. Of records that are `held` back, about people who were erased, only facts are taken. */
export function rowsOf(
  vault: Pick<Vault, 'hash' | 'seal'>,
  records: readonly HouseholdRecord[],
  now: number,
  held: ReadonlySet<HouseholdRecord>,
): Taken {
  const taken: Taken = { columns: new Map(), values: [], personal: [] };
  const add = (table: TableName, ...cells: Cell[]) => {
    const columns = taken.columns.get(table);
    if (columns === undefined)
      taken.columns.set(
        table,
        cells.map((cell) => [cell]),
      );
    else for (let i = 0; i < cells.length; i++) (columns[i] as Cell[]).push(cells[i] as Cell);
  };
  const named = makeNaming(vault);
  for (const r of records) {
    const at = Date.parse(r.at);
    const to = (what: Numbered, ref: Ref) => (typeof ref === 'string' ? named(what, r.source, ref) : named(what, ref.source, ref.key));
    /** Hash and sealed form of what is found by its hash. */
    const isHeld = held.has(r);
    const closed = (kind: string, value: string | null) =>
      value === null || isHeld ? ([null, null] as const) : ([vault.hash(kind, normal(kind, value)), vault.seal(value)] as const);
    const numbered = (what: Numbered, key: string) => [to(what, key), r.source, isHeld ? EMPTY : vault.seal(key)] as const;
    switch (r.kind) {
      case 'party': {
        const [id, source, key] = numbered('party', r.key);
        for (const [kind, value] of Object.entries(r.person)) {
          if (value === undefined || isHeld) continue;
          const ref = vault.hash(kind, normal(kind, value));
          taken.values.push({ subject: id, kind, id: ref, value });
          taken.personal.push({ party: id, kind, ref, at });
        }
        add('party', id, source, key, r.is, r.area, now, at);
        break;
      }
      case 'account':
        add('account', ...numbered('account', r.key), r.mode, r.state, r.area, now, at);
        break;
      case 'home':
        add('home', ...numbered('home', r.key), r.area, r.estate, r.building, ...closed('address', r.address), now, at);
        break;
      case 'service': {
        const counted = typeof r.customer === 'string' ? { source: r.source, key: r.customer } : r.customer;
        const customer = counted === null ? null : keyHash(vault, counted.key);
        const home = r.home === null ? null : to('home', r.home);
        const life = [instant(r.since), instant(r.ended)];
        add(
          'service',
          ...numbered('service', r.key),
          r.is,
          ...closed('serviceNumber', r.number),
          counted?.source ?? null,
          customer,
          home,
          r.plan,
          r.state,
          ...life,
          r.area,
          now,
          at,
        );
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
        if (isHeld) break; // one that is known has lost its serial: nobody can say whether this is it
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
