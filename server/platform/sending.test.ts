import type { PoolClient } from 'pg';
import { expect, test } from 'vitest';
import { Message } from './message.ts';
import { sendOver } from './sending.ts';

interface Sent {
  submit(connection: object): void;
  handleReadyForQuery(): void;
}

/** Sends over a connection that holds what it was given, as a socket does that is not read from; `answer` says that all was read. */
function send(text: string) {
  const held: Buffer[] = [];
  const stream = { cork() {}, uncork() {}, write: (b: Buffer) => held.push(b) };
  let sent: Sent | undefined;
  const query = (s: Sent) => {
    sent = s;
    s.submit({ stream });
  };
  const m = new Message();
  m.ask({ name: 'test', text: 'select $1::text' }, 1).text(text);
  const done = sendOver({ query } as unknown as PoolClient, m);
  return {
    bytes: () => Buffer.concat(held).toString('latin1'),
    memory: held.at(-1)?.buffer,
    answer: () => sent?.handleReadyForQuery(),
    done,
  };
}

test('a buffer serves another message when PostgreSQL has read all of it, and not before', async () => {
  const first = send('a'.repeat(9_000));
  const before = first.bytes();
  const second = send('b'.repeat(9_000));
  expect(first.bytes()).toBe(before);
  expect(second.memory).not.toBe(first.memory);
  first.answer();
  expect(await first.done).toEqual([]);
  const third = send('c'.repeat(9_000));
  expect(third.memory).toBe(first.memory);
  expect(third.bytes()).toContain('c'.repeat(9_000));
  expect(second.bytes()).toContain('b'.repeat(9_000));
});
