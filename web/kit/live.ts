import { callHeaders, troubleOf } from './api.ts';

/**
 * A live stream (Server-Sent Events) over fetch, so that it can say its language and tell "no longer allowed" from "not reachable", which
 * EventSource cannot. Every frame is the whole answer and the first one the present, so nothing has to be resumed. It reconnects for ever, faster when the network comes back, and is called stale when silent beyond the server's 15 s beat.
 */

export type LiveState =
  | { state: 'connecting' }
  | { state: 'live' }
  /** Not reachable since `since` (epoch ms); what is on show is from before. */
  | { state: 'stale'; since: number }
  /** The server said no (gone, not allowed): nothing more will come. */
  | { state: 'ended'; error: Error };

export interface Frame {
  event: string;
  data: string;
}

/** Cuts a growing text into frames; keeps an unfinished tail. Comments (heartbeats) give nothing. */
export const framesOf = (text: string): { frames: Frame[]; rest: string } => {
  const blocks = text.split(/\r?\n\r?\n/);
  const rest = blocks.pop() ?? '';
  const frames = blocks.flatMap((block) => {
    const frame: Frame = { event: 'message', data: '' };
    const data: string[] = [];
    for (const line of block.split(/\r?\n/)) {
      const colon = line.indexOf(':');
      if (colon === 0) continue;
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'data') data.push(value);
      if (field === 'event') frame.event = value;
    }
    return data.length ? [{ ...frame, data: data.join('\n') }] : [];
  });
  return { frames, rest };
};

/** Milliseconds before try n (from 0): 1 s doubling to 30 s, spread by a fifth so that not all come back at once. */
export const pause = (n: number, dice: number): number => Math.min(30_000, 1000 * 2 ** n) * (0.9 + 0.2 * dice);

const SILENCE = 40_000;

interface Follow<T> {
  path: string;
  /** Where the page's own language is not meant. */
  language?: string;
  onValue(value: T, event: string): void;
  onState?(state: LiveState): void;
}

/** Follows a stream until the returned function is called. */
export const follow = <T>({ path, language, onValue, onState = () => {} }: Follow<T>): (() => void) => {
  const over = new AbortController();
  let lastHeard = Date.now();
  let tries = 0;
  let wake = () => {};

  const read = async (attempt: AbortController) => {
    let watchdog = setTimeout(() => attempt.abort(), SILENCE);
    const heard = () => {
      lastHeard = Date.now();
      clearTimeout(watchdog);
      watchdog = setTimeout(() => attempt.abort(), SILENCE);
    };
    try {
      const headers = { ...callHeaders(language), accept: 'text/event-stream' };
      const answer = await fetch(path, { headers, credentials: 'same-origin', cache: 'no-store', signal: attempt.signal });
      if (!answer.ok && answer.status < 500 && answer.status !== 429) return await troubleOf(answer);
      if (!answer.ok || !answer.body) return null;
      tries = 0;
      heard();
      onState({ state: 'live' });
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return null;
        heard();
        const cut = framesOf(text + value);
        text = cut.rest;
        for (const frame of cut.frames) {
          if (frame.data) onValue(JSON.parse(frame.data) as T, frame.event);
        }
      }
    } finally {
      clearTimeout(watchdog);
    }
  };

  const run = async () => {
    onState({ state: 'connecting' });
    while (!over.signal.aborted) {
      const attempt = new AbortController();
      const stop = () => attempt.abort();
      over.signal.addEventListener('abort', stop, { once: true });
      const refusal = await read(attempt).catch(() => null);
      over.signal.removeEventListener('abort', stop);
      if (over.signal.aborted) return;
      if (refusal) return onState({ state: 'ended', error: refusal });
      onState({ state: 'stale', since: lastHeard });
      await new Promise<void>((resume) => {
        wake = resume;
        setTimeout(resume, pause(tries, Math.random()));
      });
      tries += 1;
    }
  };

  const hurry = () => {
    tries = 0;
    wake();
  };
  addEventListener('online', hurry);
  void run();
  return () => {
    over.abort();
    removeEventListener('online', hurry);
    wake();
  };
};
