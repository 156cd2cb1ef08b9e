import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Desk, FeedRow, Kind, Place } from '#feed';
import type { PostgresSettings } from '#feed/contract';
import { Refused } from '#platform/result';
import { bounds, isSettled, type Note, openNow } from './guard.ts';
import { pause, trouble, why } from './say.ts';
import { connectTo, findTable, selectFrom, type Table, type TableRow } from './table.ts';

const LOOK_ROWS = 5;
const FETCH = 1_000;
/** New rows taken of one read; a longer one holds the foreign server's snapshot for too long. */
const MOST_NEW = 5_000;
/** Rows in question that we remember; beyond it transactions that have written nothing yet are not waited for. */
const MOST_SEEN = 1_000_000;
/** Times are written by clocks that do not agree, and views may hide what is open; without a setting this far back is read again. */
const USUAL_OVERLAP = { moment: 60, number: 0, moreForViews: 1_000 };

/** Where reading goes on: everything below is read for good. Null: from the beginning. */
interface Position {
  readonly low: string | null;
}

const lowOf = (position: unknown): string | null => (position as Position | null)?.low ?? null;

/** A table or a view of a PostgreSQL server, polled; no row that commits late is missed (`guard.ts`), and none is handed on twice while it runs. */
export const postgres: Kind<PostgresSettings> = {
  async look(place) {
    const client = await connectTo(place.settings);
    try {
      const table = await findTable(client, place.settings, place.map.columns);
      const { rows } = await client.query<TableRow>(`${selectFrom(table, place.settings.cursor)} desc limit ${LOOK_ROWS}`, [null, 0]);
      return { found: place.settings.relation, rows: rows.map((row, at) => eventOf(place, row, at + 1)) };
    } catch (e) {
      throw asTrouble(e, place.settings.relation);
    } finally {
      await client.end().catch(() => undefined);
    }
  },
  async work(desk) {
    const client = await connectTo(desk.settings);
    try {
      await follow(desk, client, await findTable(client, desk.settings, desk.map.columns));
    } catch (e) {
      throw asTrouble(e, desk.settings.relation);
    } finally {
      await client.end().catch(() => undefined);
    }
  },
};

const asTrouble = (e: unknown, relation: string) => (e instanceof Refused ? e : trouble('feed.table-fault', { relation, why: why(e) }));

async function follow(desk: Desk<PostgresSettings>, client: pg.Client, table: Table): Promise<void> {
  let low = lowOf(desk.position);
  if (desk.replayFrom !== null) {
    low = table.isMoment ? momentOf(desk.replayFrom, table, desk.map.zone) : lowOf(await desk.positionAt(desk.replayFrom));
    await desk.keep({ low });
    await desk.replayed();
  }
  let handed: ReadonlySet<string> = new Set();
  let note: Note | undefined;
  let place = 0;
  while (!desk.signal.aborted) {
    const began = Date.now();
    const open = await openNow(client);
    const read = await readOnce(client, table, desk, { low, handed });
    const rows = read.fresh.map((row) => eventOf(desk, row, ++place));
    if (rows.length > 0) await desk.take(rows);
    handed = read.seen;
    if (note !== undefined && isSettled(note, read.bounds, open, read.seen.size > MOST_SEEN)) {
      low = note.high;
      note = undefined;
      await desk.keep({ low });
    }
    if (note === undefined && read.high !== null && read.high !== low) note = { high: read.high, xmax: read.bounds.xmax, open: read.open };
    await desk.looked({ position: read.high ?? low, waiting: read.isMore ? null : 0 });
    const took = Date.now() - began;
    if (!read.isMore || read.fresh.length === 0) await pause(Math.max(desk.settings.pollSeconds * 1_000, took * 4), desk.signal);
  }
}

interface ReadOnce {
  readonly fresh: TableRow[];
  /** Prints of every row from `low` on that is handed on now or was before. */
  readonly seen: Set<string>;
  readonly high: string | null;
  readonly isMore: boolean;
  readonly bounds: Awaited<ReturnType<typeof bounds>>;
  /** Open after the read's snapshot was taken. */
  readonly open: ReadonlySet<string>;
}

/** One read in one snapshot: all rows from `low` on that were not handed on yet, at most some thousand. */
async function readOnce(
  client: pg.Client,
  table: Table,
  { settings }: Desk<PostgresSettings>,
  { low, handed }: { low: string | null; handed: ReadonlySet<string> },
): Promise<ReadOnce> {
  const fresh: TableRow[] = [];
  const seen = new Set<string>();
  let high: string | null = null;
  let isMore = false;
  await client.query('begin isolation level repeatable read read only');
  try {
    const snapshot = await bounds(client);
    const open = await openNow(client);
    await client.query(`declare feed no scroll cursor for ${selectFrom(table, settings.cursor)}`, [low, overlapOf(table, settings)]);
    for (;;) {
      const { rows } = await client.query<TableRow>(`fetch ${FETCH} from feed`);
      for (const row of rows) {
        const print = printOf(row);
        if (!handed.has(print) && !seen.has(print)) fresh.push(row);
        seen.add(print);
      }
      high = (rows.at(-1)?.[OWN] as string | undefined) ?? high;
      isMore = rows.length === FETCH;
      if (!isMore || (fresh.length >= MOST_NEW && high !== low)) break;
    }
    await client.query('commit');
    return { fresh, seen, high, isMore, bounds: snapshot, open };
  } catch (e) {
    await client.query('rollback').catch(() => undefined);
    throw e;
  }
}

const OWN = 'cursor of the feed';

function overlapOf(table: Table, settings: PostgresSettings): number {
  if (settings.overlap !== undefined) return settings.overlap;
  const usual = table.isMoment ? USUAL_OVERLAP.moment : USUAL_OVERLAP.number;
  return table.isTable ? usual : usual + USUAL_OVERLAP.moreForViews;
}

/** A moment as the cursor column writes it: UTC where it knows zones, else the wall clock of the map's zone. */
function momentOf(ms: number, table: Table, zone: string | undefined): string {
  if (table.cursorType === 'timestamp with time zone') return new Date(ms).toISOString();
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone ?? 'UTC', dateStyle: 'short', timeStyle: 'medium' }).format(ms);
}

const printOf = (row: TableRow): string => createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 22);

/** A row by the map. Its id, where it brings none, is made of the key, the cursor and its content: reading it again makes the same one. */
function eventOf({ map, settings }: Place<PostgresSettings>, row: TableRow, line: number): FeedRow {
  const { [OWN]: own, ...columns } = row;
  if (!map.columns.includes(settings.cursor)) delete columns[settings.cursor];
  const identity = JSON.stringify([settings.key.map((name) => row[name] ?? null), own]);
  return map.row(line, columns, identity);
}
