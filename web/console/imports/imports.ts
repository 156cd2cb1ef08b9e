import { post, withQuery } from '../../kit/api.ts';
import type { EventRow } from '../parts/EventRows.tsx';

/** The map as the form shows it; `columns`: what it is → which column. */
export interface ShownMap {
  source: string;
  scenario?: string;
  zone?: string;
  timeFormat?: string;
  columns: Record<string, string>;
  drop: string[];
}

/** What the form changes in a map; null takes a setting out. */
export interface MapChanges {
  source?: string;
  scenario?: string | null;
  zone?: string | null;
  timeFormat?: string | null;
  /** Column → role. */
  columns?: Record<string, string>;
}

/** What the first rows of a file would become under a map. `map`: the map as YAML; drafted from the file where none was given. */
export interface ImportPreview {
  form: 'csv' | 'xes' | 'ocel' | 'ndjson';
  map: string;
  /** Null where the text is no map. */
  shown: ShownMap | null;
  columns: { name: string; samples: string[] }[];
  rows: EventRow[];
  /** Why the map cannot be used as it stands. */
  problem: string | null;
}

/** How far an import is; bytes of the file as read. */
export interface ImportProgress {
  state: 'running' | 'done' | 'failed';
  bytes: number;
  totalBytes: number;
  events: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  message: string | null;
}

/** The journeys of one scenario that the import's events belong to; when the first and the last of them began. */
export interface Landed {
  scenario: string;
  journeys: number;
  from: string;
  to: string;
}

export interface ImportSummary {
  source: string;
  events: number;
  journeys: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  seconds: number;
  /** The most journeys first. */
  scenarios: Landed[];
  rejectedRows: { line: number; code: string; message: string }[];
}

/** Enough of a file to show what it is; compressed files are cut too, their reader takes what it can. */
const HEAD_BYTES = 512 * 1024;
const DAY_MS = 86_400_000;

export const preview = (file: File, map: string, changes: MapChanges = {}): Promise<ImportPreview> => {
  const form = new FormData();
  form.set('name', file.name);
  if (map.trim()) form.set('map', map);
  form.set('set', JSON.stringify(changes));
  form.set('head', file.slice(0, HEAD_BYTES), file.name);
  return post<ImportPreview>('/api/imports/preview', form, { timeout: 60_000 });
};

/** Sends the whole file; the stream of the same token tells how far it is. */
export const run = (file: File, map: string, token: string): Promise<ImportSummary> => {
  const form = new FormData();
  form.set('name', file.name);
  form.set('map', map);
  form.set('file', file, file.name);
  return post<ImportSummary>(withQuery('/api/imports/run', { token, bytes: file.size }), form, { timeout: DAY_MS });
};
