import type { Account, Household, Party, Service } from './households.ts';

/** The picture of three columns, who – what is used – who pays, and the lines between neighbours. Pure. */

export interface Line {
  readonly kind: 'owner' | 'charge';
  /** Places in the two columns, from 0. */
  readonly from: number;
  readonly to: number;
  /** The two things. */
  readonly ends: readonly [string, string];
}

export interface Sketch {
  readonly parties: readonly Party[];
  readonly services: readonly Service[];
  readonly accounts: readonly Account[];
  readonly owned: readonly Line[];
  readonly charged: readonly Line[];
}

/** In the order in which the lines of the others meet them; who has no line comes last. */
function inOrder<T extends { id: string }>(things: readonly T[], met: readonly string[]): T[] {
  const place = (id: string) => {
    const at = met.indexOf(id);
    return at < 0 ? met.length : at;
  };
  return [...things].sort((a, b) => place(a.id) - place(b.id));
}

const ENDED = 1;
const LAST = '~';
const KINDS: Record<Service['is'], number> = { mobile: 0, broadband: 1, iptv: 2, landline: 3, line: 4 };

/** What the page's own customer is counted by stands first, his other services next, then everybody's together, what is over last; the other columns follow. */
export function sketchOf(h: Household, customer: string): Sketch {
  const rank = (s: Service) => (s.customer === customer ? -1 : s.state === 'ended' ? ENDED : 0);
  const ownerOf = new Map(h.owners.map((o) => [o.service, o.party]));
  const his = new Set(h.services.flatMap((s) => (s.customer === customer ? [ownerOf.get(s.id)] : [])));
  const whose = (s: Service) => (his.has(ownerOf.get(s.id)) ? '' : (ownerOf.get(s.id) ?? LAST));
  const services = [...h.services].sort(
    (a, b) => rank(a) - rank(b) || whose(a).localeCompare(whose(b)) || KINDS[a.is] - KINDS[b.is] || a.id.localeCompare(b.id),
  );
  const along = <T extends { service: string }>(lines: readonly T[], end: (line: T) => string) =>
    services.flatMap((s) => lines.filter((l) => l.service === s.id).map(end));
  const parties = inOrder(h.parties, [...along(h.owners, (o) => o.party), ...h.payers.map((p) => p.party)]);
  const accounts = inOrder(h.accounts, along(h.charges, (c) => c.account)); // biome-ignore format: one line
  const at = (things: readonly { id: string }[], id: string) => things.findIndex((x) => x.id === id);
  return {
    parties,
    services,
    accounts,
    owned: h.owners.map((o) => ({ kind: 'owner' as const, from: at(parties, o.party), to: at(services, o.service), ends: [o.party, o.service] as const })), // biome-ignore format: one line
    charged: h.charges.map((c) => ({ kind: 'charge' as const, from: at(services, c.service), to: at(accounts, c.account), ends: [c.service, c.account] as const })), // biome-ignore format: one line
  };
}

/** Everything that a thing is tied to by a line, itself too; of a party also the accounts that it answers for, and back. */
export function tiedTo(h: Household, id: string): ReadonlySet<string> {
  const pairs = [
    ...h.owners.map((o) => [o.party, o.service]),
    ...h.charges.map((c) => [c.service, c.account]),
    ...h.payers.map((p) => [p.party, p.account]),
  ];
  return new Set([id, ...pairs.flatMap((pair) => (pair.includes(id) ? pair : []))]);
}
