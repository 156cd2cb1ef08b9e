import { once } from 'node:events';
import fs from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip, gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** Real logs many times over: every copy's cases, and events that have ids, get new ones, so that each copy is a log of its own. */

/** Writes `times` copies of a log (`.csv`, `.xes.gz`) to `to`; `suffix` goes to every id, with the copy's number. */
export async function writeCopies(log: string, to: string, times: number, suffix: string): Promise<void> {
  const { head, copy, tail } = log.endsWith('.csv')
    ? csvOf(fs.readFileSync(log, 'utf8'))
    : xesOf(gunzipSync(fs.readFileSync(log)).toString());
  const file = fs.createWriteStream(to);
  const out = to.endsWith('.gz') ? createGzip({ level: 1 }) : file;
  if (out !== file) out.pipe(file);
  out.write(head);
  for (let k = 0; k < times; k++) if (!out.write(copy(`${suffix}${k}`))) await once(out, 'drain');
  out.end(tail);
  await finished(file);
}

interface Log {
  readonly head: string;
  readonly tail: string;
  copy(suffix: string): string;
}

const IDS = ['case:concept:name', 'concept:instance'];

export function csvOf(text: string): Log {
  const [names = [], ...rows] = parse(text, { relax_column_count: true }) as string[][];
  const ids = new Set(IDS.map((c) => names.indexOf(c)));
  const cell = (v: string): string => (/[",\r\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
  const line = (row: readonly string[]): string => `${row.map(cell).join(',')}\n`;
  return {
    head: line(names),
    tail: '',
    copy: (suffix) => rows.map((row) => line(row.map((v, i) => (ids.has(i) ? `${v}${suffix}` : v)))).join(''),
  };
}

const NAME = 'key="concept:name" value="';

export function xesOf(text: string): Log {
  const [head = '', ...traces] = text.split(/(?=<trace>)/);
  const end = (traces.at(-1) ?? '').indexOf('</trace>') + '</trace>'.length;
  const tail = traces.at(-1)?.slice(end) ?? '';
  const parts = traces.map((t, i): [string, string] => {
    const trace = i === traces.length - 1 ? t.slice(0, end) : t;
    const name = trace.indexOf(NAME);
    const event = trace.indexOf('<event>');
    if (name < 0 || (event >= 0 && event < name)) throw new Error('a trace without a name of its own');
    const at = trace.indexOf('"', name + NAME.length);
    return [trace.slice(0, at), trace.slice(at)];
  });
  return { head, tail, copy: (suffix) => parts.map(([before, after]) => `${before}${suffix}${after}`).join('') };
}
