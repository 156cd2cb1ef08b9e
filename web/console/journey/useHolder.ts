import { useQuery } from '@tanstack/react-query';
import type { JourneyDetail } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { useNames } from '../words.ts';

interface Colleague {
  name: string;
  phone: string | null;
}

/** Who has a journey now: the post, the name where the staff directory knows it, the staff number; and the phone to call. */
export const useHolder = (journey: JourneyDetail): { words: string; phone: string | null } => {
  const names = useNames();
  const { holder } = journey;
  const id = holder?.handler ?? null;
  const known = useQuery({
    queryKey: ['colleague', id],
    queryFn: ({ signal }) => get<Colleague>(`/api/colleagues/${encodeURIComponent(id!)}`, {}, { signal }),
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  }).data;
  return {
    words: holder ? [names.of(holder.names), known?.name, id].filter(Boolean).join(' ') : '',
    phone: known?.phone ?? null,
  };
};
