import type { FileEvent } from './event.ts';

/** An import that cannot go on (the server does not take it, refused rows cannot be kept): one sentence; the command ends with 1. */
export function serverFault(why: string): Error & { serverFault: true } {
  return Object.assign(new Error(why), { serverFault: true as const });
}

export const isServerFault = (error: unknown): error is Error => error instanceof Error && 'serverFault' in error;

export type Server = {
  url: string;
  token: string /** How often a call is tried, and the first pause in ms, doubled each time. */;
  tries?: number;
  pauseMs?: number;
};
/** What the server said of a batch; `line` is the file's. */
export type Counts = { accepted: number; duplicates: number; conflicts: number };
export type SentRefusal = { line: number; code: string; message: string; raw: string };

type Answer = Counts & { rejected: { line: number; code: string; message: string }[]; rejectedTotal: number };

/** The server names at most 1,000 refused lines of a call, so a batch has no more (`contract.md`). */
const batchEvents = 1_000;
/** Characters of a batch; with the calls in flight this bounds what the importer holds. */
const batchLength = 2_097_152;
const inFlight = 4;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const again = new Set([429, 502, 503, 504]);

/**
 * One call, tried again while the server cannot be reached or says 429, 502, 503 or 504; sending the same events twice adds nothing.
 * Throws `serverFault`.
 */
export async function call(
  server: Server,
  path: string,
  init: { method: string; headers?: Record<string, string>; body?: string },
): Promise<unknown> {
  const { tries = 10, pauseMs = 250 } = server;
  const headers = { authorization: `Bearer ${server.token}`, 'accept-language': 'en', ...init.headers };
  let last = '';
  for (let round = 0; round < tries; round++) {
    if (round > 0) await pause(Math.min(15_000, pauseMs * 2 ** (round - 1)));
    try {
      const response = await fetch(new URL(path, server.url), { ...init, headers, signal: AbortSignal.timeout(300_000) });
      const text = await response.text();
      if (response.ok) return JSON.parse(text);
      last = `HTTP ${response.status}${sentenceOf(text)}`;
      if (!again.has(response.status)) throw serverFault(`${server.url}${path} refuses: ${last}`);
      const wait = Number(response.headers.get('retry-after'));
      if (wait > 0) await pause(Math.min(60, wait) * 1000);
    } catch (error) {
      if (isServerFault(error)) throw error;
      last = error instanceof Error ? String((error.cause as Error | undefined)?.message || error.message) : String(error);
    }
  }
  throw serverFault(`${server.url} cannot be reached (${last}); is the server running, and is GLASSHOUSE_URL right?`);
}

function sentenceOf(text: string): string {
  try {
    const { code, message } = JSON.parse(text) as { code?: string; message?: string };
    return message ? ` ${code ?? ''}: ${message}` : '';
  } catch {
    return '';
  }
}

/**
 * Sends events in batches, several in flight: the reader waits in `put` while they are. Events without a line end in them, one a line.
 * `end` waits for the last answer. A failed call shows at the next `put` or `end`. Throws `serverFault`.
 */
export function sender(server: Server, headers: Record<string, string>, refused: (refusals: SentRefusal[]) => void) {
  const counts: Counts & { rejected: number } = { accepted: 0, duplicates: 0, conflicts: 0, rejected: 0 };
  const running = new Set<Promise<void>>();
  let lines: number[] = [];
  let events: string[] = [];
  let length = 0;
  let failure: unknown;

  const post = async (batch: string[], places: number[]): Promise<void> => {
    const body = `${batch.join('\n')}\n`;
    const init = { method: 'POST', headers: { 'content-type': 'application/x-ndjson', ...headers }, body };
    const answer = (await call(server, '/api/events', init)) as Answer;
    counts.accepted += answer.accepted;
    counts.duplicates += answer.duplicates;
    counts.conflicts += answer.conflicts;
    counts.rejected += answer.rejectedTotal;
    if (answer.rejected.length === 0) return;
    refused(answer.rejected.map(({ line, code, message }) => ({ line: places[line - 1] ?? 0, code, message, raw: batch[line - 1] ?? '' })));
  };

  const flush = async (): Promise<void> => {
    if (events.length === 0) return;
    const done: Promise<void> = post(events, lines).then(
      () => void running.delete(done),
      (error) => {
        running.delete(done);
        failure ??= error;
      },
    );
    running.add(done);
    [events, lines, length] = [[], [], 0];
    if (running.size >= inFlight) await Promise.race(running);
  };

  return {
    counts,
    async put(line: number, event: FileEvent): Promise<void> {
      const json = JSON.stringify(event);
      lines.push(line);
      events.push(json);
      length += json.length;
      if (events.length >= batchEvents || length >= batchLength) await flush();
      if (failure) throw failure;
    },
    async end(): Promise<void> {
      await flush();
      await Promise.all(running);
      if (failure) throw failure;
    },
  };
}
