import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StageTimes } from '#tracking/contract';
import { Empty } from '../../kit/faces.tsx';
import { duration, integer, percent } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Scroll } from '../parts/Scroll.tsx';
import { Asked } from './Asked.tsx';
import { ColumnHeads } from './ColumnHeads.tsx';
import { type StageGrid, type StageRow, stageGrid, strongestChange, TELLING } from './stageGrid.ts';
import { type Question, useAnalysis } from './useAnalysis.ts';

interface Props {
  query: Question;
  stages: string[];
  stageName: (id: string) => string;
  /** The orders that began in a week, by its Monday. */
  onWeek: (monday: string) => void;
}

type Form = 'bar' | 'table';
type Part = 'p50' | 'p90';

/** So many weeks stand close together. */
const MANY = 20;

const toneOf = (change: number) => (change > TELLING ? 'bad' : change < -TELLING ? 'good' : 'none');

/** How long each stage took, week by week: a row of bars from zero for each stage, and the same as a table. */
export const StageTrend = ({ query, stages, stageName, onWeek }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const [form, setForm] = useState<Form>('bar');
  const [measure, setMeasure] = useState<Part>('p50');
  const answer = useAnalysis<StageTimes>('stages', query);
  const grid = useMemo(() => stageGrid(answer.data?.items ?? [], stages, measure), [answer.data, stages, measure]);
  const strongest = strongestChange(grid, measure);
  return (
    <Asked title={t('analysis.stages')} what={t('analysis.what.stage')} answer={answer}>
      {() =>
        grid.rows.length === 0 ? (
          <Empty title={t('stage.none')} />
        ) : (
          <>
            <div className="c-map-acts">
              <Segmented
                value={form}
                aria-label={t('stage.form')}
                options={(['bar', 'table'] as const).map((value) => ({ value, label: t(`stage.${value}`) }))}
                onChange={setForm}
              />
              <Segmented
                value={measure}
                aria-label={t('map.measure')}
                options={(['p50', 'p90'] as const).map((value) => ({ value, label: t(`map.by.${value}`) }))}
                onChange={setMeasure}
              />
              {strongest?.change != null && (
                <span className="c-soft">
                  {t(strongest.change > 0 ? 'stage.slower' : 'stage.faster', {
                    stage: stageName(strongest.stage),
                    change: percent(Math.abs(strongest.change)),
                  })}
                </span>
              )}
            </div>
            {form === 'bar' ? (
              <ul className="c-trends">
                {grid.rows.map((row) => (
                  <Trend key={row.stage} row={row} weeks={grid.weeks} measure={measure} name={stageName(row.stage)} onWeek={onWeek} />
                ))}
              </ul>
            ) : (
              <TrendTable grid={grid} measure={measure} stageName={stageName} say={(s) => duration(s, lang)} onWeek={onWeek} />
            )}
          </>
        )
      }
    </Asked>
  );
};

interface TrendProps {
  row: StageRow;
  weeks: string[];
  measure: Part;
  name: string;
  onWeek: (monday: string) => void;
}

/** One stage: its weeks as bars from zero, each of them opens its orders; the last one in words, and how it changed. */
const Trend = ({ row, weeks, measure, name, onWeek }: TrendProps) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const most = Math.max(1, ...row.weeks.map((item) => item?.[measure] ?? 0));
  const last = row.weeks.filter((item) => item !== null).at(-1);
  return (
    <li className="c-trend">
      <span className="c-trend-name">{name}</span>
      <span className={weeks.length > MANY ? 'c-trend-bars c-trend-many' : 'c-trend-bars'}>
        {row.weeks.map((item, i) => {
          const week = weeks[i]!;
          const told = item
            ? t('stage.inWeek', { week, time: duration(item[measure], lang), count: integer(item.journeys) as never })
            : t('stage.nothing', { week });
          return (
            <button
              key={week}
              type="button"
              className="c-trend-bar"
              disabled={!item}
              title={told}
              aria-label={`${name} ${told}`}
              onClick={() => onWeek(week)}
            >
              <span style={{ blockSize: `${((item?.[measure] ?? 0) / most) * 100}%` }} />
            </button>
          );
        })}
      </span>
      <span className="c-trend-last">
        <strong>{last ? duration(last[measure], lang) : '–'}</strong>
        {row.change !== null && (
          <span className={`c-trend-change c-trend-${toneOf(row.change)}`}>
            {toneOf(row.change) === 'none'
              ? t('stage.same')
              : t(row.change > 0 ? 'stage.up' : 'stage.down', { change: percent(Math.abs(row.change)) })}
          </span>
        )}
      </span>
      <span className="c-trend-scale" aria-hidden="true">
        {t('stage.scale', { first: weeks[0] ?? '', last: weeks.at(-1) ?? '', most: duration(most, lang) })}
      </span>
    </li>
  );
};

interface TableProps {
  grid: StageGrid;
  measure: Part;
  stageName: (id: string) => string;
  say: (seconds: number) => string;
  onWeek: (monday: string) => void;
}

const TrendTable = ({ grid, measure, stageName, say, onWeek }: TableProps) => {
  const { t } = useTranslation();
  return (
    <Scroll label={t('analysis.stages')}>
      <table className="c-counts">
        <ColumnHeads texts={[t('stage.week')]} figures={grid.rows.map((row) => stageName(row.stage))} />
        <tbody>
          {grid.weeks.map((week, i) => (
            <tr key={week}>
              <th scope="row">
                <button type="button" className="c-link" onClick={() => onWeek(week)}>
                  {week}
                </button>
              </th>
              {grid.rows.map((row) => {
                const item = row.weeks[i];
                return (
                  <td
                    key={row.stage}
                    className="c-num"
                    title={item ? t('stage.of', { count: integer(item.journeys) as never }) : undefined}
                  >
                    {item ? say(item[measure]) : '–'}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
