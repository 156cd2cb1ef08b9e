/**
 * The stable hash behind samples: who is below the limit today is below it tomorrow, in every copy, in the engine (`kernel.as`) and in SQL. Two rounds of
 * xor-shift and multiply (Thomas Mueller's mix, whose factor is below 2^31: in SQL's bigint no product overflows).
 */

/** Both rounds' factor. */
const FACTOR = 0x045d9f3b;

/** The salt as the mix takes it: salts that are neighbours must not give samples that are. */
export const saltOf = (salt: number): number => mix(mix(salt >>> 0) ^ 0x9e3779b9);

/** 0 … 2^32 − 1, of an ordinal (0 … 2^32 − 1) under a salt. */
export const hashOf = (ordinal: number, salt: number): number => mix((ordinal ^ saltOf(salt)) >>> 0);

/** The same in SQL: a bigint expression, of an expression of an ordinal (bigint) under a salt. */
export function hashSql(ordinal: string, salt: number): string {
  const round = (x: string) => `(select (x # (x >> 16)) * ${FACTOR} & 4294967295 x from (select ${x} x) a)`;
  const rounds = round(`(${round(`(${ordinal})::bigint # ${saltOf(salt)}::bigint`)})`);
  return `(select x # (x >> 16) from (select ${rounds} x) a)`;
}

function mix(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), FACTOR) >>> 0;
  h = Math.imul(h ^ (h >>> 16), FACTOR) >>> 0;
  return (h ^ (h >>> 16)) >>> 0;
}
