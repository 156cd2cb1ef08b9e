import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Household, PartyCard, PartySearch } from '#household/contract';
import type { NewTransfer, Transfer, TransferPreview } from '#transfer/contract';
import { get, post } from '../../kit/api.ts';

export type OneTransfer = z.infer<typeof Transfer>;
export type Party = z.infer<typeof PartyCard>;

const KEY = 'transfers';

/** Every transfer of the service that is counted as this customer. */
export const useTransfersOf = (customer: string) =>
  useQuery({
    queryKey: [KEY, 'of', customer],
    queryFn: ({ signal }) => get<{ items: OneTransfer[] }>('/api/transfers', { customer }, { signal }),
  });

/** The services around a customer; those that can change hands. */
export const useServicesOf = (customer: string) =>
  useQuery({
    queryKey: [KEY, 'services', customer],
    queryFn: ({ signal }) =>
      get<z.infer<typeof Household>>(`/api/customers/${encodeURIComponent(customer)}/household`, {}, { signal }).then(({ services }) =>
        services.filter(({ state }) => state !== 'ended'),
      ),
  });

export const usePreview = (service: string | undefined) =>
  useQuery({
    queryKey: [KEY, 'preview', service],
    queryFn: ({ signal }) => post<z.infer<typeof TransferPreview>>('/api/transfers/preview', { service }, { signal }),
    enabled: service !== undefined,
  });

/** Personal values stand in bodies alone. */
export const findParties = (asked: PartySearch) =>
  post<{ items: Party[] }>('/api/households/parties/search', asked).then(({ items }) => items);

/** A transfer made or taken back; the customer's page shows it at once. */
const useChanged = (onDone: () => void) => {
  const queries = useQueryClient();
  return {
    onSuccess: () => {
      for (const key of [KEY, 'customers', 'households']) void queries.invalidateQueries({ queryKey: [key] });
      onDone();
    },
  };
};

export const useMakeTransfer = (onDone: () => void) =>
  useMutation({ mutationFn: (said: z.input<typeof NewTransfer>) => post<OneTransfer>('/api/transfers', said), ...useChanged(onDone) });

export const useUndoTransfer = (onDone: () => void) =>
  useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      post<OneTransfer>(`/api/transfers/${encodeURIComponent(id)}/undo`, { reason }),
    ...useChanged(onDone),
  });
