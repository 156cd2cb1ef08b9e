import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  ExplainedView,
  FiguresView,
  ModelEdit,
  ModelList,
  ModelPage,
  ModelView,
  Monitor,
  NewModel,
  ObservationView,
  TrainAsked,
  VersionView,
} from '#model/contract';
import { del, get, post, put } from '../../kit/api.ts';

export type Model = ModelView;
export type Version = VersionView;
export type Page = z.infer<typeof ModelPage>;
export type Observation = ObservationView;
export type Watched = z.infer<typeof Monitor>;
type NewModelBody = z.input<typeof NewModel>;

export type { NewModelBody };

const KEY = 'models';
/** While something is being worked on it is asked again so often. */
const BUSY_MS = 2_000;
const IDLE_MS = 60_000;

const pathOf = (id: string) => `/api/models/${encodeURIComponent(id)}`;

/** Whether something is under way that will change the answer by itself. */
export const isBusy = ({ latest, refresh }: Pick<Model, 'latest' | 'refresh'>): boolean =>
  Boolean(latest?.progress) || refresh?.state === 'waiting' || refresh?.state === 'running';

const isPageBusy = (page: Page): boolean =>
  isBusy(page) || page.observations.items.some(({ state }) => state === 'keeping' || state === 'reading');

export const useModels = (enabled = true) =>
  useQuery({
    queryKey: [KEY, 'all'],
    queryFn: async ({ signal }) => {
      const list = await get<z.infer<typeof ModelList>>('/api/models', {}, { signal });
      return { ...list, at: new Date().toISOString() };
    },
    refetchInterval: ({ state }) => (state.data?.items.some(isBusy) ? BUSY_MS : IDLE_MS),
    enabled,
  });

export const useModel = (id: string) =>
  useQuery({
    queryKey: [KEY, 'one', id],
    queryFn: ({ signal }) => get<Page>(pathOf(id), {}, { signal }),
    refetchInterval: ({ state }) => (state.data && isPageBusy(state.data) ? BUSY_MS : IDLE_MS),
  });

export const useFigures = (id: string, n: number | null) =>
  useQuery({
    queryKey: [KEY, 'figures', id, n],
    queryFn: ({ signal }) => get<FiguresView>(`${pathOf(id)}/versions/${n}/figures`, {}, { signal }),
    enabled: n !== null,
  });

/** `seen`: when everybody was last looked at; another look makes another answer. */
export const useMonitor = (id: string, seen: string | null) =>
  useQuery({
    queryKey: [KEY, 'monitor', id, seen],
    queryFn: ({ signal }) => get<Watched>(`${pathOf(id)}/monitor`, {}, { signal }),
  });

export const useExplained = (id: string, customer: string) =>
  useQuery({
    queryKey: [KEY, 'why', id, customer],
    queryFn: ({ signal }) => get<ExplainedView>(`${pathOf(id)}/customers/${encodeURIComponent(customer)}`, {}, { signal }),
  });

/** An act on models; everything shown of them is asked anew. */
const useAct = <W, A>(act: (wanted: W) => Promise<A>, onDone: (answer: A) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: [KEY] });
      onDone(answer);
    },
  });
};

export const useRegister = (onDone: (made: Page) => void) => useAct((model: NewModelBody) => post<Page>('/api/models', model), onDone);

type Training = Pick<z.input<typeof TrainAsked>, 'inputs' | 'observations'>;

export const useTrain = (id: string, onDone: (version: Version) => void) =>
  useAct((asked: Training) => post<Version>(`${pathOf(id)}/versions`, asked), onDone);

const nothing = () => undefined;

export const useObserve = (id: string) => useAct(() => post<Page>(`${pathOf(id)}/observations`), nothing);

export const useObserveEach = (id: string) =>
  useAct((every: 'month' | 'never') => put<Page>(`${pathOf(id)}/observations`, { every }), nothing);

export const useDropObservation = (id: string) => useAct((day: string) => del<Page>(`${pathOf(id)}/observations/${day}`), nothing);

export const usePublish = (id: string, onDone: () => void) =>
  useAct((n: number) => post<Page>(`${pathOf(id)}/versions/${n}/publish`, {}), onDone);

export const useEditModel = (id: string, onDone: () => void) => useAct((said: ModelEdit) => put<Page>(pathOf(id), said), onDone);

export const useWithdraw = (id: string, onDone: () => void) =>
  useAct((reason: string) => post<Page>(`${pathOf(id)}/withdraw`, { reason }), onDone);

export const useCancel = (id: string, onDone: () => void) =>
  useAct((n: number) => post<Page>(`${pathOf(id)}/versions/${n}/cancel`, {}), onDone);
