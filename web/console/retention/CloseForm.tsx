import { Button, Input, Radio, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Closing } from '#retention/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useNames } from '../words.ts';
import { useOutcomes } from './cases.ts';

/** What came of it: one outcome, why he wanted to leave, a word more. */
export const CloseForm = ({ busy, onClose }: { busy: boolean; onClose: (closing: Closing) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const id = useId();
  const choices = useOutcomes();
  const [outcome, setOutcome] = useState<string | null>(null);
  const [cause, setCause] = useState<string | undefined>();
  const [note, setNote] = useState('');
  if (choices.isPending) return <Loading lines={3} />;
  if (!choices.data) return <Refused error={choices.error} onAgain={() => void choices.refetch()} />;
  const { outcomes, causes } = choices.data;
  const chosen = outcomes.find((one) => one.id === outcome);
  return (
    <form
      className="c-ret-form"
      aria-label={t('retention.close')}
      onSubmit={(event) => {
        event.preventDefault();
        if (outcome) onClose({ outcome, ...(cause && { cause }), ...(note.trim() && { note: note.trim() }) });
      }}
    >
      <Radio.Group
        aria-label={t('retention.outcome')}
        optionType="button"
        value={outcome}
        options={outcomes.filter(({ bySystem }) => !bySystem).map((one) => ({ value: one.id, label: names.of(one.names) }))}
        onChange={(event) => setOutcome(event.target.value as string)}
      />
      {chosen && (
        <p className="c-soft c-small">
          {t(chosen.quietDays > 0 ? 'retention.quietFor' : 'retention.quietNot', { count: chosen.quietDays })}
        </p>
      )}
      <label htmlFor={`${id}cause`}>{t('retention.cause')}</label>
      <Select
        id={`${id}cause`}
        allowClear
        placeholder={t('retention.causeNot')}
        value={cause}
        options={causes.map((one) => ({ value: one.id, label: names.of(one.names) }))}
        onChange={(value: string | undefined) => setCause(value)}
      />
      <label htmlFor={`${id}note`}>{t('retention.noteMore')}</label>
      <Input.TextArea id={`${id}note`} value={note} rows={2} maxLength={2_000} onChange={(event) => setNote(event.target.value)} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={outcome === null}>
        {t('retention.closeSave')}
      </Button>
    </form>
  );
};
