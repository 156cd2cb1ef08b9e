import { columnOf, peopleOf, type Tag } from '#tag';
import { limitOf, saltNumber } from './compile.ts';
import type { Definition } from './model.ts';
import { hashSql } from './sample.ts';

/** A definition as PostgreSQL's SQL over the stored blocks: its three values are SQL's own. Slow, exact, and written apart from the plan. */

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** One row: `n0` people who count, `n1` … people left after each of the lines. */
export function countSql(lines: readonly Definition[]): Statement {
  const values: unknown[] = [];
  const conditions = lines.map((d) => condition(d, values));
  const counts = conditions.map((_, i) => `count(*) filter (where ${conditions.slice(0, i + 1).join(' and ')}) as n${i + 1}`);
  return { text: `with ${peopleOf(lines.flatMap(columnsIn))} select ${['count(*) as n0', ...counts].join(', ')} from people`, values };
}

/** Rows of `ordinal`, the lowest `limit`. */
export function membersSql(d: Definition, limit: number): Statement {
  const values: unknown[] = [limit];
  const where = condition(d, values);
  return { text: `with ${peopleOf(columnsIn(d))} select ordinal from people where ${where} order by ordinal limit $1`, values };
}

/** Of these members of one block: rows of `ordinal` and of each tag's code or units (flags 1 and 0), as `t` and its id. */
export function valuesSql(tags: readonly Column[], block: number, ordinals: readonly number[]): Statement {
  const columns = tags.map((t) => `, ${columnOf(t.id)}${t.kind === 'flag' ? '::int' : ''} as ${columnOf(t.id)}`);
  return {
    text: `with ${peopleOf(tags, '$1::int')} select ordinal${columns.join('')} from people where ordinal = any($2::bigint[]) order by ordinal`,
    values: [block, ordinals],
  };
}

/** Appends what it compares with to `values`. */
function condition(d: Definition, values: unknown[]): string {
  const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  switch (d.op) {
    case 'and':
    case 'or':
      return d.of.length === 0 ? String(d.op === 'and') : `(${d.of.map((x) => condition(x, values)).join(` ${d.op} `)})`;
    case 'not':
      return `(not ${condition(d.of, values)})`;
    case 'flag':
      return `(${columnOf(d.tag.id)} = ${d.yes})`;
    case 'among':
      return d.codes.length === 0
        ? `(${columnOf(d.tag.id)} is null and null::boolean)` // an empty list would be false of the unknown too
        : `(${columnOf(d.tag.id)} = any(${place(d.codes, 'bigint[]')}))`;
    case 'range':
      return `(${[
        d.from === null ? [] : `${columnOf(d.tag.id)} >= ${place(d.from.units, 'bigint')}`,
        d.to === null ? [] : `${columnOf(d.tag.id)} <= ${place(d.to.units, 'bigint')}`,
      ]
        .flat()
        .join(' and ')})`;
    case 'known':
      return `(${columnOf(d.tag.id)} is ${d.known ? 'not ' : ''}null)`;
    case 'audience':
      return `coalesce(${condition(d.of, values)}, false)`;
    case 'list':
      return `coalesce(${columnOf(d.tag)}, false)`;
    case 'top': {
      const by = columnOf(d.by.id);
      const order = d.order === 'highest' ? 'desc' : 'asc';
      return `(ordinal in (select ordinal from people where ${condition(d.of, values)} and ${by} is not null order by ${by} ${order}, ordinal limit ${place(d.n, 'bigint')}))`;
    }
    case 'sample':
      return `(${hashSql('ordinal', saltNumber(d.salt))} < ${place(limitOf(d.share), 'bigint')})`;
  }
}

type Column = Pick<Tag, 'id' | 'kind'>;

/** Every tag that a definition looks at, with its kind. */
function columnsIn(d: Definition): Column[] {
  switch (d.op) {
    case 'and':
    case 'or':
      return d.of.flatMap(columnsIn);
    case 'not':
    case 'audience':
      return columnsIn(d.of);
    case 'top':
      return [d.by, ...columnsIn(d.of)];
    case 'list':
      return [{ id: d.tag, kind: 'flag' }];
    case 'sample':
      return [];
    default:
      return [d.tag];
  }
}
