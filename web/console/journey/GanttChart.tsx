import { Tooltip } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyDetail } from '#tracking/contract';
import { clock, duration, exact, offset } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { Icon } from '../../kit/icons.tsx';
import { STATES } from '../../kit/state.ts';
import { useWidth } from '../parts/useWidth.ts';
import { useNames } from '../words.ts';
import { type GanttRow, gantt } from './gantt.ts';
import { offsetMs } from './offset.ts';
import { type TimeScale, ticks, timeScale } from './timeScale.ts';

const percent = (n: number) => `${Math.round(n * 1000) / 1000}%`;

/** How far apart the days stand, in per cent of the axis: a date needs its room. */
const gapFor = (width: number) => (width < 500 ? 36 : width < 760 ? 20 : 14);

interface Axis {
  scale: TimeScale;
  marks: { at: number; day: boolean }[];
  /** Lines through every row: the present of an open journey, and the promise. */
  now: number | null;
  due: number | null;
}

/** The milestones on a time axis: what happened, what is usual, waits in grey, the promise as a line; in per cent, so it fits any width. */
export const GanttChart = ({ journey }: { journey: JourneyDetail }) => {
  const { t } = useTranslation();
  const where = useWhere();
  const now = useNow();
  const table = useRef<HTMLTableElement>(null);
  const width = useWidth(table);
  const gap = gapFor(width);
  const chart = gantt(journey, now);
  const scale = timeScale(chart.from, chart.to + (chart.to - chart.from) * 0.02, 100);
  const promised = journey.promise ? Date.parse(journey.promise.to) : null;
  const short = new Intl.DateTimeFormat(where.lang, { timeZone: where.zone, month: 'short', day: 'numeric' });
  const axis: Axis = {
    scale,
    marks: ticks(scale, gap, offsetMs(offset(now, where.zone))),
    now: journey.state === 'open' ? now : null,
    due: promised !== null && promised <= scale.to ? promised : null,
  };
  return (
    <>
      <table ref={table} className="c-gantt" aria-label={t('journey.milestones')}>
        <thead>
          <tr className="c-gantt-row c-gantt-axis">
            <th scope="col">{t('gantt.milestone')}</th>
            <th scope="col" className="c-gantt-track">
              <span className="g-hidden">{t('gantt.axis')}</span>
              {axis.marks.map((mark) => (
                <span key={mark.at} className="c-gantt-tick" style={{ insetInlineStart: percent(scale.x(mark.at)) }}>
                  {scale.x(mark.at) <= 100 - gap * 0.75 && (mark.day ? short.format(mark.at) : clock(mark.at, where))}
                </span>
              ))}
            </th>
            <th scope="col" className="c-gantt-time">
              {t('gantt.took')}
            </th>
          </tr>
        </thead>
        <tbody>
          {chart.rows.map((row) => (
            <GanttLine key={row.milestone.id} row={row} axis={axis} />
          ))}
        </tbody>
      </table>
      <p className="c-legend" aria-hidden="true">
        <span className="c-legend-bar">{t('gantt.actual')}</span>
        <span className="c-legend-slow">{t('gantt.slow')}</span>
        <span className="c-legend-wait">{t('gantt.wait')}</span>
        <span className="c-legend-plan">{t('gantt.plan')}</span>
        {axis.now !== null && <span className="c-legend-now">{t('gantt.now')}</span>}
        {axis.due !== null && <span className="c-legend-due">{t('gantt.due')}</span>}
      </p>
    </>
  );
};

const GanttLine = ({ row, axis }: { row: GanttRow; axis: Axis }) => {
  const { t } = useTranslation();
  const names = useNames();
  const where = useWhere();
  const { milestone, actual, plan, waits, slow } = row;
  const usual = duration(milestone.planned.p50, where.lang);
  const long = (ms: number) => duration(ms / 1000, where.lang);
  const told = actual
    ? `${long(actual.to - actual.from)} · ${t('gantt.usual', { time: usual })}`
    : plan
      ? t('gantt.expected', { time: usual })
      : '–';
  const more = actual && (
    <>
      {names.of(milestone.names)} {milestone.handler}
      <br />
      {exact(actual.from, where).slice(0, 19)} → {actual.open ? t('gantt.now') : exact(actual.to, where).slice(0, 19)}
      {waits.map((w) => (
        <span key={w.from} className="c-block">
          {names.of(w.wait.names)} {long(w.to - w.from)}
        </span>
      ))}
    </>
  );
  return (
    <tr className={`c-gantt-row c-gantt-${milestone.state}`}>
      <th scope="row" className={`c-gantt-name g-tone-${STATES[milestone.state].tone}`}>
        <Icon name={STATES[milestone.state].sign} />
        <span>
          {names.of(milestone.names)}
          {milestone.entries > 1 && <span className="c-again">{t('gantt.again', { count: milestone.entries })}</span>}
        </span>
        <span className="c-gantt-holder">{names.holder(milestone.holder)}</span>
      </th>
      <Tooltip title={more}>
        <td className="c-gantt-track">
          <Bars row={row} axis={axis} />
        </td>
      </Tooltip>
      <td className={slow ? 'c-gantt-time c-gantt-time-slow' : 'c-gantt-time'}>
        {slow && <Icon name="alert" />}
        {told}
      </td>
    </tr>
  );
};

/** What is drawn of a milestone; the same in words stands beside it. */
const Bars = ({ row: { actual, plan, waits, slow }, axis: { scale, marks, now, due } }: { row: GanttRow; axis: Axis }) => {
  const at = (instant: number) => ({ insetInlineStart: percent(scale.x(instant)) });
  const bar = (from: number, to: number) => ({ ...at(from), inlineSize: percent(Math.max(0, scale.x(to) - scale.x(from))) });
  const kind = slow ? 'c-gantt-slow' : actual?.open ? 'c-gantt-open' : '';
  return (
    <>
      {marks.map((mark) => (
        <span key={mark.at} className={mark.day ? 'c-gantt-line c-gantt-midnight' : 'c-gantt-line'} style={at(mark.at)} />
      ))}
      {now !== null && <span className="c-gantt-now" style={at(now)} />}
      {due !== null && <span className="c-gantt-due" style={at(due)} />}
      {plan && (
        <span className={actual ? 'c-gantt-plan' : 'c-gantt-plan c-gantt-coming'} style={bar(plan.from, Math.min(plan.p50, scale.to))} />
      )}
      {actual && <span className={`c-gantt-bar ${kind}`} style={bar(actual.from, actual.to)} />}
      {waits.map((w) => (
        <span key={w.from} className="c-gantt-wait" style={bar(w.from, w.to)} />
      ))}
    </>
  );
};
