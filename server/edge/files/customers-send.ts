import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CustomerMap, ImportView } from '#customer/contract';
import type { Meter } from './bytes.ts';
import { unreadable } from './bytes.ts';
import { notice, progress } from './progress.ts';
import { rejectedFile } from './rejected.ts';
import { call, isServerFault, type Server, serverFault } from './send.ts';

/** Sends files of customers to a server and waits until they are in force. */

const TRIES = 10;
const ASK_MS = 300;
const JSON_TYPE = { 'content-type': 'application/json' };

export interface Sending {
  readonly files: readonly string[];
  readonly map: CustomerMap;
  readonly allowLoss: boolean;
  readonly rejected: string | undefined;
}

/** Answers the import as it ended well. Throws `serverFault` and, for a file that turned out to be none, `unreadable`. */
export async function sendCustomers({ files, map, allowLoss, rejected }: Sending, server: Server): Promise<ImportView> {
  const sizes = await Promise.all(files.map(async (f) => (await stat(f)).size));
  const body = JSON.stringify({ map, allowLoss, files: files.map((f, i) => ({ name: basename(f), bytes: sizes[i] })) });
  const made = (await call({ ...server, tries: 4 }, '/api/customers/imports', { method: 'POST', headers: JSON_TYPE, body })) as ImportView;
  const at = `/api/customers/imports/${made.id}`;
  for (const [i, file] of files.entries())
    await sendFile(file, sizes[i] as number, `${at}/files/${i}`, server, () => received(server, at, i));
  await call(server, `${at}/start`, { method: 'POST', headers: JSON_TYPE, body: '{}' });
  const ended = await waitFor(server, at);
  if (ended.state === 'done' && ended.rejected > 0) await fetchRejected(server, at, files, rejected);
  if (ended.state === 'done') return ended;
  const why = ended.problem?.message ?? 'it did not finish';
  if (ended.problem?.code === 'customer-import.unreadable') throw unreadable(files.join(', '), why);
  throw serverFault(why);
}

const received = async (server: Server, at: string, file: number): Promise<number> =>
  ((await call(server, at, { method: 'GET' })) as ImportView).files[file]?.received ?? 0;

/** Sends a file from where the server has it; goes on after a broken connection. */
async function sendFile(file: string, bytes: number, url: string, server: Server, known: () => Promise<number>): Promise<void> {
  const meter: Meter = { bytes: 0 };
  const bar = progress(`sending ${file}`, bytes, meter);
  try {
    for (let round = 0, from = 0; ; round++) {
      const failed = await attempt(file, `${url}?from=${from}`, from, server, meter);
      if (failed === undefined) return;
      if (round === TRIES) throw serverFault(`${server.url} broke off again and again (${failed}).`);
      await sleep(Math.min(15_000, 250 * 2 ** round));
      from = await known();
      meter.bytes = from;
    }
  } finally {
    bar.stop();
  }
}

/** Undefined when all of it arrived; else why not. */
async function attempt(file: string, at: string, from: number, server: Server, meter: Meter): Promise<string | undefined> {
  try {
    const { status, text } = await put(new URL(at, server.url), file, from, server.token, meter);
    if (status < 300) return undefined;
    if (status < 500 && status !== 429) throw serverFault(`${server.url} refuses the file: HTTP ${status} ${text.slice(0, 500)}`);
    return `HTTP ${status}`;
  } catch (e) {
    if (isServerFault(e)) throw e;
    return e instanceof Error ? e.message : String(e);
  }
}

/** The file from this byte on as a body that is read no faster than it is sent; `fetch` would hold much of it in memory. */
function put(url: URL, file: string, from: number, token: string, meter: Meter): Promise<{ status: number; text: string }> {
  return new Promise((done, fail) => {
    const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en', 'content-type': 'application/octet-stream' };
    const { request } = url.protocol === 'https:' ? https : http;
    const sending = request(url, { method: 'PUT', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, text }));
      response.on('error', fail);
    });
    const counted = async function* (bytes: AsyncIterable<Buffer>) {
      for await (const chunk of bytes) {
        meter.bytes += chunk.length;
        yield chunk;
      }
    };
    pipeline(createReadStream(file, { start: from, highWaterMark: 1 << 18 }), counted, sending).catch(fail); // an answer that came before stands
  });
}

/** Steps of which nobody can say how far they are. */
const UNMEASURED: Readonly<Record<string, string>> = {
  queued: 'waiting for its turn …',
  working: 'beginning …',
  placing: 'read; finding out who is new …',
  finishing: 'all rows are read; putting them in force …',
};

/** Asks how far it is until it is over. */
async function waitFor(server: Server, at: string): Promise<ImportView> {
  const meter: Meter = { bytes: 0 };
  let bar: ReturnType<typeof progress> | undefined;
  let shown: string | undefined;
  try {
    for (;;) {
      const now = (await call(server, at, { method: 'GET' })) as ImportView;
      if (now.state === 'done' || now.state === 'failed') return now;
      const step = now.phase ?? now.state;
      if (step !== shown) {
        bar?.stop();
        shown = step;
        bar = UNMEASURED[step] === undefined ? progress(step, now.total, meter) : notice(UNMEASURED[step]);
      }
      meter.bytes = now.done;
      await sleep(ASK_MS);
    }
  } finally {
    bar?.stop();
  }
}

/** FILE.rejected.ndjson for each file with refused rows. */
async function fetchRejected(server: Server, at: string, files: readonly string[], folder: string | undefined): Promise<void> {
  const response = await fetch(new URL(`${at}/rejected`, server.url), { headers: { authorization: `Bearer ${server.token}` } });
  if (!response.ok || response.body === null) throw serverFault(`${server.url} does not give the refused rows: HTTP ${response.status}`);
  const taken = new Set<string>();
  const kept = files.map((file) => rejectedFile(file, folder, taken));
  let rest = '';
  const decoder = new TextDecoder();
  const write = (line: string) => {
    if (line === '') return;
    const { file, ...row } = JSON.parse(line) as { file: number; line: number; code: string; message: string; raw: string };
    kept[file]?.write([row]);
  };
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) write(line);
  }
  write(rest);
  for (const file of kept) {
    const path = file.close();
    if (path) process.stderr.write(`refused rows with their reasons: ${path}\n`);
  }
}
