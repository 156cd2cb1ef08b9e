import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import pg from 'pg';

/**
 * The baseline of single events: a route that only group-commits the row. It parses the event, writes it to the same table, and answers after the
 * commit. It knows no identities, no objects, no journeys, and checks nothing. At most 1,000 rows a statement, 3 statements in flight.
 */
const AT_ONCE = 1_000;
const IN_FLIGHT = 3;
const INSERT = `insert into tracking.event (id, source, sid, type, at, seq, received, keys, scenario, handler, data, marks)
  select id, source, sid, type, at, 0, $8, keys, scenario, handler, data, 0
  from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::json[], $7::text[], $9::text[], $10::json[]) g(id, source, sid, type, at, keys, scenario, handler, data)`;

interface Event {
  source: string;
  id: string;
  type: string;
  time: string;
  keys: object;
  scenario: string;
  handler?: string;
  data: object;
}
interface Waiting {
  readonly event: Event;
  readonly done: () => void;
  readonly failed: (e: unknown) => void;
}

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: IN_FLIGHT });
const app = Fastify();
const queue: Waiting[] = [];
let running = 0;
let id = (Math.floor(Date.now() / 1000) - Date.UTC(2020, 0, 1) / 1000) * 2 ** 23;

async function flush(): Promise<void> {
  if (running >= IN_FLIGHT || queue.length === 0) return;
  running++;
  const batch = queue.splice(0, AT_ONCE);
  const of = <T>(f: (e: Event) => T) => batch.map((w) => f(w.event));
  try {
    await pool.query({
      name: 'rows',
      text: INSERT,
      values: [
        batch.map(() => id++),
        of((e) => e.source),
        of((e) => e.id),
        of((e) => e.type),
        of((e) => Date.parse(e.time) * 1000),
        of((e) => JSON.stringify(e.keys)),
        of((e) => e.scenario),
        Date.now(),
        of((e) => e.handler ?? null),
        of((e) => JSON.stringify(e.data)),
      ],
    });
    for (const w of batch) w.done();
  } catch (e) {
    for (const w of batch) w.failed(e);
  } finally {
    running--;
    void flush();
  }
}

app.addContentTypeParser('application/x-ndjson', { parseAs: 'string' }, (_req, body, done) => done(null, JSON.parse(body as string)));
app.post('/api/events', async (req) => {
  await new Promise<void>((done, failed) => {
    queue.push({ event: req.body as Event, done, failed });
    if (queue.length === 1) setImmediate(() => void flush());
  });
  return { accepted: 1, duplicates: 0, conflicts: 0, rejected: [], rejectedTotal: 0 };
});
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`ready http://127.0.0.1:${(app.server.address() as AddressInfo).port}`);
process.on('SIGTERM', async () => {
  await app.close();
  await pool.end();
  process.exit(0);
});
