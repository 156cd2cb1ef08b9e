import type { Actor } from '#platform/actor';
import { any } from './compile.ts';
import type { NamedTag } from './model.ts';
import type { Plan } from './plan.ts';

/** The tag that says to which unit of the organisation a customer belongs. */
const AREA = 'area';

/** Whom a caller may count: those of his areas; nobody where nothing says whose a customer is. A partner's people count nobody. */
export function scopeOf(actor: Pick<Actor, 'areas' | 'partner'>, tags: ReadonlyMap<string, NamedTag>): Plan {
  if (actor.partner !== undefined) return any([]);
  if (actor.areas === 'all') return { op: 'everyone' };
  const area = tags.get(AREA);
  const mine = new Set(actor.areas);
  const codes = area?.kind === 'oneOf' ? area.values.flatMap((unit, i) => (mine.has(unit) ? [i + 1] : [])) : [];
  return area === undefined || codes.length === 0 ? any([]) : { op: 'codes', tag: area.id, codes, side: 'in' };
}
