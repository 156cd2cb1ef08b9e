import type { Result } from './contract.ts';
import { LIKELY, OWN, type Where } from './figures.ts';

/** The scoring table of the homes to visit, as data that is published; and what it makes of people. Pure. */

interface Names {
  readonly zh: string;
  readonly en: string;
}

/** How a fact is put into a row's sentence: as it is, as a date, as days from today, as yuan of fen. */
export type Form = 'value' | 'date' | 'days' | 'yuan';

export interface Row {
  readonly id: string;
  /** Of the rows of one group that hold for somebody, the one with the most points counts. */
  readonly group: string;
  readonly points: number;
  /** Who it holds for, among the grid's own customers. */
  readonly where: Where;
  /** Only where the building is known and has a free port. */
  readonly freePorts: boolean;
  /** The reason in words; `{fact}` stands for what is told of the customer, `{ports}` for the building's free ports. */
  readonly says: Names;
  readonly tells: { readonly tag: string; readonly as: Form } | null;
}

const row = (
  id: string,
  group: string,
  points: number,
  where: Where,
  [zh, en]: readonly [string, string],
  tells: Row['tells'] = null,
  freePorts = false,
): Row => ({ id, group, points, where, says: { zh, en }, tells, freePorts });

const contractWithin = (from: number, to: number): Where => ({ tag: 'contract.ends', from: { days: from }, to: { days: to } });

/** The first row is worth more than all others together: whose line is broken comes first. */
export const ROWS: readonly Row[] = [
  row('fault', 'fault', 200, { tag: 'fault.open', is: true }, ['故障还没修好', 'a fault is still open']),
  row('stop', 'leaving', 50, { tag: 'stop.requested', from: { days: -7 } }, ['{fact} 申请停机', 'asked to stop on {fact}'], {
    tag: 'stop.requested',
    as: 'date',
  }),
  row('churn', 'leaving', 30, { tag: 'score.churn', from: LIKELY.churn }, ['离网倾向 {fact} 分', 'churn score {fact}'], {
    tag: 'score.churn',
    as: 'value',
  }),
  row('contract-30', 'contract', 30, contractWithin(0, 30), ['合约 {fact} 天后到期', 'the contract ends in {fact} days'], {
    tag: 'contract.ends',
    as: 'days',
  }),
  row('contract-90', 'contract', 15, contractWithin(31, 90), ['合约 {fact} 天后到期', 'the contract ends in {fact} days'], {
    tag: 'contract.ends',
    as: 'days',
  }),
  row(
    'need-broadband',
    'broadband',
    25,
    {
      and: [
        { tag: 'broadband', is: false },
        { tag: 'score.broadband', from: LIKELY.broadband },
      ],
    },
    ['没有宽带，倾向 {fact} 分，本楼空端口 {ports} 个', 'no broadband, score {fact}, free ports in the building: {ports}'],
    { tag: 'score.broadband', as: 'value' },
    true,
  ),
  row(
    'need-five-g',
    'five-g',
    12,
    {
      and: [
        { tag: 'fiveG', is: false },
        { tag: 'score.fiveG', from: LIKELY.fiveG },
      ],
    },
    ['5G 倾向 {fact} 分', '5G score {fact}'],
    { tag: 'score.fiveG', as: 'value' },
  ),
  row('spends-150', 'value', 20, { tag: 'arpu', from: 15_000 }, ['月均消费 {fact} 元', 'spends {fact} yuan a month'], {
    tag: 'arpu',
    as: 'yuan',
  }),
  row('spends-80', 'value', 10, { tag: 'arpu', from: 8_000, to: 14_999 }, ['月均消费 {fact} 元', 'spends {fact} yuan a month'], {
    tag: 'arpu',
    as: 'yuan',
  }),
  row('complaints', 'care', 10, { tag: 'complaints', from: 2 }, ['一年投诉 {fact} 次', '{fact} complaints in a year'], {
    tag: 'complaints',
    as: 'value',
  }),
];

/** Whom the list may hold at all, in this order; each line leaves fewer. What is not a definition is looked up (`homes.ts`). */
export interface Condition {
  readonly id: string;
  readonly names: Names;
  readonly where: Where | null;
}

const condition = (id: string, zh: string, en: string, where: Where | null): Condition => ({ id, names: { zh, en }, where });

export const CONDITIONS: readonly Condition[] = [
  condition('own', '在网客户', 'own customers', OWN),
  condition('consent', '同意上门', 'agreed to visits', { tag: 'consent.visit', is: true }),
  condition('undisturbed', '不在免打扰名单', 'not on the do-not-disturb list', {
    or: [
      { tag: 'doNotDisturb', is: false },
      { tag: 'doNotDisturb', known: false },
    ],
  }),
  condition('scored', '有上门的理由', 'with a reason to visit', null),
  condition('standing', '住处没有拆除或并掉', 'in a place that stands', null),
  condition('rested', '近期没有走访过', 'not visited lately', null),
  condition('not-in-talk', '挽留坐席没有正在跟进', 'not in talk with the retention desk', null),
];

export const VERSION = 2;
export const MOST = 10;

/** For how many days a home is left alone after each result. */
export const QUIET_DAYS: Readonly<Record<Result, number>> = { 'not-at-home': 3, talked: 30, deal: 90, refused: 180 };

export interface Scored {
  readonly ordinal: number;
  readonly score: number;
  /** The rows that count for him, most points first. */
  readonly rows: readonly Row[];
}

/**
 * Points of people, the best first, equal ones by ordinal (neighbours stand together). `holds`: whom each row holds for, by the row's id; whoever is in
 * `but` is left out.
 */
export function ranked(rows: readonly Row[], holds: ReadonlyMap<string, Iterable<number>>, but: ReadonlySet<number>): Scored[] {
  const best = new Map<number, Map<string, Row>>();
  for (const r of rows)
    for (const ordinal of holds.get(r.id) ?? []) {
      if (but.has(ordinal)) continue;
      const groups = best.get(ordinal) ?? new Map<string, Row>();
      best.set(ordinal, groups);
      const was = groups.get(r.group);
      if (was === undefined || r.points > was.points) groups.set(r.group, r);
    }
  const scored = [...best].map(([ordinal, groups]) => {
    const counting = [...groups.values()].sort((a, b) => b.points - a.points);
    return { ordinal, score: counting.reduce((sum, r) => sum + r.points, 0), rows: counting };
  });
  return scored.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
}

/** What is told of one customer: his value of the row's tag (a day as days since 1970-01-01), and the free ports of his building. */
export interface Told {
  readonly fact: number | null;
  readonly ports: number | null;
}

const DAY_MS = 86_400_000;

const FORMS: Readonly<Record<Form, (fact: number, today: number) => string>> = {
  value: String,
  date: (fact) => new Date(fact * DAY_MS).toISOString().slice(0, 10),
  days: (fact, today) => String(fact - today),
  yuan: (fact) => String(Math.round(fact / 100)),
};

/** The reason in both languages. `today`: days since 1970-01-01. */
export function saysOf({ says, tells }: Row, { fact, ports }: Told, today: number): Names {
  const words: Readonly<Record<string, string>> = {
    fact: tells === null || fact === null ? '…' : FORMS[tells.as](fact, today),
    ports: ports === null ? '…' : String(ports),
  };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '…');
  return { zh: fill(says.zh), en: fill(says.en) };
}

/** On this day a home with its last visit then and with that result may be visited again. */
export const freeFrom = (result: Result, day: number): number => day + QUIET_DAYS[result];
