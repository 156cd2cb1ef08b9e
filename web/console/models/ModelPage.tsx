import { Link, useParams } from '@tanstack/react-router';
import { App } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useAddress } from '../address.ts';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { useNames } from '../words.ts';
import { FiguresTab } from './FiguresTab.tsx';
import { ModelHealth, ModelStand, RefreshLine } from './ModelSigns.tsx';
import { MonitorTab } from './MonitorTab.tsx';
import { type Page, useModel } from './models.ts';
import { ObservationsTab } from './ObservationsTab.tsx';
import { VersionTable } from './VersionTable.tsx';

const TrainDialog = lazy(() => import('./TrainDialog.tsx').then((m) => ({ default: m.TrainDialog })));

const EditDialog = lazy(() => import('./EditDialog.tsx').then((m) => ({ default: m.EditDialog })));
const WithdrawDialog = lazy(() => import('./WithdrawDialog.tsx').then((m) => ({ default: m.WithdrawDialog })));
const PublishDialog = lazy(() => import('./PublishDialog.tsx').then((m) => ({ default: m.PublishDialog })));

const TABS = ['versions', 'kept', 'figures', 'inputs', 'monitor'] as const;
/** Of scores from outside there is nothing else to see. */
const OUTSIDE = ['monitor'] as const;

/** One model: what it is about, its versions, how good they are, what makes the score, how it is doing. */
export const ModelPage = () => {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const model = useModel(id);
  return (
    <>
      <p className="c-tags-back">
        <Link to="/models">{t('model.back')}</Link>
      </p>
      {model.isPending && <Loading lines={10} />}
      {model.error && !model.data && (
        <>
          <PageHead title={t('model.one')} />
          <Refused error={model.error} onAgain={() => void model.refetch()} />
        </>
      )}
      {model.data && <ModelView key={id} model={model.data} />}
    </>
  );
};

const ModelView = ({ model }: { model: Page }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const names = useNames();
  const [address, change] = useAddress();
  const [asking, setAsking] = useState<'train' | 'edit' | 'withdraw' | 'publish' | null>(null);
  const close = () => setAsking(null);
  const because = (act: string) => model.actions.find(({ name }) => name === act)?.because ?? null;
  const again = model.kind === 'outside' && model.published === null ? model.versions[0] : undefined;
  const tabs: readonly (typeof TABS)[number][] = model.kind === 'outside' ? OUTSIDE : TABS;
  const first = model.versions.some(({ figures }) => figures) ? 'figures' : tabs[0]!;
  const tab = tabs.find((one) => one === address.tab) ?? first;
  return (
    <article>
      <PageHead title={names.of(model.names)} at={model.refresh?.at ?? null}>
        <RightButton right="model:train" off={because('edit')} onClick={() => setAsking('edit')}>
          {t('model.edit')}
        </RightButton>
        {model.published && (
          <RightButton right="model:publish" off={because('withdraw')} onClick={() => setAsking('withdraw')}>
            {t('model.withdraw')}
          </RightButton>
        )}
        {again && (
          <RightButton right="model:publish" type="primary" onClick={() => setAsking('publish')}>
            {t('model.publish')}
          </RightButton>
        )}
        {model.kind === 'trained' && (
          <RightButton right="model:train" type="primary" off={because('train')} onClick={() => setAsking('train')}>
            {t('model.train')}
          </RightButton>
        )}
      </PageHead>
      <p className="c-tags-signs">
        <ModelStand model={model} />
        {model.health && (
          <span className="c-mod-health">
            <ModelHealth model={model} />
            <Explained name={t('model.tab.monitor')} text={t('model.healthWhat')} />
          </span>
        )}
        <RefreshLine refresh={model.refresh} />
      </p>
      <ModelFacts model={model} />
      <TabLine
        label={t('model.title')}
        active={tab}
        onChange={(next) => change({ tab: next })}
        items={tabs.map((key) => ({ key, label: t(`model.tab.${key}`) }))}
      />
      {tab === 'versions' && <VersionTable model={model} />}
      {tab === 'kept' && <ObservationsTab model={model} />}
      {(tab === 'figures' || tab === 'inputs') && <FiguresTab model={model} what={tab} />}
      {tab === 'monitor' && <MonitorTab model={model} />}
      {asking && (
        <Suspense>
          {asking === 'edit' && <EditDialog model={model} onClose={close} />}
          {asking === 'withdraw' && <WithdrawDialog model={model} onClose={close} />}
          {asking === 'publish' && again && <PublishDialog model={model} version={again} onClose={close} />}
          {asking === 'train' && (
            <TrainDialog
              model={model}
              onClose={close}
              onDone={({ n }) => {
                close();
                change({ tab: 'versions' });
                void message.success(t('model.started', { n }));
              }}
            />
          )}
        </Suspense>
      )}
    </article>
  );
};

/** What was written down when it was registered. */
const ModelFacts = ({ model }: { model: Page }) => {
  const { t } = useTranslation();
  const names = useNames();
  const facts: [string, React.ReactNode][] = [
    ['label', model.label ? <TagName key="label" tag={model.label.tag} said={names.of(model.label.names)} /> : t('model.noLabel')],
    ['horizon', t('model.horizonDays', { days: model.horizonDays })],
    ['population', model.population ? (model.population.sentence ?? t('model.populationGone')) : t('model.everybody')],
    ['score', <TagName key="score" tag={model.score} said={model.score} />],
    ['purpose', t(`tag.purpose.${model.purpose}`)],
    ['owner', model.owner],
  ];
  return (
    <Card title={t('model.facts')} extra={<span className="c-soft c-small">{t(`model.kind.${model.kind}`)}</span>}>
      {names.of(model.meaning) && <p className="c-tags-meaning">{names.of(model.meaning)}</p>}
      <dl className="c-facts c-mod-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`model.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
};

const TagName = ({ tag, said }: { tag: string; said: string }) => (
  <Link to="/tags/$name" params={{ name: tag }} title={tag}>
    {said}
  </Link>
);
