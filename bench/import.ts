import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMap } from '../server/edge/files/map.ts';
import { readEvents } from '../server/edge/files/read.ts';
import { objectId } from '../server/modules/tracking/objects.ts';
import { type Db, openDb } from '../server/platform/db.ts';
import { writeCopies } from './lib/copies.ts';
import type { Cores } from './lib/cores.ts';
import { type Imported, runImporter } from './lib/importer.ts';
import { say } from './lib/log.ts';
import type { Options } from './lib/options.ts';
import { produce } from './lib/producers.ts';
import { atLeast, atMost, type Report, type Row } from './lib/report.ts';
import { addUp, type Server, startServer } from './lib/server.ts';
import { median, spread } from './lib/stats.ts';
import { openStore, type Store } from './lib/store.ts';
import { differences, sampleOf } from './lib/truth.ts';
import { makeWorkload } from './lib/workload.ts';

/**
 * How fast are real logs read from files? Each as it is, three times under new case ids, and once many times over; in turns with `ingest`, whose
 * events come ready by HTTP.
 */

const REPO = fileURLToPath(new URL('../', import.meta.url));
const SIZES = { full: { times: 100, rounds: 3, journeys: 2_000 }, quick: { times: 2, rounds: 3, journeys: 400 } };

interface Log {
  readonly name: string;
  readonly file: string;
  readonly kind: string;
  readonly events: number;
  readonly journeys: number;
}

/** What is known of the logs (`README.md` beside them). */
const LOGS: readonly Log[] = [
  { name: 'receipt', file: 'receipt.csv', kind: 'case', events: 8_577, journeys: 1_434 },
  { name: 'helpdesk', file: 'helpdesk.xes.gz', kind: 'ticket', events: 21_348, journeys: 4_580 },
];

const datasets = path.resolve(REPO, process.env.GLASSHOUSE_DATASETS ?? '../shared/data');
const mapOf = (log: Log): string => path.join(REPO, 'docs', 'maps', `${log.name}.yaml`);

interface Bench {
  readonly store: Store;
  readonly server: Server;
  readonly db: Db;
  readonly problems: string[];
}

/** Imports so many copies of a log under new ids, and looks whether all of it came. */
async function importCopies({ store, server, db, problems }: Bench, log: Log, times: number, suffix: string): Promise<Imported> {
  const file = path.join(store.folder, `${log.name}${suffix}${path.extname(log.file) === '.csv' ? '.csv' : '.xes.gz'}`);
  await writeCopies(path.join(datasets, log.file), file, times, suffix);
  await store.settle();
  const done = await runImporter(server.url, file, mapOf(log), store.folder);
  const want = { events: log.events * times, journeys: log.journeys * times, duplicates: 0, conflicts: 0, rejected: 0 };
  problems.push(...differences(`${log.name} × ${times}`, { ...done }, want));
  if (times === 1) problems.push(...(await wrongCases(db, log, file)));
  if (suffix === '-a') {
    const again = await runImporter(server.url, file, mapOf(log), store.folder);
    problems.push(...differences(`${log.name} again`, { ...again }, { ...want, events: 0, duplicates: log.events * times }));
  }
  fs.rmSync(file);
  say(`${log.name} × ${times}: ${Math.round(done.events / done.seconds)} rows/s, importer ${done.peakMb.toFixed(0)} MB`);
  return done;
}

/** Does the store hold of each case the events of the file, in the file's order of time? A sample. */
async function wrongCases(db: Db, log: Log, file: string): Promise<string[]> {
  const cases = new Map<string, { at: number; seq: number; type: string }[]>();
  for await (const read of readEvents(file, await readMap(mapOf(log)))) {
    if (!('event' in read)) continue;
    const { keys, time, seq = 0, type } = read.event;
    const id = [keys[log.kind]].flat()[0] ?? '';
    cases.set(id, [...(cases.get(id) ?? []), { at: Date.parse(time), seq, type }]);
  }
  const sample = sampleOf([...cases], 100);
  const ids = (['root', 'part'] as const).flatMap((role) => sample.map(([id]) => objectId(log.kind, role, id)));
  const rows = await db.query<{ value: string; types: string[] }>(
    '',
    `select o.value, array_agg(e.type order by e.at, e.seq) types from tracking.object o join tracking.member m on m.object = o.id and m.distance < 100
       join tracking.link l on l.journey = m.journey join tracking.event e on e.id = l.event where o.id = any($1::uuid[]) group by o.value`,
    [ids],
  );
  const stored = new Map(rows.map((r) => [r.value, r.types.join('\n')]));
  return sample.flatMap(([id, events]) => {
    const types = events.sort((a, b) => a.at - b.at || a.seq - b.seq).map((e) => e.type);
    return stored.get(id) === types.join('\n') ? [] : [`${log.name}: case ${id} has other events in the store than in the file`];
  });
}

async function ingestRound({ store, server, problems }: Bench, prefix: string, journeys: number, seed: number): Promise<number> {
  const w = makeWorkload({ prefix, journeys, perJourney: 12, duplicates: 0.1, disorder: 0.1, seed });
  await store.settle();
  const { bodies, ms } = await produce(server.url, w.lines);
  problems.push(...differences(prefix, { ...addUp(bodies) }, { accepted: w.events, duplicates: w.duplicates }));
  return (w.events * 1_000) / ms;
}

export async function importing({ quick, seed }: Options, cores: Cores): Promise<Omit<Report, 'cores' | 'coresAsked'>> {
  const size = quick ? SIZES.quick : SIZES.full;
  for (const { file } of LOGS)
    if (!fs.existsSync(path.join(datasets, file)))
      throw new Error(`${file} is not in ${datasets}: set GLASSHOUSE_DATASETS to the folder of the logs.`);
  const store = await openStore();
  try {
    const server = await startServer(store, 'subject');
    const db = openDb(server.databaseUrl, 2);
    const problems: string[] = [];
    const bench = { store, server, db, problems };
    await ingestRound(bench, 'warm', 200, seed);
    const ingest: number[] = [];
    const once = new Map<string, Imported[]>(LOGS.map((l) => [l.name, []]));
    const often = new Map<string, Imported>();
    for (let n = 0; n < size.rounds; n++) {
      if (n > 0) await cores.ask();
      ingest.push(await ingestRound(bench, `r${n}`, size.journeys, seed + n));
      say(`ingest: ${Math.round(ingest.at(-1) ?? 0)} events/s`);
      for (const log of LOGS) once.get(log.name)?.push(await importCopies(bench, log, 1, `-${'abc'[n] ?? n}`));
    }
    for (const log of LOGS) often.set(log.name, await importCopies(bench, log, size.times, '-m'));
    ingest.push(await ingestRound(bench, 'last', size.journeys, seed + 99));
    const stored = await db.query<{ events: number; links: number }>(
      '',
      'select (select count(*) from tracking.event) events, (select count(*) from tracking.link) links',
    );
    const copies = size.rounds + size.times;
    const posted = (200 + size.journeys * (size.rounds + 1)) * 12;
    const all = LOGS.reduce((sum, l) => sum + l.events * copies, posted);
    problems.push(...differences('the store', { ...stored[0] }, { events: all, links: all }));
    await db.close();
    await server.stop();

    const rate = (i: Imported): number => (i.events + i.duplicates + i.rejected) / i.seconds;
    const base = median(ingest);
    const peak = Math.max(...[...once.values()].flat().map((i) => i.peakMb), ...[...often.values()].map((i) => i.peakMb));
    const rows: Row[] = [['ingest in the same run', spread(ingest), 'events/s']];
    const ratios: Record<string, number> = {};
    for (const { name } of LOGS) {
      const [single, many] = [(once.get(name) ?? []).map(rate), rate(often.get(name) as Imported)];
      rows.push([name, spread(single), 'rows/s'], [`${name} × ${size.times}`, many, 'rows/s']);
      ratios[`${name}OfIngest`] = median(single) / base;
      ratios[`${name}ManyOfIngest`] = many / base;
    }
    rows.push(['importer, most memory', peak, 'MB']);
    const ofIngest = Math.min(...Object.values(ratios));
    return {
      rows,
      ratios: { ofIngest, ...ratios },
      targets: { ofIngest: atLeast(ofIngest, 0.5), importerMb: atMost(peak, 512) },
      details: { size, once: Object.fromEntries(once), often: Object.fromEntries(often) },
      problems,
    };
  } finally {
    await store.stop();
  }
}
