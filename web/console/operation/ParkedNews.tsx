import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperationView, ParkedNews as Parked } from '#operation/contract';
import { integer } from '../../kit/format.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { Field } from '../parts/Field.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useAct } from './operation.ts';

const REASON_MOST = 500;

/** News of decisions that a listener did not take eight times: why, what waits behind, and the two things that can be done. */
export const ParkedNews = ({ parked, manages }: { parked: OperationView['parked']; manages: boolean }) => {
  const { t } = useTranslation();
  const [skipping, setSkipping] = useState<Parked>();
  const act = useAct(() => setSkipping(undefined));
  const which = ({ news, listener }: Parked) => ({ news, listener });
  return (
    <Card title={t('operation.parked')} extra={<Shown {...parked} />}>
      {parked.items.length === 0 ? (
        <p className="c-soft">{t('operation.noneParked')}</p>
      ) : (
        <Scroll label={t('operation.parked')}>
          <table className="c-counts">
            <thead>
              <tr>
                {['news', 'listener', 'fault', 'parkedAt'].map((name) => (
                  <th key={name} scope="col">
                    {t(`operation.${name}`)}
                  </th>
                ))}
                <th scope="col" className="c-num">
                  {t('operation.blocked')}
                </th>
                {manages && <th scope="col">{t('operation.acts')}</th>}
              </tr>
            </thead>
            <tbody>
              {parked.items.map((one) => (
                <tr key={`${one.news} ${one.listener}`}>
                  <th scope="row">
                    {one.type}
                    <span className="c-block c-code c-soft c-small">{one.key}</span>
                  </th>
                  <td className="c-code">{one.listener}</td>
                  <td>{one.fault}</td>
                  <td className="c-oneline">
                    <Moment at={one.parkedAt} />
                  </td>
                  <td className="c-num">{integer(one.blocked)}</td>
                  {manages && (
                    <td>
                      <span className="c-page-acts">
                        <Button size="small" loading={act.isPending} onClick={() => act.mutate({ to: 'news/retry', body: which(one) })}>
                          {t('operation.retry')}
                        </Button>
                        <Button size="small" danger onClick={() => setSkipping(one)}>
                          {t('operation.skip')}
                        </Button>
                      </span>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {skipping && (
        <SkipForm
          busy={act.isPending}
          onClose={() => setSkipping(undefined)}
          onSkip={(reason) => act.mutate({ to: 'news/skip', body: { ...which(skipping), reason } })}
        />
      )}
    </Card>
  );
};

const SkipForm = ({ busy, onClose, onSkip }: { busy: boolean; onClose: () => void; onSkip: (reason: string) => void }) => {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      title={t('operation.skip')}
      okText={t('operation.skip')}
      okButtonProps={{ danger: true, loading: busy, disabled: reason.trim().length < 2 }}
      onCancel={onClose}
      onOk={() => onSkip(reason.trim())}
    >
      <p>{t('operation.skipWhat')}</p>
      <Field label={t('operation.reason')}>
        {(id) => <Input.TextArea id={id} autoFocus maxLength={REASON_MOST} value={reason} onChange={(e) => setReason(e.target.value)} />}
      </Field>
    </Modal>
  );
};

/** How many there are, and that only some are shown where that is so. */
export const Shown = ({ items, total }: { items: readonly unknown[]; total: number }) => {
  const { t } = useTranslation();
  return (
    <span className="c-soft">
      {total > items.length
        ? t('operation.shown', { shown: integer(items.length) as never, total: integer(total) as never })
        : t('operation.inAll', { count: total })}
    </span>
  );
};
