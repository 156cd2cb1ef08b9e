import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyDetail } from '#tracking/contract';
import { duration, ms } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { Moment, TimeAgo } from '../../kit/TimeAgo.tsx';
import { Definition } from '../parts/Definition.tsx';
import { useNames } from '../words.ts';
import { whoHas } from './whoHas.ts';

const Line = ({ name, children }: { name: ReactNode; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

export const JourneyFacts = ({ journey }: { journey: JourneyDetail }) => {
  const { t } = useTranslation();
  const names = useNames();
  const { lang } = useWhere();
  const now = useNow();
  const { holder, promise } = journey;
  const end = journey.finishedAt ? ms(journey.finishedAt) : now;
  return (
    <dl className="c-facts">
      {holder && (
        <>
          <Line name={t('field.holder')}>{whoHas(holder, names.of)}</Line>
          <Line name={t('journey.since')}>
            <Moment at={holder.since} />
          </Line>
          <Line name={t('journey.limit')}>{holder.limit ? <Moment at={holder.limit} /> : t('journey.stopped')}</Line>
        </>
      )}
      {promise && (
        <Line name={t('journey.promise')}>
          <Moment at={promise.to} />
          {promise.paused && <span className="c-soft"> {t('journey.paused')}</span>}
        </Line>
      )}
      <Line name={t('journey.started')}>
        <Moment at={journey.startedAt} />
      </Line>
      {journey.finishedAt && (
        <Line name={t('journey.finished')}>
          <Moment at={journey.finishedAt} />
        </Line>
      )}
      <Line
        name={
          <>
            {t('journey.elapsed')} <Definition figure="elapsed" />
          </>
        }
      >
        {duration((end - ms(journey.startedAt)) / 1000, lang)}
        {promise && promise.netSeconds < (end - ms(journey.startedAt)) / 1000 - 60 && (
          <span className="c-soft"> {t('journey.net', { time: duration(promise.netSeconds, lang) })}</span>
        )}
      </Line>
      <Line name={t('journey.lastHeard')}>
        <TimeAgo at={journey.lastAt} />
      </Line>
      <Line name={t('field.scenario')}>
        <Link to="/scenarios/$id" params={{ id: journey.scenario }}>
          {names.of(journey.scenarioNames)}
        </Link>{' '}
        <span className="c-soft">v{journey.scenarioVersion}</span>
      </Line>
      {journey.area && <Line name={t('field.area')}>{names.area(journey.area)}</Line>}
    </dl>
  );
};
