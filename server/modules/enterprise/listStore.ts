import type { Sql } from '#platform/db';
import type { EnterpriseIn, Levels, Size, TABS } from './contract.ts';
import type { Placing } from './model.ts';
import { type Areas, areasOf } from './store.ts';

/** SQL of what people look at: lists, counts, the matrix; cut to the caller's areas. */

export interface Filter {
  readonly tab: (typeof TABS)[number];
  readonly area?: readonly string[] | undefined;
  readonly place?: readonly string[] | undefined;
  readonly value?: string | undefined;
  readonly loyalty?: string | undefined;
  readonly competition?: string | undefined;
  readonly size?: Size | undefined;
  readonly industry?: string | undefined;
  readonly manager?: string | undefined;
  /** Part of the name, or one of its numbers. */
  readonly q?: string | undefined;
}

/** What stands beside every question. */
export interface Asked {
  readonly areas: Areas;
  readonly today: number;
  /** Days between visits by place. */
  readonly every: readonly { id: string; everyDays: number }[];
  /** Moves since this instant are new. */
  readonly movedSince: number;
}

export interface ListRow extends Pick<EnterpriseIn, 'source' | 'key' | 'name'> {
  readonly id: string;
  readonly area: string | null;
  readonly industry: string | null;
  readonly manager: string | null;
  readonly place: string | null;
  readonly value_level: Levels['value'];
  readonly loyalty_level: Levels['loyalty'];
  readonly competition_level: Levels['competition'];
  readonly size: Size | null;
  readonly revenue: number | null;
  readonly since: number;
  readonly seen: number | null;
  readonly planned: number | null;
  readonly due: number | null;
}

const FIELDS = `e.id, e.source, e.key, e.name, e.area, e.industry, e.manager, p.place, p.value_level, p.loyalty_level, p.competition_level, p.size, p.revenue,
  p.since, v.seen, v.planned, d.due`;
const FROM = `from enterprise.enterprise e join enterprise.placed p on p.enterprise = e.id
  left join lateral (select max(day) filter (where state = 'done' and met) seen, max(day) filter (where state = 'planned') planned
    from enterprise.visit where enterprise = e.id or enterprise in (select id from enterprise.enterprise where "into" = e.id)) v on true
  left join unnest($1::text[], $2::int[]) every (place, days) on every.place = p.place
  left join lateral (select coalesce(v.seen, e.since) + every.days due) d on true`;

const TAB: Readonly<Record<Filter['tab'], string>> = {
  all: 'true',
  due: 'v.planned is null and d.due <= $3',
  planned: 'v.planned is not null',
  moved: `exists (select from enterprise.move m where m.enterprise = e.id and m.cause <> 'first' and m.at >= $4)`,
  unplaced: 'p.place is null',
};

/** A part of a name as LIKE takes it. */
const within = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

function whereOf(f: Filter, asked: Asked): { text: string; values: unknown[] } {
  const values: unknown[] = [
    asked.every.map((e) => e.id),
    asked.every.map((e) => e.everyDays),
    asked.today,
    asked.movedSince,
    areasOf(asked.areas),
  ];
  const parts = [
    TAB[f.tab],
    'e."into" is null',
    '$3::int is not null and $4::bigint is not null',
    '($5::text[] is null or e.area = any($5))',
  ];
  const add = (text: string, value: unknown) => {
    values.push(value);
    parts.push(text.replaceAll('?', `$${values.length}`));
  };
  if (f.area !== undefined) add('e.area = any(?::text[])', f.area);
  if (f.place !== undefined) add('p.place = any(?::text[])', f.place);
  if (f.value !== undefined) add('p.value_level = ?', f.value);
  if (f.loyalty !== undefined) add('p.loyalty_level = ?', f.loyalty);
  if (f.competition !== undefined) add('p.competition_level = ?', f.competition);
  if (f.size !== undefined) add('p.size = ?', f.size);
  if (f.industry !== undefined) add('e.industry = ?', f.industry);
  if (f.manager !== undefined) add('e.manager = ?', f.manager);
  if (f.q !== undefined) {
    add('(e.name ilike ?', within(f.q));
    values.push(f.q);
    parts.push(`${parts.pop()} or e.key = $${values.length}
      or exists (select from enterprise.enterprise n where n."into" = e.id and n.key = $${values.length}))`);
  }
  return { text: parts.join(' and '), values };
}

/** Those that bring most first. `after`: revenue (−1: unknown) and id of the last one seen. */
export function listEnterprises(
  sql: Sql,
  f: Filter,
  asked: Asked,
  page: { limit: number; after?: readonly [revenue: number, id: string] | undefined },
): Promise<ListRow[]> {
  const { text, values } = whereOf(f, asked);
  let more = '';
  if (page.after !== undefined) {
    values.push(...page.after);
    const [r, id] = [`$${values.length - 1}::bigint`, `$${values.length}::uuid`];
    more = ` and (coalesce(p.revenue, -1) < ${r} or (coalesce(p.revenue, -1) = ${r} and p.enterprise > ${id}))`;
  }
  values.push(page.limit);
  return sql.query<ListRow & Record<string, never>>(
    '',
    `select ${FIELDS} ${FROM} where ${text}${more} order by coalesce(p.revenue, -1) desc, p.enterprise limit $${values.length}`,
    values,
  );
}

/** How many, exact up to `most`. */
export async function countEnterprises(sql: Sql, f: Filter, asked: Asked, most: number): Promise<number> {
  const { text, values } = whereOf(f, asked);
  const [row] = await sql.query<{ n: number }>('', `select count(*) n from (select ${FROM} where ${text} limit ${most + 1}) x`, values);
  return row?.n ?? 0;
}

export interface CellRow {
  readonly value: Levels['value'];
  readonly loyalty: Levels['loyalty'];
  readonly competition: Levels['competition'];
  readonly place: string | null;
  readonly count: number;
  readonly revenue: number;
  readonly known: number;
}

export function cellsOf(sql: Sql, f: Filter, asked: Asked): Promise<CellRow[]> {
  const { text, values } = whereOf(f, asked);
  return sql.query<CellRow & Record<string, never>>(
    '',
    `select p.value_level "value", p.loyalty_level loyalty, p.competition_level competition, p.place, count(*) "count", coalesce(sum(p.revenue), 0) revenue,
       count(p.revenue) known ${FROM} where ${text} group by 1, 2, 3, 4 order by 1, 2, 3`,
    values,
  );
}

export interface OneRow extends ListRow {
  readonly version: number;
  readonly why: Placing;
}

export async function oneEnterprise(sql: Sql, id: string, asked: Asked): Promise<OneRow | undefined> {
  const { text, values } = whereOf({ tab: 'all' }, asked);
  values.push(id);
  const rows = await sql.query<OneRow & Record<string, never>>(
    '',
    `select ${FIELDS}, p.version, p.why ${FROM} where ${text} and e.id = $${values.length}::uuid`,
    values,
  );
  return rows[0];
}

/** Industries and managers that are there, to choose from. */
export const choicesOf = async (sql: Sql, areas: Areas): Promise<{ industries: string[]; managers: string[] }> => {
  const [row] = await sql.query<{ industries: string[]; managers: string[] }>(
    'enterprise-choices',
    `select array(select distinct industry from enterprise.enterprise where industry is not null and ($1::text[] is null or area = any($1)) order by 1 limit 200) industries,
       array(select distinct manager from enterprise.enterprise where manager is not null and ($1::text[] is null or area = any($1)) order by 1 limit 500) managers`,
    [areasOf(areas)],
  );
  return row ?? { industries: [], managers: [] };
};
