import { Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer, percent } from '../../kit/format.ts';
import { useAddress } from '../address.ts';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { CalibrationChart, LiftChart, RocChart } from './Charts.tsx';
import { BinTable, LiftTable, RocTable } from './ChartTables.tsx';
import { InputList } from './InputList.tsx';
import { type Page, useFigures } from './models.ts';
import { three } from './stand.ts';

const FORMS = ['chart', 'table'] as const;

/** How good one version is, or what makes its scores; the version that is in use unless another is chosen. */
export const FiguresTab = ({ model, what }: { model: Page; what: 'figures' | 'inputs' }) => {
  const { t } = useTranslation();
  const [address, change] = useAddress();
  const judged = model.versions.filter(({ figures }) => figures !== null);
  const wanted = judged.find(({ n }) => String(n) === address.version) ?? judged.find(({ n }) => n === model.published?.n) ?? judged[0];
  const figures = useFigures(model.id, wanted?.n ?? null);
  if (!wanted) return <Empty title={t('model.noFigures')} />;
  return (
    <>
      <div className="c-form-row">
        <Select
          aria-label={t('model.ofVersion')}
          value={wanted.n}
          onChange={(n) => change({ version: String(n) })}
          options={judged.map(({ n, state }) => ({ value: n, label: `${t('model.n_th', { n })} · ${t(`model.versionState.${state}`)}` }))}
        />
      </div>
      {figures.isPending && <Loading lines={8} />}
      {figures.error && !figures.data && <Refused error={figures.error} onAgain={() => void figures.refetch()} />}
      {figures.data && what === 'inputs' && <InputList figures={figures.data} />}
      {figures.data && what === 'figures' && <FigureCards figures={figures.data} />}
    </>
  );
};

const FigureCards = ({ figures }: { figures: NonNullable<ReturnType<typeof useFigures>['data']> }) => {
  const { t } = useTranslation();
  const [form, setForm] = useState<(typeof FORMS)[number]>('chart');
  const { parts } = figures;
  const sums: [string, string, string | null][] = [
    ['auc', three(figures.auc), 'aucWhat'],
    ['ece', three(figures.ece), 'eceWhat'],
    ['lift', `${(figures.lift[0] ?? 0).toFixed(1)}×`, 'liftWhat'],
    ['n', integer(figures.n), null],
    ['positives', `${integer(figures.positives)} · ${percent(figures.positives / figures.n)}`, null],
  ];
  return (
    <>
      <dl className="c-sums">
        {sums.map(([name, value, meaning]) => (
          <div key={name}>
            <dt>
              {t(`model.${name}`)} {meaning && <Explained name={t(`model.${name}`)} text={t(`model.${meaning}`)} />}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="c-soft c-small">
        {figures.eligible > figures.n && `${t('model.ofEligible', { eligible: integer(figures.eligible) })} · `}
        {t('model.foldsOf', { folds: figures.folds.map((fold) => three(fold)).join(' · ') })}
      </p>
      <p>
        <Segmented
          value={form}
          aria-label={t('model.form')}
          options={FORMS.map((value) => ({ value, label: t(`model.${value}`) }))}
          onChange={setForm}
        />
      </p>
      <div className="c-mod-charts">
        <Card title={t('model.rocAsk')}>
          <p className="c-soft c-small">{t('model.rocSays', { auc: three(figures.auc), percent: percent(figures.auc) })}</p>
          {form === 'chart' ? <RocChart points={figures.roc} /> : <RocTable points={figures.roc} />}
        </Card>
        <Card title={t('model.binsAsk')}>
          <p className="c-soft c-small">{t('model.binsSays', { ece: three(figures.ece) })}</p>
          {form === 'chart' ? <CalibrationChart bins={figures.bins} /> : <BinTable bins={figures.bins} />}
        </Card>
        <Card title={t('model.liftAsk')}>
          <p className="c-soft c-small">{t('model.liftSays', { lift: (figures.lift[0] ?? 0).toFixed(1) })}</p>
          {form === 'chart' ? <LiftChart lift={figures.lift} /> : <LiftTable lift={figures.lift} />}
        </Card>
      </div>
      <Card title={t('model.made_of')}>
        <p>
          {t('model.parts', {
            lambda: parts.lambda,
            logistic: percent(1 - parts.treeShare),
            trees: parts.trees,
            boosted: percent(parts.treeShare),
            calibration: t(`model.calibration.${parts.calibration}`),
          })}
        </p>
      </Card>
    </>
  );
};
