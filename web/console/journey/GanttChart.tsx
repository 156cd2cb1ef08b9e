import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { JourneyDetail } from '#tracking/contract';
import { clock, day, duration, exact, offset } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { Icon } from '../../kit/icons.tsx';
import { STATES } from '../../kit/state.ts';
import { useNames } from '../words.ts';
import { type GanttRow, gantt } from './gantt.ts';
import { offsetMs } from './offset.ts';
import { ticks, timeScale } from './timeScale.ts';

const percent = (n: number) => `${Math.round(n * 1000) / 1000}%`;

/** The milestones on a time axis: what happened, what is usual, waits in grey, the promise as a line. All in per cent, so it fits any width. */
export const GanttChart = ({ journey }: { journey: JourneyDetail }) => {
  const { t } = useTranslation();
  const names = useNames();
  const where = useWhere();
  const now = useNow();
  const chart = gantt(journey, now);
  const scale = timeScale(chart.from, chart.to + (chart.to - chart.from) * 0.02, 100);
  const marks = ticks(scale, 14, offsetMs(offset(now, where.zone)));
  const due = journey.promise ? Date.parse(journey.promise.to) : null;
  const long = (ms: number) => duration(ms / 1000, where.lang);

  const told = ({ actual, plan, milestone }: GanttRow) => {
    if (actual) {
      return `${long(actual.to - actual.from)} · ${t('gantt.usual', { time: duration(milestone.planned.p50, where.lang) })}`;
    }
    if (plan) return t('gantt.expected', { time: duration(milestone.planned.p50, where.lang) });
    return '–';
  };
  const bar = (from: number, to: number) => ({ insetInlineStart: percent(scale.x(from)), inlineSize: percent(Math.max(0, scale.x(to) - scale.x(from))) });
  return (
    <div className="c-gantt" role="table" aria-label={t('journey.milestones')}>
      <div className="c-gantt-row c-gantt-axis" role="row">
        <span role="columnheader">{t('gantt.milestone')}</span>
        <span role="columnheader" className="c-gantt-track" aria-label={t('gantt.axis')}>
          {marks.map((mark) => (
            <span key={mark.at} className="c-gantt-tick" style={{ insetInlineStart: percent(scale.x(mark.at)) }}>
              {mark.day ? day(mark.at, where, now).replace(/ 周.| ?(Sun|Mon|Tue|Wed|Thu|Fri|Sat) /, '') : clock(mark.at, where)}
            </span>
          ))}
        </span>
        <span role="columnheader" className="c-gantt-time">
          {t('gantt.took')}
        </span>
      </div>
      {chart.rows.map((row) => {
        const { milestone, actual, plan, waits, slow } = row;
        return (
          <div key={milestone.id} className={`c-gantt-row c-gantt-${milestone.state}`} role="row">
            <span role="rowheader" className={`c-gantt-name g-tone-${STATES[milestone.state].tone}`}>
              <Icon name={STATES[milestone.state].sign} />
              <span>
                {names.of(milestone.names)}
                {milestone.entries > 1 && <span className="c-again">{t('gantt.again', { count: milestone.entries })}</span>}
              </span>
              <span className="c-gantt-holder">{names.holder(milestone.holder)}</span>
            </span>
            <Tooltip
              title={
                actual && (
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
                )
              }
            >
              <span className="c-gantt-track" role="cell" aria-label={told(row)}>
                {marks.map((mark) => (
                  <span key={mark.at} className={mark.day ? 'c-gantt-line c-gantt-midnight' : 'c-gantt-line'} style={{ insetInlineStart: percent(scale.x(mark.at)) }} />
                ))}
                {journey.state === 'open' && <span className="c-gantt-now" style={{ insetInlineStart: percent(scale.x(now)) }} />}
                {due !== null && due <= scale.to && <span className="c-gantt-due" style={{ insetInlineStart: percent(scale.x(due)) }} />}
                {plan && <span className={actual ? 'c-gantt-plan' : 'c-gantt-plan c-gantt-coming'} style={bar(plan.from, Math.min(plan.p50, scale.to))} />}
                {actual && <span className={slow ? 'c-gantt-bar c-gantt-slow' : actual.open ? 'c-gantt-bar c-gantt-open' : 'c-gantt-bar'} style={bar(actual.from, actual.to)} />}
                {waits.map((w) => (
                  <span key={w.from} className="c-gantt-wait" style={bar(w.from, w.to)} />
                ))}
              </span>
            </Tooltip>
            <span role="cell" className={slow ? 'c-gantt-time c-gantt-time-slow' : 'c-gantt-time'}>
              {slow && <Icon name="alert" />}
              {told(row)}
            </span>
          </div>
        );
      })}
      <p className="c-legend" aria-hidden="true">
        <span className="c-legend-bar">{t('gantt.actual')}</span>
        <span className="c-legend-slow">{t('gantt.slow')}</span>
        <span className="c-legend-wait">{t('gantt.wait')}</span>
        <span className="c-legend-plan">{t('gantt.plan')}</span>
        {due !== null && <span className="c-legend-due">{t('gantt.due')}</span>}
      </p>
    </div>
  );
};
