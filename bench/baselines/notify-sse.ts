import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import pg from 'pg';

/**
 * The baseline of `visible`: bare LISTEN/NOTIFY and Server-Sent Events. A post writes one row and notifies in one durable statement; whoever listens
 * writes what was notified to the page it is for. Nothing is found out, folded or looked up.
 */
const url = process.env.DATABASE_URL;
const WRITE = `with kept as (insert into note (page, body) values ($1, $2)) select pg_notify('note', $2)`;
const pool = new pg.Pool({ connectionString: url, max: 12 });
await pool.query(
  'create table if not exists note (n bigint generated always as identity primary key, page int not null, body text not null)',
);
const pages = new Map<string, Set<ServerResponse>>();
const ear = new pg.Client({ connectionString: url });
await ear.connect();
await ear.query('listen note');
ear.on('notification', ({ payload = '{}' }) => {
  const frame = Buffer.from(`data: ${payload}\n\n`);
  for (const page of pages.get(String((JSON.parse(payload) as { page: number }).page)) ?? []) page.write(frame);
});

const app = Fastify();
app.post('/note', async (req) => {
  const body = req.body as { page: number; mark: number };
  await pool.query({ name: 'note', text: WRITE, values: [body.page, JSON.stringify(body)] });
  return { accepted: 1 };
});
app.get('/stream/:page', (req, reply) => {
  const { page } = req.params as { page: string };
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
  reply.raw.write(':ok\n\n');
  pages.set(page, (pages.get(page) ?? new Set()).add(reply.raw));
  reply.raw.on('close', () => pages.get(page)?.delete(reply.raw));
});
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`ready http://127.0.0.1:${(app.server.address() as AddressInfo).port}`);
process.on('SIGTERM', () => process.exit(0));
