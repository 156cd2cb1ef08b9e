import { mask } from '#platform/personal';
import type { Household } from './contract.ts';
import { dayText, monthText, type PartyKind } from './model.ts';

/** Rows as the picture that people see: masked, each thing once, lines between what is shown alone. Pure. */

interface Period {
  readonly since: number;
  readonly until: number | null;
}

export interface Rows {
  readonly parties: readonly {
    readonly id: string;
    readonly source: string;
    readonly kind: PartyKind;
    readonly area: string | null;
    readonly person: Household['parties'][number]['person'];
    readonly numbers: number;
  }[];
  readonly accounts: readonly Omit<Household['accounts'][number], 'bills'>[];
  readonly services: readonly (Pick<Household['services'][number], 'id' | 'source' | 'home' | 'plan' | 'state' | 'area'> & {
    readonly kind: Household['services'][number]['is'];
    readonly since: number | null;
    readonly ended: number | null;
    readonly shownNumber: string | null;
    readonly counted: string | null;
  })[];
  readonly homes: readonly (Pick<Household['homes'][number], 'id' | 'area' | 'estate' | 'building'> & {
    readonly shownAddress: string | null;
  })[];
  readonly owners: readonly (Period & { readonly service: string; readonly party: string; readonly byAct: string | null })[];
  readonly payers: readonly (Period & { readonly account: string; readonly party: string })[];
  readonly charges: readonly (Period & { readonly service: string; readonly account: string; readonly what: string })[];
  readonly devices: readonly (Period & {
    readonly id: string;
    readonly service: string;
    readonly kind: string;
    readonly serial: string | null;
  })[];
  readonly contracts: readonly { readonly service: string; readonly kind: string; readonly starts: number; readonly ends: number | null }[];
  readonly ties: readonly (Household['bundles'][number]['members'][number] & { readonly bundle: string })[];
  readonly bundles: readonly { readonly id: string; readonly kind: Household['bundles'][number]['is']; readonly name: string | null }[];
  readonly bills: readonly { readonly account: string; readonly month: number; readonly amount: number; readonly paid: number }[];
  /** Who each party is after all merging. */
  readonly survivors: ReadonlyMap<string, string>;
  /** There are more services than these. */
  readonly isCut: boolean;
  readonly now: number;
}

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const period = ({ since, until }: Period) => ({ since: new Date(since).toISOString(), until: instant(until) });

/** Lines that are one after merging, once: the earliest of them. */
function once<T extends Period>(lines: readonly T[], name: (line: T) => string): T[] {
  const kept = new Map<string, T>();
  for (const line of lines) {
    const there = kept.get(name(line));
    if (there === undefined || line.since < there.since) kept.set(name(line), line);
  }
  return [...kept.values()];
}

export function placed(rows: Rows): Household {
  const parties = new Set(rows.parties.map((p) => p.id));
  const accounts = new Set(rows.accounts.map((a) => a.id));
  const services = new Set(rows.services.map((s) => s.id));
  const who = <T extends { party: string }>(line: T): T => ({ ...line, party: rows.survivors.get(line.party) ?? line.party });
  const owners = once(rows.owners.map(who), (o) => `${o.service}/${o.party}`).filter((o) => parties.has(o.party));
  const payers = once(rows.payers.map(who), (p) => `${p.account}/${p.party}`).filter((p) => parties.has(p.party));
  const charges = rows.charges.filter((c) => accounts.has(c.account) && services.has(c.service));
  const homes = new Set(rows.homes.map((h) => h.id));
  return {
    parties: rows.parties.map(({ id, source, kind, area, person, numbers }) => ({ id, source, is: kind, area, person, numbers })),
    accounts: rows.accounts.map((a) => ({
      ...a,
      bills: rows.bills.flatMap((b) => (b.account === a.id ? [{ month: monthText(b.month), amount: b.amount, paid: b.paid }] : [])),
    })),
    services: rows.services.map((s) => ({
      id: s.id,
      source: s.source,
      is: s.kind,
      number: s.shownNumber === null ? null : mask('serviceNumber', s.shownNumber),
      customer: s.counted,
      home: s.home !== null && homes.has(s.home) ? s.home : null,
      plan: s.plan,
      state: s.state,
      since: instant(s.since),
      ended: instant(s.ended),
      area: s.area,
      devices: rows.devices.flatMap((d) =>
        d.service === s.id
          ? [{ id: d.id, is: d.kind, serial: d.serial === null ? null : mask('serviceNumber', d.serial), ...period(d) }]
          : [],
      ),
      contracts: rows.contracts.flatMap((c) =>
        c.service === s.id ? [{ is: c.kind, starts: dayText(c.starts), ends: c.ends === null ? null : dayText(c.ends) }] : [],
      ),
    })),
    homes: rows.homes.map((h) => ({
      id: h.id,
      area: h.area,
      estate: h.estate,
      building: h.building,
      address: h.shownAddress === null ? null : mask('address', h.shownAddress),
    })),
    bundles: rows.bundles.map((b) => ({
      id: b.id,
      is: b.kind,
      name: b.name,
      members: rows.ties.flatMap((t) => (t.bundle === b.id && services.has(t.service) ? [{ service: t.service, role: t.role }] : [])),
    })),
    owners: owners.map((o) => ({ service: o.service, party: o.party, ...period(o), transferred: o.byAct !== null })),
    payers: payers.map((p) => ({ account: p.account, party: p.party, ...period(p) })),
    charges: charges.map((c) => ({ service: c.service, account: c.account, what: c.what, ...period(c) })),
    cut: rows.isCut,
    at: new Date(rows.now).toISOString(),
  };
}
