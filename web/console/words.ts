import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Exception, Figure, Holder, Kind, Names, System, Wait } from '#scenario/contract';
import { get } from '../kit/api.ts';
import type { Lang } from '../kit/format.ts';
import { useWhere } from '../kit/hooks.ts';

export interface Area {
  code: string;
  parent: string | null;
  level: string;
  names: Names;
}

/** The dictionary of the whole system: names of everything that has an id. */
export interface Words {
  holders: Holder[];
  waits: Wait[];
  exceptions: Exception[];
  systems: System[];
  kinds: Kind[];
  figures: Figure[];
  scenarios: { id: string; names: Names }[];
  areas: Area[];
}

export const wordsOptions = queryOptions({
  queryKey: ['words'],
  queryFn: ({ signal }) => get<Words>('/api/words', {}, { signal }),
  staleTime: 10 * 60_000,
});

const EMPTY: Words = { holders: [], waits: [], exceptions: [], systems: [], kinds: [], figures: [], scenarios: [], areas: [] };

export const useWords = (): Words => useQuery(wordsOptions).data ?? EMPTY;

export const nameIn = (names: Names | null | undefined, lang: Lang, otherwise = ''): string =>
  names ? (lang === 'zh-CN' ? names.zh : names.en) : otherwise;

/** Names by id in the language on show; an unknown id reads as itself. */
export interface Namer {
  of(names: Names | null | undefined, otherwise?: string): string;
  holder(id: string): string;
  wait(id: string): string;
  exception(code: string): string;
  system(id: string): string;
  kind(id: string): string;
  scenario(id: string): string;
  area(code: string): string;
}

export const namer = (words: Words, lang: Lang): Namer => {
  const table = <T extends { names: Names }>(items: T[], key: (item: T) => string) => {
    const map = new Map(items.map((item) => [key(item), nameIn(item.names, lang)]));
    return (id: string) => map.get(id) ?? id;
  };
  return {
    of: (names, otherwise = '') => nameIn(names, lang, otherwise),
    holder: table(words.holders, (x) => x.id),
    wait: table(words.waits, (x) => x.id),
    exception: table(words.exceptions, (x) => x.code),
    system: table(words.systems, (x) => x.id),
    kind: table(words.kinds, (x) => x.id),
    scenario: table(words.scenarios, (x) => x.id),
    area: table(words.areas, (x) => x.code),
  };
};

export const useNames = (): Namer => {
  const words = useWords();
  const { lang } = useWhere();
  return useMemo(() => namer(words, lang), [words, lang]);
};
