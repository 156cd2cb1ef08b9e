import { type Counted, countedByNumber, countedByOrdinal } from '#customer';
import { servicesNumbered } from '#household';
import type { Ctx } from '#platform/db';
import { normal } from '#platform/personal';
import type { Vault } from '#platform/vault';
import type { Compared } from './comparing.ts';
import { type EvidenceId, gradeOf, weightOf } from './evidence.ts';
import * as finding from './findingStore.ts';
import { MOST_ON_A_KEY } from './model.ts';
import { settle } from './settling.ts';
import type { Found } from './store.ts';

/** Off-net customers who are counted twice: their number is a service of ours by now, or two sources bring them. */

type Opens = Pick<Vault, 'reveal' | 'hash' | 'open'>;

/** A mobile number, or a line with its area code: a source may count its customers by anything. */
const NUMBER = /^(?:1\d{10}|0\d{9,11})$/;

const isCounted = (c: Counted): boolean => c.gone_at === null && c.merged_into === null;

/**
 * Writes down the numbers of these: their phones, and of those behind `opened` what their source counts them by, if it is a number. What was read once is not
 * opened again; what is no longer said of them goes.
 */
export async function noteNumbers({ tx }: Ctx, vault: Opens, rows: readonly Counted[], opened: number): Promise<void> {
  const noted = Map.groupBy(await finding.numbersOf(tx, rows.map((c) => c.ordinal)), (n) => n.customer); // biome-ignore format: one line
  const unread = rows.map((c) => ({ c, refs: c.phones.filter((ref) => !noted.get(c.ordinal)?.some((n) => n.ref === ref)) }));
  const phones = await vault.reveal(tx, unread.flatMap(({ c, refs }) => refs.map((ref) => ({ subject: c.id, id: ref })))); // biome-ignore format: one line
  const fresh = unread.flatMap(({ c, refs }) => {
    const said: (readonly [text: string, ref: string | null])[] = refs.map((ref) => [phones.get(`${c.id}/${ref}`)?.value ?? '', ref]);
    if (c.ordinal > opened && c.key.length > 0) said.unshift([vault.open(c.key), null]);
    return said.flatMap(([text, ref]) => {
      const number = normal('phone', text);
      return NUMBER.test(number)
        ? [{ customer: c.ordinal, number: vault.hash('serviceNumber', normal('serviceNumber', number)), ref }]
        : [];
    });
  });
  const stale = rows.flatMap((c) => (noted.get(c.ordinal) ?? []).filter((n) => n.ref !== null && !c.phones.includes(n.ref)));
  if (stale.length > 0) await finding.dropNumbers(tx, stale);
  if (fresh.length > 0) await finding.addNumbers(tx, fresh);
}

/** Brings the pairs of these off-net customers up to date; whoever is gone or counted as another one has none. The caller holds the finder's row. */
export async function compareCounted(ctx: Ctx, rows: readonly Counted[]): Promise<Compared> {
  if (rows.length === 0) return { pairs: 0, open: 0 };
  const { tx } = ctx;
  const here = rows.filter(isCounted);
  const numbers = await finding.numbersOf(tx, here.map((c) => c.ordinal)); // biome-ignore format: one line
  const byOrdinal = new Map(here.map((c) => [c.ordinal, c]));
  const found = new Map<string, Found>();
  const add = (x: Counted, y: Counted, id: EvidenceId): void => {
    const pair = pairOf(x, y, id);
    found.set(`${pair.a},${pair.b}`, found.get(`${pair.a},${pair.b}`) ?? pair);
  };
  const onNumber = Map.groupBy(numbers, (n) => n.number);
  for (const [number, owners] of await ownersOf(ctx, [...onNumber.keys()]))
    for (const { customer } of onNumber.get(number) ?? [])
      for (const owner of owners) add(byOrdinal.get(customer) as Counted, owner, 'ported-in');
  const shared = await finding.customersOnNumbers(tx, [...onNumber.keys()], MOST_ON_A_KEY);
  const others = shared.filter((s) => s.customers.length <= MOST_ON_A_KEY).flatMap((s) => s.customers);
  const known = new Map((await countedByOrdinal(tx, [...new Set(others)])).filter((c) => c.own === false && isCounted(c)).map((c) => [c.ordinal, c])); // biome-ignore format: one line
  for (const { customers } of shared.filter((s) => s.customers.length <= MOST_ON_A_KEY))
    for (const x of customers)
      for (const y of customers) {
        const [one, other] = [byOrdinal.get(x), known.get(y)];
        if (one && other && one.source !== other.source) add(one, other, 'number-in-two-sources');
      }
  const open = await settle(ctx, { kind: 'counted', touched: rows.map((c) => c.id), found: [...found.values()], members: new Map() });
  return { pairs: found.size, open };
}

function pairOf(x: Counted, y: Counted, id: EvidenceId): Found {
  const [a, b] = x.id < y.id ? [x, y] : [y, x];
  const evidence = [id];
  const weight = weightOf(evidence);
  return { kind: 'counted', a: a.id, b: b.id, area_a: a.area, area_b: b.area, evidence, weight, grade: gradeOf(weight) ?? 'possible' };
}

/** Those customers of ours who have these numbers as services in use. A phone that one is reached by says nothing: it may well be another operator's. */
async function ownersOf({ tx }: Ctx, numbers: readonly string[]): Promise<Map<string, Counted[]>> {
  const services = await servicesNumbered(tx, numbers);
  const counted = await countedByNumber(tx, services.map((s) => ({ source: s.customer_source, hash: s.customer }))); // biome-ignore format: one line
  const own = new Map(counted.filter((c) => c.own === true && isCounted(c)).map((c) => [`${c.source} ${c.hash}`, c]));
  const owner = (s: (typeof services)[number]): Counted[] => [own.get(`${s.customer_source} ${s.customer}`) ?? []].flat();
  return new Map([...Map.groupBy(services, (s) => s.number)].map(([number, some]) => [number, [...new Set(some.flatMap(owner))]]));
}
