import { Link } from '@tanstack/react-router';
import { Alert, Button, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Erasure } from '#tracking/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { may, useMe } from '../session.ts';
import { EraseAgain } from './EraseAgain.tsx';
import { EraseCounts } from './EraseCounts.tsx';
import { useErasure } from './erasing.ts';

/** An erasure from its decision to its end: under way, done with its counts, or waiting for a person. */
export const EraseOutcome = ({ begun, onClose }: { begun: Erasure; onClose: () => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const me = useMe().data;
  const look = useErasure(begun);
  const one = look.data;
  return (
    <div className="c-dup-form c-erase" aria-live="polite">
      {one.state === 'asked' && (
        <Alert
          type="info"
          showIcon
          icon={<Spin size="small" />}
          title={t('erasing.running')}
          description={
            <>
              <p>{t('erasing.runningWhat')}</p>
              {one.attempts > 0 && <p>{t('erasing.tried', { count: one.attempts })}</p>}
            </>
          }
        />
      )}
      {one.state === 'done' && <Alert type="success" showIcon title={t('erasing.done')} description={t('erasing.next')} />}
      {one.state === 'failed' && <Alert type="error" showIcon title={t('erasing.failed')} />}
      {one.counts && <EraseCounts counts={one.counts} tense="gone" />}
      {look.error && <Alert type="warning" showIcon title={trouble(look.error)} />}
      <div className="c-form-row">
        <Button onClick={onClose} autoFocus>
          {t(one.state === 'done' ? 'erasing.close' : 'erasing.leave')}
        </Button>
        {one.state === 'failed' && <EraseAgain one={one} onAgain={() => void look.refetch()} />}
        {one.state === 'failed' && may(me, 'operation:read') && <Link to="/operation">{t('erasing.operation')}</Link>}
        {may(me, 'audit:read') && (
          <Link to="/people" search={{ tab: 'audit', act: 'person' }}>
            {t('erasing.trail')}
          </Link>
        )}
      </div>
    </div>
  );
};
