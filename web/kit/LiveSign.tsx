import { useTranslation } from 'react-i18next';
import { nearMoment } from './format.ts';
import { useNow, useWhere } from './hooks.ts';
import { Icon } from './icons.tsx';
import type { LiveState } from './live.ts';

/** Whether what is on show is live: a quiet dot while it is, a plain sentence with the time when it is not. */
export const LiveSign = ({ live }: { live: LiveState }) => {
  const { t } = useTranslation('kit');
  const where = useWhere();
  const now = useNow();
  if (live.state === 'stale') {
    return (
      <p className="g-live g-live-stale" role="status">
        <Icon name="offline" />
        {t('live.stale', { time: nearMoment(live.since, where, now) })}
      </p>
    );
  }
  if (live.state === 'ended') return null;
  return (
    <span className={`g-live g-live-${live.state}`}>
      <span className="g-live-dot" aria-hidden="true" />
      {t(`live.${live.state}`)}
    </span>
  );
};
