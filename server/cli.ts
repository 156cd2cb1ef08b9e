import { parseArgs } from 'node:util';
import { BadCommand, exitCodeOf } from './command.ts';
import { BadSetting, type Flags } from './platform/config.ts';

/** The command line: which command, which flags; the work is done elsewhere. */
interface Command {
  readonly does: string;
  readonly help: string;
  /** Answers the exit code; undefined: the command goes on by itself (a server) and ends the process when it is done. */
  run(argv: string[]): Promise<number | undefined>;
}

const CODES = `
Ends with 0 when it is done, 1 when it could not be done, 2 on wrong use, a bad setting or a bad file (nothing was changed), 130 by Ctrl-C and
143 by SIGTERM (nothing half is left).`;

const START = `Usage: glasshouse start [--demo] [--port N] [--data DIR] [--speed N] [--seed N]

Starts the server and, when DATABASE_URL is not set, PostgreSQL with it.

  --demo        with the demo operator and its living simulator
  --port N      port to listen on; 0 picks a free one (PORT, 8080)
  --data DIR    folder for the data (GLASSHOUSE_DATA, ./data of the project)
  --speed N     demo: simulated seconds per second (1)
  --seed N      demo: seed of its chances (1)

A flag beats the environment. Environment: PORT, HOST, DATABASE_URL, GLASSHOUSE_DATA, GLASSHOUSE_DEMO, GLASSHOUSE_ADMIN_TOKEN,
GLASSHOUSE_KEY, GLASSHOUSE_ZONE, GLASSHOUSE_HOTLINE, GLASSHOUSE_DATASETS, GLASSHOUSE_LIMITS.`;

const IMPORT = `Usage: glasshouse import FILE… --map MAP.yaml [--dry-run] [--rejected DIR]

Sends the events of CSV, XES, OCEL 2.0 JSON or NDJSON files to a server. The last line is a JSON summary.

  --map MAP.yaml   which column is what
  --dry-run        send nothing, print what would be
  --rejected DIR   where FILE.rejected.ndjson is written (beside the file)

Environment: GLASSHOUSE_URL (the local server), GLASSHOUSE_TOKEN (bearer token of a source or the admin token).`;

const CUSTOMERS = `Usage: glasshouse customers import FILE… --map MAP.yaml [--allow-loss] [--rejected DIR]

Sends files of customers with their tags (CSV, NDJSON, Parquet) to a server: new, changed and vanished ones are told apart. The last line is a JSON summary.

  --map MAP.yaml   which column is the customer's number, and which is which tag
  --allow-loss     believe files that name less than half of the customers that the source has
  --rejected DIR   where FILE.rejected.ndjson is written (beside the file)

Environment: GLASSHOUSE_URL (the local server), GLASSHOUSE_TOKEN (bearer token of a source or the admin token).`;

const EXPORT = `Usage: glasshouse export FILE [--form ocel|csv] [--lang zh|en] [filters]

Writes journeys of a running server to a file; FILE "-" is standard output. Needs the right export:run; each export is written into the audit trail.

  --form ocel|csv   OCEL 2.0 JSON (FILE.json, FILE.jsonocel) or a table of journeys (FILE.csv)
  --lang zh|en      language of the table (zh)
  --scenario ID  --area A,B  --from DAY  --to DAY      which journeys, for both forms
  --state open|done|cancelled  --stage ID  --milestone ID  --holder ROLE  --wait ID  --reason TEXT  --source ID
  --overdue  --due-soon  --waiting  --held-back  --q NUMBER  --finished-from DAY  --finished-to DAY  --sort ORDER      for csv

The last line on stderr counts what was written. Environment: GLASSHOUSE_URL (http://127.0.0.1:8080), GLASSHOUSE_TOKEN.
${CODES}`;

const BACKUP = `Usage: glasshouse backup FILE|DIR [--data DIR]

Writes everything in the store to one file, as it is at one moment, while the server works or is stopped. A DIR gets a file named by the time.
The file is a tar of zstd pieces, for this user alone; what is there already is never written over.

  --data DIR    data folder of the store (GLASSHOUSE_DATA, ./data of the project)

The key is not in it: keep a copy of the file "key" of the data folder (or of GLASSHOUSE_KEY) apart from the backups. Without the key nobody can
read the personal data again. Environment: GLASSHOUSE_DATA, DATABASE_URL.
${CODES}`;

const RESTORE = `Usage: glasshouse restore FILE [--data DIR] [--key FILE] [--erasures FILE]…
       glasshouse restore FILE --check

Fills an empty store from a backup, which is read and checked whole before anything is done; a store that holds something is never written over.

  --check           only check that the file is whole, change nothing
  --data DIR        new data folder (GLASSHOUSE_DATA, ./data of the project); with DATABASE_URL the database must be empty
  --key FILE        the key the backup was made under: the file "key" of the old data folder; without it GLASSHOUSE_KEY, or the key in DIR
  --erasures FILE   erasures.ndjson of the old data folder (of each copy of the program): people erased after the backup are erased again

Everybody signs in again afterwards. Environment: GLASSHOUSE_DATA, DATABASE_URL, GLASSHOUSE_KEY, GLASSHOUSE_ZONE.
${CODES}`;

const MODEL = `Usage: glasshouse model evaluate FILE --map MAP.yaml --label COLUMN

Trains a model of the label on the tags of a table (CSV, NDJSON, Parquet) and judges it on rows that it has not learned from: five folds, each
scored by a model of the other four. Needs no server. The last line on stdout is {"auc":…,"ece":…,"n":…}; the rest of what there is to say is on stderr.

  --map MAP.yaml    which column is which tag, of which kind; "tags: auto" drafts them from the values and shows the draft first
  --label COLUMN    what is to be learned: true/false, 1/0, yes/no, 是/否; rows where it is unknown are left out

docs/models.md says how it is done and what the figures mean.
${CODES}`;

const DOCTOR = `Usage: glasshouse doctor [--port N] [--data DIR]

Looks at this machine, the data folder and, where it answers, the store: settings, PostgreSQL, rights, key, disk, memory, clock, port, the last
backup. Changes nothing. A line each: ✓ well, ! should be seen to, ✗ in the way of starting or working; each trouble says what to do.

Ends with 0 when nothing is in the way, 1 when something is, 2 on wrong use.`;

const commands: Readonly<Record<string, Command>> = {
  start: {
    does: 'start the server',
    help: START,
    run: async (argv) => {
      const flags = readFlags(argv, ['port', 'data', 'speed', 'seed'], ['demo']);
      const { main } = await import('./main.ts');
      await main(flags, process.env);
      return undefined;
    },
  },
  import: {
    does: 'send the events of files to a server',
    help: IMPORT,
    run: async (argv) => (await import('./edge/files/import.ts')).runImport(argv, process.env),
  },
  customers: {
    does: 'send files of customers with their tags to a server',
    help: CUSTOMERS,
    run: async (argv) => (await import('./edge/files/customers.ts')).runCustomers(argv, process.env),
  },
  export: {
    does: 'write journeys of a server to a file',
    help: EXPORT,
    run: async (argv) => (await import('./export.ts')).runExport(argv, process.env),
  },
  backup: {
    does: 'write everything in the store to a file',
    help: BACKUP,
    run: async (argv) => (await import('./backup.ts')).runBackup(argv, process.env),
  },
  restore: {
    does: 'fill an empty store from a backup',
    help: RESTORE,
    run: async (argv) => (await import('./restore.ts')).runRestore(argv, process.env),
  },
  model: {
    does: 'train a model on a table and judge it',
    help: MODEL,
    run: async (argv) => (await import('./model.ts')).runModel(argv),
  },
  doctor: {
    does: 'look for what would keep the server from starting',
    help: DOCTOR,
    run: async (argv) => (await import('./doctor.ts')).runDoctor(readFlags(argv, ['port', 'data'], []), process.env),
  },
};

const HELP = `Usage: glasshouse <command> [flags]

${Object.entries(commands)
  .map(([name, { does }]) => `  ${name.padEnd(10)} ${does}`)
  .join('\n')}

"glasshouse <command> --help" says more about one.`;

function readFlags(argv: string[], strings: (keyof Flags)[], booleans: (keyof Flags)[]): Flags {
  const options = Object.fromEntries([...strings.map((s) => [s, { type: 'string' }]), ...booleans.map((b) => [b, { type: 'boolean' }])]);
  try {
    return parseArgs({ args: argv, options, strict: true, allowPositionals: false }).values as Flags;
  } catch (e) {
    throw new BadCommand((e as Error).message.split('. ')[0]);
  }
}

async function run([name, ...argv]: string[]): Promise<number | undefined> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(HELP);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    throw new BadCommand(`there is no command "${name}". There are ${Object.keys(commands).join(', ')}; see glasshouse --help.`);
  if (argv.includes('--help') || argv.includes('-h')) {
    console.log(command.help);
    return 0;
  }
  return command.run(argv);
}

process.stdout.on('error', () => undefined); // whoever listened has gone; a server goes on

run(process.argv.slice(2)).then(
  (code) => {
    if (code !== undefined) process.exitCode = code;
  },
  (e: Error) => {
    console.error(
      `glasshouse: ${process.env.DEBUG === undefined || e instanceof BadCommand || e instanceof BadSetting ? e.message : e.stack}`,
    );
    process.exit(exitCodeOf(e));
  },
);
