import { CITY, makeCity } from '../../demo/city.ts';
import { birthsOn, type Calendar, HISTORY_DAYS } from '../../demo/days.ts';
import { registerSources } from '../../demo/doors.ts';
import { journey } from '../../demo/life.ts';
import { arrivals, type Delivery, lineOf } from '../../demo/systems.ts';
import { startOfDay } from '../../demo/trade.ts';

/** A small operator: the demo's city, a part of one week of its orders, the people of the stories, and orders made by hand. */

export const ZONE = 'Asia/Shanghai';
export const ADMIN = 'the-token-of-the-stories';
const BEARER = { authorization: `Bearer ${ADMIN}` };
export const PASSWORD = 'h7kd-m2pq-x9wz';
/** The night's silent system: registered, and never heard. */
export const SILENT = 'silent-carrier';

/** login, role, unit; `null` is the whole house, with what belongs to no area. */
const PEOPLE = [
  ['night', 'administrator', null],
  ['care', 'care', CITY],
  ['manager', 'manager', CITY],
  ['district', 'manager', 'd3'],
  ['integrator', 'integrator', null],
  ['keeper', 'retention', CITY],
  ['gridder', 'grid-manager', 'd5-g01'],
] as const;
export type Login = (typeof PEOPLE)[number][0];

const DAYS = 6;
const EVERY = 6;
const STAGES = [['ordercentre', 'glasshouse'], ['business'], ['workorder'], ['field', 'construction', 'logistics']] as const;

async function post(url: string, body: string, type = 'application/json'): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', headers: { ...BEARER, 'content-type': type }, body });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** A journey's own name for itself, by its order number. */
export async function idOf(url: string, order: string): Promise<string> {
  const known = await fetch(`${url}/api/journeys/by-key/order/${order}`, { headers: BEARER });
  return ((await known.json()) as { id: string }).id;
}

/** The last part of a customer's private link. */
export async function ticketOf(url: string, order: string): Promise<string> {
  const made = await post(`${url}/api/journeys/${encodeURIComponent(await idOf(url, order))}/ticket`, '{}');
  return (made as { ticket: string }).ticket;
}

/** Sends events as any source would; throws when one is refused. */
export async function send(url: string, events: readonly (object | string)[]): Promise<void> {
  const lines = events.map((e) => (typeof e === 'string' ? e : JSON.stringify(e))).join('\n');
  const sums = (await post(`${url}/api/events`, lines, 'application/x-ndjson')) as { rejectedTotal: number; rejected: unknown[] };
  if (sums.rejectedTotal > 0) throw new Error(`refused: ${JSON.stringify(sums.rejected[0])}`);
}

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

/** A new line's order as five systems tell it, up to the appointment; `no` makes all of its numbers. `slot`: its visit begins in so many hours. */
export function aLine(no: string, { area = 'd3-g02', since = 5, slot = 20 } = {}) {
  const keys = { order: `SO${no}`, trade: `90${no}0000` };
  const work = `WO${no}-1`;
  const tell = (source: string, type: string, share: number, more: object) => ({
    source,
    id: `${no}-${type}`,
    type,
    time: hoursAgo(since * (1 - share)),
    ...more,
  });
  const person = {
    name: '汐四',
    phone: `1200000${no.slice(-4)}`,
    idNumber: `99000219830905${no.slice(-4)}`,
    address: '琉璃市砚池区菱塘路19号',
  };
  return {
    ...keys,
    work,
    number: `gh${no.slice(-8)}`,
    parcel: `GH${no}`,
    person,
    events: [
      tell('ordercentre', 'order.submitted', 0, {
        keys: { ...keys, area, customer: `C${no}`, product: 'FTTH-1000' },
        scenario: 'broadband-new',
        person,
        data: { place: 'city', productName: '宽带 1000M' },
      }),
      tell('ordercentre', 'order.accepted', 0.02, { keys, scenario: 'broadband-new', handler: '1529' }),
      tell('business', 'trade.accepted', 0.03, { keys: { trade: keys.trade, serviceNumber: `gh${no.slice(-8)}` } }),
      tell('workorder', 'work.dispatched', 0.05, { keys: { trade: keys.trade, workOrder: work }, handler: '1674' }),
      tell('logistics', 'parcel.picked-up', 0.06, { keys: { order: keys.order, parcel: `GH${no}` } }),
      tell('field', 'work.taken', 0.1, { keys: { workOrder: work }, handler: '0203' }),
      tell('field', 'appointment.confirmed', 0.2, {
        keys: { workOrder: work },
        handler: '0203',
        data: { slotFrom: hoursAgo(-slot), slotTo: hoursAgo(-slot - 2) },
      }),
    ],
    /** What the installer's phone tells later. */
    later: (type: string) => tell('field', type, 1, { keys: { workOrder: work, visit: `${work}-V1` }, handler: '0203' }),
  };
}

/** Units and people, sources, a sixth of a week. */
export async function seed(url: string): Promise<void> {
  const city = makeCity(1, ZONE);
  const { items } = (await (await fetch(`${url}/api/units`, { headers: BEARER })).json()) as { items: { code: string }[] };
  const root = items[0]!.code;
  for (const unit of city.units) await post(`${url}/api/units`, JSON.stringify({ ...unit, parent: unit.parent ?? root }));
  for (const [login, role, unit] of PEOPLE)
    await post(`${url}/api/accounts`, JSON.stringify({ login, name: `霁${login}`, role, unit: unit ?? root, password: PASSWORD }));
  const signal = new AbortController().signal;
  await registerSources({ baseUrl: url, token: async () => ADMIN, tokens: {}, zone: ZONE, signal, warn: console.warn });
  await post(`${url}/api/sources`, JSON.stringify({ id: SILENT, name: '夜里没有消息的物流', zone: ZONE }));
  const now = Date.now();
  const calendar: Calendar = { seed: 1, zone: ZONE, origin: startOfDay(now, ZONE, -HISTORY_DAYS) };
  const told: Delivery[] = [];
  for (let day = HISTORY_DAYS - DAYS; day <= HISTORY_DAYS; day++)
    for (const birth of birthsOn(calendar, day).filter((b) => b.index % EVERY === 0))
      told.push(...arrivals(journey(city, birth), ZONE).filter((d) => d.at <= now && !d.again));
  const bySource = Map.groupBy(told, (d) => d.source);
  for (const stage of STAGES)
    await Promise.all(
      stage.map((source) => {
        const lines = (bySource.get(source) ?? []).sort((a, b) => a.at - b.at).map((d) => lineOf(d, [], ZONE));
        return lines.length > 0 ? send(url, lines) : undefined;
      }),
    );
}
