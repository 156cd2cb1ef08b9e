import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { freshnessOf, type TagBatches, type TagChange, type TagDays, type TagList, type TagValue, type TagView } from '#tag/contract';
import { get, put } from '../../kit/api.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { dateIn } from '../filter.ts';
import type { TagLine } from './find.ts';
import { tagWords, valueWords } from './values.ts';

type List = z.infer<typeof TagList>;
type Batches = z.infer<typeof TagBatches>;

const KEY = 'tags';
/** The most that the door gives at once. */
const PAGE = 1_000;
const FRESH_MS = 60_000;
const BATCHES = 20;
/** While figures are being counted they are asked for again. */
const COUNTING_MS = 3_000;

/** The tag that is always there: who counts at all. */
export const EVERYONE = 'everyone';

const pathOf = (name: string) => `/api/tags/${encodeURIComponent(name)}`;

/** All of the catalogue: it is searched and put in order here, so that each key finds at once. */
async function wholeCatalogue(signal: AbortSignal): Promise<List & { at: string }> {
  const items: TagView[] = [];
  for (;;) {
    const page = await get<List>('/api/tags', { limit: PAGE, after: items.at(-1)?.id }, { signal });
    items.push(...page.items);
    if (page.items.length < PAGE) return { items, total: items.length, everyone: page.everyone, at: new Date().toISOString() };
  }
}

export const useCatalogue = () =>
  useQuery({ queryKey: [KEY, 'all'], queryFn: ({ signal }) => wholeCatalogue(signal), staleTime: FRESH_MS });

const tagOptions = (name: string) =>
  queryOptions({
    queryKey: [KEY, 'one', name],
    queryFn: ({ signal }) => get<TagView>(pathOf(name), {}, { signal }),
    staleTime: FRESH_MS,
  });

export const useTag = (name: string) => useQuery(tagOptions(name));

/** How many are counted at all: what shares of a tag are shares of. */
export const useEveryone = () =>
  useQuery({
    queryKey: [KEY, 'everyone'],
    queryFn: ({ signal }) => get<List>('/api/tags', { limit: 1 }, { signal }).then(({ everyone }) => everyone),
    staleTime: FRESH_MS,
  });

export const useBatches = (name: string) =>
  useInfiniteQuery({
    queryKey: [KEY, 'batches', name],
    queryFn: ({ signal, pageParam }) => get<Batches>(`${pathOf(name)}/batches`, { limit: BATCHES, before: pageParam }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });

/** Day by day, and why. */
export const useTagDays = (name: string) =>
  useQuery({
    queryKey: [KEY, 'days', name],
    queryFn: ({ signal }) => get<TagDays>(`${pathOf(name)}/days`, {}, { signal }),
    staleTime: FRESH_MS,
    refetchInterval: ({ state }) => (state.data?.counting ? COUNTING_MS : false),
  });

/** Keeps what is said of a tag; everything shown of it is asked anew. */
export const useDescribe = (onDone: (tag: TagView) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, change }: { name: string; change: TagChange }) => put<TagView>(pathOf(name), change),
    onSuccess: async (tag) => {
      queries.setQueryData(tagOptions(tag.name).queryKey, tag);
      await queries.invalidateQueries({ queryKey: [KEY, 'all'] });
      onDone(tag);
    },
  });
};

/** Tags with how fresh each of them is today. */
export const useLines = (tags: readonly TagView[]): TagLine[] => {
  const { zone } = useWhere();
  const today = dateIn(useNow(), zone);
  return useMemo(
    () => tags.map((tag) => ({ tag, fresh: freshnessOf(tag, tag.loadedAt && dateIn(Date.parse(tag.loadedAt), zone), today) })),
    [tags, zone, today],
  );
};

/** What it is called in the language on show. */
export const useTagName = (): ((tag: Pick<TagView, 'name' | 'names'>) => string) => {
  const { lang } = useWhere();
  return useCallback((tag) => tagWords(tag, lang), [lang]);
};

export const useValueWords = () => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  return (value: TagValue, tag: Parameters<typeof valueWords>[1]) => valueWords(value, tag, lang, [t('tag.yes'), t('tag.no')]);
};
