import { Alert, App, Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Visit } from '#enterprise/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import type { StateName } from '../../kit/state.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { type Detail, useAct, useOutcomes } from './enterprises.ts';

const FACES: Record<Visit['state'], StateName> = { planned: 'waiting', done: 'done', withdrawn: 'cancelled' };

/** What was done with the offers: planned, visited with its outcome, taken back. */
export const VisitList = ({ detail }: { detail: Detail }) => {
  const { t } = useTranslation();
  return (
    <Card title={t('enterprise.visits')}>
      {detail.visits.length === 0 && <p className="c-soft">{t('enterprise.noVisits')}</p>}
      <ul className="c-list">
        {detail.visits.map((visit) => (
          <VisitLine key={visit.id} enterprise={detail.id} visit={visit} />
        ))}
      </ul>
    </Card>
  );
};

const VisitLine = ({ enterprise, visit }: { enterprise: string; visit: Visit }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const trouble = useTrouble();
  const { message } = App.useApp();
  const [writing, setWriting] = useState(false);
  const act = useAct(enterprise, ({ act: done }) => {
    setWriting(false);
    void message.success(t(done === 'undo' ? 'enterprise.undone' : 'enterprise.noted'));
  });
  const off = (name: string): string | null => {
    const action = visit.actions.find((one) => one.name === name);
    return action?.allowed === false ? t(`enterprise.not.${action.because?.replace('.', '_')}`) : null;
  };
  return (
    <li>
      <p className="c-list-head">
        <StateTag state={FACES[visit.state]}>{t(`enterprise.visit.${visit.state}`)}</StateTag>
        <strong>{dateWords(visit.day, lang)}</strong>
        {visit.outcome && <span>{names.of(visit.outcome.names)}</span>}
        <span className="c-end c-acts">
          {visit.state === 'planned' && (
            <RightButton
              right="enterprise:work"
              size="small"
              off={off('outcome')}
              aria-expanded={writing}
              onClick={() => setWriting(!writing)}
            >
              {t('enterprise.outcome')}
            </RightButton>
          )}
          {visit.state !== 'withdrawn' && (
            <RightButton
              right="enterprise:work"
              size="small"
              off={off('undo')}
              loading={act.isPending && !writing}
              onClick={() => act.mutate({ act: 'undo', visit: visit.id })}
            >
              {t('enterprise.undo')}
            </RightButton>
          )}
        </span>
      </p>
      <p className="c-soft">
        {t('enterprise.visitFor', { place: names.of(visit.place.names, visit.place.id) })} {names.of(visit.offer)}
      </p>
      {visit.note && <p>{visit.note}</p>}
      {visit.outcome?.note && <p>{visit.outcome.note}</p>}
      <p className="c-soft c-small">
        {t('enterprise.visitBy', { by: visit.outcome?.by ?? visit.by })} <Moment at={visit.outcome?.at ?? visit.at} />
      </p>
      {act.error && <Alert type="error" showIcon title={trouble(act.error)} />}
      {writing && (
        <OutcomeForm
          busy={act.isPending}
          onSave={(outcome, note) => act.mutate({ act: 'outcome', visit: visit.id, body: { outcome, ...(note && { note }) } })}
        />
      )}
    </li>
  );
};

const OutcomeForm = ({ busy, onSave }: { busy: boolean; onSave: (outcome: string, note: string) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const outcomes = useOutcomes().data?.items ?? [];
  const [outcome, setOutcome] = useState<string | null>(null);
  const [note, setNote] = useState('');
  return (
    <form
      className="c-ret-form"
      aria-label={t('enterprise.outcome')}
      onSubmit={(event) => {
        event.preventDefault();
        if (outcome) onSave(outcome, note.trim());
      }}
    >
      <Radio.Group
        aria-label={t('enterprise.outcomeName')}
        optionType="button"
        value={outcome}
        options={outcomes.map((one) => ({ value: one.id, label: names.of(one.names) }))}
        onChange={(event) => setOutcome(event.target.value as string)}
      />
      <Input.TextArea
        aria-label={t('enterprise.note')}
        placeholder={t('enterprise.note')}
        value={note}
        rows={2}
        maxLength={2_000}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button type="primary" htmlType="submit" loading={busy} disabled={outcome === null}>
        {t('enterprise.outcomeSave')}
      </Button>
    </form>
  );
};
