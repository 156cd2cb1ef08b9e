import { type Actor, may } from '#platform/actor';
import { CSV_BEGIN, csvLine } from '#platform/csv';
import type { House } from '#platform/module';
import * as store from './caseStore.ts';
import { rowsOf } from './cases.ts';
import type { CaseRow } from './contract.ts';
import type { Supply } from './supply.ts';

/** Cases as a file, a portion at a time: columns by right, never a note, and on each line who took it and when. */

const PORTION = 500;

const STATES = {
  zh: { open: '待办', suppressed: '暂缓', taken: '办理中', closed: '已办结' },
  en: { open: 'open', suppressed: 'held back', taken: 'taken', closed: 'closed' },
} as const;

type Lang = keyof typeof STATES;
interface Column {
  readonly zh: string;
  readonly en: string;
  /** Only for whoever has this right too. */
  readonly right?: string;
  readonly of: (row: CaseRow, lang: Lang) => string;
}

const COLUMNS: readonly Column[] = [
  { zh: '工单号', en: 'Case', of: (r) => r.id },
  { zh: '状态', en: 'State', of: (r, lang) => STATES[lang][r.state] },
  { zh: '暂缓原因', en: 'Held back because', of: (r, lang) => r.because?.names[lang] ?? '' },
  { zh: '优先级', en: 'Priority', of: (r) => String(r.priority) },
  { zh: '客户', en: 'Customer', right: 'customer:see', of: (r) => r.customer.name ?? '' },
  { zh: '客户标识', en: 'Customer id', right: 'customer:see', of: (r) => r.customer.id ?? '' },
  { zh: '区域', en: 'Area', of: (r) => r.customer.area ?? '' },
  { zh: '命中规则', en: 'Rules', of: (r, lang) => r.rules.map((one) => one.names[lang]).join('; ') },
  { zh: '依据', en: 'Evidence', of: (r, lang) => r.rules.map((one) => one.evidence.map((e) => `${e.names[lang]}=${e.last ?? ''}`).join(', ')).join('; ') },
  { zh: '生成日期', en: 'Opened on', of: (r) => r.openedOn },
  { zh: '最近命中', en: 'Spoke last on', of: (r) => r.lastSpokeOn },
  { zh: '办理人', en: 'Holder', of: (r) => r.holder ?? '' },
  { zh: '领取时间', en: 'Taken at', of: (r) => r.takenAt ?? '' },
  { zh: '结果', en: 'Outcome', of: (r, lang) => r.outcome?.names[lang] ?? '' },
  { zh: '原因', en: 'Cause', of: (r, lang) => r.cause?.names[lang] ?? '' },
  { zh: '办结时间', en: 'Closed at', of: (r) => r.closedAt ?? '' },
]; // biome-ignore format: a column a line

/** The columns that the caller's file has. */
export const columnsFor = (actor: Actor): readonly Column[] => COLUMNS.filter((c) => c.right === undefined || may(actor, c.right));

interface Wanted {
  readonly filter: store.CaseFilter;
  readonly actor: Actor;
  readonly lang: Lang;
  /** Epoch ms. */
  readonly at: number;
}

/** The file's text, beginning with its head. */
export async function* csvOf(house: House, supply: Supply, { filter, actor, lang, at }: Wanted): AsyncGenerator<string> {
  const columns = columnsFor(actor);
  const mark = `${actor.name} ${new Date(at).toISOString()}`;
  yield CSV_BEGIN + csvLine([...columns.map((c) => c[lang]), { zh: '导出', en: 'Export' }[lang]]);
  for (let after: readonly [number, number] | undefined; ; ) {
    const cases = await store.listCases(house.db, filter, actor.areas, { limit: PORTION, after });
    const rows = await rowsOf(house, supply, actor, cases);
    if (rows.length > 0) yield rows.map((r) => csvLine([...columns.map((c) => c.of(r, lang)), mark])).join('');
    const last = cases.at(-1);
    if (last === undefined || cases.length < PORTION) return;
    after = [last.priority, last.id];
  }
}
