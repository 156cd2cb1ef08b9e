import { hash } from 'node:crypto';
import { parse } from 'yaml';
import type { FeedRow, OpenMap } from '#feed';
import { Refused, refuse as refusal } from '#platform/result';
import { type FileEvent, isRefusal, rawOf } from './event.ts';
import { faultOfJson } from './fields.ts';
import { type ImportMap, isBadMap, parseMap } from './map.ts';
import { eventOfJson, mapped } from './ndjson.ts';
import { readEvents, readRows } from './read.ts';

/** The map of a feed, with the readers that it drives: files, and single rows of tables or messages. Throws the refusal `feed.bad-map`. */
export function openMap(text: string, source: string): OpenMap {
  const map = checked(text, source);
  const { zone, open, scenario, objects } = map;
  const rules = {
    source,
    clock: { zone, format: map.timeFormat },
    get now() {
      return Date.now();
    },
  };
  const columns = Object.values(map.columns);
  const make = columns.length > 0 ? mapped(map, rules) : (value: object) => eventOfJson(value, rules);
  return {
    ...(zone === undefined ? undefined : { zone }),
    ...(open === undefined ? undefined : { open }),
    ...(scenario === undefined ? undefined : { scenario }),
    ...(objects === undefined ? undefined : { objects }),
    columns,
    file: (path) => readEvents(path, map),
    async countRows(path) {
      let count = 0;
      for await (const rows of readRows(path, map)) count += rows.length;
      return count;
    },
    row(line, value, identity): FeedRow {
      const raw = () => rawOf(JSON.stringify(value));
      const made = make(value);
      if (isRefusal(made)) return { line, rejected: { ...made, raw: raw() } };
      const json = JSON.stringify(made);
      const fault = faultOfJson(made, json);
      if (fault) return { line, rejected: { ...fault, raw: raw() } };
      const event = made as FileEvent;
      if (identity !== undefined) event.id ??= hash('sha256', `${identity}\n${json}`, 'hex');
      return { line, event };
    },
  };
}

/** The map, its `source` put in where it is left out. */
function checked(text: string, source: string): ImportMap {
  const bad = (why: string) => new Refused(refusal('feed.bad-map', { why }));
  try {
    const written: unknown = parse(text);
    const isOpen = typeof written === 'object' && written !== null && !Array.isArray(written) && !('source' in written);
    const map = parseMap(isOpen ? JSON.stringify({ source, ...written }) : text);
    if (map.source !== source) throw bad(`its source is ${map.source}, the feed’s is ${source}`);
    if (map.scenario === 'auto') throw bad('scenario: auto drafts one from a whole log; a feed has none');
    return map;
  } catch (error) {
    if (error instanceof Refused) throw error;
    if (isBadMap(error)) throw bad(error.message.replace(/\.$/, ''));
    throw bad((error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '');
  }
}
