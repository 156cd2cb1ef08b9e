import { useQuery } from '@tanstack/react-query';
import { get } from '../../kit/api.ts';

/** What is asked of the analysis: the scenario, the period as instants, areas, a source. */
export type Question = Record<string, string>;

/** An answer over many journeys may take its time. */
const PATIENCE_MS = 60_000;

/** One question of the analysis; `ready` false: not asked yet. */
export const useAnalysis = <T>(name: 'process' | 'variants' | 'stages' | 'elapsed', question: Question, ready = true) =>
  useQuery({
    queryKey: [name, question],
    queryFn: ({ signal }) => get<T>(`/api/analysis/${name}`, question, { signal, timeout: PATIENCE_MS }),
    enabled: ready,
  });
