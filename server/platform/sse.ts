import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** One open stream of Server-Sent Events to one client. */
export interface Stream {
  readonly closed: boolean;
  /** Ready bytes from `frame`: serialise once, send to many. False: the stream is over (gone, or dropped as too slow). */
  send(frame: Buffer): boolean;
  close(): void;
}

const BEAT_MS = 10_000; // the contract asks for a comment at least every 15 s
const BUFFERED_BYTES = 1 << 20;
const BEAT = Buffer.from(':\n\n');

/** `data`: a text, or anything else as JSON. The bytes can be sent to any number of streams. */
export function frame({ id, event, data }: { id?: string | number; event?: string; data: unknown }): Buffer {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const lines = text.includes('\n') ? text.split(/\r?\n/).join('\ndata: ') : text;
  return Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}${event === undefined ? '' : `event: ${event}\n`}data: ${lines}\n\n`);
}

/** Keeps the program's open streams: one heartbeat for all, and an end for all before the server closes. */
export function streams(app: FastifyInstance): Set<Stream> {
  const open = new Set<Stream>();
  const beat = setInterval(() => {
    for (const s of open) s.send(BEAT);
  }, BEAT_MS);
  beat.unref();
  app.addHook('preClose', async () => {
    clearInterval(beat);
    for (const s of open) s.close();
  });
  return open;
}

/**
 * Takes the answer over as an event stream. `first` is sent at once (else a comment, so that proxies and browsers see it open).
 * A client with more than 1 MiB waiting for it is dropped: it comes again with `Last-Event-ID` and gets the present state.
 * `onClose` is called once, whoever ends it.
 */
export function sse(req: FastifyRequest, reply: FastifyReply, { first, onClose }: { first?: Buffer; onClose?: () => void } = {}): Stream {
  const open = req.server.streams;
  const raw = reply.raw;
  let closed = false;
  const end = () => {
    if (closed) return;
    closed = true;
    open.delete(stream);
    onClose?.();
  };
  const stream: Stream = {
    get closed() {
      return closed;
    },
    send(bytes) {
      if (closed) return false;
      raw.write(bytes);
      if (raw.writableLength <= BUFFERED_BYTES) return true;
      end();
      raw.destroy();
      return false;
    },
    close() {
      if (closed) return;
      end();
      raw.end();
    },
  };
  const headers = {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  };
  reply.hijack();
  raw.on('close', end);
  raw.on('error', end);
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, headers);
  open.add(stream);
  if (raw.destroyed) end();
  if (req.method === 'HEAD') stream.close();
  stream.send(first ?? Buffer.from(':ok\n\n'));
  return stream;
}
