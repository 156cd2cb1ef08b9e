import { Alert, App, Button, DatePicker, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { Card } from '../parts/Card.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { useNames } from '../words.ts';
import { type Detail, useAct } from './enterprises.ts';

const REACH_DAYS = 366;

/** What its place means and suggests; accepted, it becomes a visit. */
export const OfferCard = ({ detail }: { detail: Detail }) => {
  const { t } = useTranslation();
  const names = useNames();
  const trouble = useTrouble();
  const { message } = App.useApp();
  const id = useId();
  const [writing, setWriting] = useState(false);
  const [day, setDay] = useState<Dayjs | null>(dayjs().add(1, 'day'));
  const [note, setNote] = useState('');
  const act = useAct(detail.id, () => {
    setWriting(false);
    setNote('');
    void message.success(t('enterprise.accepted'));
  });
  const action = detail.actions.find(({ name }) => name === 'visit');
  const off = action?.allowed === false ? t(`enterprise.not.${action.because?.replace('.', '_')}`) : null;
  return (
    <Card
      title={t('enterprise.offer')}
      extra={
        <RightButton right="enterprise:work" off={off} type="primary" aria-expanded={writing} onClick={() => setWriting(!writing)}>
          {t('enterprise.accept')}
        </RightButton>
      }
    >
      {detail.place === null && <p>{t('enterprise.noOffer')}</p>}
      {detail.meaning && <p>{names.of(detail.meaning)}</p>}
      {detail.offers.map(({ size, text }) => (
        <div key={size} className="c-ent-offer">
          <p className="c-soft c-small">
            {t('enterprise.offerFor', { size: t(`enterprise.sizes.${size}`), wants: t(`enterprise.sizeWants.${size}`) })}
          </p>
          <p>
            <strong>{names.of(text)}</strong>
          </p>
        </div>
      ))}
      {detail.who && <p className="c-soft">{t('enterprise.goes', { who: names.of(detail.who), count: detail.everyDays ?? 0 })}</p>}
      {writing && (
        <form
          className="c-ret-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (day) act.mutate({ act: 'accept', body: { day: day.format('YYYY-MM-DD'), ...(note.trim() && { note: note.trim() }) } });
          }}
        >
          <label htmlFor={`${id}day`}>{t('enterprise.day')}</label>
          <DatePicker
            id={`${id}day`}
            value={day}
            status={day ? '' : 'error'}
            disabledDate={(one) => Math.abs(one.diff(dayjs(), 'day')) >= REACH_DAYS}
            onChange={(one) => setDay(one as Dayjs | null)}
          />
          <label htmlFor={`${id}note`}>{t('enterprise.note')}</label>
          <Input.TextArea id={`${id}note`} value={note} rows={2} maxLength={2_000} onChange={(event) => setNote(event.target.value)} />
          {act.error && <Alert type="error" showIcon title={trouble(act.error)} />}
          <Button type="primary" htmlType="submit" loading={act.isPending} disabled={!day}>
            {t('enterprise.acceptSave')}
          </Button>
        </form>
      )}
    </Card>
  );
};
