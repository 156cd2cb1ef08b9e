import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Explained } from '../parts/Explained.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { dateWords } from '../tags/values.ts';
import { useNarrow } from '../useNarrow.ts';
import { useNames } from '../words.ts';
import { ModelHealth, ModelStand } from './ModelSigns.tsx';
import type { Model } from './models.ts';
import { goodnessOf, three } from './stand.ts';

/** Models in the order in which they were registered; on a phone one below the other. */
export const ModelTable = ({ items }: { items: readonly Model[] }) => {
  const narrow = useNarrow();
  return narrow ? <ModelCards items={items} /> : <ModelRows items={items} />;
};

/** A figure of how good it is; of scores from outside with the day whose scores were judged. */
const Goodness = ({ model, figure }: { model: Model; figure: 'auc' | 'ece' }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const { of, ...figures } = goodnessOf(model);
  return (
    <>
      {three(figures[figure])}
      {of && figure === 'auc' && <span className="c-block c-soft c-small">{t('model.judgedFor', { day: dateWords(of, lang) })}</span>}
    </>
  );
};

const ModelRows = ({ items }: { items: readonly Model[] }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <Scroll className="c-card" label={t('model.title')}>
      <table className="c-counts c-mod-table">
        <thead>
          <tr>
            <th scope="col">{t('model.name')}</th>
            <th scope="col">{t('model.state')}</th>
            <th scope="col">
              {t('model.tab.monitor')} <Explained name={t('model.tab.monitor')} text={t('model.healthWhat')} />
            </th>
            <th scope="col" className="c-num">
              {t('model.auc')} <Explained name={t('model.auc')} text={t('model.aucWhat')} />
            </th>
            <th scope="col" className="c-num">
              {t('model.ece')} <Explained name={t('model.ece')} text={t('model.eceWhat')} />
            </th>
            <th scope="col" className="c-num">
              {t('model.scored')}
            </th>
            <th scope="col">{t('model.refreshed')}</th>
            <th scope="col">{t('model.owner')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((model) => (
            <tr key={model.id}>
              <th scope="row">
                <Link to="/models/$id" params={{ id: model.id }}>
                  {names.of(model.names)}
                </Link>
                <span className="c-block c-soft c-small">
                  {t(`model.scene.${model.scene}`)} · {t(`model.kind.${model.kind}`)} · <span className="c-code">{model.score}</span>
                </span>
              </th>
              <td>
                <ModelStand model={model} />
              </td>
              <td>
                <ModelHealth model={model} />
              </td>
              <td className="c-num">
                <Goodness model={model} figure="auc" />
              </td>
              <td className="c-num">
                <Goodness model={model} figure="ece" />
              </td>
              <td className="c-num">{model.refresh?.at ? integer(model.refresh.scored) : '–'}</td>
              <td>{model.refresh?.at ? <Moment at={model.refresh.at} /> : <span className="c-faint">–</span>}</td>
              <td>{model.owner}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};

const ModelCards = ({ items }: { items: readonly Model[] }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <ul className="c-mod-cards">
      {items.map((model) => (
        <li key={model.id} className="c-card">
          <p className="c-list-head">
            <Link to="/models/$id" params={{ id: model.id }}>
              <strong>{names.of(model.names)}</strong>
            </Link>
            <ModelStand model={model} />
          </p>
          <p className="c-soft c-small">
            {t(`model.scene.${model.scene}`)} · {t(`model.kind.${model.kind}`)} · {model.owner}
          </p>
          <p className="c-mod-line">
            <span>
              {t('model.auc')} <strong>{three(goodnessOf(model).auc)}</strong>
            </span>
            <span>
              {t('model.ece')} <strong>{three(goodnessOf(model).ece)}</strong>
            </span>
            <ModelHealth model={model} />
          </p>
        </li>
      ))}
    </ul>
  );
};
