import { parentPort, workerData } from 'node:worker_threads';
import { systemActor } from '#platform/actor';
import { openDb } from '#platform/db';
import { isRefusal, Refused } from '#platform/result';
import { openVault } from '#platform/vault';
import { isUnreadable } from './bytes.ts';
import { workOn } from './customers-work.ts';
import { isBadMap } from './map.ts';

/** The thread of one import: its own connections, its own loop, so that reading a large file slows nobody who asks something. */

export interface Task {
  readonly url: string;
  readonly key: Uint8Array;
  readonly folder: string;
  readonly id: string;
  /** Who asked for it. */
  readonly by: { readonly id: string; readonly name: string };
}

/** What came of it: a batch (null: nothing moved), or why not. */
export type Told =
  | { readonly batch: number | null }
  | { readonly code: string; readonly details: Record<string, unknown> }
  | { readonly fault: string };

const CONNECTIONS = 3;

async function run({ url, key, folder, id, by }: Task): Promise<Told> {
  const db = openDb(url, CONNECTIONS);
  try {
    return { batch: await workOn({ db, vault: openVault(Buffer.from(key)), actor: { ...systemActor(by.id), name: by.name }, folder, id }) };
  } catch (e) {
    if (e instanceof Refused) return { code: e.refusal.code, details: e.refusal.details };
    if (isRefusal(e)) return { code: e.code, details: e.details };
    if (isUnreadable(e) || isBadMap(e)) return { code: 'customer-import.unreadable', details: { problem: e.message.replace(/\.$/, '') } };
    return { fault: e instanceof Error ? (e.stack ?? e.message) : String(e) };
  } finally {
    await db.close().catch(() => undefined);
  }
}

const told = await run(workerData as Task);
parentPort?.postMessage(told satisfies Told);
