import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Household as HouseholdForm } from '#household/contract';
import type { JourneyList } from '#tracking/contract';
import { get, post } from '../../kit/api.ts';

export type Household = z.infer<typeof HouseholdForm>;
export type Service = Household['services'][number];
export type Account = Household['accounts'][number];
export type Party = Household['parties'][number];

const pathOf = (id: string) => `/api/customers/${encodeURIComponent(id)}`;

export const useHousehold = (id: string) =>
  useQuery({
    queryKey: ['customers', 'household', id],
    queryFn: ({ signal }) => get<Household>(`${pathOf(id)}/household`, {}, { signal }),
  });

/** Answers carry names in the reader's language, so it is part of the key. */
export const useJourneysOf = (id: string, spoken: string) =>
  useQuery({
    queryKey: ['customers', 'journeys', id, spoken],
    queryFn: ({ signal }) => get<JourneyList>(`${pathOf(id)}/journeys`, {}, { signal }),
  });

/** Things of a household that have a masked value, and its field. */
export const REVEALED = { services: 'number', homes: 'address' } as const;

export const revealIn = async (of: keyof typeof REVEALED, id: string, reason: string): Promise<string | null> => {
  const field = REVEALED[of];
  const shown = await post<Record<string, string | null>>(`/api/households/${of}/${encodeURIComponent(id)}/reveal`, { fields: [field], reason }); // biome-ignore format: one line
  return shown[field] ?? null;
};
