import { type City, customerOf } from './city.ts';
import { chance, type Dice, diceOf, pick, share, weighted, whole } from './dice.ts';

/**
 * What the operator's data warehouse knows of each of the 300,000 people: a row per person, everything from the seed, his number, what he ordered
 * and the day. Own customers are known well, off-net ones as far as the market tells. Money in fen. Null: unknown.
 */

export const PEOPLE = 300_000;

/** What the orders of a person say; absent: he never ordered. */
export interface Ordered {
  readonly orders: number;
  /** `yyyy-MM-dd` */
  readonly last: string;
  readonly broadband: boolean;
  /** The day of the first card that he ordered, `yyyy-MM-dd`: since then he is a customer; null: he ordered none. */
  readonly card: string | null;
  readonly faults: number;
  readonly faultOpen: boolean;
  /** A line that he ordered lately found no free port. */
  readonly waitsForPort: boolean;
}

/** The morning on which the file is written: the day, its number since 1970, the days of its month so far and of the month before. */
export interface Morning {
  readonly day: number;
  readonly ofMonth: number;
  readonly ofMonthBefore: number;
}

type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

const DAY_MS = 86_400_000;

/** From "2026-11-22". */
export function morningOf(date: string): Morning {
  const [y = 0, m = 1, d = 1] = date.split('-').map(Number);
  return { day: Date.UTC(y, m - 1, d) / DAY_MS, ofMonth: d, ofMonthBefore: new Date(Date.UTC(y, m - 1, 0)).getUTCDate() };
}

/** Days that do not move with the morning are counted from here: 1 November 2026. */
const ANCHOR = 20_758;
const MONTH_DAYS = 30.44;

const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

const PLANS = [
  ['轻享 19 元', 1_900],
  ['畅聊 39 元', 3_900],
  ['畅享 59 元', 5_900],
  ['5G 畅爽 99 元', 9_900],
  ['5G 畅爽 129 元', 12_900],
  ['融合 169 元', 16_900],
  ['融合 199 元', 19_900],
  ['尊享 299 元', 29_900],
] as const;
const SPEEDS = ['100M', '300M', '500M', '1000M'] as const;
const CHANNELS = ['线上', '营业厅', '上门', '电话'] as const;
const INTERESTS = ['视频', '游戏', '音乐', '阅读', '出行', '购物', '教育', '健康'] as const;
const OTHER_NETWORKS = ['甲网', '乙网', '丙网'] as const;

/** Of people with another operator, the building is inferred for so many; of the others only the estate. */
const BUILDING_INFERRED = 0.4;

/** 37.4 in a hundred from the beginning, and whoever ordered a line or a card. */
const isOwn = (seed: number, n: number, ordered: Ordered | undefined): boolean =>
  share(seed, 'own', n) < 0.374 || ordered?.broadband === true || (ordered?.card ?? null) !== null;

const normal = (dice: Dice): number => (dice() + dice() + dice() + dice() - 2) * 1.7;
const within = (value: number, low: number, high: number): number => Math.round(Math.min(high, Math.max(low, value)));
/** A score of 0 to 1000 from log-odds. */
const scored = (z: number): number => within(1_000 / (1 + Math.exp(-z)), 0, 1_000);

/** Person `n` (from 0) as the file of this morning has him. */
export function rowOf(city: City, n: number, ordered: Ordered | undefined, morning: Morning): Row {
  const { number, name, idNumber, phone, address, home, grid } = customerOf(city, n);
  const dice = diceOf(city.seed, 'warehouse', n);
  const own = isOwn(city.seed, n, ordered);
  const inferred = own || share(city.seed, 'building', n) < BUILDING_INFERRED;
  const known = { area: grid.code, estate: home.estate, building: inferred ? home.building : null };
  const age = within(42 + 15 * normal(dice), 16, 92);
  const gender = chance(dice, 0.51) ? '男' : '女';
  if (!own) return { key: number, own, ...known, ...portedIn(city, n), ...offNet(dice, age, gender) };
  const quality = within(10 * (78 + 16 * (share(city.seed, 'quality', grid.code) - 0.5) + 5 * normal(dice)), 0, 1_000) / 10;
  const person = { name, phone, idNumber, address };
  return {
    key: number,
    own,
    ...known,
    ...person,
    gender,
    age,
    kqi: quality,
    ...ownFacts(dice, { age, quality, ordered, n, seed: city.seed }, morning),
  };
}

/** One in two thousand has come over with his number, and the market's list has not heard of it: his phone is that of one of our own people. */
function portedIn(city: City, n: number): Record<string, Cell> {
  if (share(city.seed, 'ported', n) >= 0.0005) return {};
  const after = Array.from({ length: 40 }, (_, i) => (n + 1 + i) % PEOPLE).find((m) => isOwn(city.seed, m, undefined));
  return after === undefined ? {} : { phone: customerOf(city, after).phone };
}

/** Of people with another operator little is known, much of it inferred; personal is at most a phone. */
function offNet(dice: Dice, age: number, gender: string): Record<string, Cell> {
  const inferred = chance(dice, 0.45);
  return {
    age: inferred ? age : null,
    gender: inferred ? gender : null,
    'competitor.operator': pick(dice, OTHER_NETWORKS),
    'competitor.contractEnds': chance(dice, 0.3) ? dateOf(ANCHOR + whole(dice, -30, 700)) : null,
    'competitor.spending': chance(dice, 0.5) ? within(7_000 + 3_500 * normal(dice), 900, 40_000) : null,
    'consent.call': chance(dice, 0.18),
    'consent.sms': chance(dice, 0.22),
    'score.winBack': scored(-1.6 + 0.9 * normal(dice)),
  };
}

interface Known {
  readonly age: number;
  readonly quality: number;
  readonly ordered: Ordered | undefined;
  readonly n: number;
  readonly seed: number;
}

function ownFacts(dice: Dice, k: Known, m: Morning): Record<string, Cell> {
  const wealth = normal(dice);
  const loyal = normal(dice);
  const [plan, fee] = PLANS[within(2.6 + 1.7 * wealth, 0, PLANS.length - 1)]!;
  const card = k.ordered?.card ?? null;
  const months = within(46 + 30 * loyal + 0.4 * (k.age - 40), 1, 240);
  const joined = card === null ? ANCHOR - Math.round(MONTH_DAYS * months) : Date.parse(card) / DAY_MS;
  const tenure = Math.max(0, Math.floor((m.day - joined) / MONTH_DAYS));
  const prepaid = fee < 3_000 ? chance(dice, 0.7) : chance(dice, 0.12);
  const broadband = k.ordered?.broadband === true || chance(dice, 0.28 + (fee > 12_000 ? 0.5 : 0));
  const fiveGPhone = chance(dice, within(100 * (0.75 - (k.age - 30) / 110), 8, 95) / 100);
  const fiveG = fee >= 9_900 && fiveGPhone;
  const usual = fee + within(1_200 + 900 * normal(dice), 0, 9_000);
  const leaving = 0.9 * normal(dice) - 0.7 * loyal + (70 - k.quality) / 18 - 2.2 - (broadband ? 0.6 : 0);
  const drop = chance(dice, 0.008) ? 0.3 + 0.6 * dice() : leaving > 0 ? 0.35 * dice() : 0;
  const daily = usual / 30;
  const [before, now] = [Math.round(daily * m.ofMonthBefore), Math.round(daily * (1 - drop) * m.ofMonth)];
  const silentDays = chance(dice, leaving > 0.5 ? 0.12 : 0.003) ? whole(dice, 3, 45) : whole(dice, 0, 1);
  const fallen = chance(dice, 0.004);
  const ends = ANCHOR + whole(dice, -500, 730);
  const contract = ends >= m.day && chance(dice, 0.3);
  const interest = pick(dice, INTERESTS);
  return {
    joined: dateOf(joined),
    tenure,
    'plan.name': plan,
    'plan.fee': fee,
    'plan.prepaid': prepaid,
    fiveG,
    'fiveG.phone': fiveGPhone,
    broadband,
    'broadband.speed': broadband ? SPEEDS[within(1.4 + 0.8 * wealth, 0, 3)]! : null,
    iptv: broadband && chance(dice, 0.58),
    fttr: broadband && fee > 16_000 && chance(dice, 0.35),
    secondaryCards: weighted(dice, [
      [0, 6],
      [1, 3],
      [2, 1],
    ] as const),
    'family.size': chance(dice, 0.7) ? whole(dice, 1, 6) : null,
    arpu: usual,
    'arpu.before': fallen ? within(11_000 + 4_000 * dice(), 10_000, 40_000) : within(usual * (1 + 0.15 * dice()), 0, 60_000),
    'bill.current': now,
    'bill.previous': before,
    'days.current': m.ofMonth,
    'days.previous': m.ofMonthBefore,
    'balance.amount': chance(dice, 0.006) ? whole(dice, -3_000, 499) : whole(dice, 500, 20_000),
    'data.used': within(10 * (22 + 14 * normal(dice) + (k.age < 35 ? 12 : 0)), 0, 2_000) / 10,
    'voice.minutes': within(180 + 110 * normal(dice), 0, 2_400),
    'voice.silentDays': silentDays,
    'usage.otherThanVoice': whole(dice, 0, 60),
    'forward.foreignDays': chance(dice, 0.008) ? whole(dice, 3, 20) : 0,
    'contract.kind': contract ? pick(dice, ['租机', '存费送费', '宽带合约', '靓号']) : null,
    'contract.ends': contract ? dateOf(ends) : null,
    'stop.requested': share(k.seed, 'stop', k.n, m.day) < 0.0004 ? dateOf(m.day) : null,
    credit: within(620 + 90 * loyal + 0.8 * (tenure - 40), 300, 900),
    star: tenure < 6 ? null : ['一星', '二星', '三星', '四星', '五星'][within(1.5 + wealth + 0.8 * loyal, 0, 4)]!,
    tier: wealth > 1 ? '高' : wealth > -0.4 ? '中' : '低',
    lifecycle: tenure < 4 ? '识别' : tenure < 18 ? '成长' : leaving > 0.8 ? '预警' : '成熟',
    'app.activeDays': within(9 + 8 * normal(dice) - (k.age - 45) / 6, 0, 31),
    wecom: chance(dice, 0.24),
    'channel.preferred': chance(dice, 0.8) ? pick(dice, CHANNELS) : null,
    interest: chance(dice, 0.65) ? interest : null,
    complaints: Math.max(0, Math.round((72 - k.quality) / 12 + normal(dice))),
    faults: k.ordered?.faults ?? 0,
    'fault.open': k.ordered?.faultOpen ?? false,
    orders: k.ordered?.orders ?? 0,
    'orders.last': k.ordered?.last ?? null,
    'consent.call': chance(dice, 0.62),
    'consent.sms': chance(dice, 0.71),
    'consent.app': chance(dice, 0.55),
    'consent.wechat': chance(dice, 0.3),
    'consent.visit': chance(dice, 0.26),
    'score.churn': scored(leaving),
    'score.fiveG': scored((fiveG ? -4 : -0.8) + (fiveGPhone ? 1.1 : -0.9) + 0.5 * wealth),
    'score.broadband': scored((broadband ? -5 : -0.6) + 0.4 * wealth + (k.age > 28 && k.age < 55 ? 0.5 : -0.2)),
    'score.terminal': scored((fiveGPhone ? -1.6 : -0.2) + 0.5 * wealth + 0.3 * normal(dice)),
    // asked, not gone: whoever is about to leave asks more often, and many do who stay
    'portOut.asked': chance(dice, 1 / (1 + Math.exp(-1.2 * leaving - 0.2))),
  };
}
