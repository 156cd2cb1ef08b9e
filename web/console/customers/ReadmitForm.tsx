import { Alert, Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Readmission } from '#household/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { type Filled, namedIn, useTrial } from './erased.ts';

const REASONS = ['contract', 'return', 'mistake'] as const;

interface Props {
  /** Our id of him, where his page or row is known. */
  customer: string | undefined;
  /** What was filled in before, when somebody comes back to change it. */
  before: Filled;
  onFilled: (filled: Filled) => void;
  onChecked: (asked: Readmission, found: Awaited<ReturnType<ReturnType<typeof useTrial>['mutateAsync']>>) => void;
}

/** Who it is, and why; what is remembered of him is looked up before anything is changed. */
export const ReadmitForm = ({ customer, before, onFilled, onChecked }: Props) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const id = useId();
  const [reason, setReason] = useState<string>(REASONS[0]);
  const [more, setMore] = useState('');
  const trial = useTrial();
  const named = namedIn(before, customer);
  const set = (field: keyof Filled) => (event: { target: { value: string } }) => onFilled({ ...before, [field]: event.target.value });
  const check = async () => {
    if (named === null) return;
    const asked = { ...named, reason: [t(`readmission.reason.${reason}`), more.trim()].filter(Boolean).join(': ') };
    const found = await trial.mutateAsync(asked).catch(() => null); // said below
    if (found) onChecked(asked, found);
  };
  return (
    <form
      className="c-dup-form"
      aria-label={t('readmission.act')}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <p className="c-soft">{t('readmission.lead')}</p>
      <label htmlFor={`${id}idNumber`}>{t('readmission.idNumber')}</label>
      <Input
        id={`${id}idNumber`}
        autoFocus
        value={before.idNumber}
        maxLength={128}
        placeholder={t('readmission.idNumberLike')}
        onChange={set('idNumber')}
      />
      {customer !== undefined && before.idNumber.trim() === '' && <p className="c-soft c-small">{t('readmission.noIdNumber')}</p>}
      <label htmlFor={`${id}phone`}>{t('readmission.phone')}</label>
      <Input id={`${id}phone`} value={before.phone} maxLength={128} placeholder={t('readmission.phoneLike')} onChange={set('phone')} />
      {customer === undefined && (
        <>
          <label htmlFor={`${id}source`}>{t('readmission.record')}</label>
          <div className="c-form-row">
            <Input id={`${id}source`} value={before.source} maxLength={64} placeholder={t('field.source')} onChange={set('source')} />
            <Input
              value={before.key}
              maxLength={128}
              aria-label={t('readmission.key')}
              placeholder={t('readmission.key')}
              onChange={set('key')}
            />
          </div>
          <p className="c-soft c-small">{t('readmission.recordWhat')}</p>
        </>
      )}
      <label htmlFor={`${id}reason`}>{t('reveal.reason')}</label>
      <Select
        id={`${id}reason`}
        value={reason}
        options={REASONS.map((value) => ({ value, label: t(`readmission.reason.${value}`) }))}
        onChange={setReason}
      />
      <Input
        value={more}
        maxLength={100}
        aria-label={t('reveal.more')}
        placeholder={t('reveal.more')}
        onChange={(event) => setMore(event.target.value)}
      />
      {trial.error && <Alert type="error" showIcon title={trouble(trial.error)} />}
      {named === null && <p className="c-soft c-small">{t('readmission.unsaid')}</p>}
      <Button type="primary" htmlType="submit" disabled={named === null} loading={trial.isPending}>
        {t('readmission.check')}
      </Button>
    </form>
  );
};
