import { Link } from '@tanstack/react-router';
import { Alert, Button, Drawer } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Readmission, Readmitted } from '#household/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { may, useMe } from '../session.ts';
import { useNarrow } from '../useNarrow.ts';
import { type Filled, useLookAgain, useReadmit } from './erased.ts';
import { shortId } from './facts.ts';
import { ReadmitForm } from './ReadmitForm.tsx';

type Step = { is: 'asking' } | { is: 'checked'; asked: Readmission; found: Readmitted } | { is: 'done'; count: number };

const NOTHING: Filled = { idNumber: '', phone: '', source: '', key: '' };

/** The button by which an erased person is taken in again, and the three steps behind it: who and why, what is remembered, done. */
export const Readmit = ({ customer, size = 'middle' }: { customer?: string; size?: 'small' | 'middle' }) => {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const done = useRef(false);
  const lookAgain = useLookAgain();
  const close = () => setOpen(false);
  return (
    <>
      <RightButton
        right="person:erase"
        size={narrow ? 'middle' : size}
        aria-label={customer && t('readmission.actWho', { id: shortId(customer) })}
        onClick={() => setOpen(true)}
      >
        {t('readmission.act')}
      </RightButton>
      <Drawer
        open={open}
        onClose={close}
        afterOpenChange={(isOpen) => {
          if (isOpen || !done.current) return;
          done.current = false;
          lookAgain();
        }}
        size="min(36rem, 100vw)"
        title={customer ? t('readmission.actWho', { id: shortId(customer) }) : t('readmission.act')}
        destroyOnHidden
      >
        <Steps
          customer={customer}
          onClose={close}
          onDone={() => {
            done.current = true;
          }}
        />
      </Drawer>
    </>
  );
};

interface StepsProps {
  customer: string | undefined;
  onClose: () => void;
  onDone: () => void;
}

const Steps = ({ customer, onClose, onDone }: StepsProps) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const me = useMe().data;
  const [filled, setFilled] = useState(NOTHING);
  const [step, setStep] = useState<Step>({ is: 'asking' });
  const readmit = useReadmit();
  if (step.is === 'asking')
    return (
      <ReadmitForm
        customer={customer}
        before={filled}
        onFilled={setFilled}
        onChecked={(asked, found) => {
          readmit.reset();
          setStep({ is: 'checked', asked, found });
        }}
      />
    );
  if (step.is === 'checked')
    return (
      <div className="c-dup-form">
        <p>{t('readmission.found')}</p>
        <ul className="c-list">
          {step.found.found.map(({ kind, at }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two of one kind and time are told apart by nothing, and never move
            <li key={i}>
              {t(`readmission.kind.${kind}`)}{' '}
              <span className="c-soft">
                {t('readmission.since')} <Moment at={at} />
              </span>
            </li>
          ))}
        </ul>
        {step.asked.idNumber === undefined && <Alert type="warning" showIcon title={t('readmission.noIdNumber')} />}
        <p className="c-soft">
          {t('reveal.reason')}: {step.asked.reason}
        </p>
        {readmit.error && <Alert type="error" showIcon title={trouble(readmit.error)} />}
        <div className="c-form-row">
          <Button
            type="primary"
            autoFocus
            loading={readmit.isPending}
            onClick={() =>
              readmit.mutate(step.asked, {
                onSuccess: ({ readmitted }) => {
                  onDone();
                  setStep({ is: 'done', count: readmitted });
                },
              })
            }
          >
            {t('readmission.confirm')}
          </Button>
          <Button onClick={() => setStep({ is: 'asking' })}>{t('readmission.back')}</Button>
        </div>
      </div>
    );
  return (
    <div className="c-dup-form">
      <Alert type="success" showIcon title={t('readmission.done', { count: step.count })} description={t('readmission.next')} />
      <div className="c-form-row">
        <Button onClick={onClose}>{t('readmission.close')}</Button>
        {may(me, 'audit:read') && (
          <Link to="/people" search={{ tab: 'audit', act: 'person' }}>
            {t('readmission.trail')}
          </Link>
        )}
      </div>
    </div>
  );
};
