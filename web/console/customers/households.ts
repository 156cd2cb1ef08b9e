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

/** A masked value of a household: where its door is, and what the door calls it. */
export interface Hidden {
  readonly at: readonly string[];
  readonly field: 'number' | 'address' | 'serial';
}

export const revealAt = async ({ at, field }: Hidden, reason: string): Promise<string | null> => {
  const door = `/api/households/${at.map(encodeURIComponent).join('/')}/reveal`;
  const shown = await post<Record<string, string | null>>(door, { fields: [field], reason });
  return shown[field] ?? null;
};
