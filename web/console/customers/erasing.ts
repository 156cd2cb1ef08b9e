import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Erasure, ErasureAsk, ErasureCounts, Erasures, ErasureTrial } from '#tracking/contract';
import { get, post } from '../../kit/api.ts';
import { shortId } from './facts.ts';

const KEY = ['customers', 'erasures'] as const;
const PAGE = 10;
const LOOK_MS = 1_500;

/** What would go and what would stay; changes nothing. */
export const useWeigh = () => useMutation({ mutationFn: (asked: ErasureAsk) => post<ErasureTrial>('/api/erasures?trial=true', asked) });

/** One that failed is tried again. */
export const useEraseAgain = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => post<Erasure>(`/api/erasures/${encodeURIComponent(id)}/retry`, {}),
    onSuccess: () => void queries.invalidateQueries({ queryKey: KEY }),
  });
};

export const useErase = () => useMutation({ mutationFn: (asked: ErasureAsk) => post<Erasure>('/api/erasures', asked) });

const isUnderWay = (one: Erasure | undefined): boolean => one?.state === 'asked';

/** One erasure, looked at until it is done or waits for a person. */
export const useErasure = (begun: Erasure) =>
  useQuery({
    queryKey: [...KEY, 'one', begun.id],
    queryFn: ({ signal }) => get<Erasure>(`/api/erasures/${begun.id}`, {}, { signal }),
    initialData: begun,
    enabled: isUnderWay(begun),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? LOOK_MS : false),
  });

/** The newest first. */
export const useErasures = (wanted: boolean) =>
  useInfiniteQuery({
    queryKey: [...KEY, 'list'],
    queryFn: ({ signal, pageParam }) => get<Erasures>('/api/erasures', { limit: PAGE, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some(isUnderWay)) ? LOOK_MS : false),
    enabled: wanted,
  });

/** What a clerk has filled in. */
export interface Filled {
  readonly idNumber: string;
  readonly phone: string;
  readonly serviceNumber: string;
}
export const NOTHING_FILLED: Filled = { idNumber: '', phone: '', serviceNumber: '' };

/** A customer whose page it is: his id, and what is known of him, masked. */
export interface Him {
  readonly id: string;
  readonly idNumber?: string | undefined;
  readonly phone?: string | undefined;
}

/** What has to be filled in: what is known of the customer is not asked for, and an ID number, once known, is enough. */
export const fieldsFor = (him: Him | undefined): readonly (keyof Filled)[] => {
  if (him?.idNumber) return [];
  return him?.phone ? ['idNumber'] : ['idNumber', 'phone', 'serviceNumber'];
};

/** Whom it names; null: nobody yet. */
export function namedBy(filled: Filled, him: Him | undefined): Omit<ErasureAsk, 'reason'> | null {
  const given = fieldsFor(him).flatMap((field) => (filled[field].trim() === '' ? [] : [[field, filled[field].trim()] as const]));
  if (given.length === 0 && !him?.idNumber && !him?.phone) return null;
  return { ...Object.fromEntries(given), ...(him && { customer: him.id }) };
}

const DIGITS = 4;

/** What is typed before it is done: the end of what names him. */
export function proofOf(asked: Omit<ErasureAsk, 'reason'>): { of: keyof Filled | 'customer'; end: string } {
  const of = (['idNumber', 'phone', 'serviceNumber'] as const).find((field) => asked[field] !== undefined);
  if (of) return { of, end: (asked[of] as string).slice(-DIGITS) };
  return { of: 'customer', end: shortId(asked.customer ?? '').slice(-DIGITS) };
}

export const isProven = (typed: string, end: string): boolean => end !== '' && typed.trim().toUpperCase() === end.toUpperCase();

export interface Weight {
  readonly what: keyof ErasureCounts;
  readonly count: number;
}

const ALWAYS: readonly (keyof ErasureCounts)[] = ['journeys', 'events', 'customers', 'parties'];
const AT_ALL: readonly (keyof ErasureCounts)[] = ['services', 'homes', 'contacts'];
const STAYS: readonly (keyof ErasureCounts)[] = ['shared', 'doubtful', 'others'];

const weights = (counts: ErasureCounts, kinds: readonly (keyof ErasureCounts)[]): Weight[] =>
  kinds.flatMap((what) => (counts[what] === null ? [] : [{ what, count: counts[what] }]));
const some = (all: readonly Weight[]): Weight[] => all.filter(({ count }) => count > 0);

/** What goes, in the order in which a clerk asks; what was never counted is left out. */
export const goesOf = (counts: ErasureCounts): Weight[] => [...weights(counts, ALWAYS), ...some(weights(counts, AT_ALL))];

/** What stays because it is another's too, or may be. */
export const staysOf = (counts: ErasureCounts): Weight[] => some(weights(counts, STAYS));

export type Verdict = 'goes' | 'remembered' | 'shared' | 'nothing';

/** Where nothing goes, an ID number is remembered all the same; by a number alone there is nothing to do, be it nobody's or several people's. */
export function verdictOf(counts: ErasureCounts, isByIdNumber: boolean): Verdict {
  if (some(goesOf(counts)).length > 0) return 'goes';
  if (isByIdNumber) return 'remembered';
  return staysOf(counts).length > 0 ? 'shared' : 'nothing';
}
