import { stat } from 'node:fs/promises';
import type { Scenario } from '#scenario/contract';
import type { Meter } from './bytes.ts';
import type { Job } from './check.ts';
import type { ImportMap, Roles } from './map.ts';
import { progress } from './progress.ts';
import { formOf, readEvents, rolesOfForm } from './read.ts';
import { rejectedFile } from './rejected.ts';
import { type Counts, call, type Server, sender } from './send.ts';

/** `events`: newly accepted; `journeys`: different ones that the files' events belong to, new or not. */
export type Counted = { events: number; journeys: number; duplicates: number; conflicts: number; rejected: number };

/** The journeys of one scenario that an import's events belong to; `from` and `to`: when the first and the last of them began. */
export type Landed = { scenario: string; journeys: number; from: string; to: string };

/** Filled while a file is sent, for whoever shows how far it is and, at the end, where it went. */
export type Watched = { meter?: Meter; counts?: Counts & { rejected: number }; landed?: Landed[] };

/**
 * Tells the server of the import (POST `/api/imports`), sends every file's events, asks how many journeys they belong to. Throws
 * `serverFault`.
 */
export async function transfer(job: Job, draft: Scenario | undefined, server: Server, watch?: Watched): Promise<Counted> {
  const { map, files } = job;
  const body = JSON.stringify(registration(map, rolesOfForm(map, await formOf(files[0] ?? '')), draft));
  const json = { 'content-type': 'application/json' };
  const opened = (await call({ ...server, tries: 4 }, '/api/imports', { method: 'POST', headers: json, body })) as { import: string };
  const total: Counted = { events: 0, journeys: 0, duplicates: 0, conflicts: 0, rejected: 0 };
  const taken = new Set<string>();
  for (const file of files) {
    const counts = await sendFile(file, job, server, opened.import, taken, watch);
    for (const name of ['events', 'duplicates', 'conflicts', 'rejected'] as const) total[name] += counts[name];
  }
  const known = await call(server, `/api/imports/${encodeURIComponent(opened.import)}`, { method: 'GET' });
  const { journeys, scenarios } = known as { journeys: number; scenarios: Landed[] };
  if (watch) watch.landed = scenarios;
  return { ...total, journeys };
}

/** The body of POST `/api/imports`. */
export function registration(map: ImportMap, roles: Roles | undefined, draft: Scenario | undefined) {
  const { source, zone, open, scenario } = map;
  return {
    source,
    name: source,
    ...(zone === undefined ? undefined : { zone }),
    ...(open === undefined ? undefined : { open }),
    ...(scenario === 'auto' ? undefined : { scenario: scenario ?? null }),
    ...(roles === undefined ? undefined : { objects: roles }),
    ...(draft === undefined ? undefined : { draft }),
  };
}

async function sendFile(
  file: string,
  job: Job,
  server: Server,
  token: string,
  taken: Set<string>,
  watch?: Watched,
): Promise<Omit<Counted, 'journeys'>> {
  const refused = rejectedFile(file, job.rejected, taken);
  const send = sender(server, { 'x-glasshouse-import': token }, (refusals) => refused.write(refusals));
  const meter: Meter = { bytes: 0 };
  if (watch) Object.assign(watch, { meter, counts: send.counts });
  const bar = progress(`importing ${file}`, (await stat(file)).size, meter);
  let rejected = 0;
  try {
    for await (const read of readEvents(file, job.map, { meter })) {
      if ('event' in read) {
        await send.put(read.line, read.event);
        continue;
      }
      rejected++;
      refused.write([{ line: read.line, ...read.rejected }]);
    }
    await send.end();
  } finally {
    bar.stop();
    const path = refused.close();
    if (path) process.stderr.write(`refused rows with their reasons: ${path}\n`);
  }
  const { accepted, duplicates, conflicts } = send.counts;
  return { events: accepted, duplicates, conflicts, rejected: rejected + send.counts.rejected };
}
