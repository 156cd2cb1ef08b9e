import { useQuery } from '@tanstack/react-query';
import type { ImportPhase, ImportView } from '#customer/contract';
import { get } from '../../kit/api.ts';

const LOOK_MS = { busy: 2_000, quiet: 60_000 };

export const isUnderWay = ({ state }: ImportView): boolean => state !== 'done' && state !== 'failed';

export type Step = ImportPhase | 'receiving' | 'queued' | 'beginning';

/** Of these nobody can say how far they are. */
const UNMEASURED: readonly Step[] = ['queued', 'beginning', 'placing', 'finishing'];

/** What is being done with a file under way, and how much of that, in whole percent; null where nobody can say. */
export function stepOf({ state, phase, files, done, total }: ImportView): { step: Step; percent: number | null } {
  const step = state === 'receiving' || state === 'queued' ? state : (phase ?? 'beginning');
  if (UNMEASURED.includes(step)) return { step, percent: null };
  const sum = (field: 'received' | 'bytes') => files.reduce((all, file) => all + file[field], 0);
  const [part, whole] = step === 'receiving' ? [sum('received'), sum('bytes')] : [done, total];
  return { step, percent: whole === 0 ? 0 : Math.floor((part / whole) * 100) };
}

/** Files of customers, the latest first; asked again often while one is under way. */
export const useImports = () =>
  useQuery({
    queryKey: ['customers', 'imports'],
    queryFn: ({ signal }) => get<{ items: ImportView[] }>('/api/customers/imports', {}, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_MS.busy : LOOK_MS.quiet),
  });
