import type { Actor } from '#platform/actor';
import type { House } from '#platform/module';
import type { Gatherer } from './intake.ts';
import { emptySums, receiver, type Sums } from './receive.ts';

/** The intake for callers inside the program: files, polled tables and streams come in here, by the same rules as over HTTP. */

let open: Gatherer | undefined;

export const openIntake = (gatherer: Gatherer): void => {
  open = gatherer;
};

export const theIntake = (): Gatherer => {
  if (open === undefined) throw new Error('the intake is not open yet');
  return open;
};

/** Takes in events of one source, each with its line or place; answers after they are durable and folded, in journeys at once. */
export async function takeIn(
  house: House,
  source: string,
  events: readonly { readonly line: number; readonly value: unknown }[],
): Promise<Sums> {
  const actor: Actor = { kind: 'source', id: source, name: source, rights: new Set(['event:send']), areas: [] };
  const sums = emptySums();
  const into = receiver(house, theIntake(), actor, sums);
  for (const e of events) await into.value(e.line, e.value);
  await into.flush();
  return sums;
}
