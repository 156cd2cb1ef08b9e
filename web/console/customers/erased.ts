import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ErasedList } from '#customer/contract';
import type { Readmission, Readmitted } from '#household/contract';
import { get, post } from '../../kit/api.ts';
import { areaCodes } from '../areas.ts';
import { useWords } from '../words.ts';

const KEY = 'customers';

/** Customers of an area whose person was erased; nothing personal. */
export const useErased = (area: string | undefined, wanted: boolean) => {
  const { areas } = useWords();
  const codes = areaCodes(areas, area);
  return useQuery({
    queryKey: [KEY, 'erased', codes],
    queryFn: ({ signal }) => get<ErasedList>('/api/customers/erased', { area: codes }, { signal }),
    enabled: wanted,
  });
};

/** What of this is remembered; changes nothing. */
export const useTrial = () => useMutation({ mutationFn: (asked: Readmission) => post<Readmitted>('/api/readmissions?trial=true', asked) });

export const useReadmit = () => useMutation({ mutationFn: (asked: Readmission) => post<Readmitted>('/api/readmissions', asked) });

/** Everything shown of customers is asked for again: not before whoever took one in has seen that it is done, for what he pressed goes by it. */
export const useLookAgain = () => {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: [KEY] });
};

/** What a clerk has filled in. */
export interface Filled {
  readonly idNumber: string;
  readonly phone: string;
  readonly source: string;
  readonly key: string;
}

/** Whom it names; null: nobody yet. */
export function namedIn({ idNumber, phone, source, key }: Filled, customer: string | undefined): Omit<Readmission, 'reason'> | null {
  const [id, tel, from, number] = [idNumber, phone, source, key].map((text) => text.trim());
  if (customer === undefined && !id && !tel && !(from && number)) return null;
  return {
    ...(id && { idNumber: id }),
    ...(tel && { phone: tel }),
    ...(from && number && { record: { source: from, key: number } }),
    ...(customer !== undefined && { customer }),
  };
}
