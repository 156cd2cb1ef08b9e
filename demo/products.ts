/** What is sold, by scenario: [code, name, monthly or whole price in fen]. */
export type Product = readonly [code: string, name: string, fen: number];

const WIFI: readonly Product[] = [
  ['FTTR-2', '全屋光宽带 2 点', 2_000],
  ['FTTR-4', '全屋光宽带 4 点', 4_000],
];
const SIM: readonly Product[] = [
  ['SIM-29', '畅游卡 29 元', 2_900],
  ['SIM-39', '青年卡 39 元', 3_900],
  ['SIM-59', '全国卡 59 元', 5_900],
];

export const PRODUCTS: Readonly<Record<string, readonly Product[]>> = {
  'broadband-new': [
    ['FTTH-300', '宽带 300M', 7_900],
    ['FTTH-1000', '宽带 1000M', 12_900],
  ],
  'bundle-new': [
    ['FUSE-129', '融合 129 元（500M＋手机＋电视）', 12_900],
    ['FUSE-199', '融合 199 元（1000M＋手机＋电视）', 19_900],
  ],
  'broadband-move': [['MOVE', '宽带移机', 10_000]],
  'broadband-speed': [
    ['UP-1000', '提速至 1000M', 3_000],
    ['UP-2000', '提速至 2000M', 6_000],
  ],
  'home-wifi': WIFI,
  'iptv-new': [['IPTV', '高清电视', 1_000]],
  'broadband-cancel': [['CANCEL', '宽带拆机', 0]],
  'sim-online': SIM,
  'sim-store': SIM,
  'sim-port-in': SIM,
  'sim-replace': [['REPLACE', '补换卡', 1_000]],
  'terminal-purchase': [
    ['TERM-A', '合约手机 A', 299_900],
    ['TERM-B', '信用购手机 B', 499_900],
  ],
  'enterprise-fast-line': [['BIZ-500', '政企光快线 500M', 59_900]],
  'enterprise-dedicated-line': [['LEASED-100', '光专线 100M', 480_000]],
  'enterprise-voice': [['TRUNK-30', '语音中继 30 路', 90_000]],
  'fault-repair': [['REPAIR', '故障报修', 0]],
  'outlet-sim-supply': [['LOT-100', '白卡 100 张', 50_000]],
};
