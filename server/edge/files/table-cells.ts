/** What a cell of a table says, by the kind of its tag. A cell is trimmed and not one of the unknown ones (`unknownIn`) before it comes here. */

const flags = new Map([
  ...['true', 'yes', '是', '1', '1.0'].map((word) => [word, 1] as const),
  ...['false', 'no', '否', '0', '0.0'].map((word) => [word, 0] as const),
]);

/** 1 for true, 1, yes, 是; 0 for false, 0, no, 否, in any case; undefined for any other. 1.0 and 0.0 too: so a table program writes a column that has blanks. */
export function flagOf(cell: string): 0 | 1 | undefined {
  return flags.get(cell) ?? (cell.length <= 5 ? flags.get(cell.toLowerCase()) : undefined);
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** An integer or decimal, with an exponent or without; undefined for any other, and for what no double can hold. */
export function numberOf(cell: string): number | undefined {
  if (cell.length > 400 || !decimal.test(cell)) return undefined;
  const value = Number(cell);
  return Number.isFinite(value) ? value + 0 : undefined;
}

const dashed = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?:[T ]+\d{1,2}:\d{2}.{0,30})?$/;
const digits = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6})?$/;
const month = /^((?:19|20)\d{2})(\d{2})$/;

/**
 * Days since 1970-01-01 of a calendar day as it is written, the hour and offset behind it left aside: 2026-11-21, 2026/11/21, 2026.11.21, 20261121,
 * 2026年11月21日, each with a time behind it or not. A month alone (2026-11, 202611) is its first day. Undefined for any other and for days that do not
 * exist.
 */
export function dayOf(cell: string): number | undefined {
  const found = dashed.exec(cell) ?? digits.exec(cell) ?? month.exec(cell);
  if (!found) return undefined;
  const [year, of, day] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 1)];
  if (year < 1000 || of < 1 || of > 12 || day < 1 || day > new Date(Date.UTC(year, of, 0)).getUTCDate()) return undefined;
  return Date.UTC(year, of - 1, day) / 86_400_000;
}

/** True for a cell that means unknown. `cell` as it stands in the file; absent ones are unknown too. */
export const isUnknown = (cell: string | undefined, unknown: ReadonlySet<string>): boolean =>
  cell === undefined || unknown.has(cell.trim());
