import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import type { Me } from '#org/contract';
import { ApiRefusal, del, get, post } from '../kit/api.ts';
import { queries } from './queries.ts';

/** Null: nobody is signed in. */
export const meOptions = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) =>
    get<Me>('/api/me', {}, { signal }).catch((error: unknown) => {
      if (error instanceof ApiRefusal && error.status === 401) return null;
      throw error;
    }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const useMe = () => useQuery(meOptions);

export const may = (me: Me | null | undefined, right: string): boolean => me?.rights.includes(right) ?? false;

/** The server no longer knows us: the sign-in page takes over, the address stays. */
export const sessionOver = () => {
  if (queries.getQueryData(meOptions.queryKey)) queries.setQueryData(meOptions.queryKey, null);
};

/** Nothing that one person saw is shown to the next. */
const forgetAll = () => queries.removeQueries({ predicate: (query) => query.queryKey[0] !== meOptions.queryKey[0] });

export const useSignIn = () =>
  useMutation({
    mutationFn: (who: { login: string; password: string }) => post<Me>('/api/session', who),
    onSuccess: (me) => {
      forgetAll();
      queries.setQueryData(meOptions.queryKey, me);
    },
  });

export const useSignOut = () =>
  useMutation({
    mutationFn: () => del('/api/session'),
    onSettled: () => {
      forgetAll();
      queries.setQueryData(meOptions.queryKey, null);
    },
  });
