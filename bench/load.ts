import fs from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { copyTable } from './baselines/copy.ts';
import type { Cores } from './lib/cores.ts';
import { runCustomersImport } from './lib/importer.ts';
import { say } from './lib/log.ts';
import type { Options } from './lib/options.ts';
import { type Population, writePopulation } from './lib/population.ts';
import { atLeast, type Report, type Row } from './lib/report.ts';
import { AUTH, type Server, startServer } from './lib/server.ts';
import { median, spread } from './lib/stats.ts';
import { openStore, used } from './lib/store.ts';

/**
 * How fast does a file of customers with 672 tags become columns that are counted? `glasshouse customers import` from its start until the catalogue
 * says how many each tag is known of, in turns with COPY of the same file into one table of the same columns.
 */

const SIZES = { full: { customers: 1_000_000, rounds: 3 }, quick: { customers: 50_000, rounds: 3 } };

interface Round {
  readonly seconds: number;
  readonly importerMb: number;
  readonly used: ReturnType<typeof used>;
}

export async function load({ quick, seed, profile }: Options, cores: Cores): Promise<Omit<Report, 'cores' | 'coresAsked'>> {
  const size = quick ? SIZES.quick : SIZES.full;
  const store = await openStore();
  const problems: string[] = [];
  try {
    const file = path.join(store.folder, 'customers.csv');
    const population = await writePopulation(file, size.customers, seed);
    const map = path.join(store.folder, 'customers.yaml');
    fs.writeFileSync(map, stringify({ source: 'warehouse', key: 'number', tags: Object.fromEntries(population.tags.map(({ name, column, kind }) => [name, { column, kind }])) })); // biome-ignore format: one line
    const bytes = fs.statSync(file).size;
    say(`${size.customers} customers, ${(bytes / 1e6).toFixed(0)} MB`);
    const plain = await store.database('plain');
    const copies: number[] = [];
    const rounds: Round[] = [];
    for (let n = 0; n < size.rounds; n++) {
      if (n > 0) await cores.ask();
      await store.settle();
      copies.push((await copyTable(plain, file, population.columns)) / 1_000);
      say(`COPY: ${copies.at(-1)?.toFixed(1)} s`);
      await store.settle();
      const server = await startServer(store, `subject${n}`);
      const before = await store.counters();
      const done = profile && n === 0 ? await server.profile() : undefined;
      const began = performance.now();
      const imported = await runCustomersImport(server.url, file, map, store.folder);
      await counted(server);
      const seconds = (performance.now() - began) / 1_000;
      rounds.push({ seconds, importerMb: imported.peakMb, used: used(before, await store.counters(), size.customers) });
      say(`import: ${seconds.toFixed(1)} s`);
      for (const line of done ? await done() : []) if (line.share > 0.01) say(`${(line.share * 100).toFixed(1)} % ${line.name}`);
      if (imported.added !== size.customers) problems.push(`${imported.added} customers were added instead of ${size.customers}`);
      problems.push(...(await wrongTags(server, population)));
      await server.stop();
    }
    const ofCopy = median(copies) / median(rounds.map((r) => r.seconds));
    const rows: Row[] = [
      ['COPY into one table', spread(copies.map((s) => size.customers / s)), 'rows/s'],
      ['customers import', spread(rounds.map((r) => size.customers / r.seconds)), 'rows/s'],
      ['the same', spread(rounds.map((r) => r.seconds)), 's'],
      ['PostgreSQL', spread(rounds.map((r) => r.used.postgresCpuMs * 1_000)), 'CPU-µs per customer'],
      ['WAL', spread(rounds.map((r) => r.used.walBytes)), 'bytes per customer'],
      ['importer, most memory', Math.max(...rounds.map((r) => r.importerMb)), 'MB'],
    ];
    return {
      rows,
      ratios: { ofCopy },
      targets: { ofCopy: atLeast(ofCopy, 0.3) },
      details: { customers: size.customers, tags: population.tags.length, fileBytes: bytes, copies, rounds },
      problems,
    };
  } finally {
    await store.stop();
  }
}

interface Listed {
  readonly items: readonly {
    readonly name: string;
    readonly known: number;
    readonly counting: boolean;
    readonly values: readonly { value: unknown; count: number }[];
  }[];
  readonly everyone: number;
}

const catalogue = async (server: Server): Promise<Listed> =>
  (await (await fetch(`${server.url}/api/tags?limit=1000`, { headers: AUTH })).json()) as Listed;

/** Waits until no figure is still being counted. */
async function counted(server: Server): Promise<void> {
  while ((await catalogue(server)).items.some((t) => t.counting)) await new Promise((done) => setTimeout(done, 250));
}

/** Does the catalogue say of each tag what was written into the file? */
async function wrongTags(server: Server, { tags, known, yes }: Population): Promise<string[]> {
  const there = new Map((await catalogue(server)).items.map((t) => [t.name, t]));
  return tags.flatMap(({ name, kind }, i) => {
    const tag = there.get(name);
    const said = kind === 'flag' ? tag?.values.find((v) => v.value === true)?.count : 0;
    return tag?.known === known[i] && said === (kind === 'flag' ? yes[i] : 0)
      ? []
      : [`${name}: known of ${tag?.known} instead of ${known[i]}`];
  });
}
