import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { BadCommand, readArgs, size, theFile } from './command.ts';
import { readSettings } from './platform/config.ts';
import { interruptible } from './platform/interrupt.ts';
import { writeWhole } from './platform/wholefile.ts';

/** What of the doors' filters is a flag; `both`: for each form. */
const text = { type: 'string' } as const;
const yes = { type: 'boolean' } as const;
const both = { scenario: text, area: text, from: text, to: text };
const ofTable = {
  state: text,
  stage: text,
  milestone: text,
  holder: text,
  wait: text,
  reason: text,
  source: text,
  q: text,
  'finished-from': text,
  'finished-to': text,
  sort: text,
  overdue: yes,
  'due-soon': yes,
  waiting: yes,
  'held-back': yes,
};

const DOORS = { ocel: '/api/export/journeys.ocel.json', csv: '/api/journeys/export.csv' } as const;
type Form = keyof typeof DOORS;

type Put = (bytes: Uint8Array) => Promise<void>;
/** Counts what passes; what is said of it at the end. */
interface Counter {
  take(bytes: Buffer): void;
  said(): string;
}

/** The staff's export doors, to a file that is there whole or not at all, or to standard output; memory stays at one portion. */
export async function runExport(argv: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const begun = performance.now();
  const { values, positionals } = readArgs(argv, { form: text, lang: text, ...both, ...ofTable });
  const to = theFile(positionals, 'FILE (or "-" for standard output)');
  const form = formOf(to, values.form);
  const { lang = 'zh' } = values;
  if (lang !== 'zh' && lang !== 'en') throw new BadCommand('--lang must be zh or en.');
  const { GLASSHOUSE_URL: url = 'http://127.0.0.1:8080', GLASSHOUSE_TOKEN: token } = readSettings({}, env);
  if (token === undefined)
    throw new BadCommand('GLASSHOUSE_TOKEN is not set: it is the token of an account with the right export:run, or the administrator’s.');
  const door = new URL(DOORS[form], url);
  for (const [name, value] of Object.entries(filters(values, form))) door.searchParams.set(name, value);

  const counter = form === 'csv' ? countingRows() : countingOcel();
  let bytes = 0;
  await interruptible(async (signal) => {
    const take = async (put: Put): Promise<void> => {
      for await (const chunk of whole(await ask(door, { authorization: `Bearer ${token}`, 'accept-language': lang }, signal))) {
        counter.take(chunk);
        bytes += chunk.length;
        await put(chunk);
      }
    };
    if (to === '-') await take(toStdout);
    else await writeWhole(path.resolve(to), take);
  });
  console.error(
    `${to === '-' ? 'Standard output' : path.resolve(to)}: ${counter.said()}, ${size(bytes)}, ${((performance.now() - begun) / 1000).toFixed(1)} s.`,
  );
  return 0;
}

function formOf(to: string, given: string | undefined): Form {
  if (given !== undefined) {
    if (given !== 'ocel' && given !== 'csv') throw new BadCommand('--form must be ocel or csv.');
    return given;
  }
  if (/\.(json|jsonocel)$/i.test(to)) return 'ocel';
  if (/\.csv$/i.test(to)) return 'csv';
  throw new BadCommand('--form is missing: ocel (OCEL 2.0 JSON) or csv (a table of journeys).');
}

/** Filters as the door names them. One that it does not know would be passed over, and more be written than was asked for. */
function filters(values: Readonly<Record<string, unknown>>, form: Form): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [flag, value] of Object.entries(values)) {
    if (flag === 'form' || flag === 'lang' || value === undefined) continue;
    if (form === 'ocel' && flag in ofTable)
      throw new BadCommand(
        `--${flag} is for --form csv; an OCEL export knows ${Object.keys(both)
          .map((f) => `--${f}`)
          .join(', ')}.`,
      );
    out[flag.replace(/-(\w)/g, (_, c: string) => c.toUpperCase())] = String(value);
  }
  return out;
}

/** The door's answer, as long as it may take. Throws what the server refuses, in one sentence. */
async function ask(door: URL, headers: Record<string, string>, signal: AbortSignal): Promise<http.IncomingMessage> {
  const answer = await new Promise<http.IncomingMessage>((done, fail) => {
    const request = (door.protocol === 'https:' ? https : http).get(door, { headers, signal }, done);
    request.on('error', (e) =>
      fail(
        new Error(
          `${door.origin} cannot be reached (${e.message || (e as NodeJS.ErrnoException).code}); is the server running, and is GLASSHOUSE_URL right?`,
        ),
      ),
    );
  });
  if (answer.statusCode === 200) return answer;
  let said = '';
  for await (const chunk of answer.setEncoding('utf8')) if (said.length < 10_000) said += chunk;
  throw new Error(`${door.origin}${door.pathname} refuses: HTTP ${answer.statusCode}${sentenceOf(said)}`);
}

async function* whole(answer: http.IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* answer as AsyncIterable<Buffer>;
  } catch (e) {
    throw new Error(`The server broke off in the middle (${(e as Error).message}). Try again.`, { cause: e });
  }
}

function sentenceOf(said: string): string {
  try {
    const { code, message } = JSON.parse(said) as { code?: string; message?: string };
    return message ? ` ${code ?? ''}: ${message}` : '';
  } catch {
    return '';
  }
}

const toStdout: Put = (bytes) =>
  new Promise((done, fail) => process.stdout.write(bytes, (e) => (e ? fail(new Error('Whoever read standard output has gone.')) : done())));

/** Records of a CSV but its head; a line end between quotes is none. */
export function countingRows(): Counter {
  let rows = -1;
  let quoted = false;
  return {
    take(bytes) {
      for (const byte of bytes) {
        if (byte === 0x22) quoted = !quoted;
        else if (byte === 0x0a && !quoted) rows++;
      }
    },
    said: () => `${Math.max(0, rows).toLocaleString('en')} journeys`,
  };
}

/** Events and objects of our own OCEL, which has one on a line. */
export function countingOcel(): Counter {
  const counts = { events: 0, objects: 0 };
  let of: keyof typeof counts = 'events';
  let start = '';
  const line = (head: string): void => {
    if (head.startsWith('{"id"')) counts[of]++;
    else if (head.startsWith('"objects"')) of = 'objects';
  };
  return {
    take(bytes) {
      let at = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, at)) {
        line((start + bytes.toString('latin1', at, Math.min(end, at + 12))).slice(0, 12));
        start = '';
        at = end + 1;
      }
      if (start.length < 12) start += bytes.toString('latin1', at, at + 12);
    },
    said: () => `${counts.events.toLocaleString('en')} events, ${counts.objects.toLocaleString('en')} objects`,
  };
}
