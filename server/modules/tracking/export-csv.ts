import type { Reading } from '#platform/aside';
import { CSV_BEGIN, csvLine } from '#platform/csv';
import type { JourneyRow } from './contract.ts';
import type { Lang } from './journey-view.ts';
import * as read from './read-store.ts';
import type { JourneyRecord } from './record.ts';

const PORTION = 500;
const STATES = {
  open: { zh: '在途', en: 'Open' },
  done: { zh: '已完成', en: 'Done' },
  cancelled: { zh: '已撤单', en: 'Cancelled' },
} as const;
const YES = { zh: '是', en: 'yes' } as const;

type Column = readonly [zh: string, en: string, of: (j: JourneyRow, lang: Lang, time: (at: string | null) => string) => string | number];

const COLUMNS: readonly Column[] = [
  ['单号', 'Number', (j) => j.root.value],
  ['单号类型', 'Kind', (j) => j.root.kind],
  ['业务场景', 'Scenario', (j) => j.scenarioName],
  ['状态', 'State', (j, lang) => STATES[j.state][lang]],
  ['阶段', 'Stage', (j) => j.stageName ?? ''],
  ['节点', 'Milestone', (j) => j.milestoneName ?? ''],
  ['当前处理人', 'Holder', (j) => j.holderName ?? ''],
  ['处理工号', 'Handler', (j) => j.handler ?? ''],
  ['处理开始', 'Held since', (j, _, time) => time(j.holderSince)],
  ['等待原因', 'Wait', (j) => j.wait?.name ?? ''],
  ['区域', 'Area', (j) => j.area ?? ''],
  ['开始时间', 'Started', (j, _, time) => time(j.startedAt)],
  ['承诺完成', 'Promised', (j, _, time) => time(j.dueAt)],
  ['结束时间', 'Finished', (j, _, time) => time(j.finishedAt)],
  ['超时', 'Overdue', (j, lang) => (j.overdue ? YES[lang] : '')],
  ['压单', 'Held back', (j, lang) => (j.heldBack ? YES[lang] : '')],
  ['催单次数', 'Urged', (j) => j.urged],
  ['撤单原因', 'Reason', (j) => j.reason ?? ''],
  ['事件数', 'Events', (j) => j.events],
  ['全流程编号', 'Journey', (j) => j.id],
];

/** The list as CSV with a byte order mark, in pieces of text; `time` writes an instant as people there read it. */
export async function* csvOf(
  sql: Reading,
  asked: { filter: read.JourneyFilter; scope: read.Scope; sort: read.Sort; nowUs: number },
  row: (j: JourneyRecord) => JourneyRow,
  lang: Lang,
  time: (at: string) => string,
): AsyncGenerator<string> {
  const orEmpty = (at: string | null) => (at === null ? '' : time(at));
  yield CSV_BEGIN + csvLine(COLUMNS.map(([zh, en]) => (lang === 'zh' ? zh : en)));
  let cursor: readonly [number, string] | undefined;
  for (;;) {
    const rows = await read.listJourneys(sql, asked.filter, asked.scope, asked.nowUs, {
      sort: asked.sort,
      limit: PORTION,
      ...(cursor && { cursor }),
    });
    if (rows.length > 0) yield rows.map((j) => csvLine(COLUMNS.map(([, , of]) => of(row(j), lang, orEmpty)))).join('');
    const last = rows.at(-1);
    if (last === undefined || rows.length < PORTION) return;
    cursor = [last.sort_value, last.id];
  }
}
