import { parseArgs } from 'node:util';
import { BadSetting, type Flags } from './platform/config.ts';

/** The command line: which command, which flags; the work is done elsewhere. */
interface Command {
  readonly does: string;
  readonly help: string;
  /** Answers the exit code; undefined: the command goes on by itself (a server) and ends the process when it is done. */
  run(argv: string[]): Promise<number | undefined>;
}

/** Whoever typed the command typed something wrong. */
class BadCommand extends Error {}

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

const DOCTOR = `Usage: glasshouse doctor [--port N] [--data DIR]

Looks at this machine and the data folder, changes nothing, and says what would keep the server from starting.`;

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
      `glasshouse: ${e instanceof BadCommand || e instanceof BadSetting || process.env.DEBUG === undefined ? e.message : e.stack}`,
    );
    process.exit(e instanceof BadCommand || e instanceof BadSetting ? 2 : 1);
  },
);
