import http from 'node:http';

/** Open pages: one event stream each, whose frames are parsed as they come. */
export interface Pages {
  /** Streams that ended though nobody closed them. */
  readonly broken: number;
  close(): void;
}

/** The data of every whole frame at the beginning of a text, and what is left of it. Comments and ids are passed over. */
export function readFrames(text: string): { frames: string[]; rest: string } {
  const parts = text.split('\n\n');
  const rest = parts.pop() ?? '';
  const frames = parts.flatMap((part) => {
    const data = part.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []));
    return data.length === 0 ? [] : [data.join('\n')];
  });
  return { frames, rest };
}

/** Opens a stream per path; resolves when all are open. `hear` gets the page's number, the parsed data of a frame, and when it was parsed (ms). */
export async function openPages(
  url: string,
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
  hear: (page: number, data: unknown, now: number) => void,
): Promise<Pages> {
  const agent = new http.Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const requests: http.ClientRequest[] = [];
  let broken = 0;
  let closed = false;
  const open = (path: string, page: number) =>
    new Promise<void>((ready, fail) => {
      const request = http.get(new URL(path, url), { agent, headers: { accept: 'text/event-stream', ...headers } }, (reply) => {
        if (reply.statusCode !== 200) return fail(new Error(`${path.slice(0, 40)}… answers ${reply.statusCode}`));
        let text = '';
        reply.setEncoding('utf8').on('data', (more: string) => {
          const { frames, rest } = readFrames(text + more);
          text = rest;
          for (const frame of frames) {
            const data: unknown = JSON.parse(frame);
            hear(page, data, performance.now());
          }
        });
        reply.on('close', () => {
          if (!closed) broken++;
        });
        reply.on('error', () => undefined);
        ready();
      });
      request.on('error', (e) => (closed ? undefined : fail(e)));
      requests.push(request);
    });
  for (let i = 0; i < paths.length; i += 100) await Promise.all(paths.slice(i, i + 100).map((p, n) => open(p, i + n)));
  return {
    get broken() {
      return broken;
    },
    close() {
      closed = true;
      for (const r of requests) r.destroy();
      agent.destroy();
    },
  };
}
