import { chance } from './dice.ts';
import type { Taken } from './rows.ts';
import { LINE_TROUBLES } from './troubles-line.ts';
import { OTHER_TROUBLES } from './troubles-other.ts';
import type { Walk } from './walk.ts';

/** 'over': the journey was cancelled; `back`: it goes on from this step again; undefined: it goes on. */
export type Outcome = 'over' | { readonly back: string } | undefined;

/** Something that goes wrong, before one of these steps; the first of them that the journey meets. */
export interface Trouble {
  readonly before: readonly string[];
  /** Exception or wait that the scenario must know; 'any': it is in every scenario. */
  readonly of: string;
  /** How likely, for a journey that takes one of the steps. */
  readonly share: (w: Walk) => number;
  /** Step that it goes back to: without it the trouble does not happen. */
  readonly back?: string;
  readonly play: (w: Walk) => Outcome;
}

const ALL: readonly Trouble[] = [...LINE_TROUBLES, ...OTHER_TROUBLES];

/** What this journey will meet. Every die is thrown, met or not, so that one share changes nothing but its own trouble. */
export function troublesOf(w: Walk, rows: readonly Taken[]): Set<Trouble> {
  const types = new Set(rows.map((r) => r.step.type));
  const { exceptions, waits } = w.scenario;
  const out = new Set<Trouble>();
  for (const trouble of ALL) {
    const thrown = chance(w.dice, trouble.share(w));
    const known = trouble.of === 'any' || exceptions.includes(trouble.of) || waits.includes(trouble.of);
    const possible = trouble.before.some((type) => types.has(type)) && (trouble.back === undefined || types.has(trouble.back));
    if (thrown && known && possible && w.case.twin === undefined && w.case.birth.outage === undefined) out.add(trouble);
  }
  return out;
}

export const before = (trouble: Trouble, w: Walk, type: string): boolean => w.events.length > 0 && trouble.before.includes(type);
