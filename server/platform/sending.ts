import type { Connection, Pool, PoolClient, Submittable } from 'pg';
import { Message } from './message.ts';

/** Rows of a message's answers, in order; every value as PostgreSQL prints it. */
export type Answered = readonly (string | null)[];

/** Statements that a connection has prepared. */
const prepared = new WeakMap<object, Set<string>>();

function preparedOn(connection: object): Set<string> {
  const known = prepared.get(connection) ?? new Set();
  prepared.set(connection, known);
  return known;
}

/** A message as the driver's queue takes it. Outside of a transaction all of its statements are one. */
class Sending implements Submittable {
  readonly #rows: Answered[] = [];
  readonly #message: Message;
  readonly #done: (rows: Answered[]) => void;
  readonly #failed: (e: Error) => void;
  #fresh: string[] = [];

  constructor(message: Message, done: (rows: Answered[]) => void, failed: (e: Error) => void) {
    this.#message = message;
    this.#done = done;
    this.#failed = failed;
  }

  submit(connection: Connection): void {
    const known = preparedOn(connection);
    const fresh = this.#message.statements.filter((s) => !known.has(s.name));
    this.#fresh = fresh.map((s) => s.name);
    const { stream } = connection;
    stream.cork();
    if (fresh.length > 0) stream.write(Message.prepare(fresh));
    stream.write(this.#message.end());
    stream.uncork();
    for (const name of this.#fresh) known.add(name);
  }

  handleDataRow(row: { fields: Answered }): void {
    this.#rows.push(row.fields);
  }

  /** What was to be prepared may or may not be: the next message prepares it again. */
  handleError(e: Error, connection: Connection): void {
    const known = preparedOn(connection);
    for (const name of this.#fresh) known.delete(name);
    this.#failed(e);
  }

  handleReadyForQuery(): void {
    this.#message.answered();
    this.#done(this.#rows);
  }

  handleRowDescription(): void {}
  handleCommandComplete(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
  handleCopyInResponse(): void {}
  handleCopyData(): void {}
}

export const sendOver = (client: PoolClient, message: Message): Promise<Answered[]> =>
  new Promise((done, failed) => void client.query(new Sending(message, done, failed)));

/** Over any connection of the pool. One that PostgreSQL itself answered on, be it by an error, is good for more. */
export async function sendOverPool(pool: Pool, message: Message): Promise<Answered[]> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await sendOver(client, message);
  } catch (e) {
    if ((e as { severity?: string }).severity !== 'ERROR') broken = e as Error;
    throw e;
  } finally {
    client.release(broken);
  }
}
