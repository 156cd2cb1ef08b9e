import type { Actor } from '#platform/actor';
import type { Areas } from './store.ts';

/** The areas that a question is about: those that were asked for, cut to the caller's; null: all there are. */
export function areasAsked({ areas }: Pick<Actor, 'areas'>, asked: readonly string[] | undefined): Areas {
  if (asked === undefined) return areas === 'all' ? null : areas;
  return areas === 'all' ? asked : asked.filter((a) => areas.includes(a));
}
