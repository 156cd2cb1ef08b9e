import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { TagList, TagView } from '#tag/contract';
import { get } from '../../kit/api.ts';

/** The catalogue of tags, as the builder asks it. */

export type Tags = z.infer<typeof TagList>;

const MOST_FOUND = 30;
const FRESH_MS = 60_000;

/** Tags by name, words, meaning and owner. */
export const tagsOptions = (q: string) =>
  queryOptions({
    queryKey: ['audience tags', q],
    queryFn: ({ signal }) => get<Tags>('/api/tags', { q, limit: MOST_FOUND }, { signal }),
    staleTime: FRESH_MS,
  });

/** The likeliest first: the name itself, then what begins so, then what holds it. Who counts at all is no question. */
export function likeliest<T extends { name: string; names: { zh: string; en: string } }>(tags: readonly T[], q: string): T[] {
  const wanted = q.trim().toLowerCase();
  const rank = ({ name, names }: T) => {
    const said = [name, names.zh, names.en].map((one) => one.toLowerCase());
    const ways = [said.includes(wanted), said.some((one) => one.startsWith(wanted)), said.some((one) => one.includes(wanted)), true];
    return ways.indexOf(true);
  };
  return tags.filter(({ name }) => name !== EVERYONE).toSorted((a, b) => rank(a) - rank(b));
}

/** The tag within which everything is counted. */
export const EVERYONE = 'everyone';

/** One tag with all of its values. */
const tagOptions = (name: string) =>
  queryOptions({
    queryKey: ['audience tag', name],
    queryFn: ({ signal }) => get<TagView>(`/api/tags/${encodeURIComponent(name)}`, {}, { signal }),
    staleTime: FRESH_MS,
    enabled: name !== '',
  });

export const useTag = (name: string) => useQuery(tagOptions(name));

/** These tags, as far as they are known already. */
export const useTagsNamed = (names: readonly string[]): readonly TagView[] =>
  useQueries({ queries: names.map(tagOptions), combine: (answers) => answers.flatMap(({ data }) => data ?? []) });

/** The oldest instant at which one of them was loaded; null where none of them says. */
export const oldestLoad = (tags: readonly Pick<TagView, 'loadedAt'>[]): string | null =>
  tags.reduce<string | null>((least, { loadedAt }) => (loadedAt && (least === null || loadedAt < least) ? loadedAt : least), null);
