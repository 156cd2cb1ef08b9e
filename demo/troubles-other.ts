import { chance, pick, weighted } from './dice.ts';
import { SHARES } from './shares.ts';
import { later } from './trade.ts';
import type { Outcome, Trouble } from './troubles.ts';
import { cancel } from './troubles-line.ts';
import { pass, passHours, report, type Walk } from './walk.ts';

/** What goes wrong at desks, counters, stores and on the way of parcels (E12–E18, E23, W4, W5, W10, W12, W13), and what just lies there. */

const S = SHARES.other;
const HOUR = 3_600_000;

/** Cancelled by whoever can: orders by the order centre; a counter sale is simply never finished. */
const refuse = (w: Walk, reason: string): Outcome => {
  if (w.case.root === 'order') report(w, 'ordercentre', 'order.cancelled', { holder: 'review', data: { reason } });
  return 'over';
};

function papersMissing(w: Walk): Outcome {
  pass(w, { p50: 1_200, p90: 7_200 }, 'review');
  const reason = pick(w.dice, ['身份证照片不清', '缺少授权书', '营业执照过期']);
  const online = w.case.root === 'order';
  if (online && w.scenario.exceptions.includes('E12'))
    report(w, 'ordercentre', 'order.review-failed', { holder: 'review', data: { reason } });
  report(w, online ? 'ordercentre' : 'glasshouse', 'wait.papers-missing', {
    holder: 'desk',
    at: w.at + 1_000,
    data: { reason, until: w.at + 168 * HOUR },
  });
  pass(w, { p50: 5 * 3_600, p90: 50 * 3_600 }, 'customer');
  report(w, 'glasshouse', 'wait.ended', { data: { reason: '客户已补传' } });
  return undefined;
}

function identityFails(w: Walk): Outcome {
  pass(w, { p50: 60, p90: 600 }, 'customer');
  report(w, 'glasshouse', 'identity.failed', { data: { reason: pick(w.dice, ['人脸比对未通过', '证件过期', '光线不足']), attempt: 1 } });
  pass(w, { p50: 300, p90: 7_200 }, 'customer');
  return undefined;
}

function blocked(w: Walk): Outcome {
  pass(w, { p50: 60, p90: 900 }, 'system');
  report(w, 'ordercentre', 'order.blocked', {
    data: {
      reason: weighted(w.dice, [
        ['风险核查', 3],
        ['一证五号', 2],
      ] as const),
    },
  });
  passHours(w, 1, 20, 'review');
  return chance(w.dice, 0.6) ? refuse(w, '不能办理') : undefined;
}

function duplicate(w: Walk): Outcome {
  pass(w, { p50: 300, p90: 3_600 }, 'desk');
  report(w, 'ordercentre', 'order.duplicate', { holder: 'desk', data: { reason: '重复' } });
  pass(w, { p50: 600, p90: 7_200 }, 'desk');
  return refuse(w, '重复');
}

function arrears(w: Walk): Outcome {
  report(w, 'business', 'account.arrears', { at: w.at + 30_000, data: { reason: '名下有欠费', until: w.at + 24 * HOUR } });
  pass(w, { p50: 3 * 3_600, p90: 20 * 3_600 }, 'customer');
  report(w, 'business', 'wait.ended', { data: { reason: '欠费已缴清' } });
  return undefined;
}

function paymentPending(w: Walk): Outcome {
  const system = w.case.root === 'outletOrder' ? 'glasshouse' : 'ordercentre';
  report(w, system, 'wait.payment-pending', { at: w.at + 60_000, data: { until: w.at + 24 * HOUR, reason: '待付款' } });
  if (w.case.root === 'order' && chance(w.dice, 0.2)) {
    w.at += 24 * HOUR;
    return refuse(w, '超期');
  }
  pass(w, { p50: 2 * 3_600, p90: 16 * 3_600 }, 'customer');
  report(w, system, 'wait.ended', { data: { reason: '已付款' } });
  return undefined;
}

function stockOut(w: Walk): Outcome {
  const until = later(w.at, 30 * 3_600, 'stock', w.city.zone);
  const system = w.case.root === 'order' ? 'ordercentre' : 'glasshouse';
  report(w, system, 'wait.stock-out', {
    at: w.at + 60_000,
    holder: 'stock',
    data: { until, reason: pick(w.dice, ['光猫缺货', '白卡缺货', '机型缺货']) },
  });
  passHours(w, 5, 30, 'stock');
  return undefined;
}

/** E18: a parcel that does not arrive is sent once more under another number, or the order is given up. */
function parcelTrouble(w: Walk): Outcome {
  pass(w, { p50: 10 * 3_600, p90: 30 * 3_600 }, 'courier');
  const type = weighted(w.dice, [
    ['parcel.stuck', 5],
    ['parcel.refused', 3],
    ['parcel.returned', 2],
    ['parcel.lost', 1],
  ] as const);
  report(w, 'logistics', type, { holder: 'courier' });
  if (type === 'parcel.stuck') {
    passHours(w, 6, 24, 'courier');
    return undefined;
  }
  if (type === 'parcel.refused' && w.case.root === 'order' && chance(w.dice, 0.6)) {
    passHours(w, 5, 40, 'desk');
    return refuse(w, '客户拒收');
  }
  passHours(w, 3, 20, 'stock');
  w.parcel = `${w.parcel.slice(0, -1)}9`;
  report(w, 'logistics', 'parcel.picked-up', { holder: 'courier' });
  if (w.case.root !== 'order') report(w, 'glasshouse', 'parcel.sent-again', { holder: 'stock', keys: { parcel: w.parcel } });
  return undefined;
}

function portRefused(w: Walk): Outcome {
  pass(w, { p50: 600, p90: 5_400 }, 'system');
  report(w, 'business', 'port.refused');
  if (chance(w.dice, 0.4) && w.case.root === 'order') {
    passHours(w, 2, 30, 'desk');
    return refuse(w, '原运营商不同意');
  }
  report(w, 'business', 'wait.customer-not-ready', { at: w.at + 60_000, data: { reason: '客户到原运营商处理', until: w.at + 60 * HOUR } });
  pass(w, { p50: 10 * 3_600, p90: 60 * 3_600 }, 'customer');
  report(w, 'business', 'port.submitted');
  return undefined;
}

function otherOperator(w: Walk): Outcome {
  report(w, 'business', 'wait.other-operator', {
    at: w.at + 60_000,
    data: { reason: '等待携出方答复', proof: `NP-${w.case.no}`, until: w.at + 24 * HOUR },
  });
  passHours(w, 3, 20);
  return undefined;
}

function permit(w: Walk): Outcome {
  report(w, 'construction', 'wait.permit', {
    at: w.at + 3 * HOUR,
    holder: 'build',
    data: { reason: '掘路许可', proof: `XK-${w.case.no}`, until: w.at + 240 * HOUR },
  });
  return undefined;
}

/** E25: days of silence, and nobody says why. */
function heldBack(w: Walk): Outcome {
  w.at = later(w.at, (18 + 40 * w.dice()) * 3_600, 'desk', w.city.zone);
  if (w.arrival !== undefined) w.arrival = Math.max(w.arrival, w.at + HOUR);
  return undefined;
}

function giveUp(w: Walk): Outcome {
  pass(w, { p50: 3_600, p90: 40_000 }, 'customer');
  return w.case.root === 'order'
    ? cancel(
        w,
        weighted(w.dice, [
          ['不想装', 2],
          ['价格', 2],
          ['竞争对手', 1],
          ['等太久', 1],
        ] as const),
      )
    : undefined;
}

const isLine = (w: Walk): boolean => w.scenario.exceptions.includes('E4');
const CHECKS = ['order.checked', 'papers.reviewed', 'credit.checked'];
const IDENTITY = ['identity.verified', 'face.verified'];
const QUIET = ['work.dispatched', 'work.taken', 'customer.called', 'resource.allocated', 'parcel.packed', 'design.made', 'device.received'];

export const OTHER_TROUBLES: readonly Trouble[] = [
  { before: CHECKS, of: 'E15', share: () => S.duplicate, play: duplicate },
  { before: CHECKS, of: 'E14', share: (w) => (w.case.root === 'order' ? S.blocked : 0), play: blocked },
  {
    before: ['papers.reviewed', 'identity.verified', 'credit.checked'],
    of: 'papers-missing',
    share: () => S.papersMissing,
    play: papersMissing,
  },
  { before: IDENTITY, of: 'E13', share: () => S.identityFails, play: identityFails },
  { before: ['trade.accepted'], of: 'E16', share: () => S.arrears, play: arrears },
  { before: ['payment.settled'], of: 'payment-pending', share: () => S.paymentPending, play: paymentPending },
  {
    before: ['kit.loaded', 'box.allocated', 'terminal.issued', 'card-range.allocated', 'cards.picked'],
    of: 'stock-out',
    share: () => S.stockOut,
    play: stockOut,
  },
  { before: ['parcel.delivered'], of: 'E18', share: () => S.parcelTrouble, play: parcelTrouble },
  { before: ['port.approved'], of: 'E23', share: () => S.portRefused, play: portRefused },
  { before: ['port.approved'], of: 'other-operator', share: () => S.otherOperator, play: otherOperator },
  { before: ['permit.granted'], of: 'permit', share: () => S.permit, play: permit },
  {
    before: ['box.allocated', 'capability.checked', 'parcel.packed', 'stock.reserved'],
    of: 'E11',
    share: (w) => (isLine(w) ? 0 : S.withdrawn),
    play: giveUp,
  },
  ...QUIET.map((type): Trouble => ({ before: [type], of: 'any', share: () => S.heldBack / 2, play: heldBack })),
];
