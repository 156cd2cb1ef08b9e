import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openPool, readReply, requestOf } from './http.ts';

const bytes = (text: string) => Buffer.from(text);

test('a reply is read when it is whole', () => {
  const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
  for (let i = 0; i < whole.length; i++) expect(readReply(bytes(whole.slice(0, i)))).toBeUndefined();
  expect(readReply(bytes(whole))).toEqual({ status: 200, body: 'hello' });
});

test('a reply in chunks is put together', () => {
  expect(readReply(bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\n, y\r\n0\r\n\r\n'))).toEqual({
    status: 200,
    body: 'hello, y',
  });
  expect(readReply(bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'))).toBeUndefined();
});

test('the length of a request counts bytes, not characters', () => {
  expect(requestOf('POST', '/x', { a: 'b' }, '玻璃').toString()).toBe(
    'POST /x HTTP/1.1\r\nhost: localhost\r\ncontent-length: 6\r\na: b\r\n\r\n玻璃',
  );
});

test('a pool does not ask over a connection that rested until the server closed it', async () => {
  const server = http.createServer({ keepAliveTimeout: 20 }, (_req, res) => res.end('here'));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const pool = openPool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 4);
  const ask = () => pool.ask(requestOf('GET', '/', {}));
  await Promise.all([ask(), ask(), ask()]);
  server.closeIdleConnections();
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done)); // the ends have been read
  expect((await Promise.all([ask(), ask(), ask()])).map((r) => r.body)).toEqual(['here', 'here', 'here']);
  pool.close();
  server.close();
});
