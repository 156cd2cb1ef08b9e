import { parseArgs } from 'node:util';
import { readSettings } from '#platform/config';
import { isUnreadable } from './bytes.ts';
import { checkFiles } from './check.ts';
import { dryRun } from './dry-run.ts';
import { isBadMap, readMap } from './map.ts';
import { isServerFault, type Server, serverFault } from './send.ts';
import { type Counted, transfer } from './transfer.ts';

const usage = `Usage: glasshouse import FILE… --map MAP.yaml [--dry-run] [--rejected DIR]

Sends the events of CSV, XES, OCEL 2.0 JSON and NDJSON files (gzip too) to GLASSHOUSE_URL with GLASSHOUSE_TOKEN.
--dry-run       sends nothing and prints what would be
--rejected DIR  where FILE.rejected.ndjson goes (default: beside the file)`;

type Options = { files: string[]; map: string; dryRun: boolean; rejected: string | undefined };

/**
 * The command `import`; answers its exit code: 0 done (with refused rows too), 1 the server does not take it, 2 wrong use, an unreadable
 * file or a bad map (nothing is imported then, for all files are checked first). Environment: `GLASSHOUSE_URL`, `GLASSHOUSE_TOKEN`.
 */
export async function runImport(argv: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const begun = performance.now();
  try {
    const options = optionsOf(argv);
    if (typeof options === 'string') return say(options, options === usage ? 0 : 2);
    const job = { files: options.files, map: await readMap(options.map), rejected: options.rejected };
    const draft = await checkFiles(job);
    const counts = options.dryRun ? await dryRun(job, draft) : await transfer(job, draft, serverOf(env));
    const summary: Counted & { seconds: number } = { ...counts, seconds: Math.round(performance.now() - begun) / 1000 };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return 0;
  } catch (error) {
    if (isBadMap(error) || isUnreadable(error)) return say(error.message, 2);
    if (isServerFault(error)) return say(error.message, 1);
    throw error;
  }
}

function say(sentence: string, code: number): number {
  process.stderr.write(`${sentence}\n`);
  return code;
}

/** The options, or what to say instead. */
function optionsOf(argv: string[]): string | Options {
  const options = {
    map: { type: 'string' },
    'dry-run': { type: 'boolean' },
    rejected: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    if (values.help) return usage;
    if (positionals.length === 0) return `No file is named.\n${usage}`;
    if (!values.map) return `--map MAP.yaml is missing: it says which column is what.\n${usage}`;
    return { files: positionals, map: values.map, dryRun: values['dry-run'] ?? false, rejected: values.rejected };
  } catch (error) {
    return `${error instanceof Error ? error.message : error}\n${usage}`;
  }
}

/** Which server is meant, and as whom. Throws `BadSetting` that names the variable, `serverFault` without a token. */
export function serverOf(env: NodeJS.ProcessEnv): Server {
  const { GLASSHOUSE_URL: url = 'http://127.0.0.1:8080', GLASSHOUSE_TOKEN: token } = readSettings({}, env);
  if (token === undefined) throw serverFault('GLASSHOUSE_TOKEN is not set: it is the token of the source, or the administrator’s.');
  return { url: url.replace(/\/$/, ''), token };
}
