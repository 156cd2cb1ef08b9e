import { keepPreviousData, queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  Audience,
  AudienceChange,
  AudienceList,
  AudienceVersions,
  Changed,
  Days,
  Difference,
  Lists,
  NewAudience,
} from '#audience/contract';
import { get, post, put } from '../../kit/api.ts';
import { useWhere } from '../../kit/hooks.ts';

/** The doors of saved audiences. Sentences come in the reader's language, which is part of every question. */

const KEY = 'audiences';
const PER_PAGE = 50;
const at = (id: string, more = '') => `/api/audiences/${encodeURIComponent(id)}${more}`;

export interface Wanted {
  readonly q?: string | undefined;
  readonly mine?: 'true' | undefined;
  readonly archived?: 'true' | undefined;
  readonly unit?: string | undefined;
}

/** Saved audiences, page by page. */
export const useAudiences = (wanted: Wanted) => {
  const { lang } = useWhere();
  return useInfiniteQuery({
    queryKey: [KEY, 'list', lang, wanted],
    queryFn: ({ signal, pageParam }) =>
      get<z.infer<typeof AudienceList>>('/api/audiences', { ...wanted, limit: PER_PAGE, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
};

/** Those that a line may name, by a part of their name. */
export const useAudiencesNamed = (q: string) => {
  const { lang } = useWhere();
  return useQuery({
    queryKey: [KEY, 'named', lang, q],
    queryFn: ({ signal }) => get<z.infer<typeof AudienceList>>('/api/audiences', { q, limit: 20 }, { signal }),
    placeholderData: keepPreviousData,
  });
};

export const audienceOptions = (id: string, lang: string) =>
  queryOptions({
    queryKey: [KEY, 'one', lang, id],
    queryFn: ({ signal }) => get<Audience>(at(id), {}, { signal }),
    enabled: id !== '',
  });

export const useLists = () =>
  useQuery({
    queryKey: [KEY, 'lists'],
    queryFn: ({ signal }) => get<z.infer<typeof Lists>>('/api/lists', {}, { signal }),
  });

export const useVersions = (id: string) => {
  const { lang } = useWhere();
  return useQuery({
    queryKey: [KEY, 'versions', lang, id],
    queryFn: ({ signal }) => get<z.infer<typeof AudienceVersions>>(at(id, '/versions'), {}, { signal }),
  });
};

/** How many people it had each morning, and why that changed. */
export const useDays = (id: string) => {
  const { lang } = useWhere();
  return useQuery({
    queryKey: [KEY, 'days', lang, id],
    queryFn: ({ signal }) => get<z.infer<typeof Days>>(at(id, '/days'), {}, { signal }),
  });
};

/** Who came in and went out since its members were noted. */
export const useChange = (id: string) => {
  const { lang } = useWhere();
  return useQuery({
    queryKey: [KEY, 'change', lang, id],
    queryFn: ({ signal }) => get<Changed>(at(id, '/change'), {}, { signal, timeout: 60_000 }),
  });
};

export const useDifference = (id: string, from: number, to: number) => {
  const { lang } = useWhere();
  return useQuery({
    queryKey: [KEY, 'diff', lang, id, from, to],
    queryFn: ({ signal }) => get<z.infer<typeof Difference>>(at(id, '/difference'), { from, to }, { signal, timeout: 60_000 }),
    enabled: from !== to,
  });
};

/** Something done to saved audiences; what stands on the screen is asked anew. */
export const useAct = <T, R>(act: (what: T) => Promise<R>, onDone?: (answer: R) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer: R) => {
      onDone?.(answer);
      await queries.invalidateQueries({ queryKey: [KEY] });
    },
  });
};

export const saveNew = (audience: z.input<typeof NewAudience>) => post<Audience>('/api/audiences', audience);
export const saveChange = ({ id, ...change }: z.input<typeof AudienceChange> & { id: string }) => put<Audience>(at(id), change);
export const archive = (id: string) => post<Audience>(at(id, '/archive'), {});
export const restore = (id: string) => post<Audience>(at(id, '/restore'), {});
