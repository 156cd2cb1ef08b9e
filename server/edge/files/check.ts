import { stat } from 'node:fs/promises';
import type { Scenario } from '#scenario/contract';
import { isGzip, type Meter } from './bytes.ts';
import { draftScenario } from './draft.ts';
import type { ImportMap } from './map.ts';
import { progress } from './progress.ts';
import { formOf, readRows, rolesOfForm } from './read.ts';
import { collectTrails } from './trails.ts';

/** What one call of `import` has to do; `rejected`: the folder for refused rows, where one is named. */
export type Job = { files: string[]; map: ImportMap; rejected: string | undefined };

/**
 * Reads what must be sound before anything is sent: CSV and NDJSON to their first row (a broken row there is a refused row, never an
 * unreadable file); XES, OCEL and gzip to the end, for they can break anywhere; all of them for `scenario: auto`, whose draft it answers.
 */
export async function checkFiles({ files, map }: Job): Promise<Scenario | undefined> {
  const auto = map.scenario === 'auto';
  const trails = collectTrails(rolesOfForm(map, await formOf(files[0] ?? '')));
  for (const file of files) {
    const form = await formOf(file);
    const whole = auto || form === 'xes' || form === 'ocel' || (await isGzip(file));
    const meter: Meter = { bytes: 0 };
    const bar = progress(`checking ${file}`, (await stat(file)).size, meter);
    try {
      for await (const rows of readRows(file, map, { meter })) {
        if (!whole && rows.length > 0) break;
        for (const row of auto ? rows : []) if ('event' in row) trails.take(row.event);
      }
    } finally {
      bar.stop();
    }
  }
  return auto ? draftScenario(trails.log(), map.source) : undefined;
}
