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
import { DueTime } from '../parts/DueTime.tsx';
import { Explained } from '../parts/Explained.tsx';
import { type Apart, apart } from './apart.ts';
import { useJourneysOf } from './households.ts';

/** His faults and complaints, and apart from them his orders: those under way first with who has them now, those that are over folded away. */
export const CustomerJourneys = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const journeys = useJourneysOf(id, lang);
  return (
    <Card title={t('oneCustomer.journeys')} extra={<Explained name={t('oneCustomer.journeys')} text={t('oneCustomer.journeysWhat')} />}>
      {journeys.isPending && <Loading lines={3} />}
      {journeys.error && !journeys.data && <Refused error={journeys.error} onAgain={() => void journeys.refetch()} />}
      {journeys.data && (
        <>
          <div className="c-cust-halves">
            {apart(journeys.data.items).map((one) => (
              <GroupOf key={one.group} one={one} />
            ))}
          </div>
          <p className="c-cust-at">
            <DataTime at={journeys.data.at} />
          </p>
        </>
      )}
    </Card>
  );
};

const GroupOf = ({ one: { group, open, over } }: { one: Apart<JourneyRow> }) => {
  const { t } = useTranslation();
  return (
    <section aria-label={t(`oneCustomer.group.${group}`)}>
      <h3 className="c-subhead c-cust-group">
        {t(`oneCustomer.group.${group}`)} <span className="c-tab-count">{open.length}</span>
      </h3>
      {open.length === 0 && <p className="c-soft c-small">{t(`oneCustomer.none.${group}`)}</p>}
      <JourneyLines rows={open} />
      {over.length > 0 && (
        <details className="c-cust-unknown">
          <summary>{t('oneCustomer.over', { count: over.length })}</summary>
          <JourneyLines rows={over} />
        </details>
      )}
    </section>
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
        {j.state === 'open' ? <UnderWay journey={j} /> : <Over journey={j} />}
      </li>
    ))}
  </ul>
);

/** How far it is, who has it now and since when, and until when it was promised. */
const UnderWay = ({ journey: j }: { journey: JourneyRow }) => {
  const { t } = useTranslation();
  return (
    <>
      <p className="c-soft">
        {[j.milestoneName, j.wait?.name].filter(Boolean).join(' · ')}
        {j.dueAt && (
          <>
            {' · '}
            {t('oneCustomer.promised')} <DueTime due={j.dueAt} late={j.overdue} soon={j.dueSoon} />
          </>
        )}
      </p>
      <p className="c-soft c-small">
        {t('oneCustomer.holder', { who: j.holderName ?? t('oneCustomer.nobody') })}
        {j.holderSince && (
          <>
            {' · '}
            {t('oneCustomer.since')} <Moment at={j.holderSince} />
          </>
        )}
      </p>
    </>
  );
};

const Over = ({ journey: j }: { journey: JourneyRow }) => (
  <p className="c-soft">
    <Moment at={j.finishedAt ?? j.lastAt} />
    {j.milestoneName && ` · ${j.milestoneName}`}
  </p>
);
