import { parentPort, workerData } from 'node:worker_threads';
import { openVault } from '../../server/platform/vault.ts';
import { type Load, loadJourneys } from './bulk.ts';

/** One of several threads that fill a store. */
const { url, key, load } = workerData as { url: string; key: Uint8Array; load: Load };
await loadJourneys(url, openVault(Buffer.from(key)), load);
parentPort?.postMessage('done');
