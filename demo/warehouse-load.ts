import { openAsBlob } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import type { TagChange, TagView } from '#tag/contract';
import type { City } from './city.ts';
import { type DoorSettings, send } from './doors.ts';
import { buildingName, placesToTell, type Uses } from './places-load.ts';
import { LABELS_AT_ONCE, labelsOf } from './values.ts';
import { morningOf, type Ordered, PEOPLE, rowOf } from './warehouse.ts';

/** The warehouse's nightly file: written into the demo's folder, and handed over through the doors of tags and customers. */

export const WAREHOUSE = 'warehouse';
const PERSON = ['name', 'phone', 'idNumber', 'address'] as const;
const PORTION = 2_000;
const PLACES_AT_ONCE = 2_500;
const JSON_TYPE = 'application/json';
const PURPOSES: TagChange['purposes'] = ['marketing', 'analysis', 'service'];

type Kind = NonNullable<TagChange['kind']>;
type Words = readonly [
  kind: Kind,
  zh: string,
  en: string,
  meaningZh: string,
  meaningEn: string,
  owner: string,
  refresh: string,
  confidence?: number,
];

/** The catalogue by name, in the order of the file. */
export async function tagWords(): Promise<ReadonlyMap<string, Words>> {
  const text = await fs.readFile(path.join(import.meta.dirname, 'tags.yaml'), 'utf8');
  return new Map(Object.entries(parse(text) as Record<string, Words>));
}

const cell = (value: string | number | boolean | null | undefined): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value).replaceAll('|', ' ');
};

/** Writes the file of that morning, `|` between cells; gives way to everybody else after each portion. Answers what lines and orders say of ports. */
export async function writeFile(
  file: string,
  columns: readonly string[],
  { city, ordered, date, signal }: { city: City; ordered: ReadonlyMap<string, Ordered>; date: string; signal: AbortSignal },
): Promise<Uses> {
  const morning = morningOf(date);
  const numberOf = (n: number) => `C${String(n + 1).padStart(7, '0')}`;
  const lines = new Map<string, number>();
  const waiting = new Set<string>();
  const out = await fs.open(file, 'w', 0o600);
  try {
    await out.write(`${columns.join('|')}\n`);
    for (let from = 0; from < PEOPLE && !signal.aborted; from += PORTION) {
      let text = '';
      for (let n = from; n < Math.min(PEOPLE, from + PORTION); n++) {
        const has = ordered.get(numberOf(n));
        const row = rowOf(city, n, has, morning);
        const building = buildingName(String(row.estate), String(row.building));
        if (row.broadband === true) lines.set(building, (lines.get(building) ?? 0) + 1);
        if (has?.waitsForPort) waiting.add(building);
        text += `${columns.map((c) => cell(row[c])).join('|')}\n`;
        if (n % 100 === 99) await breathe();
      }
      await out.write(text);
    }
  } finally {
    await out.close();
  }
  return { lines, waiting };
}

/** Hands the morning's file over; resolves when it is in force. Throws what the door said. */
export async function loadWarehouse(
  s: DoorSettings,
  dir: string,
  told: { city: City; ordered: ReadonlyMap<string, Ordered>; date: string },
): Promise<{ customers: number; added: number; changed: number }> {
  const words = await tagWords();
  const columns = ['key', ...PERSON, ...words.keys()];
  const file = path.join(dir, 'warehouse.csv');
  const uses = await writeFile(file, columns, { ...told, signal: s.signal });
  const token = await s.token();
  const call = async (method: string, at: string, type: string, body?: string | Blob): Promise<unknown> => {
    const answer = await send(s, at, token, type, body, method);
    if (!answer.ok) throw new Error(`${at}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
    return answer.json();
  };
  const places = placesToTell(told.city, uses).map((p) => JSON.stringify(p));
  for (let from = 0; from < places.length; from += PLACES_AT_ONCE)
    await call('POST', '/api/places', 'application/x-ndjson', places.slice(from, from + PLACES_AT_ONCE).join('\n'));
  for (const [name, [kind, zh, en, meaningZh, meaningEn, owner, refresh, confidence]] of words) {
    const about = {
      names: { zh, en },
      meaning: { zh: meaningZh, en: meaningEn },
      rule: `select "${name}" from customers -- ${WAREHOUSE}.csv`,
      owner,
      refresh,
      ...(confidence !== undefined && { confidence }),
      purposes: PURPOSES,
    };
    await call('PUT', `/api/tags/${encodeURIComponent(name)}`, JSON_TYPE, JSON.stringify({ kind, ...about } satisfies TagChange));
  }
  const apart = new Set(['own', 'area']);
  const map = {
    source: WAREHOUSE,
    key: 'key',
    area: 'area',
    own: 'own',
    person: Object.fromEntries(PERSON.map((p) => [p, p])),
    tags: [...words].filter(([name]) => !apart.has(name)).map(([name, [kind]]) => ({ name, column: name, kind })),
    unknown: [],
    encoding: 'utf-8',
    delimiter: '|',
    speaksOf: told.date,
  };
  const blob = await openAsBlob(file);
  const files = [{ name: `customers_${told.date}.csv`, bytes: blob.size }];
  const { id } = (await call('POST', '/api/customers/imports', JSON_TYPE, JSON.stringify({ map, files }))) as { id: string };
  const at = `/api/customers/imports/${id}`;
  await call('PUT', `${at}/files/0?from=0`, 'application/octet-stream', blob);
  await call('POST', `${at}/start`, JSON_TYPE, '{}');
  for (;;) {
    await sleep(500, undefined, { signal: s.signal });
    const view = (await call('GET', at, JSON_TYPE)) as {
      state: string;
      customers: number;
      added: number;
      changed: number;
      problem: { message: string } | null;
    };
    if (view.state === 'failed') throw new Error(`the warehouse's file: ${view.problem?.message}`);
    if (view.state !== 'done') continue;
    await fs.rm(file, { force: true });
    for (const [name, labelOf] of await labelsOf(told.city)) {
      const at = `/api/tags/${encodeURIComponent(name)}`;
      const { values } = (await call('GET', at, JSON_TYPE)) as Pick<TagView, 'values'>;
      const fresh = values.flatMap(({ value, zh, en }) => {
        const label = labelOf(String(value));
        return label === undefined || (label.zh === zh && label.en === en) ? [] : [label];
      });
      for (let from = 0; from < fresh.length; from += LABELS_AT_ONCE)
        await call('PUT', at, JSON_TYPE, JSON.stringify({ values: fresh.slice(from, from + LABELS_AT_ONCE) } satisfies TagChange));
    }
    return view;
  }
}
