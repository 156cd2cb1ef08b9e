import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { sessionOf } from './doors.ts';

test('whoever asks again and again signs in once, and anew when his session has ended or could not be had', async () => {
  const signedIn: string[] = [];
  let over = new Set<string>();
  let isClosed = true;
  const server = createServer((req, res) => {
    if (req.url === '/api/me') return void res.writeHead(over.has(req.headers.authorization ?? '') ? 401 : 200).end();
    if (isClosed) return void res.writeHead(429).end();
    signedIn.push(`t${signedIn.length}`);
    res.writeHead(200, { 'set-cookie': `glasshouse=${signedIn.at(-1)}; Path=/` }).end('{}');
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  try {
    const token = sessionOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'fenxi', 'p');
    await expect(token()).rejects.toThrow('429');
    isClosed = false;
    expect(await Promise.all([token(), token(), token()])).toEqual(['t0', 't0', 't0']);
    over = new Set(['Bearer t0']);
    expect([await token(), await token()]).toEqual(['t1', 't1']);
    expect(signedIn).toHaveLength(2);
  } finally {
    server.close();
  }
});
