import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer, percent } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { useOutcomes } from './cases.ts';
import { type PrecisionGrid, precisionGrid } from './precisionGrid.ts';
import { usePrecision } from './rules.ts';

const FORMS = ['bar', 'table'] as const;
const SPANS = ['month', 'week'] as const;
type Span = (typeof SPANS)[number];

const liftWords = (lift: number | null): string => (lift === null ? '–' : `${lift.toFixed(1)}×`);
const shareWords = (share: number | null): string => (share === null ? '–' : percent(share));

/** How often each rule was right, month by month or week by week, and how much better than picking anybody; the same as a table. */
export const PrecisionView = () => {
  const { t } = useTranslation();
  const [form, setForm] = useState<(typeof FORMS)[number]>('bar');
  const [span, setSpan] = useState<Span>('month');
  const answer = usePrecision(span);
  const grid = useMemo(() => precisionGrid(answer.data?.items ?? []), [answer.data]);
  if (answer.isPending) return <Loading lines={8} />;
  if (!answer.data) return <Refused error={answer.error} onAgain={() => void answer.refetch()} />;
  if (grid.rows.length === 0) {
    return (
      <Empty title={t('rule.noPrecision')}>
        <p>{t('rule.noPrecisionNext', { days: answer.data.within })}</p>
      </Empty>
    );
  }
  const extra = <Explained name={t('rule.precision')} text={t('rule.precisionWhat', { days: answer.data.within })} />;
  if (grid.rows.every(({ whole }) => whole.hits === 0)) {
    return (
      <Card title={t('rule.precisionTitle')} extra={extra}>
        <p className="c-soft">{t('rule.undecidedAll', { days: answer.data.within })}</p>
        <UndecidedTable rows={grid.rows} />
      </Card>
    );
  }
  return (
    <Card title={t('rule.precisionTitle')} extra={extra}>
      <p className="c-acts">
        <Segmented
          value={span}
          aria-label={t('rule.span.name')}
          options={SPANS.map((value) => ({ value, label: t(`rule.span.${value}`) }))}
          onChange={setSpan}
        />
        <Segmented
          value={form}
          aria-label={t('stage.form')}
          options={FORMS.map((value) => ({ value, label: t(`stage.${value}`) }))}
          onChange={setForm}
        />
      </p>
      {form === 'bar' ? <PrecisionBars grid={grid} /> : <PrecisionTable grid={grid} />}
    </Card>
  );
};

/** Before the first hits have come of age: how many each rule has to be judged by. */
const UndecidedTable = ({ rows }: Pick<PrecisionGrid, 'rows'>) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <table className="c-counts">
      <thead>
        <tr>
          <th scope="col">{t('retention.rule')}</th>
          <th scope="col" className="c-num">
            {t('rule.waiting')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ whole }) => (
          <tr key={whole.rule}>
            <th scope="row">{names.of(whole.names)}</th>
            <td className="c-num">{integer(whole.undecided)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const PrecisionBars = ({ grid: { periods, rows } }: { grid: PrecisionGrid }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const outcomes = useOutcomes().data?.outcomes ?? [];
  const most = Math.max(0.01, ...rows.flatMap((row) => row.periods.map((one) => one?.precision ?? 0)));
  const mostLift = Math.max(1, ...rows.flatMap((row) => row.periods.map((one) => one?.lift ?? 0)));
  return (
    <ul className="c-ret-precisions">
      {rows.map(({ whole, periods: some }) => (
        <li key={whole.rule}>
          <span>
            <strong>{names.of(whole.names)}</strong>
            <span className="c-block c-soft c-small">
              {t('rule.ofHits', { left: integer(whole.left), hits: integer(whole.hits), undecided: integer(whole.undecided) })}
            </span>
          </span>
          <span className="c-ret-bars" role="img" aria-label={t('rule.bars', { name: names.of(whole.names), most: percent(most) })}>
            {some.map((one, i) => (
              <span
                key={periods[i]}
                className={one && one.precision === null ? 'c-ret-bar c-ret-bar-open' : 'c-ret-bar'}
                title={`${dateWords(periods[i]!, lang)}: ${shareWords(one?.precision ?? null)} · ${t('rule.lift', { lift: liftWords(one?.lift ?? null) })}${one?.undecided ? ` · ${t('rule.undecided', { count: integer(one.undecided) as never })}` : ''}`}
              >
                <span style={{ blockSize: `${((one?.precision ?? 0) / most) * 100}%` }} />
                <span className="c-ret-lift" style={{ blockSize: `${((one?.lift ?? 0) / mostLift) * 100}%` }} />
              </span>
            ))}
          </span>
          <span className="c-ret-scale c-faint c-small" aria-hidden="true">
            {t('stage.scale', {
              first: dateWords(periods[0] ?? '', lang),
              last: dateWords(periods.at(-1) ?? '', lang),
              most: percent(most),
            })}{' '}
            {t('rule.liftScale', { most: liftWords(mostLift) })}
          </span>
          <span className="c-ret-right">
            <strong>{shareWords(whole.precision)}</strong>
            <span className="c-block c-soft c-small">{t('rule.lift', { lift: liftWords(whole.lift) })}</span>
          </span>
          {Object.keys(whole.outcomes).length > 0 && (
            <span className="c-ret-outcomes c-soft c-small">
              {Object.entries(whole.outcomes)
                .sort(([, a], [, b]) => b - a)
                .map(([id, count]) => `${names.of(outcomes.find((one) => one.id === id)?.names, id)} ${integer(count)}`)
                .join(' · ')}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
};

const PrecisionTable = ({ grid: { periods, rows } }: { grid: PrecisionGrid }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  return (
    <Scroll label={t('rule.precisionTitle')}>
      <table className="c-counts">
        <thead>
          <tr>
            <th scope="col">{t('retention.rule')}</th>
            {['hitsOver', 'left', 'precision', 'base', 'liftName', 'waiting'].map((name) => (
              <th key={name} scope="col" className="c-num">
                {t(`rule.${name}`)}
              </th>
            ))}
            {periods.map((period) => (
              <th key={period} scope="col" className="c-num">
                {dateWords(period, lang)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ whole, periods: some }) => (
            <tr key={whole.rule}>
              <th scope="row">{names.of(whole.names)}</th>
              <td className="c-num">{integer(whole.hits)}</td>
              <td className="c-num">{integer(whole.left)}</td>
              <td className="c-num">{shareWords(whole.precision)}</td>
              <td className="c-num">{shareWords(whole.base)}</td>
              <td className="c-num">{liftWords(whole.lift)}</td>
              <td className="c-num">{integer(whole.undecided)}</td>
              {some.map((one, i) => (
                <td key={periods[i]} className="c-num">
                  {shareWords(one?.precision ?? null)}
                  <span className="c-block c-soft c-small">{liftWords(one?.lift ?? null)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
