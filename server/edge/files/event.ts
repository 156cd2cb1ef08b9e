/** What a reader gives: the object POSTed to `/api/events`, or the reason why a row is none (`contract.md`, "Events in"). */

export type FileEvent = {
  data?: Record<string, unknown>;
  handler?: string;
  id?: string;
  keys: Record<string, string | string[]>;
  person?: Record<string, string>;
  scenario?: string;
  seq: number;
  source: string;
  /** ISO 8601 with offset, milliseconds at most. */
  time: string;
  type: string;
};

export type RefusalCode =
  | 'event.not-json'
  | 'event.bad-encoding'
  | 'event.too-large'
  | 'event.missing-field'
  | 'event.unknown-field'
  | 'event.bad-field'
  | 'event.bad-time'
  | 'event.impossible-time';

export type Refusal = { code: RefusalCode; message: string };

/** `line`: the file's line (CSV, NDJSON: of the row's beginning; XES: of `<event>`), in OCEL the event's place; both from 1. */
export type Read = { line: number; event: FileEvent } | { line: number; rejected: Refusal & { raw: string } };

/** A row on its way: `seq` and `id` are given in `read.ts`; `place` counts the file's rows, refused ones too, from 1. */
export type Row = { line: number; place: number } & (
  | { event: Omit<FileEvent, 'seq'> & { seq?: number } }
  | { rejected: Refusal; raw: string }
);

/** One event as JSON may have at most this many bytes (`contract.md`). */
export const eventBytes = 1_048_576;

export const refuse = (code: RefusalCode, message: string): Refusal => ({ code, message });

export const isRefusal = (value: object): value is Refusal => 'code' in value && 'message' in value;

/** The row as it stood, for FILE.rejected.ndjson: whole up to 1 MiB, of a longer one the first 1,000 characters and its length. */
export function rawOf(text: string, length = text.length): string {
  return length <= eventBytes ? text : `${text.slice(0, 1000)}… (${length} characters in all)`;
}
