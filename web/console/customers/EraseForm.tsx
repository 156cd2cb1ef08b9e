import { Alert, Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErasureAsk, ErasureTrial } from '#tracking/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { type Filled, fieldsFor, type Him, namedBy, useWeigh } from './erasing.ts';

const REASONS = ['own', 'guardian', 'authority', 'expired'] as const;

interface Props {
  him: Him | undefined;
  /** What was filled in before, when somebody comes back to change it. */
  filled: Filled;
  onFilled: (filled: Filled) => void;
  onWeighed: (asked: ErasureAsk, trial: ErasureTrial) => void;
}

/** Who it is, and why; what would go is looked up before anything is changed. Of a customer's page what is known of him need not be typed. */
export const EraseForm = ({ him, filled, onFilled, onWeighed }: Props) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const id = useId();
  const [reason, setReason] = useState<string>(REASONS[0]);
  const [more, setMore] = useState('');
  const weigh = useWeigh();
  const named = namedBy(filled, him);
  const fields = fieldsFor(him);
  const known = (['idNumber', 'phone'] as const).flatMap((field) =>
    him?.[field] ? [t(`erasing.known.${field}`, { value: him[field] })] : [],
  );
  const look = async () => {
    if (named === null) return;
    const asked = { ...named, reason: [t(`erasing.reason.${reason}`), more.trim()].filter(Boolean).join(': ') };
    const trial = await weigh.mutateAsync(asked).catch(() => null); // said below
    if (trial) onWeighed(asked, trial);
  };
  return (
    <form
      className="c-dup-form c-erase"
      aria-label={t('erasing.act')}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <p className="c-soft">{t('erasing.lead')}</p>
      {fields.length > 0 && <p className="c-soft">{t('erasing.leadFill')}</p>}
      {known.length > 0 && <p>{t('erasing.leadHim', { known: known.join(t('erasing.known.and')) })}</p>}
      {fields.map((field, i) => (
        <div key={field} className="c-erase-field">
          <label htmlFor={id + field}>{t(`erasing.${field}`)}</label>
          <Input
            id={id + field}
            autoFocus={i === 0}
            value={filled[field]}
            maxLength={128}
            placeholder={t('erasing.like')}
            onChange={(event) => onFilled({ ...filled, [field]: event.target.value })}
          />
        </div>
      ))}
      {fields.includes('idNumber') && filled.idNumber.trim() === '' && <p className="c-soft c-small">{t('erasing.noIdNumber')}</p>}
      <label htmlFor={`${id}reason`}>{t('reveal.reason')}</label>
      <Select
        id={`${id}reason`}
        autoFocus={fields.length === 0}
        value={reason}
        options={REASONS.map((value) => ({ value, label: t(`erasing.reason.${value}`) }))}
        onChange={setReason}
      />
      <Input
        value={more}
        maxLength={100}
        aria-label={t('erasing.more')}
        placeholder={t('erasing.more')}
        onChange={(event) => setMore(event.target.value)}
      />
      {weigh.error && <Alert type="error" showIcon title={trouble(weigh.error)} />}
      {named === null && <p className="c-soft c-small">{t('erasing.unsaid')}</p>}
      <Button type="primary" htmlType="submit" disabled={named === null} loading={weigh.isPending}>
        {t('erasing.check')}
      </Button>
    </form>
  );
};
