import { type Cores, openCores } from './lib/cores.ts';
import { type Options, readOptions } from './lib/options.ts';
import { print, type Report } from './lib/report.ts';

/** `npm run bench -- NAME [--quick] [--seed N] [--size N] [--profile]`: prints tables and, last, one line of JSON. Exit 0: it ran and was correct; else 1. */
type Bench = (options: Options, cores: Cores) => Promise<Omit<Report, 'cores' | 'coresAsked'>>;

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  ingest: async () => (await import('./ingest.ts')).ingest,
  visible: async () => (await import('./visible.ts')).visible,
  lookup: async () => (await import('./lookup.ts')).lookup,
  load: async () => (await import('./load.ts')).load,
  rules: async () => (await import('./rules.ts')).rules,
  import: async () => (await import('./import.ts')).importing,
  audience: async () => (await import('./audience.ts')).audience,
};

async function main(argv: readonly string[]): Promise<number> {
  const began = performance.now();
  const { name, options } = readOptions(argv, Object.keys(benches));
  const bench = await (benches[name] as () => Promise<Bench>)();
  const cores = await openCores();
  try {
    await cores.ask();
    const report = await bench(options, cores);
    await cores.ask();
    return print(name, options, { ...report, cores: cores.value, coresAsked: cores.asked }, (performance.now() - began) / 1_000);
  } finally {
    await cores.close();
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (e: Error) => {
    console.error(`bench: ${process.env.DEBUG === undefined ? e.message : e.stack}`);
    process.exit(1);
  },
);
