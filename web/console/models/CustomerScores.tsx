import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExplainedView } from '#model/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { integer, percent } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import type { Card as Customer } from '../customers/customers.ts';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { type Model, useExplained, useModels } from './models.ts';
import { timesOf } from './stand.ts';

/** A customer's scores of models, each with the reasons; nothing stands here where no model has scored him. */
export const CustomerScores = ({ customer }: { customer: Customer }) => {
  const { t } = useTranslation();
  const names = useNames();
  const models = useModels().data?.items ?? [];
  const scores = new Map(customer.tags.map(({ name, value }) => [name, value]));
  const scored = models.filter(({ published, score }) => published !== null && typeof scores.get(score) === 'number');
  const own = scored.filter(({ kind }) => kind === 'trained');
  const [open, setOpen] = useState<string | null | undefined>();
  const shown = open === undefined ? (own[0]?.id ?? null) : open;
  if (scored.length === 0) return null;
  return (
    <Card title={t('model.of.title')} extra={<Explained name={t('model.of.title')} text={t('model.what')} />}>
      <ul className="c-list">
        {[...own, ...scored.filter(({ kind }) => kind !== 'trained')].map((model) => (
          <li key={model.id}>
            <p className="c-list-head">
              <Link to="/models/$id" params={{ id: model.id }}>
                {names.of(model.names)}
              </Link>
              <strong className="c-num">
                {String(scores.get(model.score))} <span className="c-faint c-small">/ {integer(model.full)}</span>
              </strong>
            </p>
            <button
              type="button"
              className="c-link c-small"
              aria-expanded={shown === model.id}
              onClick={() => setOpen(shown === model.id ? null : model.id)}
            >
              {t(shown === model.id ? 'model.of.close' : 'model.of.open')}
            </button>
            {shown === model.id && <Reasons model={model} customer={customer.id} />}
          </li>
        ))}
      </ul>
    </Card>
  );
};

const Reasons = ({ model, customer }: { model: Model; customer: string }) => {
  const { t } = useTranslation();
  const why = useExplained(model.id, customer);
  if (why.isPending) return <Loading lines={3} />;
  if (!why.data) return <Refused error={why.error} onAgain={() => void why.refetch()} />;
  const { rank, of, at, now, because, score, up, down } = why.data;
  return (
    <div className="c-mod-why">
      {rank !== null && (
        <p className="c-soft c-small">
          {t('model.of.rank', { rank: integer(rank), of: integer(of) })} · {t('model.of.top', { share: percent(rank / Math.max(1, of)) })}
          {at && (
            <>
              {' '}
              · {t('model.of.at')} <Moment at={at} />
            </>
          )}
        </p>
      )}
      {because && <p className="c-soft c-small">{because}</p>}
      {now && (
        <>
          <p className="c-soft c-small">
            {t('model.of.base', { base: now.base })} <Explained name={t('model.of.why')} text={t('model.of.timesWhat')} />
          </p>
          {now.score !== score && <p className="c-soft c-small">{t('model.of.nowDiffers', { now: now.score })}</p>}
          <Parts name="up" parts={up} />
          <Parts name="down" parts={down} />
          <p className="c-mod-part c-soft c-small">
            <span>{t('model.of.rest')}</span>
            <span className="c-num">{t('model.of.times', { times: timesOf(why.data.rest) })}</span>
          </p>
        </>
      )}
    </div>
  );
};

const Parts = ({ name, parts }: { name: 'up' | 'down'; parts: ExplainedView['up'] }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  if (parts.length === 0) return null;
  const said = ({ value, label }: ExplainedView['up'][number]): string => {
    if (value === null) return t('model.of.unknown');
    if (typeof value === 'boolean') return t(value ? 'tag.yes' : 'tag.no');
    if (typeof value === 'number') return value.toLocaleString('en-US');
    return names.of(label) || (/^\d{4}-\d\d-\d\d$/.test(value) ? dateWords(value, lang) : value);
  };
  return (
    <>
      <h3 className="c-subhead">{t(`model.of.${name}`)}</h3>
      <ul className="c-mod-parts">
        {parts.map((part) => (
          <li key={part.tag} className="c-mod-part">
            <span>
              {names.of(part.names)} <span className="c-soft">{said(part)}</span>
            </span>
            <span className="c-num">{t('model.of.times', { times: timesOf(part.part) })}</span>
          </li>
        ))}
      </ul>
    </>
  );
};
