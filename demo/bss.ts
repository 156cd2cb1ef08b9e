import { columnsOf, placesOf } from './columns.ts';
import { BATCH, BATCH_LAG, type Said } from './systems.ts';
import { dayStamp, startOfDay } from './trade.ts';

/** The files of the business hall's system (BSS): their names, their rows, and the count beside them. */

const COLUMNS = columnsOf('business');
const HEADER = COLUMNS.map(([, column]) => column).join('|');

export interface Dropped {
  readonly name: string;
  readonly text: string;
  /** Rows beside the header. */
  readonly rows: number;
}

/** The running number of names: each day begins anew, and no number is left out. */
export const SEQUENCE = 'BSS_(?<series>\\d{8})_(?<number>\\d{4})';
export const PATTERN = 'BSS_*.txt';

const day = (at: number, zone: string): string => `20${dayStamp(at, zone)}`;

/** When the file of the batch that ends at or before `at` is there. */
export const lastBatch = (at: number): number => Math.floor((at - BATCH_LAG) / BATCH) * BATCH + BATCH_LAG;

/** The file that is there at `at`: the five minutes before it, by the day on which they begin. */
export function batchName(at: number, zone: string): string {
  const begins = at - BATCH_LAG - BATCH;
  const number = Math.floor((begins - startOfDay(begins, zone)) / BATCH) + 1;
  return `BSS_${day(begins, zone)}_${String(number).padStart(4, '0')}.txt`;
}

/** The full file of the day that holds `at`. */
export const fullName = (at: number, zone: string): string => `BSS_FULL_${day(at, zone)}.txt`;

/** Lists as their own tools write them; what would part cells or rows is quoted. */
const cell = (value: string | readonly string[] | undefined): string => {
  const text = typeof value === 'object' ? `['${value.join("','")}']` : (value ?? '');
  return /["|\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** `2026-11-22T09:30:15` as it stands there: `20261122093015`. */
const compact = (time: string): string => time.replace(/[-T:]/g, '');

export function fileOf(name: string, events: readonly Said[]): Dropped {
  const rows = events.map((said) => {
    const places = placesOf({ ...said, time: compact(said.time) });
    return COLUMNS.map(([what]) => cell(places.get(what))).join('|');
  });
  return { name, text: `${[HEADER, ...rows].join('\r\n')}\r\n`, rows: rows.length };
}

/** `NAME|ROWS|BYTES`. */
export const checkOf = ({ name, rows }: Dropped, bytes: number): string => `${name}|${rows}|${bytes}\r\n`;
