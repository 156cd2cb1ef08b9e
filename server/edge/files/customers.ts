import { parseArgs } from 'node:util';
import { isUnreadable } from './bytes.ts';
import { apartFrom, type CustomersMap, readCustomersMap, toldMap, wantedColumns } from './customers-map.ts';
import { readCustomers } from './customers-rows.ts';
import { sendCustomers } from './customers-send.ts';
import { serverOf } from './import.ts';
import { isBadMap } from './map.ts';
import { isServerFault } from './send.ts';
import { type Draft, kindDrafter } from './table-draft.ts';

const usage = `Usage: glasshouse customers import FILE… --map MAP.yaml [--allow-loss] [--rejected DIR]

Sends files of customers with their tags (CSV, NDJSON, Parquet; gzip too) to GLASSHOUSE_URL with GLASSHOUSE_TOKEN. All files together are what the
source has now: who is not in them any more has left.

--allow-loss    believe the files also when they name less than half of the customers that the source has
--rejected DIR  where FILE.rejected.ndjson goes (default: beside the file)`;

interface Options {
  readonly files: string[];
  readonly map: string;
  readonly allowLoss: boolean;
  readonly rejected: string | undefined;
}

/**
 * The command `customers`; answers its exit code: 0 done (with refused rows too), 1 the server does not take it (a file that lost half its customers
 * too), 2 wrong use, an unreadable file or a bad map. Environment: `GLASSHOUSE_URL`, `GLASSHOUSE_TOKEN`.
 */
export async function runCustomers(argv: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const begun = performance.now();
  try {
    const options = optionsOf(argv);
    if (typeof options === 'string') return say(options, options === usage ? 0 : 2);
    const map = await readCustomersMap(options.map);
    const draft = await look(options.files, map);
    if (draft !== undefined) show(draft);
    const ended = await sendCustomers({ ...options, map: toldMap(map, draft) }, serverOf(env));
    const { customers, added, changed, vanished, rejected, erased } = ended;
    const seconds = Math.round(performance.now() - begun) / 1000;
    if (erased > 0) process.stderr.write(`${erased} ${ERASED}\n`);
    process.stdout.write(
      `${JSON.stringify({ customers, added, changed, vanished, rejected, ...(erased > 0 ? { erased } : {}), seconds })}\n`,
    );
    return 0;
  } catch (error) {
    if (isBadMap(error) || isUnreadable(error)) return say(error.message, 2);
    if (isServerFault(error)) return say(error.message, 1);
    throw error;
  }
}

const ERASED =
  'rows speak of people who were erased: they count, and nothing personal of them was kept (docs/security.md). Take these people out of the source, too.';

function say(sentence: string, code: number): number {
  process.stderr.write(`${sentence}\n`);
  return code;
}

/** The options, or what to say instead. */
function optionsOf([verb, ...argv]: string[]): string | Options {
  const options = {
    map: { type: 'string' },
    'allow-loss': { type: 'boolean' },
    rejected: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  if (verb === undefined || verb === '--help' || verb === '-h') return usage;
  if (verb !== 'import') return `There is no command “customers ${verb}”.\n${usage}`;
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    if (values.help) return usage;
    if (positionals.length === 0) return `No file is named.\n${usage}`;
    if (!values.map) return `--map MAP.yaml is missing: it says which column is what.\n${usage}`;
    return { files: positionals, map: values.map, allowLoss: values['allow-loss'] ?? false, rejected: values.rejected };
  } catch (error) {
    return `${error instanceof Error ? error.message : error}\n${usage}`;
  }
}

/** Reads what must be sound before anything is sent: each file to its first rows; for `tags: auto` to the end, and answers the draft. */
async function look(files: readonly string[], map: CustomersMap): Promise<Draft | undefined> {
  const isAuto = map.tags === 'auto';
  const drafter = kindDrafter(map.unknown, apartFrom(map));
  const columns: string[] = [];
  for (const file of files) {
    const table = readCustomers(file, map, isAuto ? {} : { wanted: wantedColumns(map) });
    let places: number[] = [];
    for await (const rows of table.rows) {
      if (!isAuto && rows.length > 0) break;
      if (places.length < table.columns.length) places = placesOf(table.columns, columns);
      for (const row of rows) if ('cells' in row) drafter.take(inOrder(row.cells, places, columns.length));
    }
    if (isAuto) for (const [column, path] of wantedColumns(map)) if (!table.columns.includes(column)) throw noColumn(file, column, path);
  }
  return isAuto ? drafter.draft(columns) : undefined;
}

/** Where a file's columns stand among those of all files; new ones stand behind. */
const placesOf = (names: readonly string[], columns: string[]): number[] =>
  names.map((name) => {
    const at = columns.indexOf(name);
    return at < 0 ? columns.push(name) - 1 : at;
  });

function inOrder(cells: readonly string[], places: readonly number[], width: number): string[] {
  const out = Array.from({ length: width }, () => '');
  for (let i = 0; i < cells.length; i++) out[places[i] as number] = cells[i] as string;
  return out;
}

const noColumn = (file: string, column: string, path: string): Error =>
  Object.assign(new Error(`${file} has no column “${column}” (${path}).`), { badMap: true as const });

/** What `auto` found, on stderr, in the form in which it can stand in the map. */
function show({ tags, leftOut }: Draft): void {
  const lines = tags.map(({ name, column, kind, odd, oddCell }) => {
    const remark = odd > 0 ? ` # ${odd} cells are none, as “${oddCell}”: their rows will be refused` : '';
    return `  ${JSON.stringify(name)}: { column: ${JSON.stringify(column)}, kind: ${kind} }${remark}`;
  });
  const left = leftOut.map(({ column, because }) => `  # left out: ${column} (${because})`);
  process.stderr.write(`tags:\n${[...lines, ...left].join('\n')}\n`);
}
