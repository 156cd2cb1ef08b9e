import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection, nanos } from '@nats-io/transport-node';
import type { Road, Say } from './road.ts';
import { DAY_MS } from './trade.ts';

/** The installers' phones speak to a message server where the machine has one (NATS with JetStream); each report is a message. */

export const STREAM = 'FIELD';
const SUBJECT = 'field';
const LINGER_MS = 3_000;
/** Where systems put it; it is no program of users, so it may stand in sbin. */
const PLACES = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

export const natsServer = (): string | undefined =>
  [...(process.env.PATH ?? '').split(path.delimiter), ...PLACES].map((dir) => path.join(dir, 'nats-server')).find((at) => existsSync(at));

export interface Nats {
  readonly url: string;
  readonly port: number;
  stop(): void;
}

/**
 * Starts the server with what it stored before. It ends with this process, however that ends: a shell beside it reads a pipe of ours, and ends it when
 * the pipe closes.
 */
export async function startNats(binary: string, folder: string, token: string, wanted: number | undefined): Promise<Nats> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const port = await freePort(wanted);
  const config = path.join(folder, 'server.conf');
  const lines = [
    `listen: "127.0.0.1:${port}"`,
    `authorization { token: "${token}" }`,
    `jetstream { store_dir: "${path.join(folder, 'store')}", max_memory_store: 16MB, max_file_store: 1GB }`,
  ];
  await fs.writeFile(config, `${lines.join('\n')}\n`, { mode: 0o600 });
  const script = '"$0" -c "$1" & server=$!; cat > /dev/null; kill $server; wait $server';
  const child = spawn('/bin/sh', ['-c', script, binary, config], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.unref();
  (child.stdin as net.Socket).unref();
  child.on('error', () => undefined); // then nobody answers
  child.stdin.on('error', () => undefined);
  const stop = () => child.stdin.end();
  for (const until = Date.now() + 5_000; !(await answers(port)); await new Promise((done) => setTimeout(done, 50)))
    if (Date.now() > until) {
      stop();
      throw new Error('nats-server did not start');
    }
  return { url: `nats://127.0.0.1:${port}`, port, stop };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const probe = net.connect(port, '127.0.0.1');
    probe.once('error', () => answer(false));
    probe.once('data', () => {
      answer(true); // it greets
      probe.destroy();
    });
  });

/** The wanted port, another where it is taken. */
const freePort = (wanted = 0): Promise<number> =>
  new Promise((answer, fail) => {
    const probe = net.createServer();
    probe.once('error', (e) => (wanted === 0 ? fail(e) : freePort().then(answer, fail)));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => answer(port));
    });
  });

/** Messages that the server has written down are handed over; what is published again within two minutes it drops by its name, which a mended report shares with none. */
export async function streamRoad({ server, token, say }: { server: Nats; token: string; say: Say }): Promise<Road> {
  let open: NatsConnection | undefined;
  const connection = async (): Promise<NatsConnection> => {
    if (open === undefined || open.isClosed())
      open = await connect({ servers: server.url, token, name: 'phones of the demo', timeout: 5_000, maxReconnectAttempts: -1 });
    return open;
  };
  const manager = await jetstreamManager(await connection());
  const limits = { max_age: nanos(7 * DAY_MS), duplicate_window: nanos(120_000) };
  await manager.streams.add({ name: STREAM, subjects: [`${SUBJECT}.>`], ...limits });
  return {
    async take(deliveries) {
      if (deliveries.length === 0) return [];
      const js = jetstream(await connection());
      for (const d of deliveries) {
        const said = say(d);
        const name = [said.id, d.slip].filter(Boolean).join(' ');
        await js.publish(`${SUBJECT}.${said.type}`, JSON.stringify(said), { msgID: name });
      }
      return [];
    },
    async close() {
      await open?.close();
      setTimeout(server.stop, LINGER_MS).unref(); // whoever reads from it ends first
    },
  };
}
