import { CSV_BEGIN, csvLine } from '#platform/csv';
import type { Sql } from '#platform/db';
import { textOf } from '#rule';
import type { Level, Tables } from './contract.ts';
import { type Asked, type Filter, type ListRow, listEnterprises } from './listStore.ts';

/** The rows of a list as a file, a portion at a time. No person stands in it; each line says who took it and when. */

const PORTION = 1_000;
const FEN = 100;

const HEADS = {
  zh: ['客户', '编号', '来源', '区域', '行业', '客户经理', '定位', '价值', '忠诚', '友商关系', '规模', '年收入(元)', '定位始于', '最近拜访', '已约拜访', '应拜访', '导出'],
  en: ['Enterprise', 'Number', 'Source', 'Area', 'Industry', 'Manager', 'Place', 'Value', 'Loyalty', 'Competitors', 'Size', 'Revenue a year (yuan)', 'Placed since', 'Last visit', 'Planned visit', 'Visit due', 'Export'],
} as const; // biome-ignore format: a line a language
const WORDS = {
  zh: { high: '高', middle: '中', low: '低', large: '大中型', small: '中小型' },
  en: { high: 'high', middle: 'middle', low: 'low', large: 'large', small: 'small' },
} as const;

interface Wanted {
  readonly filter: Filter;
  readonly asked: Asked;
  readonly tables: Tables;
  readonly lang: 'zh' | 'en';
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

/** The file's text, beginning with its head. */
export async function* csvOf(sql: Sql, w: Wanted): AsyncGenerator<string> {
  const mark = `${w.by} ${new Date(w.at).toISOString()}`;
  yield CSV_BEGIN + csvLine(HEADS[w.lang]);
  for (let after: readonly [number, string] | undefined; ; ) {
    const rows = await listEnterprises(sql, w.filter, w.asked, { limit: PORTION, after });
    if (rows.length > 0) yield rows.map((r) => csvLine([...cellsOf(r, w), mark])).join('');
    const last = rows.at(-1);
    if (last === undefined || rows.length < PORTION) return;
    after = [last.revenue ?? -1, last.id];
  }
}

function cellsOf(r: ListRow, { tables, lang }: Wanted): string[] {
  const word = (key: Level | 'large' | 'small' | null) => (key === null ? '' : WORDS[lang][key]);
  const day = (d: number | null) => (d === null ? '' : textOf(d));
  return [
    r.name,
    r.key,
    r.source,
    r.area ?? '',
    r.industry ?? '',
    r.manager ?? '',
    r.place === null ? '' : (tables.places.find((p) => p.id === r.place)?.names[lang] ?? r.place),
    word(r.value_level),
    word(r.loyalty_level),
    word(r.competition_level),
    word(r.size),
    r.revenue === null ? '' : (r.revenue / FEN).toFixed(2),
    day(r.since),
    day(r.seen),
    day(r.planned),
    day(r.due),
  ];
}
