import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { JourneyRow } from '#tracking/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { rowState } from '../orders/rowState.ts';
import { Card } from '../parts/Card.tsx';
import { DataTime } from '../parts/DataTime.tsx';
import { Explained } from '../parts/Explained.tsx';
import { useJourneysOf } from './households.ts';

/** His orders, faults and other journeys: those under way first, those that are over folded away. */
export const CustomerJourneys = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const journeys = useJourneysOf(id, lang);
  const items = journeys.data?.items ?? [];
  const open = items.filter((j) => j.state === 'open');
  const over = items.filter((j) => j.state !== 'open');
  return (
    <Card title={t('household.journeys')} extra={<Explained name={t('household.journeys')} text={t('household.journeysWhat')} />}>
      {journeys.isPending && <Loading lines={3} />}
      {journeys.error && !journeys.data && <Refused error={journeys.error} onAgain={() => void journeys.refetch()} />}
      {journeys.data && (
        <>
          <p className="c-form-row">
            {open.length > 0 ? t('household.underWay', { count: open.length }) : t('household.noneUnderWay')}
            <DataTime at={journeys.data.at} />
          </p>
          <JourneyLines rows={open} />
          {over.length > 0 && (
            <details className="c-cust-unknown">
              <summary>{t('household.over', { count: over.length })}</summary>
              <JourneyLines rows={over} />
            </details>
          )}
        </>
      )}
    </Card>
  );
};

const JourneyLines = ({ rows }: { rows: readonly JourneyRow[] }) => (
  <ul className="c-list">
    {rows.map((j) => (
      <li key={j.id}>
        <p className="c-list-head">
          <Link to="/journeys/$id" params={{ id: j.id }}>
            {j.scenarioName} {j.root.value}
          </Link>
          <StateTag state={rowState(j)} />
        </p>
        <p className="c-soft">
          <Moment at={j.startedAt} />
          {j.milestoneName && ` · ${j.milestoneName}`}
          {j.holderName && ` · ${j.holderName}`}
        </p>
      </li>
    ))}
  </ul>
);
