import { limitOf, saltNumber } from './compile.ts';
import type { Definition } from './model.ts';
import { hashOf } from './sample.ts';

/** What is known of some customers, as plainly as it can be kept. */
export interface Population {
  /** Ordinals of those who count. */
  readonly people: readonly number[];
  /** By tag, then by ordinal: 1 or 0 of a flag, a one-of's code, units; who is not named is unknown. Those who do not count may have values too. */
  readonly values: ReadonlyMap<number, ReadonlyMap<number, number>>;
}

/** Whom a definition is true of, by asking everybody one after the other; ordinals ascending. */
export const naiveMembers = (d: Definition, population: Population): number[] => {
  const verdict = judge(d, population);
  return [...population.people].sort((a, b) => a - b).filter((o) => verdict(o) === true);
};

type Verdict = boolean | null;

/** True, false or null (unknown) of one customer: written after the words of docs/audiences.md, not after the compilers. */
export function judge(d: Definition, population: Population): (ordinal: number) => Verdict {
  const givenTo = (tag: number, o: number): number | null => population.values.get(tag)?.get(o) ?? null;
  switch (d.op) {
    case 'and': {
      const parts = d.of.map((x) => judge(x, population));
      return (o) => parts.reduce<Verdict>((sofar, part) => (sofar === false ? false : both(sofar, part(o))), true);
    }
    case 'or': {
      const parts = d.of.map((x) => judge(x, population));
      return (o) => flip(parts.reduce<Verdict>((sofar, part) => (sofar === false ? false : both(sofar, flip(part(o)))), true));
    }
    case 'not': {
      const inner = judge(d.of, population);
      return (o) => flip(inner(o));
    }
    case 'flag':
      return (o) => known(givenTo(d.tag.id, o), (v) => (v === 1) === d.yes);
    case 'among':
      return (o) => known(givenTo(d.tag.id, o), (v) => d.codes.includes(v));
    case 'range':
      return (o) => known(givenTo(d.tag.id, o), (v) => v >= (d.from?.units ?? -Infinity) && v <= (d.to?.units ?? Infinity));
    case 'known':
      return (o) => (givenTo(d.tag.id, o) !== null) === d.known;
    case 'audience': {
      const inner = judge(d.of, population);
      return (o) => inner(o) === true;
    }
    case 'list':
      return (o) => givenTo(d.tag, o) === 1;
    case 'sample':
      return (o) => hashOf(o, saltNumber(d.salt)) < limitOf(d.share);
    case 'top': {
      const scored = naiveMembers(d.of, population).flatMap((o) => {
        const score = givenTo(d.by.id, o);
        return score === null ? [] : [{ o, score: d.order === 'highest' ? -score : score }];
      });
      const first = new Set(
        scored
          .sort((a, b) => a.score - b.score || a.o - b.o)
          .slice(0, d.n)
          .map(({ o }) => o),
      );
      return (o) => first.has(o);
    }
  }
}

const flip = (v: Verdict): Verdict => (v === null ? null : !v);
const known = (value: number | null, is: (v: number) => boolean): Verdict => (value === null ? null : is(value));
const both = (a: Verdict, b: Verdict): Verdict => (a === false || b === false ? false : a === null || b === null ? null : true);
