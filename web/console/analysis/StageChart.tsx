import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StageTimes } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { duration } from '../../kit/format.ts';
import { useMode, useWhere } from '../../kit/hooks.ts';
import { colours, fonts, type } from '../../kit/tokens.ts';
import { Chart } from '../parts/Chart.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { seriesColours } from './seriesColours.ts';
import { stageGrid } from './stageGrid.ts';

interface Props {
  query: Record<string, string>;
  stages: string[];
  stageName: (id: string) => string;
  /** The orders that began in a week, by its Monday. */
  onWeek: (monday: string) => void;
}

type Form = 'line' | 'bar' | 'table';

/** How long each stage took, week by week, and the same as a table. */
export const StageChart = ({ query, stages, stageName, onWeek }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const mode = useMode();
  const [form, setForm] = useState<Form>('line');
  const [measure, setMeasure] = useState<'p50' | 'p90'>('p50');
  const times = useQuery({
    queryKey: ['stages', query],
    queryFn: ({ signal }) => get<StageTimes>('/api/analysis/stages', query, { signal, timeout: 60_000 }),
  });
  const grid = useMemo(() => stageGrid(times.data?.items ?? [], stages, measure), [times.data, stages, measure]);
  const option = useMemo((): EChartsCoreOption => {
    const c = colours(mode);
    const most = Math.max(1, ...grid.rows.flatMap((row) => row.seconds.map((s) => s ?? 0)));
    const text = { color: c['ink-soft'], fontFamily: fonts.text, fontSize: type.xs };
    return {
      color: seriesColours(mode),
      textStyle: text,
      legend: { top: 0, textStyle: text, icon: 'roundRect', itemWidth: 12, itemHeight: 4 },
      grid: { left: 8, right: form === 'bar' ? 16 : 150, top: 48, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'axis',
        backgroundColor: c.card,
        borderColor: c.line,
        textStyle: { ...text, color: c.ink },
        valueFormatter: (value: unknown) => (typeof value === 'number' ? duration(value * 3600, lang) : '–'),
      },
      xAxis: {
        type: 'category',
        data: grid.weeks,
        axisLine: { lineStyle: { color: c['line-strong'] } },
        axisTick: { show: false },
        axisLabel: text,
      },
      yAxis: {
        type: 'value',
        min: 0,
        name: t('stage.hours'),
        nameTextStyle: text,
        axisLabel: text,
        splitLine: { lineStyle: { color: c.line } },
      },
      series: grid.rows.map((row) => ({
        name: stageName(row.stage),
        type: form === 'bar' ? 'bar' : 'line',
        stack: form === 'bar' ? 'all' : undefined,
        symbolSize: 6,
        barMaxWidth: 40,
        connectNulls: false,
        triggerLineEvent: true,
        endLabel: {
          show: form === 'line' && (row.seconds.at(-1) ?? 0) > most * 0.06,
          formatter: '{a}',
          color: c.ink,
          fontSize: type.xs,
          width: 140,
          overflow: 'truncate',
        },
        labelLayout: { moveOverlap: 'shiftY' },
        data: row.seconds.map((s) => (s === null ? null : Math.round(s / 36) / 100)),
      })),
    };
  }, [grid, mode, form, lang, stageName, t]);
  if (times.isPending) return <Loading lines={6} />;
  if (times.error) return <Refused error={times.error} onAgain={() => void times.refetch()} />;
  if (times.data.items.length === 0) return <Empty title={t('analysis.empty')} />;
  return (
    <>
      <div className="c-map-acts">
        <Segmented
          value={form}
          aria-label={t('stage.form')}
          options={(['line', 'bar', 'table'] as const).map((value) => ({ value, label: t(`stage.${value}`) }))}
          onChange={(value) => setForm(value as Form)}
        />
        <Segmented
          value={measure}
          aria-label={t('map.measure')}
          options={[
            { value: 'p50', label: t('stage.p50') },
            { value: 'p90', label: t('stage.p90') },
          ]}
          onChange={(value) => setMeasure(value as 'p50' | 'p90')}
        />
      </div>
      {form !== 'table' && <Chart option={option} label={t('analysis.stages')} onPick={onWeek} />}
      {form === 'table' && (
        <Scroll label={t('analysis.stages')}>
          <table className="c-counts">
            <thead>
              <tr>
                <th scope="col">{t('stage.week')}</th>
                {grid.rows.map((row) => (
                  <th key={row.stage} scope="col" className="c-num">
                    {stageName(row.stage)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {grid.weeks.map((week, i) => (
                <tr key={week}>
                  <th scope="row">
                    <button type="button" className="c-link" onClick={() => onWeek(week)}>
                      {week}
                    </button>
                  </th>
                  {grid.rows.map((row) => (
                    <td key={row.stage} className="c-num">
                      {row.seconds[i] == null ? '–' : duration(row.seconds[i], lang)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  );
};
