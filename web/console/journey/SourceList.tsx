import { useTranslation } from 'react-i18next';
import type { JourneyDetail } from '#tracking/contract';
import { integer } from '../../kit/format.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { useNames } from '../words.ts';

/** Who reported what, and whether that system speaks at all: a silent source is no stuck order. */
export const SourceList = ({ journey }: { journey: JourneyDetail }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <ul className="c-list">
      {journey.sources.map((source) => (
        <li key={source.id}>
          <p className="c-list-head">
            <strong>{names.system(source.id) === source.id ? source.name : names.system(source.id)}</strong>
            {source.silent && <StateTag state="waiting">{t('source.silent')}</StateTag>}
            <span className="c-soft c-end">{t('journey.eventsOf', { count: integer(source.events) as never })}</span>
          </p>
          <p className="c-soft">
            {t('source.lastHere')} <TimeAgo at={source.lastAt} />
            {source.lastHeardAt && (
              <>
                {' · '}
                {t('source.lastHeard')} <TimeAgo at={source.lastHeardAt} />
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
};
