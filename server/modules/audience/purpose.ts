import { TAG_PURPOSES } from '#tag/contract';
import type { Definition, NamedTag } from './model.ts';

/** What a definition may be asked for: each tag says what its facts may be used for, and the whole is allowed what all of them are. */

/** A tag with the place where it is named; those within a saved audience stand at that audience's own place. */
export interface Use {
  readonly path: string;
  readonly tag: NamedTag;
}

/** Every tag that a definition looks at, in the order in which they stand. */
export function usesOf(d: Definition, path = 'where'): Use[] {
  switch (d.op) {
    case 'and':
    case 'or':
      return d.of.flatMap((x, i) => usesOf(x, `${path}.${d.op}[${i}]`));
    case 'not':
      return usesOf(d.of, `${path}.not`);
    case 'audience':
      return usesOf(d.of).map(({ tag }) => ({ path: `${path}.audience`, tag }));
    case 'top':
      return [{ path: `${path}.top.by`, tag: d.by }, ...usesOf(d.of, `${path}.top.of`)];
    case 'list':
    case 'sample':
      return [];
    default:
      return [{ path: `${path}.tag`, tag: d.tag }];
  }
}

/** Tags that the program keeps itself (who counts, whose, where, consents) belong to every purpose. */
const allows = ({ ours, purposes }: NamedTag, purpose: string): boolean => ours === true || purposes.includes(purpose);

/** The first tag that must not be used for this purpose. */
export const firstAgainst = (uses: readonly Use[], purpose: string): Use | undefined => uses.find(({ tag }) => !allows(tag, purpose));

/** What all of it may be used for. */
export const purposesOf = (uses: readonly Use[]): (typeof TAG_PURPOSES)[number][] =>
  TAG_PURPOSES.filter((p) => firstAgainst(uses, p) === undefined);
