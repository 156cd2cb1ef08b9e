import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { JourneyCounts, JourneyDetail, JourneyList } from '#tracking/contract';
import { get } from '../kit/api.ts';
import { offset } from '../kit/format.ts';
import { lang } from '../kit/i18n/index.ts';
import { where } from '../kit/zone.ts';
import { areaCodes } from './areas.ts';
import { dateIn, type JourneyFilter, listQuery, type Tab } from './filter.ts';
import { useWords } from './words.ts';

const here = () => {
  const now = Date.now();
  const { zone } = where(lang());
  return { today: dateIn(now, zone), offset: offset(now, zone) };
};

/** The call's query for a filter and a tab: days turned into instants of the operator's zone, an area into all that lies below it. */
export const useQueryOf = (): ((filter: JourneyFilter, tab: Tab | null) => Record<string, string>) => {
  const { areas } = useWords();
  return ({ area, ...filter }, tab) => {
    const codes = areaCodes(areas, area);
    return listQuery({ ...filter, ...(codes && { area: codes }) }, tab, here().today, here().offset);
  };
};

export interface Page {
  limit: number;
  cursor?: string;
}

/** Answers carry names in the reader's language, so it is part of the key. */
export const useJourneys = (query: Record<string, string>, page: Page, spoken: string) =>
  useQuery({
    queryKey: ['journeys', query, page, spoken],
    queryFn: ({ signal }) => get<JourneyList>('/api/journeys', { ...query, limit: page.limit, cursor: page.cursor }, { signal }),
    placeholderData: keepPreviousData,
  });

export const useCounts = (query: Record<string, string>) =>
  useQuery({
    queryKey: ['counts', query],
    queryFn: ({ signal }) => get<JourneyCounts>('/api/journeys/counts', query, { signal }),
    placeholderData: keepPreviousData,
  });

export const journeyOptions = (id: string) =>
  queryOptions({
    queryKey: ['journey', id],
    queryFn: ({ signal }) => get<JourneyDetail>(`/api/journeys/${encodeURIComponent(id)}`, {}, { signal }),
  });
