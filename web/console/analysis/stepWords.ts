import type { Scenario } from '#scenario/contract';
import type { Namer, Words } from '../words.ts';

export interface StepWord {
  /** What staff call it: the dictionary's word, else its milestone, the exception or wait that it tells of, else the type itself. */
  name: string;
  /** Its milestone where it has one, else as `name`: for ways told in few words. */
  milestone: string;
  /** True where several types bear this name, so that only the code tells them apart. */
  shared: boolean;
}

export type StepWords = (type: string) => StepWord;

interface Known {
  scenario: Pick<Scenario, 'milestones'> | undefined;
  words: Pick<Words, 'exceptions' | 'waits'>;
  names: Pick<Namer, 'of' | 'wait'>;
  /** What the pages themselves call a type that stands in no scenario; empty where they do not know it. */
  said: (type: string) => string;
  /** "Waiting: …" */
  waiting: (wait: string) => string;
}

/** What the types of a scenario are called in the language on show. */
export function stepWords({ scenario, words, names, said, waiting }: Known): StepWords {
  const milestones = new Map<string, string>();
  for (const milestone of scenario?.milestones ?? [])
    for (const step of milestone.steps) if (!milestones.has(step.type)) milestones.set(step.type, names.of(milestone.names));
  const found = new Map(milestones);
  const put = (type: string, name: string) => found.has(type) || found.set(type, name);
  for (const exception of words.exceptions) for (const event of exception.events) put(event.type, names.of(exception.names));
  for (const wait of words.waits) put(`wait.${wait.id}`, waiting(names.of(wait.names)));
  const nameOf = (type: string) => said(type) || found.get(type) || type;
  const bearers = new Map<string, number>();
  for (const type of milestones.keys()) bearers.set(nameOf(type), (bearers.get(nameOf(type)) ?? 0) + 1);
  return (type) => {
    const name = nameOf(type);
    return { name, milestone: milestones.get(type) ?? name, shared: (bearers.get(name) ?? 0) > 1 };
  };
}

/** A way told by milestones, equal neighbours once. */
export const toldWay = (types: string[], step: StepWords): string[] =>
  types.map((type) => step(type).milestone).filter((name, i, all) => name !== all[i - 1]);

export interface Difference {
  more: string[];
  less: string[];
  /** The same steps as often, in another order. */
  moved: boolean;
}

/** What a way has more and less than another one, by the names of its steps; a step gone three times is told once, as "×2 more". */
export function difference(types: string[], usual: string[], step: StepWords): Difference {
  const balance = new Map<string, number>();
  for (const type of types) balance.set(type, (balance.get(type) ?? 0) + 1);
  for (const type of usual) balance.set(type, (balance.get(type) ?? 0) - 1);
  const told = (sign: 1 | -1) =>
    [...balance]
      .filter(([, n]) => n * sign > 0)
      .map(([type, n]) => (Math.abs(n) === 1 ? step(type).name : `${step(type).name} ×${Math.abs(n)}`));
  const [more, less] = [told(1), told(-1)];
  return { more, less, moved: more.length + less.length === 0 && types.some((type, i) => type !== usual[i]) };
}
