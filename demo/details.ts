import type { Case } from './case.ts';
import { CARRIERS, WAREHOUSES } from './city.ts';
import { between, type Dice, pick, whole } from './dice.ts';

/** What single steps say beside their time: readings, sums, reasons, a carrier's own words. Instants are epoch ms until they are sent. */
export type Data = Record<string, string | number | boolean>;

const CAUSES = ['光纤弯折', '接头松动', '光猫故障', '分纤箱进水', '用户侧网线损坏', '机顶盒死机'];
const SYMPTOMS = ['无法上网', '网速慢', '频繁掉线', '光信号灯闪红', '电视卡顿'];

const received = (dice: Dice) => -Math.round(between(dice, 17, 25) * 10) / 10;
const megabits = (c: Case, dice: Dice) => {
  const sold = Number(/\d{3,4}/.exec(c.product[0])?.[0] ?? 500);
  return Math.round(sold * between(dice, 0.92, 1.04));
};

/** The warehouse that serves the district. */
const fromStock = (c: Case): Data => ({ warehouse: WAREHOUSES[c.grid.district.number % WAREHOUSES.length]! });

type Sayer = (c: Case, dice: Dice) => Data;

const words: Readonly<Record<string, Sayer>> = {
  'line.connected': (_c, dice) => ({ readingDbm: received(dice) }),
  'speed.tested': (c, dice) => ({ speedMbps: megabits(c, dice) }),
  'speed.measured': (c, dice) => ({ speedMbps: megabits(c, dice) }),
  'coverage.tested': (c, dice) => ({ speedMbps: megabits(c, dice), rooms: whole(dice, 3, 6) }),
  'line.retested': (_c, dice) => ({ readingDbm: received(dice) }),
  'line.tested': (_c, dice) => ({ readingDbm: -Math.round(between(dice, 24, 33) * 10) / 10 }),
  'fault.classified': (c, dice) => ({ reason: c.birth.outage?.cause ?? pick(dice, CAUSES) }),
  'fault.located': (_c, dice) => ({ reason: pick(dice, CAUSES) }),
  'ticket.opened': (_c, dice) => ({ reason: pick(dice, SYMPTOMS), channel: pick(dice, ['10010', 'APP', '微信']) }),
  'rating.given': (_c, dice) => ({ stars: dice() < 0.86 ? whole(dice, 4, 5) : whole(dice, 1, 3) }),
  'payment.collected': (c) => ({ amountFen: c.product[2] }),
  'payment.settled': (c) => ({ amountFen: c.product[2] }),
  'queue.taken': (_c, dice) => ({ queue: `A${whole(dice, 1, 160)}`, counter: whole(dice, 1, 8) }),
  'box.allocated': fromStock,
  'terminal.issued': fromStock,
  'cards.picked': fromStock,
  'kit.loaded': (c) => ({
    ...fromStock(c),
    device: c.scenario === 'home-wifi' ? 'FTTR 套件' : '光猫、机顶盒',
    serial: c.numbers.ontSn ?? '',
  }),
  'port.refused': (_c, dice) => ({ reason: pick(dice, ['未满120天', '合约未到期', '欠费', '停机']) }),
};

/** [carrier's own code, its words] by our step. */
const CARRIER: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'parcel.picked-up': [
    ['GOT', '快件已揽收'],
    ['50', '已收件'],
    ['PU-1', '揽件成功'],
  ],
  'parcel.in-transit': [
    ['DEPARTURE', '快件已发往琉璃市转运中心'],
    ['30', '运输中'],
    ['TR-2', '到达分拨中心'],
  ],
  'parcel.out-for-delivery': [
    ['SENT_SCAN', '快递员正在派件'],
    ['44', '派送中'],
    ['OD-1', '已出站派送'],
  ],
  'parcel.delivered': [
    ['SIGNED', '已签收'],
    ['80', '已妥投'],
    ['DL-9', '本人签收'],
  ],
  'parcel.refused': [
    ['REFUSE', '收件人拒收'],
    ['70', '拒收'],
    ['EX-3', '客户拒收'],
  ],
  'parcel.stuck': [
    ['STAY', '快件滞留网点'],
    ['36', '异常滞留'],
    ['EX-1', '滞留'],
  ],
  'parcel.lost': [
    ['LOST', '快件遗失'],
    ['99', '丢失'],
    ['EX-9', '遗失'],
  ],
  'parcel.returned': [
    ['RETURN', '退回寄件方'],
    ['648', '退回'],
    ['RT-1', '退件'],
  ],
};

export function detailsOf(c: Case, type: string, dice: Dice): Data | undefined {
  const said = CARRIER[type];
  if (said === undefined || type === 'parcel.packed') return words[type]?.(c, dice);
  const carrier = Number(c.no) % 3;
  const [code, text] = said[carrier]!;
  return {
    carrier: CARRIERS[carrier]!,
    code,
    text,
    place: type === 'parcel.picked-up' ? '琉璃市仓储中心' : `${c.grid.district.names.zh}营业部`,
  };
}

/** What the ordering event says. */
export const orderDetails = (c: Case): Data => ({
  place: c.grid.district.kind === 'country' ? 'country' : 'city',
  productName: c.product[1],
  amountFen: c.product[2],
});

/** Fields that the sources declare open: facts without a person in them. */
export const OPEN_FIELDS = [
  'productName',
  'amountFen',
  'stars',
  'channel',
  'carrier',
  'code',
  'text',
  'queue',
  'counter',
  'device',
  'warehouse',
  'serial',
  'rooms',
  'attempt',
  'metres',
  'team',
  'photo',
];
