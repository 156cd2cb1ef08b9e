import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnterpriseNumber } from '#enterprise/contract';
import { useWhere } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { may, useMe } from '../session.ts';
import { dateWords } from '../tags/values.ts';
import type { Detail } from './enterprises.ts';
import { JoinDialog, PartDialog } from './NumberDialogs.tsx';

/** The numbers that sources know an enterprise by: its own, and those that were joined to it, by whom and why. */
export const NumbersCard = ({ detail }: { detail: Detail }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const me = useMe().data;
  const [asking, setAsking] = useState<EnterpriseNumber | 'join' | null>(null);
  const close = () => setAsking(null);
  return (
    <Card
      title={t('enterprise.numbers')}
      extra={
        <RightButton right="enterprise:work" size="small" onClick={() => setAsking('join')}>
          {t('enterprise.join')}
        </RightButton>
      }
    >
      <ul className="c-list">
        {detail.numbers.map((one) => (
          <li key={one.id}>
            <p className="c-list-head">
              <span className="c-code">{one.key}</span>
              <span className="c-soft">
                {one.source} · {one.name}
              </span>
              {one.joined && may(me, 'enterprise:work') && (
                <Button size="small" className="c-end" onClick={() => setAsking(one)}>
                  {t('enterprise.part')}
                </Button>
              )}
            </p>
            <p className="c-soft c-small">
              {t('enterprise.saidOn', { day: dateWords(one.saidOn, lang) })}
              {one.joined && (
                <>
                  {' · '}
                  {t('enterprise.joinedBy', { by: one.joined.by, reason: one.joined.reason })} <Moment at={one.joined.at} />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {asking === 'join' && <JoinDialog detail={detail} onClose={close} />}
      {asking !== null && asking !== 'join' && <PartDialog id={detail.id} number={asking} onClose={close} />}
    </Card>
  );
};
