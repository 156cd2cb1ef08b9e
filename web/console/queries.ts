import { QueryClient } from '@tanstack/react-query';
import { ApiRefusal } from '../kit/api.ts';

/**
 * A refusal is an answer and is not asked again; what stands on a screen changes only when the reader wants it. Without a connection a question fails like
 * any other (`always`): to wait for one in silence would look like work.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: (count, error) => !(error instanceof ApiRefusal) && count < 2,
      refetchOnWindowFocus: false,
      staleTime: 30_000,
    },
    mutations: { networkMode: 'always' },
  },
});
