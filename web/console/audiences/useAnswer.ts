import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { post } from '../../kit/api.ts';
import { useWhere } from '../../kit/hooks.ts';

/** A question rests this long after the last key before it is asked. */
const QUIET_MS = 90;
/** An answer that takes longer than this has a sign of work. */
const LATE_MS = 200;

/** A value once it has rested; the first at once. */
const useRested = <T>(value: T, quiet: number): T => {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), quiet);
    return () => clearTimeout(timer);
  }, [value, quiet]);
  return rested;
};

/** True once something has gone on for a while; false at once when it is over. */
const useLate = (busy: boolean): boolean => {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [busy]);
  return busy && late;
};

export interface Answered<T> {
  /** The last good answer, which stays until the next one is there. */
  readonly data: T | undefined;
  /** It is about what is on show. */
  readonly fresh: boolean;
  readonly late: boolean;
  readonly error: unknown;
  readonly again: () => void;
}

/**
 * What a door says about the definition on show. The question follows the keys, older answers are dropped.
 * `body` as JSON text; null asks nothing.
 * `quiet`: how long the question rests first, in ms.
 */
export function useAnswer<T>(door: string, body: string | null, quiet = QUIET_MS): Answered<T> {
  const { lang } = useWhere();
  const rested = useRested(body, quiet);
  const answer = useQuery({
    queryKey: ['audience answer', door, rested, lang],
    queryFn: ({ signal }) => post<T>(door, JSON.parse(rested!), { signal, timeout: 60_000 }),
    enabled: rested !== null,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 60_000,
  });
  const [good, setGood] = useState<T | undefined>(undefined);
  if (answer.data !== undefined && answer.data !== good) setGood(answer.data);
  const isSettled = rested === body && !answer.isFetching && !answer.isPlaceholderData;
  return {
    data: body === null ? undefined : (answer.data ?? good),
    fresh: isSettled && answer.isSuccess,
    late: useLate(body !== null && !isSettled),
    error: isSettled ? answer.error : null,
    again: () => void answer.refetch(),
  };
}
