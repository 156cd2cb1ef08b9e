import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '#scenario/contract';
import type { JourneyCounts, ProcessMap } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { Loading, Refused } from '../../kit/faces.tsx';
import { duration, integer, offset } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { useAddress } from '../address.ts';
import { areaCodes } from '../areas.ts';
import { dateIn, dayAfter, startOfDay } from '../filter.ts';
import { Explained } from '../parts/Explained.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { WhenSeen } from '../parts/WhenSeen.tsx';
import { useNames, useWords } from '../words.ts';
import { AnalysisFilter } from './AnalysisFilter.tsx';
import { Asked } from './Asked.tsx';
import { MilestoneTimes } from './MilestoneTimes.tsx';
import { NothingHere } from './NothingHere.tsx';
import { ProcessMapView } from './ProcessMapView.tsx';
import { costliest } from './processMap.ts';
import { StageTrend } from './StageTrend.tsx';
import { useAnalysis } from './useAnalysis.ts';
import { useStepWords } from './useStepWords.ts';
import { VariantTable } from './VariantTable.tsx';

const ArrowJourneys = lazy(() => import('./ArrowJourneys.tsx').then((m) => ({ default: m.ArrowJourneys })));

const DAYS = 30;

/** The scenario with the most orders in hand, for who comes without one; the first of all where there are none. */
const useBusiest = (ask: boolean): string | undefined => {
  const words = useWords();
  const counts = useQuery({
    queryKey: ['busiest'],
    queryFn: ({ signal }) => get<JourneyCounts>('/api/journeys/counts', {}, { signal }),
    enabled: ask,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (counts.isPending) return undefined;
  const [most] = [...(counts.data?.byScenario ?? [])].sort((a, b) => b.open - a.open);
  return most?.id ?? words.scenarios[0]?.id;
};

/** How the orders of one scenario really went in a period: who follows whom, in which ways, how long each stage took. */
export const AnalysisPage = () => {
  const { t } = useTranslation();
  const where = useWhere();
  const now = useNow();
  const words = useWords();
  const names = useNames();
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const busiest = useBusiest(address.scenario === undefined);
  const scenario = address.scenario ?? busiest ?? '';
  const from = address.from ?? dateIn(now - DAYS * 86_400_000, where.zone);
  const to = address.to ?? dateIn(now, where.zone);
  const zone = offset(now, where.zone);
  const codes = areaCodes(words.areas, address.area);
  const query = {
    scenario,
    from: startOfDay(from, zone),
    to: startOfDay(dayAfter(to), zone),
    ...(codes && { area: codes }),
    ...(address.source && { source: address.source }),
  };
  const ready = scenario !== '';
  const map = useAnalysis<ProcessMap>('process', query, ready);
  const known = useQuery({
    queryKey: ['scenario', scenario],
    queryFn: ({ signal }) => get<Scenario>(`/api/scenarios/${encodeURIComponent(scenario)}`, {}, { signal }),
    enabled: ready,
    retry: false,
  });
  const step = useStepWords(known.data);
  const stageName = (id: string) => names.of(known.data?.stages.find((stage) => stage.id === id)?.names, id);
  const pick = (a: string, b: string | undefined) => change({ a, b });
  const orders = (search: Record<string, string | undefined>) =>
    void navigate({ to: '/orders', search: { scenario, tab: 'all', area: address.area, source: address.source, ...search } as never });
  const week = (monday: string) => orders({ from: monday, to: dateIn(Date.parse(`${monday}T00:00:00Z`) + 6 * 86_400_000, 'UTC') });
  const long = (s: number) => duration(s, where.lang);
  const slowest = map.data && costliest(map.data);
  return (
    <>
      <PageHead title={t('analysis.title')} at={map.data?.at ?? null}>
        {map.data && map.data.journeys > 0 && <Button onClick={() => orders({ from, to })}>{t('analysis.toOrders')}</Button>}
      </PageHead>
      <AnalysisFilter scenario={scenario} from={from} to={to} source={address.source} onChange={change} />
      {map.error && <Refused error={map.error} onAgain={() => void map.refetch()} />}
      {!map.error && !map.data && <Loading lines={10} />}
      {map.data?.journeys === 0 && (
        <NothingHere scenario={scenario} area={codes ?? undefined} source={address.source} onPeriod={(period) => change(period)} />
      )}
      {map.data && map.data.journeys > 0 && (
        <>
          <dl className="c-sums">
            {(
              [
                ['journeys', integer(map.data.journeys)],
                ['events', integer(map.data.events)],
                ['variants', integer(map.data.variants)],
                ['p50', long(map.data.durations.p50)],
                ['p90', long(map.data.durations.p90)],
                ['mean', long(map.data.durations.mean)],
              ] as const
            ).map(([name, value]) => (
              <div key={name}>
                <dt>
                  {t(`analysis.${name}`)}
                  <Explained name={t(`analysis.${name}`)} text={t(`analysis.what.${name}`)} />
                </dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {slowest && (
            <p className="c-note">
              {t('analysis.slowest', {
                from: step(slowest.from).name,
                to: step(slowest.to).name,
                p50: long(slowest.p50),
                p90: long(slowest.p90),
                count: integer(slowest.count) as never,
              })}{' '}
              <button type="button" className="c-link" onClick={() => pick(slowest.from, slowest.to)}>
                {t('analysis.slowestOpen')}
              </button>
            </p>
          )}
          <Asked title={t('analysis.map')} what={t('analysis.what.map')} answer={map}>
            {(data) => <ProcessMapView key={scenario} map={data} plan={known.data} step={step} stageName={stageName} onPick={pick} />}
          </Asked>
          <VariantTable query={query} step={step} onOpen={(id) => change({ open: id })} />
          <WhenSeen className="c-chart-room">
            <MilestoneTimes query={query} area={address.area} />
          </WhenSeen>
          <WhenSeen className="c-chart-room">
            <StageTrend query={query} stageName={stageName} stages={known.data?.stages.map((s) => s.id) ?? []} onWeek={week} />
          </WhenSeen>
        </>
      )}
      {address.a !== undefined && (
        <Suspense>
          <ArrowJourneys
            query={query}
            from={address.a}
            to={address.b}
            nameOf={(type) => step(type).name}
            onClose={() => change({ a: undefined, b: undefined })}
          />
        </Suspense>
      )}
    </>
  );
};
