import { type Remembered, readErased, speaksOfErased } from '#customer';
import type { Ctx } from '#platform/db';
import { normal } from '#platform/personal';
import type { Vault } from '#platform/vault';
import type { HouseholdRecord } from './contract.ts';
import { partiesSpeaking, servicesAt } from './eraseStore.ts';
import { idOf, type Numbered } from './keys.ts';
import { holdsAt, lasting } from './model.ts';
import { type OwnerRow, ownersOf } from './ownerStore.ts';

/** Which records of a push are about people who were erased: what leads to these people is held back, whatever their source says and how often. */

export type Memory = ReadonlyMap<string, Remembered>;

/** What one record names, as ids and keyed hashes. */
interface Naming {
  readonly record: HouseholdRecord;
  readonly party?: string;
  readonly service?: string;
  readonly home?: string | undefined;
  readonly idNumber?: string | undefined;
  readonly phone?: string | undefined;
}

export interface Named {
  readonly each: readonly Naming[];
  readonly refs: readonly string[];
}

/** Of records that may be about somebody: parties, services, homes, devices, and whose a service is. */
export function namedIn(vault: Pick<Vault, 'hash'>, records: readonly HouseholdRecord[]): Named {
  const each = records.flatMap((record): Naming[] => {
    const id = (what: Numbered, ref: string | { source: string; key: string }): string =>
      idOf(vault, what, typeof ref === 'string' ? { source: record.source, key: ref } : ref);
    const hash = (kind: string, value: string | undefined) => (value === undefined ? undefined : vault.hash(kind, normal(kind, value)));
    switch (record.kind) {
      case 'party': {
        const { idNumber, phone } = record.person;
        return [{ record, party: id('party', record.key), idNumber: hash('idNumber', idNumber), phone: hash('phone', phone) }];
      }
      case 'service':
        return [{ record, service: id('service', record.key), home: record.home === null ? undefined : id('home', record.home) }];
      case 'home':
        return [{ record, home: id('home', record.key) }];
      case 'device':
        return [{ record, service: id('service', record.service) }];
      case 'owner':
        return [{ record, service: id('service', record.service), party: id('party', record.party) }];
      default:
        return [];
    }
  });
  return { each, refs: each.flatMap(({ party, service, home, idNumber, phone }) => [party, service, home, idNumber, phone].flatMap((r) => r ?? [])) };
} // biome-ignore format: one line

export interface Held {
  readonly records: ReadonlySet<HouseholdRecord>;
  /** Parties that these records make known as somebody who was erased. */
  readonly parties: readonly string[];
  /** Erased parties whose services are named here: what is theirs alone is emptied once it is written. */
  readonly owners: readonly string[];
  /** What speaks of somebody else by now, and is kept again. */
  readonly freed: readonly string[];
}

/** An erased party speaks again under an ID number that was not erased; an erased service once it is another's; an erased home once another's service is there. */
export async function heldBack({ tx, now }: Pick<Ctx, 'tx' | 'now'>, { named, erased }: { named: Named; erased: Memory }): Promise<Held> {
  const held = new Set<HouseholdRecord>();
  const [gone, back] = [new Set<string>(), new Set<string>()];
  for (const { record, party, idNumber, phone } of named.each) {
    if (record.kind !== 'party' || party === undefined) continue;
    if (speaksOfErased({ record: party, idNumber, phone }, erased)) {
      if (Object.keys(record.person).length > 0) held.add(record);
      if (idNumber !== undefined) gone.add(party);
    } else if (idNumber !== undefined && erased.has(party)) back.add(party);
  }
  for (const party of gone) back.delete(party);
  for (const party of await partiesSpeaking(tx, [...gone])) gone.delete(party); // somebody is known there: a slip in one record takes nothing of him
  const services = [...new Set(named.each.flatMap((n) => (n.service !== undefined && erased.has(n.service) ? [n.service] : [])))];
  const said = [...(await ownersOf(tx, services)), ...saidHere(named)];
  const remembered = await readErased(tx, said.map((o) => o.party)); // biome-ignore format: one line
  const isErasedParty = (id: string): boolean => gone.has(id) || (remembered.has(id) && !back.has(id));
  const owners = Map.groupBy(said, (o) => o.service);
  const anothers = services.filter((id) => lasting(owners.get(id) ?? []).some((o) => holdsAt(o, now) && !isErasedParty(o.party)));
  for (const id of anothers) back.add(id);
  const isErased = (id: string | undefined): boolean => id !== undefined && erased.has(id) && !back.has(id);

  const homes = [...new Set(named.each.flatMap((n) => (n.home !== undefined && erased.has(n.home) ? [n.home] : [])))];
  const standing = await servicesAt(tx, homes);
  const theirs = await readErased(tx, standing.map((s) => s.id)); // biome-ignore format: one line
  const inUse = new Set(standing.flatMap((s) => (theirs.has(s.id) && !back.has(s.id) ? [] : [s.home])));
  for (const n of named.each) if (n.record.kind === 'service' && n.home !== undefined && !isErased(n.service)) inUse.add(n.home);
  for (const id of homes) if (inUse.has(id)) back.add(id);

  for (const { record, service, home } of named.each) {
    if ((record.kind === 'service' || record.kind === 'device') && isErased(service)) held.add(record);
    if (record.kind === 'home' && isErased(home)) held.add(record);
  }
  const naming = named.each.flatMap((n) => (n.record.kind === 'owner' && n.party !== undefined && isErasedParty(n.party) ? [n.party] : []));
  return {
    records: held,
    parties: [...gone].filter((id) => !erased.has(id)),
    owners: [...new Set([...naming, ...gone])],
    freed: [...back].filter((id) => erased.has(id)),
  };
}

/** Whose these services are as this push says it. */
const saidHere = ({ each }: Named): OwnerRow[] =>
  each.flatMap(({ record, service, party }) =>
    record.kind === 'owner' && service !== undefined && party !== undefined
      ? [{ service, party, since: Date.parse(record.since), until: record.until === null ? null : Date.parse(record.until), byAct: null }]
      : [],
  );
