import type { FoldEvent } from './fold.ts';

/**
 * The scenario of a journey: that of its first event, ranks left out, that names one which exists; else the default of the source of its
 * first event; else none. `named`: whether an event said it.
 */
export function chooseScenario(
  events: readonly FoldEvent[],
  exists: (id: string) => boolean,
  defaultOf: (source: string) => string | null,
): { id: string; named: boolean } {
  let first: FoldEvent | undefined;
  let naming: FoldEvent | undefined;
  for (const e of events) {
    if (first === undefined || before(e, first)) first = e;
    if (e.scenario !== undefined && exists(e.scenario) && (naming === undefined || before(e, naming))) naming = e;
  }
  if (naming?.scenario !== undefined) return { id: naming.scenario, named: true };
  const usual = first && defaultOf(first.source);
  return usual && exists(usual) ? { id: usual, named: false } : { id: 'unclassified', named: false };
}

function before(a: FoldEvent, b: FoldEvent): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.seq !== b.seq) return a.seq < b.seq;
  return a.source === b.source ? a.id < b.id : a.source < b.source;
}
