import type { Tx } from '#platform/db';
import { type Cells, openBlock, type Tag, versionsOf } from '#tag';
import type { Opened } from './population.ts';

/** Tags whose blocks are read in one statement: some 8 MB. */
export const AT_ONCE = 64;

/** Blocks of these tags, opened, with the version of each where it is asked for. */
export async function openBlocks(
  tx: Tx,
  kinds: ReadonlyMap<number, Tag['kind']>,
  block: number,
): Promise<{ opened: Opened; versions: ReadonlyMap<number, string> }> {
  const opened = new Map<number, Cells>();
  const versions = new Map<number, string>();
  const ids = [...kinds.keys()];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    for (const b of await versionsOf(tx, ids.slice(from, from + AT_ONCE), [block])) {
      opened.set(b.tag, openBlock(kinds.get(b.tag) as Tag['kind'], b));
      versions.set(b.tag, b.was);
    }
  }
  return { opened, versions };
}
