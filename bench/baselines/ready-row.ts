import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import pg from 'pg';

/**
 * The baseline of `lookup`: a bare Fastify route that selects one ready answer of 1 kB by its key over a pool of twelve connections and sends it as
 * it is. Nothing is hashed, limited, checked, folded or made.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 });
const app = Fastify();
app.post('/api/track', async (req, reply) => {
  const { serviceNumber, phone } = req.body as { serviceNumber?: string; phone?: string };
  const { rows } = await pool.query<{ body: string }>({
    name: 'ready',
    text: 'select body from ready where key = $1',
    values: [serviceNumber ?? phone],
  });
  return reply.type('application/json; charset=utf-8').send(rows[0]?.body ?? '{"orders":[]}');
});
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`ready http://127.0.0.1:${(app.server.address() as AddressInfo).port}`);
process.on('SIGTERM', async () => {
  await app.close();
  await pool.end();
  process.exit(0);
});
