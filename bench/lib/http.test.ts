import { expect, test } from 'vitest';
import { readReply, requestOf } from './http.ts';

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
