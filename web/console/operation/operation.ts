import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OperationView } from '#operation/contract';
import { get, post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';

const KEY = ['operation'];
/** What runs by itself changes by itself. */
const FRESH_MS = 10_000;

export const useOperation = () =>
  useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<OperationView>('/api/operation', {}, { signal }),
    refetchInterval: FRESH_MS,
  });

/** One of the night shift's acts: says that it was done, and looks again. */
export const useAct = (onDone?: () => void) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ to, body }: { to: 'news/retry' | 'news/skip' | 'jobs/retry'; body: object }) => post(`/api/operation/${to}`, body),
    onSuccess: (_, { to }) => {
      void message.success(t(to === 'news/skip' ? 'operation.skipped' : 'operation.again'));
      onDone?.();
    },
    onError: (error) => void message.error(trouble(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
};
