import { QueryClient } from '@tanstack/react-query';
import { ApiRefusal } from '../kit/api.ts';

/** A refusal is an answer and is not asked again; what stands on a screen changes only when the reader wants it. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => !(error instanceof ApiRefusal) && count < 2,
      refetchOnWindowFocus: false,
      staleTime: 30_000,
    },
  },
});
