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

const ROADS = [
  '琉璃',
  '青釉',
  '白瓷',
  '听雨',
  '望云',
  '鹭影',
  '萤灯',
  '栀子',
  '檐铃',
  '砚台',
  '石舫',
  '菱塘',
  '荇叶',
  '蒲苇',
  '霁月',
  '晚汐',
];
const KINDS = ['路', '街', '巷', '大道'];
const ESTATES = [
  '琉璃园',
  '青瓦里',
  '听雨轩',
  '鹭洲花园',
  '萤火新村',
  '栀香苑',
  '檐下坊',
  '霁新公馆',
  '砚池小区',
  '荷塘里',
  '云台府',
  '石桥新苑',
];

export function streetAddress(dice: Dice): string {
  const street = `${pick(dice, ROADS)}${pick(dice, KINDS)}${whole(dice, 1, 288)}号`;
  const house = `${pick(dice, ESTATES)}${whole(dice, 1, 28)}幢${whole(dice, 1, 4)}单元`;
  return `${street}${house}${whole(dice, 1, 24)}0${whole(dice, 1, 4)}室`;
}

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
