import { BLOCK, EVERYONE, type Tag } from './model.ts';

/**
 * Tags as columns of SQL, read out of their blocks customer by customer: a flag a boolean, a one-of its code, a number and a date a bigint of units;
 * unknown is null. Slow and plain: what those who count fast are held against.
 */

/** A tag's column in `people`. */
export const columnOf = (tag: number): string => `t${tag}`;

/**
 * Texts for a `with`, the last of which is `people`: one row for each who counts, with his `ordinal` and a column of each tag named. `block`: the
 * placeholder of a block's number; else all of them.
 */
export function peopleOf(tags: readonly Pick<Tag, 'id' | 'kind'>[], block?: string): string {
  const different = [...new Map(tags.map((t) => [t.id, t])).values()];
  const blocks = [EVERYONE, ...different.map((t) => t.id).filter((id) => id !== EVERYONE)].map((id) => blocksOf(id, block));
  const columns = different.map((t) => `, ${readOf(t)} as ${columnOf(t.id)}`);
  const joins = different.filter((t) => t.id !== EVERYONE).map((t) => ` left join b${t.id} on b${t.id}.block = p.block`);
  return `${blocks.join(', ')}, people as materialized (
    select p.block::bigint * ${BLOCK} + i as ordinal${columns.join('')}
    from (select b${EVERYONE}.*, i from b${EVERYONE} cross join generate_series(0, ${BLOCK - 1}) i
          where get_bit(body, i) = 1 and (known is null or get_bit(known, i) = 1)) p${joins.join('')})`;
}

/** A tag's blocks, unpacked once each: `get_bit` on a stored one would unpack it anew for every customer. */
function blocksOf(id: number, block: string | undefined): string {
  const only = block === undefined ? '' : ` and block = ${block}`;
  return `b${id} as materialized (select block, base, width, known || ''::bytea as known, body || ''::bytea as body from tag.block where tag = ${id}${only})`;
}

function readOf({ id, kind }: Pick<Tag, 'id' | 'kind'>): string {
  const b = id === EVERYONE ? 'p' : `b${id}`;
  if (kind === 'flag') return `case when ${b}.known is null or get_bit(${b}.known, i) = 1 then get_bit(${b}.body, i) = 1 end`;
  const code = `nullif(case ${b}.width ${[1, 2, 4, 8].map((w) => `when ${w} then ${codeOf(b, w)}`).join(' ')} end, 0)`;
  return kind === 'oneOf' ? code : `${b}.base + ${code} - 1`;
}

/** An unsigned little-endian integer of `width` bytes. */
const codeOf = (b: string, width: number): string =>
  Array.from({ length: width }, (_, k) => `(get_byte(${b}.body, i * ${width} + ${k})::bigint << ${8 * k})`).join(' + ');
