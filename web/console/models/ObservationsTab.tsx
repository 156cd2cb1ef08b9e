import { App, Button, Popconfirm, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Empty, useTrouble } from '../../kit/faces.tsx';
import { integer, percent } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { may, useMe } from '../session.ts';
import { dateWords } from '../tags/values.ts';
import { type Observation, type Page, useDropObservation, useObserve, useObserveEach } from './models.ts';
import { shareOf } from './stand.ts';

const FACES = { keeping: 'active', waiting: 'waiting', reading: 'active', ripe: 'done', failed: 'late' } as const;

/** What was known of people on earlier days, and from when on it can be learned from. */
export const ObservationsTab = ({ model }: { model: Page }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const isTrainer = may(useMe().data, 'model:train');
  const { every, most, items } = model.observations;
  const failed = { onError: (error: Error) => void message.error(trouble(error)) };
  const observe = useObserve(model.id);
  const each = useObserveEach(model.id);
  const because = model.actions.find(({ name }) => name === 'observe')?.because ?? model.observations.because;
  const begin = (
    <RightButton
      right="model:train"
      type="primary"
      off={because}
      loading={observe.isPending}
      onClick={() => observe.mutate(undefined, failed)}
    >
      {t('observation.begin')}
    </RightButton>
  );
  return (
    <>
      <Card title={t('observation.title')} extra={<Explained name={t('observation.title')} text={t('observation.how', { most })} />}>
        <p>{t('observation.what', { days: model.horizonDays })}</p>
        <p className="c-mod-observe">
          {items.length > 0 && begin}
          <span>
            <Switch
              id="observe-monthly"
              size="small"
              checked={every === 'month'}
              disabled={!isTrainer}
              loading={each.isPending}
              onChange={(on) => each.mutate(on ? 'month' : 'never', failed)}
            />{' '}
            <label htmlFor="observe-monthly">{t('observation.monthly')}</label>
          </span>
        </p>
      </Card>
      {items.length === 0 && (
        <Empty title={t('observation.none')}>
          <p>{t('observation.noneNext', { days: model.horizonDays })}</p>
          {begin}
        </Empty>
      )}
      <ul className="c-mod-cards">
        {items.map((one) => (
          <ObservationCard key={one.day} model={model.id} one={one} isTrainer={isTrainer} />
        ))}
      </ul>
    </>
  );
};

const ObservationCard = ({ model, one, isTrainer }: { model: string; one: Observation; isTrainer: boolean }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const drop = useDropObservation(model);
  const day = dateWords(one.day, lang);
  const due = dateWords(one.due, lang);
  const notKnown = one.people - one.yes - one.no;
  return (
    <li className="c-card">
      <p className="c-list-head">
        <strong>{t('observation.of', { day })}</strong>
        <StateTag state={FACES[one.state]}>
          {t(`observation.state.${one.state}`, { percent: percent(one.progress ? shareOf(one.progress) : 0) })}
        </StateTag>
      </p>
      <p role="status">
        {one.problem?.message ??
          t(`observation.says.${one.state}`, {
            day,
            due,
            read: one.readOn && dateWords(one.readOn, lang),
            yes: integer(one.yes),
            no: integer(one.no),
            share: percent(one.yes / Math.max(1, one.yes + one.no)),
          })}
        {one.state === 'ripe' && notKnown > 0 && t('observation.notKnown', { people: integer(notKnown) })}
      </p>
      <p className="c-soft c-small">
        {one.eligible !== null && t('observation.kept', { people: integer(one.people), eligible: integer(one.eligible), tags: one.tags })}
      </p>
      {isTrainer && (
        <Popconfirm
          title={t('observation.dropAsk')}
          description={t('observation.dropWhat')}
          okText={t('observation.drop')}
          okButtonProps={{ danger: true }}
          onConfirm={() => drop.mutate(one.day, { onError: (error) => void message.error(trouble(error)) })}
        >
          <Button size="small" loading={drop.isPending} aria-label={t('observation.dropOf', { day })}>
            {t('observation.drop')}
          </Button>
        </Popconfirm>
      )}
    </li>
  );
};
