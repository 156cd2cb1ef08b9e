import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '#scenario/contract';
import type { ProcessMap } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { duration, integer, offset } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { useAddress } from '../address.ts';
import { areaCodes } from '../areas.ts';
import { dateIn, dayAfter, startOfDay } from '../filter.ts';
import { Card } from '../parts/Card.tsx';
import { Field } from '../parts/Field.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { WhenSeen } from '../parts/WhenSeen.tsx';
import { useNames, useWords } from '../words.ts';
import { ArrowJourneys } from './ArrowJourneys.tsx';
import { MilestoneTimes } from './MilestoneTimes.tsx';
import { ProcessMapView } from './ProcessMapView.tsx';
import { VariantTable } from './VariantTable.tsx';

const StageChart = lazy(() => import('./StageChart.tsx').then((m) => ({ default: m.StageChart })));

const DAYS = 30;

/** How the orders of one scenario really went in a period: who follows whom, in which ways, how long each stage took. */
export const AnalysisPage = () => {
  const { t } = useTranslation();
  const where = useWhere();
  const now = useNow();
  const words = useWords();
  const names = useNames();
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const scenario = address.scenario ?? words.scenarios[0]?.id ?? '';
  const today = dateIn(now, where.zone);
  const from = address.from ?? dateIn(now - DAYS * 86_400_000, where.zone);
  const to = address.to ?? today;
  const zone = offset(now, where.zone);
  const codes = areaCodes(words.areas, address.area);
  const query = { scenario, from: startOfDay(from, zone), to: startOfDay(dayAfter(to), zone), ...(codes && { area: codes }) };
  const ready = scenario !== '';
  const map = useQuery({
    queryKey: ['process', query],
    queryFn: ({ signal }) => get<ProcessMap>('/api/analysis/process', query, { signal, timeout: 60_000 }),
    enabled: ready,
  });
  const known = useQuery({
    queryKey: ['scenario', scenario],
    queryFn: ({ signal }) => get<Scenario>(`/api/scenarios/${encodeURIComponent(scenario)}`, {}, { signal }),
    enabled: ready,
  });
  const nameOf = (type: string) => {
    const milestone = known.data?.milestones.find((m) => m.steps.some((step) => step.type === type));
    return milestone ? names.of(milestone.names) : '';
  };
  const stageName = (id: string) => names.of(known.data?.stages.find((stage) => stage.id === id)?.names, id);
  const week = (monday: string) =>
    void navigate({
      to: '/orders',
      search: {
        scenario,
        from: monday,
        to: dateIn(Date.parse(`${monday}T00:00:00Z`) + 6 * 86_400_000, 'UTC'),
        tab: 'all',
        area: address.area,
      } as never,
    });
  const long = (s: number) => duration(s, where.lang);
  return (
    <>
      <PageHead title={t('analysis.title')} at={map.data ? new Date(map.dataUpdatedAt).toISOString() : null} />
      <search className="c-form-row" aria-label={t('analysis.title')}>
        <Field label={t('field.scenario')}>
          {(id) => (
            <Select
              id={id}
              value={scenario}
              showSearch={{ optionFilterProp: 'label' }}
              popupMatchSelectWidth={false}
              options={words.scenarios.map((s) => ({ value: s.id, label: names.of(s.names) }))}
              onChange={(value) => change({ scenario: value })}
            />
          )}
        </Field>
        <Field label={t('field.from')}>
          {(id) => <Input id={id} type="date" value={from} max={to} onChange={(e) => change({ from: e.target.value || undefined })} />}
        </Field>
        <Field label={t('field.to')}>
          {(id) => <Input id={id} type="date" value={to} min={from} onChange={(e) => change({ to: e.target.value || undefined })} />}
        </Field>
      </search>
      {map.isPending && <Loading lines={10} />}
      {map.error && <Refused error={map.error} onAgain={() => void map.refetch()} />}
      {map.data?.journeys === 0 && (
        <Empty title={t('analysis.empty')}>
          <p>{t('analysis.emptyNext')}</p>
        </Empty>
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
                <dt>{t(`analysis.${name}`)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <Card title={t('analysis.map')}>
            <ProcessMapView key={scenario} map={map.data} nameOf={nameOf} onPick={(a, b) => change({ a, b })} />
          </Card>
          <Card title={t('analysis.variantsTitle', { count: integer(map.data.variants) as never })}>
            <VariantTable query={query} nameOf={nameOf} onOpen={(id) => change({ open: id })} />
          </Card>
          <Card title={t('elapsed.title')}>
            <MilestoneTimes query={query} />
          </Card>
          <Card title={t('analysis.stages')}>
            <WhenSeen className="c-chart-room">
              <Suspense fallback={<Loading lines={6} />}>
                <StageChart query={query} stageName={stageName} stages={known.data?.stages.map((s) => s.id) ?? []} onWeek={week} />
              </Suspense>
            </WhenSeen>
          </Card>
        </>
      )}
      <ArrowJourneys query={query} from={address.a} to={address.b} onClose={() => change({ a: undefined, b: undefined })} />
    </>
  );
};
