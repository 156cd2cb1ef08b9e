import net from 'node:net';

/** A small HTTP/1.1 client on bare sockets: the generator shares the machine with what it measures, so it must cost little. */

export interface Reply {
  readonly status: number;
  readonly body: string;
}

export interface Connection {
  /** Sends ready bytes, one request at a time; rejects when the connection breaks or is broken already. */
  ask(request: Buffer): Promise<Reply>;
  /** The server closes what rests too long. */
  isOpen(): boolean;
  close(): void;
}

/** A whole request as bytes. */
export function requestOf(method: string, path: string, headers: Readonly<Record<string, string>>, body = ''): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${lines.join('')}\r\n${body}`,
  );
}

const END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n');

/** The reply that stands whole at the beginning of these bytes, or undefined while some of it is missing. */
export function readReply(bytes: Buffer): Reply | undefined {
  const head = bytes.indexOf(END);
  if (head < 0) return undefined;
  const text = bytes.toString('latin1', 0, head + 2);
  const status = Number(text.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(text)?.[1];
  const from = head + 4;
  if (length !== undefined)
    return bytes.length < from + Number(length) ? undefined : { status, body: bytes.toString('utf8', from, from + Number(length)) };
  if (!/\r\ntransfer-encoding: chunked\r\n/i.test(text)) return { status, body: '' };
  return bytes.lastIndexOf(LAST_CHUNK) < 0 ? undefined : { status, body: unchunk(bytes.subarray(from)) };
}

function unchunk(bytes: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (!(size > 0)) return Buffer.concat(parts).toString();
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

export async function connect(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = net.connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((ready, fail) => socket.once('connect', ready).once('error', fail));
  let waiting: { done: (r: Reply) => void; failed: (e: Error) => void } | undefined;
  let bytes: Buffer = Buffer.alloc(0);
  const fail = (e: Error) => {
    waiting?.failed(e);
    waiting = undefined;
  };
  socket.on('data', (more: Buffer) => {
    bytes = bytes.length === 0 ? more : Buffer.concat([bytes, more]);
    const reply = readReply(bytes);
    if (reply === undefined) return;
    bytes = Buffer.alloc(0);
    const { done } = waiting ?? {};
    waiting = undefined;
    done?.(reply);
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection was closed')));
  return {
    ask: (request) =>
      new Promise((done, failed) => {
        if (socket.destroyed) return failed(new Error('the connection was closed'));
        waiting = { done, failed };
        socket.write(request);
      }),
    isOpen: () => !socket.destroyed && socket.writable,
    close: () => socket.destroy(),
  };
}

export interface Pool {
  /** Sends over a free connection; one more is opened while there are fewer than `most`, else the request waits for its turn. Not 2xx: rejects. */
  ask(request: Buffer): Promise<Reply>;
  close(): void;
}

export function openPool(url: string, most: number): Pool {
  const free: Connection[] = [];
  const all = new Set<Connection>();
  const turns: ((c: Connection) => void)[] = [];
  let opening = 0;
  const give = (c: Connection): void => {
    const next = turns.shift();
    if (next === undefined) free.push(c);
    else next(c);
  };
  const take = async (): Promise<Connection> => {
    for (let known = free.pop(); known !== undefined; known = free.pop()) {
      if (known.isOpen()) return known;
      all.delete(known);
    }
    if (all.size + opening >= most) return new Promise((turn) => turns.push(turn));
    opening++;
    const made = await connect(url);
    opening--;
    all.add(made);
    return made;
  };
  return {
    async ask(request) {
      const c = await take();
      const reply = await c.ask(request);
      give(c);
      return checked(reply);
    },
    close() {
      for (const c of all) c.close();
    },
  };
}

/** The reply, when it is a good one. */
export function checked(reply: Reply): Reply {
  if (reply.status < 200 || reply.status > 299) throw new Error(`HTTP ${reply.status} ${reply.body.slice(0, 300)}`);
  return reply;
}
