import { Alert, Button, DatePicker, Input, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused, useTrouble } from '../../kit/faces.tsx';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { dateIn } from '../filter.ts';
import { useSourceName } from '../tags/useSourceName.ts';
import { ConsentWords } from './ConsentWords.tsx';
import { findParties, type Party, useMakeTransfer, usePreview, useServicesOf } from './transfers.ts';

const LEAST = 2;
const MOBILE = /^(?:\+?86)?[\s-]*1[\d\s-]{10,14}$/;

/** Which service, to whom, since when, why and on what proof; what ends by it is said before. */
export const TransferForm = ({ customer, onDone }: { customer: string; onDone: () => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const { zone } = useWhere();
  const today = dateIn(useNow(), zone);
  const id = useId();
  const services = useServicesOf(customer);
  const counted = services.data?.find((s) => s.customer === customer) ?? services.data?.[0];
  const [chosen, setChosen] = useState<string>();
  const [to, setTo] = useState<Party>();
  const [day, setDay] = useState<Dayjs | null>(null);
  const [reason, setReason] = useState('');
  const [proof, setProof] = useState('');
  const service = chosen ?? counted?.id;
  const preview = usePreview(service);
  const make = useMakeTransfer(onDone);
  if (services.isPending) return <Loading lines={8} />;
  if (!services.data) return <Refused error={services.error} onAgain={() => void services.refetch()} />;
  if (service === undefined) return <Empty title={t('transfer.noService')}>{t('transfer.noServiceNext')}</Empty>;
  const isReady = to !== undefined && reason.trim().length >= LEAST && proof.trim().length >= LEAST;
  const since = day === null || day.format('YYYY-MM-DD') === today ? undefined : day.startOf('day').toISOString();
  return (
    <form
      className="c-dup-form"
      aria-label={t('transfer.make')}
      onSubmit={(event) => {
        event.preventDefault();
        if (to) make.mutate({ service, to: to.id, reason: reason.trim(), proof: proof.trim(), ...(since && { at: since }) });
      }}
    >
      <label htmlFor={`${id}service`}>{t('transfer.service')}</label>
      <Select
        id={`${id}service`}
        value={service}
        options={services.data.map((s) => ({
          value: s.id,
          label: [t(`transfer.is.${s.is}`), s.number, s.plan].filter(Boolean).join(' · '),
        }))}
        onChange={setChosen}
      />
      {preview.data && (
        <Alert
          type={preview.data.consents.length > 0 ? 'warning' : 'info'}
          showIcon
          title={t('transfer.now', {
            owners: preview.data.owners.map((o) => o.name ?? t('transfer.unseen')).join(t('transfer.and')) || t('duplicate.none'),
          })}
          description={
            <>
              {preview.data.consents.length > 0 ? (
                <p>
                  {t('transfer.willEnd', { count: preview.data.consents.length })}
                  <ConsentWords consents={preview.data.consents} />
                </p>
              ) : (
                <p>{t('transfer.nothingEnds')}</p>
              )}
              <p>{t('transfer.window', { days: preview.data.undoDays })}</p>
            </>
          }
        />
      )}
      {preview.error && <Alert type="error" showIcon title={trouble(preview.error)} />}
      <NewOwner chosen={to} onChoose={setTo} />
      <label htmlFor={`${id}day`}>{t('transfer.since')}</label>
      <DatePicker
        id={`${id}day`}
        className="c-wide"
        value={day}
        placeholder={t('transfer.fromNow')}
        disabledDate={(d) => d.isAfter(dayjs())}
        onChange={setDay}
      />
      <label htmlFor={`${id}reason`}>{t('reveal.reason')}</label>
      <Input
        id={`${id}reason`}
        value={reason}
        maxLength={200}
        placeholder={t('transfer.reasonLike')}
        onChange={(e) => setReason(e.target.value)}
      />
      <label htmlFor={`${id}proof`}>{t('transfer.proof')}</label>
      <Input.TextArea
        id={`${id}proof`}
        value={proof}
        rows={2}
        maxLength={2_000}
        placeholder={t('transfer.proofLike')}
        onChange={(e) => setProof(e.target.value)}
      />
      {make.error && <Alert type="error" showIcon title={trouble(make.error)} />}
      <Button type="primary" htmlType="submit" disabled={!isReady} loading={make.isPending}>
        {t('transfer.make')}
      </Button>
    </form>
  );
};

/** Finds the one who receives, by phone or ID number. */
const NewOwner = ({ chosen, onChoose }: { chosen: Party | undefined; onChoose: (party: Party | undefined) => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const id = useId();
  const [text, setText] = useState('');
  const [found, setFound] = useState<Party[]>();
  const sourceOf = useSourceName();
  const [error, setError] = useState<unknown>(null);
  const find = async (value: string) => {
    setError(null);
    onChoose(undefined);
    const asked = value.trim();
    if (asked === '') return setFound(undefined);
    try {
      const parties = await findParties(MOBILE.test(asked) ? { phone: asked } : { idNumber: asked });
      setFound(parties);
      if (parties.length === 1) onChoose(parties[0]);
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <>
      <label htmlFor={id}>{t('transfer.to')}</label>
      <Input.Search
        id={id}
        value={text}
        maxLength={200}
        placeholder={t('transfer.toFind')}
        enterButton={t('customer.search')}
        onChange={(event) => setText(event.target.value)}
        onSearch={(value) => void find(value)}
      />
      {error !== null && <Alert type="error" showIcon title={trouble(error)} />}
      {found?.length === 0 && <p className="c-soft">{t('transfer.toNobody')}</p>}
      {found && found.length > 0 && (
        <Radio.Group
          className="c-dup-found"
          aria-label={t('transfer.to')}
          value={chosen?.id}
          options={found.map(({ id: party, person, source }) => ({
            value: party,
            label: [person.name ?? t('transfer.unseen'), person.idNumber ?? person.phone, sourceOf(source)].filter(Boolean).join(' · '),
          }))}
          onChange={(event) => onChoose(found.find((p) => p.id === event.target.value))}
        />
      )}
    </>
  );
};
