import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Homes, NewVisit, PlaceMap, PlacePortrait, ScoringTable } from '#place/contract';
import { del, get, post } from '../../kit/api.ts';
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

/** Notes what came of a visit, or takes it back (null); the list shows it at once. */
export const useVisit = (id: string, onDone: (visit: NewVisit | null) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (visit: NewVisit | null): Promise<unknown> => {
      const path = `/api/places/homes/${encodeURIComponent(id)}/visit`;
      return visit === null ? del(path) : post(path, visit);
    },
    onSuccess: async (_, visit) => {
      await queries.invalidateQueries({ queryKey: [KEY, 'homes'] });
      onDone(visit);
    },
  });
};
