import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { integer } from '../../kit/format.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { findNow, useFinding, useRefresh } from './duplicates.ts';

const WHOLE = 100;

/** How far the finder is, when it last went round, and what it set aside because too many have it. */
export const FindingLine = () => {
  const { t } = useTranslation();
  const finding = useFinding();
  const refresh = useRefresh();
  if (!finding.data) return null;
  const { running, done, parties, compared, ended, crowded, mostOnValue } = finding.data;
  return (
    <section className="c-dup-finding" aria-label={t('duplicate.finding')}>
      <p>
        {running && <Progress type="circle" size="small" percent={Math.floor(done * WHOLE)} aria-label={t('duplicate.finding')} />}
        <span>
          {running
            ? t('duplicate.running', { parties: integer(parties), done: Math.floor(done * WHOLE) })
            : t(ended ? 'duplicate.round' : 'duplicate.never', { parties: integer(parties), compared: integer(compared) })}
        </span>
        {!running && ended && <Moment at={ended} />}
        <RightButton
          size="small"
          right="duplicate:merge"
          off={running ? t('duplicate.isRunning') : null}
          onClick={() => void findNow().then(() => refresh())}
        >
          {t('duplicate.findNow')}
        </RightButton>
      </p>
      {crowded.length > 0 && (
        <p className="c-soft c-small">
          {t('duplicate.crowded', { most: mostOnValue })}
          {crowded.map(({ kind, values, parties: some }) => (
            <span key={kind} className="c-dup-crowd">
              {t('duplicate.crowd', { kind: t(`duplicate.key.${kind}`), values: integer(values), parties: integer(some) })}
            </span>
          ))}
        </p>
      )}
    </section>
  );
};
