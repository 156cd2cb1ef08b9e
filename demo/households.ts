import { type City, companyOf, customerOf } from './city.ts';
import { diceOf, share, whole } from './dice.ts';
import { scattered } from './names.ts';
import type { Morning, Row } from './warehouse.ts';

/**
 * The three households of the city as its systems know them, from the same seed as the warehouse's file: each own person a party with his services, who
 * pays for them (himself, one of the family, his company for the monthly fee), what stands in his home, and six months of bills that add up to
 * what the file says.
 */

export type Said = Readonly<Record<string, unknown>>;

/** A person of the file: his place and his row. */
export interface Person {
  readonly n: number;
  readonly row: Row;
}

export const CRM = 'warehouse';
export const COUNTER = 'counter';

const FAMILY = 4;
const MONTHS = 6;
const COMPANIES = 400;
const SECONDARY = ['121', '122'];
const DAY_MS = 86_400_000;

const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const since = (date: unknown): string => `${String(date)}T00:00:00+08:00`;

/** The six months before this morning's, the latest first: "2026-10", … */
export function monthsBefore({ day }: Morning): string[] {
  const now = new Date(day * DAY_MS);
  return Array.from({ length: MONTHS }, (_, i) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1 - i, 1)).toISOString().slice(0, 7),
  );
}

/** What he was billed in these months: the first is last month's bill, the first three give the mean, one of them is the best of the half year. */
export function billsOf(seed: number, { n, row }: Person): number[] {
  const [last, mean, best] = [row['bill.previous'], row.arpu, row['arpu.before']].map(Number) as [number, number, number];
  const rest = Math.max(0, 3 * mean - last);
  const second = Math.round(rest * (0.45 + 0.1 * share(seed, 'bill', n)));
  const between = (i: number) => Math.round(mean + (best - mean) * share(seed, 'bill', n, i));
  return [last, second, rest - second, between(3), Math.max(best, mean), between(5)];
}

/** Whose company pays his monthly fee. */
const companyFor = (seed: number, n: number): number | undefined =>
  share(seed, 'employed', n) < 0.07 ? Math.floor(share(seed, 'company', n) * COMPANIES) : undefined;

/** What companies have to pay, by company and month; filled while people are told. */
export type Payroll = Map<number, { staff: number; amounts: number[] }>;

/** Of whom and as of when it is told; `months` from `monthsBefore`. */
export interface Telling {
  readonly city: City;
  readonly morning: Morning;
  readonly months: readonly string[];
  readonly payroll: Payroll;
}

/** What is said of up to four people who may be a family: then the first of them pays for all. */
export function householdsOf(t: Telling, people: readonly Person[]): Said[] {
  const out: Said[] = [];
  const [first] = people;
  if (first === undefined) return out;
  const { seed } = t.city;
  const isFamily = people.length > 1 && share(seed, 'family', Math.floor(first.n / FAMILY)) < 0.3;
  const sums = new Map<number, number[]>();
  for (const person of people) {
    const payer = isFamily ? first : person;
    const bills = billsOf(seed, person);
    const company = companyFor(seed, person.n);
    const fee = Number(person.row['plan.fee']);
    const own = company === undefined ? bills : bills.map((b) => b - Math.min(b, fee));
    if (company !== undefined) book(t.payroll, company, bills.map((b) => Math.min(b, fee))); // biome-ignore format: one line
    sums.set(payer.n, own.map((b, i) => b + (sums.get(payer.n)?.[i] ?? 0))); // biome-ignore format: one line
    out.push(...personSays(t, person, { payer, company }));
  }
  for (const payer of isFamily ? [first] : people) out.push(...accountSays(t, payer, sums.get(payer.n) ?? []));
  return out;
}

function book(payroll: Payroll, company: number, amounts: readonly number[]): void {
  const there = payroll.get(company) ?? { staff: 0, amounts: amounts.map(() => 0) };
  payroll.set(company, { staff: there.staff + 1, amounts: there.amounts.map((b, i) => b + (amounts[i] ?? 0)) });
}

const said = (morning: Morning, source = CRM) => ({ source, at: since(dayText(morning.day)) });

function accountSays({ city, morning, months }: Telling, { n, row }: Person, amounts: readonly number[]): Said[] {
  const about = said(morning);
  const account = `A${row.key}`;
  const isPrepaid = row['plan.prepaid'] === true;
  const owes = !isPrepaid && share(city.seed, 'owes', n) < 0.06;
  const joined = since(row.joined);
  return [
    { kind: 'account', ...about, key: account, mode: isPrepaid ? 'prepaid' : 'postpaid', area: row.area },
    { kind: 'payer', ...about, account, party: row.key, since: joined },
    ...amounts.map((amount, i) => ({
      kind: 'bill',
      ...about,
      account,
      month: months[i],
      amount,
      paid: owes && i === 0 ? 0 : amount,
    })),
  ];
}

function personSays(t: Telling, { n, row }: Person, pays: { payer: Person; company: number | undefined }): Said[] {
  const { city, morning } = t;
  const about = said(morning);
  const key = String(row.key);
  const joined = since(row.joined);
  const account = `A${pays.payer.row.key}`;
  const { name, phone, idNumber, address } = row;
  const out: Said[] = [{ kind: 'party', ...about, key, is: 'person', area: row.area, person: { name, phone, idNumber, address } }];
  const has = (service: string, is: string, number: string, more: Said = {}) => {
    out.push({ kind: 'service', ...about, key: service, is, number, since: joined, area: row.area, ...more });
    out.push({ kind: 'owner', ...about, service, party: key, since: joined });
  };
  const mobile = `M${key}`;
  has(mobile, 'mobile', String(phone), { customer: key, plan: row['plan.name'] });
  if (pays.company === undefined) out.push({ kind: 'charge', ...about, service: mobile, account, since: joined });
  else {
    out.push({ kind: 'charge', ...about, service: mobile, account: companyAccount(pays.company), what: '套餐月费', since: joined });
    out.push({ kind: 'charge', ...about, service: mobile, account, what: '套餐外费用', since: joined });
  }
  const cards = SECONDARY.slice(0, Number(row.secondaryCards));
  for (const [i, prefix] of cards.entries()) {
    has(`${mobile}-${i + 1}`, 'mobile', `${prefix}${scattered(n, 8)}`);
    out.push({ kind: 'charge', ...about, service: `${mobile}-${i + 1}`, account, since: joined });
  }
  if (cards.length > 0) {
    out.push({ kind: 'bundle', ...about, key: `MS${key}`, is: 'main-secondary' });
    out.push({ kind: 'tie', ...about, bundle: `MS${key}`, service: mobile, role: 'main', since: joined });
    for (const i of cards.keys())
      out.push({ kind: 'tie', ...about, bundle: `MS${key}`, service: `${mobile}-${i + 1}`, role: 'secondary', since: joined });
  }
  const fixed = row.broadband === true ? atHome(t, { n, row }, has) : { services: [], says: [] };
  out.push(...fixed.says);
  for (const service of fixed.services) out.push({ kind: 'charge', ...about, service, account, since: joined });
  if (fixed.services.length > 0 && String(row['plan.name']).startsWith('融合')) {
    out.push({ kind: 'bundle', ...about, key: `F${key}`, is: 'bundle', name: row['plan.name'] });
    for (const service of [mobile, ...fixed.services]) out.push({ kind: 'tie', ...about, bundle: `F${key}`, service, role: service === mobile ? 'main' : 'member', since: joined }); // biome-ignore format: one line
  }
  out.push(...contractOf(t, { n, row }, mobile, fixed.services[0]));
  if (share(city.seed, 'twice', n) < 0.01) out.push(...knownTwice(t, { n, row }));
  return out;
}

function atHome({ city, morning }: Telling, { n, row }: Person, has: (key: string, is: string, number: string, more?: Said) => void) {
  const about = said(morning);
  const { broadband } = customerOf(city, n);
  const home = `H${row.key}`;
  const line = `B${row.key}`;
  const building = /\d+幢/.exec(String(row.address))?.[0] ?? null;
  const joined = since(row.joined);
  const says: Said[] = [
    { kind: 'home', ...about, key: home, area: row.area, estate: row.estate, building, address: row.address },
    {
      kind: 'device',
      ...about,
      service: line,
      serial: `GHON${scattered(n, 10)}`,
      is: row.fttr === true ? '全屋光猫' : '光猫',
      since: joined,
    },
  ];
  has(line, 'broadband', broadband, { home, plan: row['broadband.speed'] });
  if (row.iptv !== true) return { services: [line], says };
  has(`T${row.key}`, 'iptv', `${broadband}@iptv`, { home, plan: '4K 电视' });
  says.push({ kind: 'device', ...about, service: `T${row.key}`, serial: `GHTV${scattered(n, 10)}`, is: '机顶盒', since: joined });
  return { services: [line, `T${row.key}`], says };
}

function contractOf({ morning }: Telling, { n, row }: Person, mobile: string, line: string | undefined): Said[] {
  const is = row['contract.kind'];
  const ends = row['contract.ends'];
  if (typeof is !== 'string' || typeof ends !== 'string') return [];
  const about = said(morning);
  const starts = dayText(Date.parse(ends) / DAY_MS - 730);
  const service = is === '宽带合约' && line !== undefined ? line : mobile;
  const out: Said[] = [{ kind: 'contract', ...about, service, is, starts, ends }];
  if (is === '租机') out.push({ kind: 'device', ...about, service, serial: `00${scattered(n, 13)}`, is: '手机', since: since(starts) });
  return out;
}

/** He came to a counter once and was written down anew: the same papers, a slip in the name, a number of its own. */
function knownTwice({ city, morning }: Telling, { n, row }: Person): Said[] {
  const about = said(morning, COUNTER);
  const dice = diceOf(city.seed, 'twice', n);
  const key = `K${row.key}`;
  const name = String(row.name);
  const slip = `${name.slice(0, -1)}${[...'伊尔叁肆伍'][whole(dice, 0, 4)]}`;
  const joined = since(row.joined);
  return [
    { kind: 'party', ...about, key, is: 'person', area: row.area, person: { name: slip, idNumber: row.idNumber } },
    { kind: 'service', ...about, key, is: 'mobile', number: `124${scattered(n, 8)}`, plan: '轻享 19 元', since: joined, area: row.area },
    { kind: 'owner', ...about, service: key, party: key, since: joined },
    { kind: 'account', ...about, key, mode: 'prepaid', area: row.area },
    { kind: 'payer', ...about, account: key, party: key, since: joined },
    { kind: 'charge', ...about, service: key, account: key, since: joined },
  ];
}

const companyKey = (company: number): string => `E${String(company + 1).padStart(6, '0')}`;
const companyAccount = (company: number): string => `A${companyKey(company)}`;

/** What is said of the companies that pay for their people: each has a leased line of its own. */
export function companiesSay({ city, morning, months, payroll }: Telling): Said[] {
  const about = said(morning);
  const began = since('2019-01-01');
  return [...payroll].flatMap(([company, { amounts }]): Said[] => {
    const { name, phone, address, grid, broadband } = companyOf(city, company);
    const [key, account] = [companyKey(company), companyAccount(company)];
    const [home, line] = [`H${key}`, `L${key}`];
    return [
      { kind: 'party', ...about, key, is: 'organisation', area: grid.code, person: { name, phone, address } },
      { kind: 'account', ...about, key: account, mode: 'postpaid', area: grid.code },
      { kind: 'payer', ...about, account, party: key, since: began },
      { kind: 'home', ...about, key: home, area: grid.code, address },
      { kind: 'service', ...about, key: line, is: 'line', number: broadband, home, plan: '专线 100M', since: began, area: grid.code },
      { kind: 'owner', ...about, service: line, party: key, since: began },
      { kind: 'charge', ...about, service: line, account, since: began },
      ...amounts.map((b, i) => ({
        kind: 'bill',
        ...about,
        account,
        month: months[i],
        amount: b + 80_000,
        paid: b + 80_000,
      })),
    ];
  });
}
