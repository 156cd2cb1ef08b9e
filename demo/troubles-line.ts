import type { Data } from './details.ts';
import { between, chance, pick, weighted, whole } from './dice.ts';
import { SHARES } from './shares.ts';
import { later, scenarioOf } from './trade.ts';
import type { Outcome, Trouble } from './troubles.ts';
import { pass, passHours, plan, report, visitTimes, type Walk } from './walk.ts';

/** What goes wrong with orders that need a line and a visit (`scenarios.md` §5, E1–E11, E19). */

const S = SHARES.line;
const field = { holder: 'installer' } as const;
const MINUTE = 60_000;

/** Somebody else of the team, so that the former holder's time ends. */
function changeInstaller(w: Walk): void {
  w.installer = pick(
    w.dice,
    w.case.team.members.filter((m) => m !== w.installer),
  );
}

/** Calls that nobody takes: the third makes a wait. */
function noAnswer(w: Walk): Outcome {
  const times = weighted(w.dice, [
    [1, 5],
    [2, 3],
    [3, 2],
  ] as const);
  for (let attempt = 1; attempt <= times; attempt++) {
    pass(w, { p50: 1_200, p90: 3_600 }, 'installer');
    report(w, 'field', 'customer.no-answer', { ...field, data: { attempt, reason: '用户未接电话' } });
    passHours(w, 2, 6, 'installer');
  }
  if (times < 3) return undefined;
  passHours(w, 4, 40, 'installer');
  return chance(w.dice, 0.12) && w.scenario.exceptions.includes('E11') ? cancel(w, '不想装') : undefined;
}

function notReady(w: Walk): Outcome {
  const until = later(w.at, between(w.dice, 3, 14) * 12 * 3_600, 'installer', w.city.zone);
  report(w, 'field', 'wait.customer-not-ready', {
    ...field,
    data: { until, reason: pick(w.dice, ['装修', '未交房', '出差']), proof: '客户短信确认' },
  });
  w.at = until;
  report(w, 'field', 'customer.called', field);
  return undefined;
}

/** E2: another slot, with whose wish it was; the customer's own stops his clock, a false one is disputed. */
function reappoint(w: Walk): Outcome {
  if (w.arrival === undefined) return undefined;
  w.at = Math.min(later(w.at, between(w.dice, 0.3, 5) * 3_600, 'installer', w.city.zone), Math.max(w.at, w.arrival - 20 * MINUTE));
  const isFalse = chance(w.dice, S.falselyReappointed);
  const byCustomer = isFalse || chance(w.dice, 0.7);
  w.pace = chance(w.dice, 0.3) ? 2.5 : 1.2;
  plan(w, visitTimes(w.scenario));
  w.pace = 1;
  const slot = { slotFrom: w.slot![0], slotTo: w.slot![1] };
  const reason = byCustomer
    ? pick(w.dice, ['客户临时有事', '客户加班', '家中无人'])
    : pick(w.dice, ['装维人员紧张', '车辆故障', '前一单超时']);
  const system = byCustomer && !isFalse && chance(w.dice, 0.5) ? 'glasshouse' : 'field';
  const proof: Data = isFalse ? {} : { proof: system === 'glasshouse' ? '客户在链接中改约' : '通话录音' };
  report(w, system, 'appointment.changed', {
    ...(system === 'field' ? field : {}),
    data: { ...slot, by: byCustomer ? 'customer' : 'operator', reason, ...proof },
  });
  w.at += whole(w.dice, 20, 240) * 1_000;
  report(w, 'field', 'appointment.confirmed', { ...field, data: slot });
  if (byCustomer)
    report(w, 'field', 'wait.customer-reappointed', { ...field, at: w.at + 1_000, data: { until: slot.slotFrom, reason, ...proof } });
  if (isFalse) {
    const at = w.at + whole(w.dice, 30, 300) * MINUTE;
    report(w, 'glasshouse', 'completion.disputed', { at, holder: 'customer', data: { reason: '虚假改约', proof: '客户称未提出改约' } });
  }
  return undefined;
}

/** E3: nothing free near by; the scenario's own construction follows, or that of new lines. */
function noPort(w: Walk): Outcome {
  const metres = whole(w.dice, 180, 900);
  pass(w, { p50: 120, p90: 3_600 }, 'resource');
  const until = later(w.at, between(w.dice, 5, 12) * 9 * 3_600, 'build', w.city.zone);
  report(w, 'workorder', 'resource.none', {
    holder: 'resource',
    data: { reason: '无空闲端口', until, metres, proof: `距最近分纤箱 ${metres} 米` },
  });
  if (chance(w.dice, 0.15)) {
    passHours(w, 4, 60, 'desk');
    return cancel(w, pick(w.dice, ['无资源', '等太久', '竞争对手']));
  }
  if (w.scenario.milestones.some((m) => m.id === 'built')) return undefined;
  for (const step of scenarioOf('broadband-new').milestones.find((m) => m.id === 'built')!.steps) {
    pass(w, step, 'build');
    report(w, 'construction', step.type, { holder: 'build' });
  }
  return undefined;
}

/** E4: the record was wrong; a new port, and everything after it again, faster than the first time. */
function wrongPort(w: Walk): Outcome {
  pass(w, { p50: 1_200, p90: 2_400 }, 'installer');
  report(w, 'field', 'resource.wrong', {
    ...field,
    data: { reason: pick(w.dice, ['端口被占', '地址挂错', '分光器无光']), photo: 'IMG-01' },
  });
  w.pace = 0.4;
  return { back: 'resource.allocated' };
}

function badLine(w: Walk): Outcome {
  pass(w, { p50: 900, p90: 2_400 }, 'installer');
  const readingDbm = -Math.round(between(w.dice, 27.1, 31.5) * 10) / 10;
  report(w, 'field', 'line.bad', { ...field, data: { readingDbm, reason: '光衰超标' } });
  if (chance(w.dice, 0.7)) {
    passHours(w, 0.3, 1, 'installer');
    return undefined;
  }
  const until = w.at + 12 * 3_600_000;
  report(w, 'field', 'wait.line-fault', {
    ...field,
    at: w.at + 60_000,
    data: { until, readingDbm, proof: `接收光功率 ${readingDbm} dBm` },
  });
  passHours(w, 3, 20, 'noc');
  report(w, 'workorder', 'wait.ended', { holder: 'noc', data: { reason: '线路已修复' } });
  passHours(w, 0.5, 3, 'installer');
  return undefined;
}

function activationFails(w: Walk): Outcome {
  pass(w, { p50: 45, p90: 300 }, 'system');
  report(w, 'workorder', 'activation.failed', { data: { reason: pick(w.dice, ['AAA 无响应', 'LOID 冲突', '速率模板缺失']), attempt: 1 } });
  pass(w, { p50: 600, p90: 3_600 }, 'provision');
  return undefined;
}

function returned(w: Walk): Outcome {
  pass(w, { p50: 2_400, p90: 10_800 }, 'installer');
  report(w, 'field', 'work.returned', {
    ...field,
    data: { reason: pick(w.dice, ['地址不符', '跨区', '无法联系', '客户要求更换时间', '缺少物料']) },
  });
  changeInstaller(w);
  return { back: 'work.dispatched' };
}

function reassigned(w: Walk): Outcome {
  pass(w, { p50: 5_400, p90: 14_400 }, 'dispatch');
  changeInstaller(w);
  report(w, 'workorder', 'work.reassigned', { holder: 'dispatch', data: { reason: pick(w.dice, ['任务过多', '人员请假', '就近调度']) } });
  return { back: 'work.taken' };
}

function siteBlocked(w: Walk): Outcome {
  w.at = Math.max(w.at, w.arrival ?? w.at);
  report(w, 'field', 'site.blocked', {
    ...field,
    data: { reason: pick(w.dice, ['物业不让进', '弱电井上锁', '小区有独家协议']), proof: '现场照片', photo: 'IMG-02' },
  });
  passHours(w, 3, 30, 'building');
  report(w, 'glasshouse', 'wait.ended', { holder: 'building', data: { reason: '物业已同意' } });
  plan(w, visitTimes(w.scenario));
  return undefined;
}

/** E10: one of the two was not there; another appointment. */
const absent =
  (type: 'visit.customer-absent' | 'visit.missed') =>
  (w: Walk): Outcome => {
    if (w.arrival !== undefined)
      w.at = Math.max(w.at, type === 'visit.missed' ? (w.slot?.[1] ?? w.at) + 20 * MINUTE : w.arrival + 10 * MINUTE);
    report(w, 'field', type, { ...field, data: { reason: type === 'visit.missed' ? '前一单超时' : '客户不在家' } });
    w.pace = 0.8;
    return { back: 'appointment.confirmed' };
  };

function writeBackFails(w: Walk): Outcome {
  pass(w, { p50: 300, p90: 1_800 }, 'system');
  report(w, 'business', 'completion.write-failed', { data: { reason: pick(w.dice, ['订单被锁', '账务周期关账', '接口超时']) } });
  passHours(w, 2, 26, 'desk');
  return undefined;
}

/** E11: asked to withdraw, and withdrawn. */
export function cancel(w: Walk, reason: string): Outcome {
  report(w, 'ordercentre', 'order.cancel-requested', { holder: 'seller', data: { reason } });
  pass(w, { p50: 900, p90: 14_400 }, 'desk');
  report(w, 'ordercentre', 'order.cancelled', { holder: 'desk', data: { reason } });
  return 'over';
}

function withdraw(w: Walk): Outcome {
  pass(w, { p50: 7_200, p90: 80_000 }, 'customer');
  const reasons = [
    ['等太久', 4],
    ['不想装', 3],
    ['竞争对手', 2],
    ['价格', 2],
    ['重复', 1],
  ] as const;
  return cancel(w, weighted(w.dice, reasons));
}

const ACTIVATION = ['activation.done', 'port.switched'];
/** Where a line order may be given up: before it is dispatched, before the call, before the visit. */
const GIVE_UP = [['resource.allocated'], ['customer.called', 'appointment.confirmed'], ['visit.arrived']];
const isLine = (w: Walk): boolean => w.scenario.exceptions.includes('E4');

export const LINE_TROUBLES: readonly Trouble[] = [
  { before: ['resource.allocated', 'construction.requested'], of: 'E3', share: (w) => (w.case.ways.noPort ? 1 : 0), play: noPort },
  ...GIVE_UP.map(
    (before): Trouble => ({
      before,
      of: 'E11',
      share: (w) => (isLine(w) ? (S.withdrawn - 0.15 * S.noPort) / GIVE_UP.length : 0),
      play: withdraw,
    }),
  ),
  { before: ['customer.called', 'appointment.confirmed'], of: 'E9', back: 'work.taken', share: () => S.reassigned, play: reassigned },
  { before: ['customer.called', 'appointment.confirmed'], of: 'E8', back: 'work.dispatched', share: () => S.returned, play: returned },
  { before: ['customer.called', 'appointment.confirmed'], of: 'E1', share: () => S.noAnswer, play: noAnswer },
  { before: ['appointment.confirmed'], of: 'customer-not-ready', back: 'customer.called', share: () => S.notReady, play: notReady },
  { before: ['visit.started', 'visit.arrived'], of: 'E2', back: 'appointment.confirmed', share: () => S.reappointed, play: reappoint },
  {
    before: ['visit.started', 'visit.arrived'],
    of: 'E2',
    back: 'appointment.confirmed',
    share: () => 0.12 * S.reappointed,
    play: reappoint,
  },
  { before: ['visit.arrived'], of: 'E10', back: 'appointment.confirmed', share: () => S.missed, play: absent('visit.missed') },
  {
    before: ['visit.arrived'],
    of: 'E10',
    back: 'appointment.confirmed',
    share: () => S.customerAbsent,
    play: absent('visit.customer-absent'),
  },
  { before: ['visit.arrived'], of: 'E6', share: () => S.siteBlocked, play: siteBlocked },
  { before: ['line.connected'], of: 'E4', back: 'resource.allocated', share: () => S.wrongPort, play: wrongPort },
  { before: ['line.connected'], of: 'E5', share: () => S.attenuation, play: badLine },
  { before: ACTIVATION, of: 'E7', share: () => S.activationFails, play: activationFails },
  { before: ['trade.completed'], of: 'E19', share: () => S.writeBackFails, play: writeBackFails },
];
