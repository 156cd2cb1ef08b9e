import { post, withQuery } from '../../kit/api.ts';

/** What the first rows of a file would become under a map. `map`: the map as YAML; drafted from the file where none was given. */
export interface ImportPreview {
  form: 'csv' | 'xes' | 'ocel' | 'ndjson';
  map: string;
  columns: string[];
  rows: { line: number; event: Record<string, unknown> | null; problem: { code: string; message: string } | null }[];
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

export interface ImportSummary {
  events: number;
  journeys: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  seconds: number;
  rejectedRows: { line: number; code: string; message: string }[];
}

/** Enough of a file to show what it is; compressed files are cut too, their reader takes what it can. */
const HEAD_BYTES = 512 * 1024;
const DAY_MS = 86_400_000;

export const preview = (file: File, map: string): Promise<ImportPreview> => {
  const form = new FormData();
  form.set('name', file.name);
  if (map.trim()) form.set('map', map);
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
