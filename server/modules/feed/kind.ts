import type { FeedKind } from './contract.ts';

/** What the kinds of feeds (`server/edge/sources`) and the desk that they work at promise each other. Pure forms, no work. */

/** A row as a reader gives it: the event for `tracking`, or why it is none. `line`: its place, from 1. */
export type FeedRow = { readonly line: number } & (
  | { readonly event: object }
  | { readonly rejected: { readonly code: string; readonly message: string; readonly raw: string } }
);

/** A map that was read and found sound. */
export interface OpenMap {
  readonly zone?: string;
  readonly open?: string[] | 'all';
  readonly scenario?: string;
  readonly objects?: { root: string; parts: string[]; assets: string[]; context: string[] };
  /** Names of the columns that it names. */
  readonly columns: readonly string[];
  /** The rows of a file (CSV, XES, OCEL, NDJSON; gzip too), streaming. Throws one sentence when it cannot be read. */
  file(path: string): AsyncIterable<FeedRow>;
  countRows(path: string): Promise<number>;
  /** One row of a table or one message. `identity`: what its id is made of, with its content, where it brings none; absent: it stays without. */
  row(line: number, value: object, identity?: string): FeedRow;
}

/** Reads a map's YAML for a source. Throws the refusal `feed.bad-map`. */
export type ReadMap = (text: string, source: string) => OpenMap;

export interface RefusedRow {
  readonly line: number;
  readonly code: string;
  readonly message: string;
  readonly raw: string;
}

export interface Counts {
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
}

export const noCounts = (): Counts => ({ accepted: 0, duplicates: 0, conflicts: 0, rejected: 0 });

/** What became of rows that were handed in. */
export interface Taken extends Counts {
  readonly refused: readonly RefusedRow[];
}

/** Why a file waits or is rejected: a refusal's code and what its sentence needs. */
export interface Why {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface KnownFile {
  readonly id: number;
  readonly name: string;
  readonly kept: string | null;
  readonly rows: number | null;
  readonly state: 'taken' | 'done';
}

/** The ledger of a folder: each file by name and content. */
export interface Ledger {
  /**
   * The names in the folder now: what waited and is gone is forgotten, what was taken and is gone has been moved. Answers the latter: a kill
   * cut their move short, and their marks may lie there still.
   */
  here(names: readonly string[]): Promise<string[]>;
  /** Notes that a file is there and not whole yet. */
  waits(name: string, size: number, why: Why): Promise<void>;
  /** A file of this content that was taken before. */
  known(sha256: string): Promise<KnownFile | undefined>;
  /** Begins to take; answers the row's id. */
  begins(name: string, size: number, sha256: string): Promise<number>;
  /** All its rows are durable. `kept`: its name in the folder `done`, to which it is moved next. */
  taken(id: number, kept: string, rows: number, counts: Counts): Promise<void>;
  moved(id: number): Promise<void>;
  rejects(name: string, size: number, kept: string, why: Why): Promise<void>;
  /** The content was taken before under another name, or again under this one. */
  same(name: string, size: number, sha256: string, kept: string, as: string): Promise<void>;
  /** Names in the folder `done` of files that were taken at that time (ms) or later, the oldest first. */
  takenSince(from: number): Promise<string[]>;
}

/** Where a kind looks; for the dry look there is nothing more. */
export interface Place<S = unknown> {
  readonly id: string;
  readonly settings: S;
  readonly map: OpenMap;
  readonly signal: AbortSignal;
}

/** Where a kind works. */
export interface Desk<S = unknown> extends Place<S> {
  /** The position kept last, or null: from the beginning. */
  readonly position: unknown;
  /** A replay is asked for from this time (ms). */
  readonly replayFrom: number | null;
  /** Durable and in journeys when it answers; counted; what was refused is kept. */
  take(rows: readonly FeedRow[]): Promise<Taken>;
  keep(position: object): Promise<void>;
  /** The position that was kept last before that time (ms), or null. */
  positionAt(time: number): Promise<unknown>;
  replayed(): Promise<void>;
  /** It looked and all is well: takes the trouble away and shows how far it is. */
  looked(facts: { position: string | null; waiting: number | null }): Promise<void>;
  readonly files: Ledger;
}

export interface Look {
  readonly found: string | null;
  readonly rows: readonly FeedRow[];
}

export interface Kind<S = unknown> {
  /** First rows as they would be taken; changes nothing. Throws refusals. */
  look(place: Place<S>): Promise<Look>;
  /** Works until the signal, or throws the refusal that says what is in the way; it is called again later. */
  work(desk: Desk<S>): Promise<void>;
}

export type Kinds = { readonly [K in FeedKind]: Kind<never> };
