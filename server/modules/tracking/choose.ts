import { comparePlaces, type FoldEvent, type Place } from './fold.ts';

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

const place = (e: FoldEvent): Place => [e.at, e.seq, 0, e.source, e.id];
const before = (a: FoldEvent, b: FoldEvent): boolean => comparePlaces(place(a), place(b)) < 0;
