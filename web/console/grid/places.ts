import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { GonePlaces, GridDays, Homes, NewVisit, PlaceMap, PlacePortrait, ScoringTable, Workers } from '#place/contract';
import { ApiFault, del, get, post, put } from '../../kit/api.ts';
import { areaCodes } from '../areas.ts';
import { useWords } from '../words.ts';

const KEY = 'places';
const FRESH_MS = 60_000;
const PATIENCE = { timeout: 60_000 };

/** Estates of an area and all below it, with their figures. */
export const usePlaceMap = (area: string | undefined) => {
  const { areas } = useWords();
  const codes = areaCodes(areas, area);
  return useQuery({
    queryKey: [KEY, 'map', codes],
    queryFn: ({ signal }) => get<PlaceMap>('/api/places/map', { area: codes }, { signal, ...PATIENCE }),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });
};

export const usePortrait = (id: string) =>
  useQuery({
    queryKey: [KEY, 'portrait', id],
    queryFn: ({ signal }) => get<PlacePortrait>(`/api/places/${encodeURIComponent(id)}`, {}, { signal, ...PATIENCE }),
    staleTime: FRESH_MS,
  });

/** The ten homes of one grid; the caller's only one where none is named. */
export const useHomes = (area: string | undefined) =>
  useQuery({
    queryKey: [KEY, 'homes', area],
    queryFn: ({ signal }) => get<Homes>('/api/places/homes', { area }, { signal, ...PATIENCE }),
    staleTime: FRESH_MS,
  });

export const useScoring = () =>
  useQuery({
    queryKey: [KEY, 'scoring'],
    queryFn: ({ signal }) => get<ScoringTable>('/api/places/homes/scoring', {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Where each grid of an area stands today. */
export const useGridDays = (area: string | undefined) => {
  const { areas } = useWords();
  const codes = areaCodes(areas, area);
  return useQuery({
    queryKey: [KEY, 'grids', codes],
    queryFn: ({ signal }) => get<GridDays>('/api/places/homes/grids', { area: codes }, { signal }),
    staleTime: FRESH_MS,
  });
};

/** Those to whom homes of a grid can be given. */
export const useWorkers = (area: string, may: boolean) =>
  useQuery({
    queryKey: [KEY, 'workers', area],
    queryFn: ({ signal }) => get<Workers>('/api/places/homes/workers', { area }, { signal }),
    staleTime: FRESH_MS,
    enabled: may,
  });

/** Places that are no more; asked for when somebody wants to see them. */
export const useGone = (area: string | undefined, wanted: boolean) => {
  const { areas } = useWords();
  const codes = areaCodes(areas, area);
  return useQuery({
    queryKey: [KEY, 'gone', codes],
    queryFn: ({ signal }) => get<GonePlaces>('/api/places/gone', { area: codes }, { signal }),
    enabled: wanted,
  });
};

/** Everything that was read of the homes is read again. */
export const useRefreshHomes = () => {
  const queries = useQueryClient();
  return useCallback(
    () => Promise.all([queries.invalidateQueries({ queryKey: [KEY, 'homes'] }), queries.invalidateQueries({ queryKey: [KEY, 'grids'] })]),
    [queries],
  );
};

const pathOf = (home: string, what: string) => `/api/places/homes/${encodeURIComponent(home)}/${what}`;

export const sendVisit = (home: string, visit: NewVisit): Promise<unknown> => post(pathOf(home, 'visit'), visit);

/** Notes what came of a visit, or takes it back (null); the list shows it at once. `onAway`: there was no answer. */
export const useVisit = (id: string, { onDone, onAway }: Record<'onDone' | 'onAway', (visit: NewVisit | null) => void>) => {
  const refresh = useRefreshHomes();
  return useMutation({
    mutationFn: (visit: NewVisit | null): Promise<unknown> => (visit === null ? del(pathOf(id, 'visit')) : sendVisit(id, visit)),
    onSuccess: async (_, visit) => {
      await refresh();
      onDone(visit);
    },
    onError: (error, visit) => {
      if (error instanceof ApiFault) onAway(visit);
      else void refresh(); // somebody else was there first: his words are shown
    },
  });
};

/** Says who is to go there; null: whoever comes first. */
export const useGiveHome = (id: string) => {
  const refresh = useRefreshHomes();
  return useMutation({
    mutationFn: (to: string | null): Promise<unknown> => put(pathOf(id, 'holder'), { to }),
    onSettled: refresh,
  });
};
