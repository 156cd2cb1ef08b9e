import { hash } from 'node:crypto';
import type { Scenario } from '#scenario/contract';
import type { Job } from './check.ts';
import type { FileEvent } from './event.ts';
import { rootKinds } from './map.ts';
import { formOf, readEvents, rolesOfForm } from './read.ts';
import { countRepeats, type Repeats } from './repeats.ts';
import type { Counted } from './transfer.ts';

const shownRows = 3;
const print = (line: string) => process.stdout.write(`${line}\n`);

/**
 * Prints what an import would send: per file the first rows as mapped and the reasons of refusals; `journeys` are different values of the
 * root kind.
 */
export async function dryRun(job: Job, draft: Scenario | undefined): Promise<Counted> {
  const journeys = countRepeats();
  const total: Counted = { events: 0, journeys: 0, duplicates: 0, conflicts: 0, rejected: 0 };
  try {
    for (const file of job.files) {
      const counts = await showFile(file, job, journeys);
      total.events += counts.events;
      total.rejected += counts.rejected;
    }
    const steps = draft?.milestones.map((one) => `${one.names.en}${one.optional ? ' (optional)' : ''}`) ?? [];
    if (draft) print(`scenario ${draft.id}, drafted: ${steps.join(' → ')}`);
    return { ...total, journeys: journeys.distinct() };
  } finally {
    journeys.close();
  }
}

async function showFile(file: string, { map }: Job, journeys: Repeats): Promise<{ events: number; rejected: number }> {
  const form = await formOf(file);
  const roots = rootKinds(rolesOfForm(map, form));
  const reasons = new Map<string, { count: number; line: number; message: string }>();
  let events = 0;
  print(`${file} (${form})`);
  for await (const read of readEvents(file, map)) {
    if ('event' in read) {
      if (events++ < shownRows) print(`  line ${read.line} → ${JSON.stringify(read.event)}`);
      countJourneys(read.event, roots, journeys);
      continue;
    }
    const { code, message } = read.rejected;
    const known = reasons.get(code);
    if (known) known.count++;
    else reasons.set(code, { count: 1, line: read.line, message });
  }
  let rejected = 0;
  for (const [code, { count, line, message }] of reasons) {
    rejected += count;
    print(`  ${count} × ${code}, first at line ${line}: ${message}`);
  }
  print(`  ${events} events would be sent, ${rejected} rows refused`);
  return { events, rejected };
}

function countJourneys(event: FileEvent, roots: string[], journeys: Repeats): void {
  const kind = roots.find((one) => one in event.keys);
  if (kind === undefined) return;
  for (const value of [event.keys[kind] ?? []].flat()) {
    const digest = hash('sha256', `${kind} ${value}`, 'hex');
    journeys.before(Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16));
  }
}
