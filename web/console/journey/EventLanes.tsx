import MinusOutlined from '@ant-design/icons/MinusOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { App, Button, Tooltip } from 'antd';
import { type KeyboardEvent, type PointerEvent, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventView, JourneyDetail } from '#tracking/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { clock, day, exact, integer, offset } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { useWidth } from '../parts/useWidth.ts';
import { useNames } from '../words.ts';
import { EventTable } from './EventTable.tsx';
import { firstAt, lanes, timed } from './lanes.ts';
import { offsetMs } from './offset.ts';
import { RawEvent } from './RawEvent.tsx';
import { shift, ticks, timeScale, zoom } from './timeScale.ts';
import { useEvents } from './useEvents.ts';

const GAP = 24;

/** The events by source on a time axis that can be zoomed; below it the same events as a table. */
export const EventLanes = ({ journey }: { journey: JourneyDetail }) => {
  const { t } = useTranslation();
  const names = useNames();
  const where = useWhere();
  const now = useNow();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const { events, more, busy, load, loadAll } = useEvents(journey);
  const tell = (error: unknown) => void message.error(trouble(error));
  const room = useRef<HTMLDivElement>(null);
  const width = useWidth(room);
  const [raw, setRaw] = useState<EventView | null>(null);
  const ordered = useMemo(() => timed(events), [events]);
  const whole: [number, number] = useMemo(() => {
    const from = ordered[0]?.at ?? 0;
    return [from, Math.max(from + 60_000, ordered.at(-1)?.at ?? 0)];
  }, [ordered]);
  const [chosen, setChosen] = useState<[number, number] | null>(null);
  const window = chosen ?? whole;
  const [from, to] = window;
  const pad = (to - from) * 0.02;
  const scale = timeScale(from - pad, to + pad, width);
  const rows = useMemo(
    () => (width > 0 ? lanes(ordered, timeScale(from - pad, to + pad, width), GAP) : []),
    [ordered, from, to, pad, width],
  );
  const marks = width > 0 ? ticks(scale, 90, offsetMs(offset(now, where.zone))) : [];

  const turn = (factor: number, centre = (window[0] + window[1]) / 2) => {
    const next = zoom(window, whole, factor, centre);
    setChosen(next[1] - next[0] >= whole[1] - whole[0] ? null : next);
  };
  const move = (share: number) => setChosen(shift(window, whole, (window[1] - window[0]) * share));
  const key = (event: KeyboardEvent) => {
    if (event.key === '+' || event.key === '=') turn(0.5);
    else if (event.key === '-') turn(2);
    else if (event.key === 'ArrowLeft') move(-0.25);
    else if (event.key === 'ArrowRight') move(0.25);
    else if (event.key === '0' || event.key === 'Escape') setChosen(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const drag = (start: PointerEvent<HTMLDivElement>) => {
    if (start.button !== 0 || (start.target as HTMLElement).closest('button')) return;
    const box = start.currentTarget;
    const held = window;
    box.setPointerCapture(start.pointerId);
    const pull = (event: globalThis.PointerEvent) =>
      setChosen(shift(held, whole, ((start.clientX - event.clientX) / Math.max(1, width)) * (held[1] - held[0])));
    const stop = () => {
      box.removeEventListener('pointermove', pull);
      box.removeEventListener('pointerup', stop);
      box.removeEventListener('pointercancel', stop);
    };
    box.addEventListener('pointermove', pull);
    box.addEventListener('pointerup', stop);
    box.addEventListener('pointercancel', stop);
  };
  const inside = useMemo(
    () => (chosen ? ordered.slice(firstAt(ordered, chosen[0]), firstAt(ordered, chosen[1] + 1)).map((one) => one.event) : events),
    [chosen, ordered, events],
  );
  // The axis follows the hand at once, the table as soon as it can.
  const shown = useDeferredValue(inside);
  return (
    <>
      <div className="c-lanes-acts">
        <Button size="small" icon={<PlusOutlined />} aria-label={t('lanes.in')} title={t('lanes.in')} onClick={() => turn(0.5)} />
        <Button
          size="small"
          icon={<MinusOutlined />}
          aria-label={t('lanes.out')}
          title={t('lanes.out')}
          onClick={() => turn(2)}
          disabled={!chosen}
        />
        <Button size="small" onClick={() => setChosen(null)} disabled={!chosen}>
          {t('lanes.whole')}
        </Button>
        <span className="c-soft">
          {exact(window[0], where).slice(0, 16)} – {exact(window[1], where).slice(0, 16)}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the axis is moved and zoomed with the keyboard */}
      <section className="c-lanes" aria-label={t('lanes.label')} tabIndex={0} onKeyDown={key}>
        <div className="c-lane-names" aria-hidden="true">
          {rows.map((lane) => (
            <span key={lane.source}>
              {names.system(lane.source)}
              <span className="c-soft">{integer(lane.count)}</span>
            </span>
          ))}
        </div>
        <div ref={room} className="c-lane-room" onPointerDown={drag}>
          {marks.map((mark) => (
            <span key={mark.at} className="c-lane-tick" style={{ insetInlineStart: `${scale.x(mark.at)}px` }}>
              <span>{mark.day ? day(mark.at, where, now) : clock(mark.at, where)}</span>
            </span>
          ))}
          {rows.map((lane) => (
            <div key={lane.source} className="c-lane">
              {lane.marks.map((mark) => {
                const one = mark.events[0]!;
                const many = mark.events.length > 1;
                return (
                  <Tooltip
                    key={mark.from}
                    title={
                      many
                        ? t('lanes.many', { count: mark.events.length, first: one.type })
                        : `${one.type} ${exact(one.time, where).slice(11, 19)}`
                    }
                  >
                    <button
                      type="button"
                      tabIndex={-1}
                      aria-label={many ? t('lanes.many', { count: mark.events.length, first: one.type }) : one.type}
                      className={`c-mark c-mark-${mark.tone}${many ? ' c-mark-many' : ''}`}
                      style={{ insetInlineStart: `${mark.x}px` }}
                      onClick={() =>
                        many && mark.to - mark.from > 1000
                          ? setChosen(zoom([mark.from, mark.to], whole, 1.4, (mark.from + mark.to) / 2))
                          : setRaw(one)
                      }
                    >
                      {many && (mark.events.length > 99 ? '99+' : mark.events.length)}
                    </button>
                  </Tooltip>
                );
              })}
            </div>
          ))}
        </div>
      </section>
      {more && (
        <p className="c-more">
          {t('lanes.loaded', { count: integer(events.length), total: integer(journey.eventCount) })}
          <Button size="small" loading={busy} onClick={() => void load().catch(tell)}>
            {t('lanes.more')}
          </Button>
          <Button size="small" loading={busy} onClick={() => void loadAll().catch(tell)}>
            {t('lanes.all')}
          </Button>
        </p>
      )}
      <EventTable events={shown} onRaw={setRaw} />
      <RawEvent event={raw} onClose={() => setRaw(null)} />
    </>
  );
};
