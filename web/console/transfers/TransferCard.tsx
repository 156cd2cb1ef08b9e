import { Alert, App, Drawer, Input, Popconfirm } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading, Refused, useTrouble } from '../../kit/faces.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { ConsentWords } from './ConsentWords.tsx';
import { type OneTransfer, useTransfersOf, useUndoTransfer } from './transfers.ts';

const TransferForm = lazy(() => import('./TransferForm.tsx').then((m) => ({ default: m.TransferForm })));
const LEAST_REASON = 2;

/** Transfers of this customer's service, and a new one. */
export const TransferCard = ({ customer }: { customer: string }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const transfers = useTransfersOf(customer);
  return (
    <Card
      title={t('transfer.title')}
      extra={
        <RightButton right="transfer:make" onClick={() => setOpen(true)}>
          {t('transfer.make')}
        </RightButton>
      }
    >
      {transfers.isPending && <Loading lines={2} />}
      {transfers.error && !transfers.data && <Refused error={transfers.error} onAgain={() => void transfers.refetch()} />}
      {transfers.data?.items.length === 0 && <p className="c-soft">{t('transfer.none')}</p>}
      <ul className="c-list">
        {transfers.data?.items.map((one) => (
          <TransferLine key={one.id} one={one} />
        ))}
      </ul>
      <Drawer open={open} onClose={() => setOpen(false)} size="min(36rem, 100vw)" title={t('transfer.make')} destroyOnHidden>
        <Suspense fallback={<Loading lines={8} />}>
          <TransferForm
            customer={customer}
            onDone={() => {
              setOpen(false);
              void message.success(t('transfer.made'));
            }}
          />
        </Suspense>
      </Drawer>
    </Card>
  );
};

const TransferLine = ({ one }: { one: OneTransfer }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [reason, setReason] = useState('');
  const undo = useUndoTransfer(() => void message.success(t('transfer.undone')));
  const called = ({ name }: OneTransfer['to']) => name ?? t('transfer.unseen');
  const [action] = one.actions;
  const because = action === undefined || action.allowed ? null : t(`transfer.not.${action.because?.replace('.', '_')}`);
  return (
    <li>
      <p className={one.undone ? 'c-dup-undone' : undefined}>
        <span className="c-number">{one.service.number}</span>{' '}
        {t('transfer.fromTo', { from: one.from.map(called).join(t('transfer.and')), to: called(one.to) })}
      </p>
      <p className="c-soft c-small">
        <Moment at={one.at} /> · {one.reason} · {one.by}
      </p>
      {one.proof && <p className="c-soft c-small">{t('transfer.proofSaid', { proof: one.proof })}</p>}
      {one.consents.length > 0 && (
        <p className="c-soft c-small">
          {t(one.undone ? 'transfer.resumed' : 'transfer.ended')}
          <ConsentWords consents={one.consents} />
        </p>
      )}
      {one.undone ? (
        <p className="c-soft c-small">
          {t('transfer.takenBack')} <Moment at={one.undone.at} /> · {one.undone.reason} · {one.undone.by}
        </p>
      ) : (
        <Popconfirm
          title={t('transfer.undoAsk')}
          description={
            <Input
              value={reason}
              maxLength={200}
              aria-label={t('reveal.reason')}
              placeholder={t('reveal.reason')}
              onChange={(event) => setReason(event.target.value)}
            />
          }
          okText={t('transfer.undo')}
          okButtonProps={{ disabled: reason.trim().length < LEAST_REASON, loading: undo.isPending }}
          onConfirm={() => undo.mutate({ id: one.id, reason: reason.trim() })}
          disabled={because !== null}
        >
          <RightButton size="small" right="transfer:make" off={because}>
            {t('transfer.undo')}
          </RightButton>
        </Popconfirm>
      )}
      {undo.error && <Alert type="error" showIcon title={trouble(undo.error)} />}
    </li>
  );
};
