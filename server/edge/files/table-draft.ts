import { dayOf, flagOf, isUnknown, numberOf } from './table-cells.ts';
import type { Kind, TableTag } from './table-map.ts';

/** Kinds of a table's columns, drafted from their values for `tags: auto`: to be shown before they are used. */

export interface DraftedTag extends TableTag {
  readonly known: number;
  /** Known cells that are not of the kind; they would be unknown. One of them as it stands. */
  readonly odd: number;
  readonly oddCell: string | undefined;
}

/** A column that is no tag, and why. */
export interface LeftOut {
  readonly column: string;
  readonly because: 'named' | 'nothing known' | 'a number of its own in each row';
}

export interface Draft {
  readonly tags: readonly DraftedTag[];
  readonly leftOut: readonly LeftOut[];
}

/** A column is of numbers or days when at least this share of its known cells is; the rest are slips such as "N/A". */
const leastShare = 0.98;
/** So many first values, each different, make a column a row's own number; fewer rows than `leastRows` show nothing. */
const firstValues = 1000;
const leastRows = 20;

type Seen = {
  known: number;
  flags: number;
  numbers: number;
  days: number;
  codes: number;
  first: Set<string>;
  notNumber: string | undefined;
  notDay: string | undefined;
};

/** Rows that are all looked at; of those behind them every tenth, which shows what is common as well and costs a tenth. */
const allOfFirst = 20_000;
const thinned = 10;

/** A code only looks like a number: it begins with a zero, or has more digits than a double keeps. */
const isCode = (cell: string): boolean => (cell.startsWith('0') && /^0\d/.test(cell)) || (cell.length > 15 && /^\d+$/.test(cell));
/** A month alone (202611) is a number until a map says otherwise. */
const looksLikeDay = (cell: string): boolean => cell.length > 6 && /^\d{4}(\d{4}|[-/.年])/.test(cell);

/** Takes the rows of a table one by one. `apart`: columns that are not to be tags (the key, the label, what the map drops). */
export function kindDrafter(unknown: ReadonlySet<string>, apart: ReadonlySet<string>) {
  const seen: Seen[] = [];
  let rows = 0;

  const look = (column: Seen, cell: string): void => {
    column.known++;
    if (flagOf(cell) !== undefined) column.flags++;
    if (numberOf(cell) === undefined) column.notNumber ??= cell.slice(0, 80);
    else column.numbers++;
    if (looksLikeDay(cell) && dayOf(cell) !== undefined) column.days++;
    else column.notDay ??= cell.slice(0, 80);
    if (isCode(cell)) column.codes++;
    if (column.known <= firstValues) column.first.add(cell.length > 64 ? `${cell.slice(0, 64)}…${cell.length}` : cell);
  };

  return {
    take(cells: readonly string[]): void {
      if (++rows > allOfFirst && rows % thinned !== 0) return;
      for (let at = 0; at < cells.length; at++) {
        seen[at] ??= { known: 0, flags: 0, numbers: 0, days: 0, codes: 0, first: new Set(), notNumber: undefined, notDay: undefined };
        const cell = cells[at]!;
        if (!isUnknown(cell, unknown)) look(seen[at]!, cell.trim());
      }
    },
    /** `columns`: names of the columns, in the order of the cells. */
    draft(columns: readonly string[]): Draft {
      const tags: DraftedTag[] = [];
      const leftOut: LeftOut[] = [];
      columns.forEach((column, at) => {
        const found = seen[at];
        const because = apart.has(column) ? 'named' : !found?.known ? 'nothing known' : undefined;
        const kind = because === undefined ? kindOf(found as Seen) : undefined;
        if (kind !== undefined) tags.push({ name: column, column, kind, ...slips(found as Seen, kind) });
        else leftOut.push({ column, because: because ?? 'a number of its own in each row' });
      });
      return { tags, leftOut };
    },
  };
}

/** Undefined for texts that are different in each row. */
function kindOf({ known, flags, numbers, days, codes, first }: Seen): Kind | undefined {
  if (flags === known) return 'flag';
  if (days >= known * leastShare) return 'date';
  const areOwn = known >= leastRows && first.size === Math.min(known, firstValues);
  if (numbers - codes >= known * leastShare) return 'number';
  return areOwn ? undefined : 'oneOf';
}

function slips(seen: Seen, kind: Kind): Pick<DraftedTag, 'known' | 'odd' | 'oddCell'> {
  const { known } = seen;
  if (kind === 'number') return { known, odd: known - seen.numbers, oddCell: seen.notNumber };
  if (kind === 'date') return { known, odd: known - seen.days, oddCell: seen.notDay };
  return { known, odd: 0, oddCell: undefined };
}
