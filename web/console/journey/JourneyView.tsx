import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyDetail } from '#tracking/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useLive } from '../../kit/hooks.ts';
import { journeyOptions } from '../journeys.ts';
import { Card } from '../parts/Card.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { queries } from '../queries.ts';
import { EventLanes } from './EventLanes.tsx';
import { ExceptionList } from './ExceptionList.tsx';
import { GanttChart } from './GanttChart.tsx';
import { JourneyActs } from './JourneyActs.tsx';
import { JourneyFacts } from './JourneyFacts.tsx';
import { JourneyHead } from './JourneyHead.tsx';
import { ObjectList } from './ObjectList.tsx';
import { PersonPanel } from './PersonPanel.tsx';
import { RepairList } from './RepairList.tsx';
import { SourceList } from './SourceList.tsx';

/** One journey, whole and live: the answer first, then the proof. */
export const JourneyView = ({ id, asPage }: { id: string; asPage?: true }) => {
  const { t } = useTranslation();
  const first = useQuery(journeyOptions(id));
  const { value, live } = useLive<JourneyDetail>(first.data ? `/api/journeys/${encodeURIComponent(id)}/stream` : null);
  useEffect(() => {
    if (value) queries.setQueryData(journeyOptions(id).queryKey, value);
  }, [value, id]);
  if (first.isPending) return <Loading lines={12} />;
  if (first.error && !first.data) {
    return (
      <Refused error={first.error} onAgain={() => void first.refetch()}>
        <Link to="/orders">{t('orders.title')}</Link>
      </Refused>
    );
  }
  const journey = value ?? first.data!;
  const fresh = () => void first.refetch();
  return (
    <article className="c-journey">
      {asPage ? (
        <PageHead title={journey.root.value}>
          <JourneyActs journey={journey} onDone={fresh} />
        </PageHead>
      ) : (
        <header className="c-page-head">
          <h2 className="c-journey-number">{journey.root.value}</h2>
          <div className="c-page-acts">
            <JourneyActs journey={journey} onDone={fresh} />
          </div>
        </header>
      )}
      <JourneyHead journey={journey} live={live} />
      <div className="c-journey-body">
        <div className="c-journey-main">
          <Card title={t('journey.milestones')}>
            <GanttChart journey={journey} />
          </Card>
          <Card title={t('journey.events', { count: journey.eventCount })}>
            <EventLanes journey={journey} />
          </Card>
        </div>
        <div className="c-journey-side">
          <Card title={t('journey.facts')}>
            <JourneyFacts journey={journey} />
          </Card>
          {journey.person && Object.keys(journey.person).length > 0 && (
            <Card title={t('journey.person')}>
              <PersonPanel journey={journey} person={journey.person} />
            </Card>
          )}
          {journey.exceptions.length > 0 && (
            <Card title={t('journey.exceptions')}>
              <ExceptionList journey={journey} />
            </Card>
          )}
          <Card title={t('journey.sources')}>
            <SourceList journey={journey} />
          </Card>
          <Card title={t('journey.objects')}>
            <ObjectList journey={journey} onDone={fresh} />
            <RepairList journey={journey} onDone={fresh} />
          </Card>
        </div>
      </div>
    </article>
  );
};
