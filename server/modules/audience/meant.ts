import type { Actor } from '#platform/actor';
import type { Sql } from '#platform/db';
import type { Lang } from '#platform/i18n';
import { isRefusal, type Refusal } from '#platform/result';
import { countableTags } from '#tag';
import { todayIn } from './bounds.ts';
import { planOf } from './compile.ts';
import { readDefinition } from './definition.ts';
import type { Definition } from './model.ts';
import type { Plan } from './plan.ts';
import { viewerOf } from './saved.ts';
import { sentenceOf } from './sentence.ts';
import { catalogueOf } from './shelf.ts';

/** A definition for another module: the set it means today, and how it reads. */
export interface Meant {
  readonly plan: Plan;
  readonly sentence: Readonly<Record<Lang, string>>;
}

/**
 * Reads a definition as it was sent by `actor`, or one that another module keeps (`wording` saved: it may name what is not open to him, since whoever saved it
 * might). Refuses its mistakes with their place below `path`.
 */
export async function whoIsMeant(
  sql: Sql,
  actor: Actor,
  { where, path, wording, zone }: { where: unknown; path: string; wording: 'sent' | 'saved'; zone: string },
): Promise<Meant | Refusal> {
  const tags = new Map((await countableTags(sql)).map((t) => [t.name, t]));
  const viewer = await viewerOf(sql, actor);
  const definition = readDefinition(where, await catalogueOf(sql, viewer, [where], tags, todayIn(zone, Date.now())), { path, wording });
  if (isRefusal(definition)) return definition;
  const read = definition as Definition;
  return { plan: planOf(read), sentence: { zh: sentenceOf(read, 'zh'), en: sentenceOf(read, 'en') } };
}
