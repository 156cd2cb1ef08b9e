import { type Dice, pick, whole } from './dice.ts';

/**
 * Names that nobody bears: surnames are characters that are none, places are nowhere. Numbers that nobody can own: mobile numbers in
 * `12…`, identity numbers of the area 99, SIM cards of 898699, waybills in `GH`.
 */

const SURNAMES = [...'霭霓霁岚汐澜涟漪屿砚釉瓷琉璃瓴檐栀萤蝉鹭鸥鲸栎榭杪橹艄荇苇菱蒲藻苔蕨薇荻芷蘅'];
const GIVEN = [...'一二三四五六七八九十青白朱墨碧翠金银晓暮晴雨云雪霜风川山石田木竹松柏梅兰舟桥灯窗门井泉溪'];

export const personName = (dice: Dice): string => {
  const first = pick(dice, GIVEN);
  return `${pick(dice, SURNAMES)}${first}${dice() < 0.6 ? pick(dice, GIVEN) : ''}`;
};

const ROAD_NAMES = [
  ['琉璃', 'Liuli'],
  ['青釉', 'Qingyou'],
  ['白瓷', 'Baici'],
  ['听雨', 'Tingyu'],
  ['望云', 'Wangyun'],
  ['鹭影', 'Luying'],
  ['萤灯', 'Yingdeng'],
  ['栀子', 'Zhizi'],
  ['檐铃', 'Yanling'],
  ['砚台', 'Yantai'],
  ['石舫', 'Shifang'],
  ['菱塘', 'Lingtang'],
  ['荇叶', 'Xingye'],
  ['蒲苇', 'Puwei'],
  ['霁月', 'Jiyue'],
  ['晚汐', 'Wanxi'],
] as const;
const ROADS = ROAD_NAMES.map(([zh]) => zh);
const KINDS = ['路', '街', '巷', '大道'];
const ESTATE_KINDS = [
  ['园', 'Garden'],
  ['里', 'Lane'],
  ['轩', 'Court'],
  ['花园', 'Gardens'],
  ['新村', 'Village'],
  ['苑', 'Park'],
  ['坊', 'Quarter'],
  ['公馆', 'Mansions'],
  ['小区', 'Estate'],
  ['府', 'Residence'],
  ['新苑', 'New Park'],
  ['家园', 'Homes'],
] as const;

/** The n-th estate of a district (n < 192); no two of one district share a name. */
export function estateName(n: number, district: number): { zh: string; en: string } {
  const at = (n * 37 + district * 11) % (ROAD_NAMES.length * ESTATE_KINDS.length);
  const [road, roadEn] = ROAD_NAMES[at % ROAD_NAMES.length]!;
  const [kind, kindEn] = ESTATE_KINDS[Math.floor(at / ROAD_NAMES.length)]!;
  return { zh: `${road}${kind}`, en: `${roadEn} ${kindEn}` };
}

export const street = (dice: Dice): string => `${pick(dice, ROADS)}${pick(dice, KINDS)}${whole(dice, 1, 288)}号`;

const TRADES = ['灯具', '茶业', '织造', '物流', '电子', '食品', '设计', '医疗器械', '精密机械', '农产品', '教育咨询', '文化传播'];

export const companyName = (dice: Dice): string =>
  `琉璃市${pick(dice, ROADS)}${pick(dice, SURNAMES)}${pick(dice, GIVEN)}${pick(dice, TRADES)}有限公司`;

export const OUTLET_NAMES = ROADS;

/** Spreads whole numbers over [0, 10^digits) so that neighbours look like strangers and no two meet. */
export function scattered(n: number, digits: number): string {
  const size = 10 ** digits;
  return String(Number((BigInt(n) * 7_368_787n + 1_203_467n) % BigInt(size))).padStart(digits, '0');
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An identity number of the area 99…, which no place has, with a right check sign (GB 11643). `n` < 17 million gives each its own. */
export function identityNumber(n: number, district: number): string {
  const born = new Date(Date.UTC(1950, 0, 1) + (((n * 7_919) % 19_000) + 1) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const seventeen = `9900${String(district).padStart(2, '0')}${born}${String(Math.floor(n / 19_000) % 1000).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((s, w, i) => s + w * Number(seventeen[i]), 0);
  return `${seventeen}${'10X98765432'[sum % 11]}`;
}
