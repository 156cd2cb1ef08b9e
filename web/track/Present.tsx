import { useTranslation } from 'react-i18next';
import type { TrackedOrder } from '#tracking/contract';
import { duration, moment, ms, nearMoment, tied, window } from '../kit/format.ts';
import { useNow, useWhere } from '../kit/hooks.ts';
import { Icon, type IconName } from '../kit/icons.tsx';
import { StateTag } from '../kit/StateTag.tsx';
import type { Tone } from '../kit/state.ts';
import { Hotline } from './Hotline.tsx';
import { endOf, isPast, moodOf, nextDate, presentStage, secondsLate, usualAhead, waitEnd } from './reading.ts';

/** `then`: the date that follows from it, said strongly; `more`: what led to it, said quietly. */
const Note = ({
  icon,
  tone,
  children,
  then,
  more,
}: {
  icon: IconName;
  tone: Tone;
  children: string;
  then?: string | null;
  more?: string | null;
}) => (
  <p className={`t-note g-tone-${tone}`}>
    <Icon name={icon} />
    <span>
      {children}
      {then && <strong className="t-note-then">{then}</strong>}
      {more && <span className="t-note-more">{more}</span>}
    </span>
  </p>
);

/** What went wrong, first and plainly: lateness with the next date, what is waited for, what happened last. */
const BadNews = ({ order }: { order: TrackedOrder }) => {
  const { t } = useTranslation();
  const where = useWhere();
  const now = useNow();
  const open = order.state === 'open';
  const promised = order.late && order.promise;
  const said = promised && { time: moment(promised.to, where, now), by: tied(duration(secondsLate(order, now), where.lang)) };
  const next = nextDate(order, now);
  const when = next && ('by' in next ? moment(next.by, where, now) : window(next.from, next.to, where, now));
  const until = waitEnd(order, now);
  return (
    <>
      {said && !open && (
        <Note icon="alert" tone="calm">
          {t('order.lateDone', said)}
        </Note>
      )}
      {said && open && (
        <Note icon="alert" tone="bad" then={when ? t('order.lateNext', { time: when }) : t('order.lateUnknown')}>
          {t('order.latePlain', said)}
        </Note>
      )}
      {order.wait && open && (
        <Note icon="pause" tone="wait" then={until && t('order.waitUntil', { time: moment(until, where, now) })} more={order.notice}>
          {order.wait}
        </Note>
      )}
      {order.notice && !(order.wait && open) && (
        <Note icon="alert" tone={open ? 'wait' : 'calm'}>
          {order.notice}
        </Note>
      )}
    </>
  );
};

/** The facts below the headline: appointment, what comes next, the promise. */
const Facts = ({ order }: { order: TrackedOrder }) => {
  const { t } = useTranslation();
  const where = useWhere();
  const now = useNow();
  if (order.state !== 'open') return null;
  const usual = usualAhead(order, now);
  const left = order.promise ? (ms(order.promise.to) - now) / 1000 : 0;
  return (
    <dl className="t-facts">
      {order.slot && (
        <div className={isPast(order.slot, now) ? 't-fact' : 't-fact t-fact-slot'}>
          <dt>{t(isPast(order.slot, now) ? 'order.slotPast' : 'order.slot')}</dt>
          <dd>{window(order.slot.from, order.slot.to, where, now)}</dd>
        </div>
      )}
      {order.next && (
        <div className="t-fact">
          <dt>{t('order.next')}</dt>
          <dd>
            {order.next.name}
            {usual && <span className="t-fact-more">{t('order.usual', { time: window(usual.from, usual.to, where, now) })}</span>}
          </dd>
        </div>
      )}
      {order.promise && !order.late && (
        <div className="t-fact">
          <dt>{t('order.promise')}</dt>
          <dd>
            {t('order.by', { time: moment(order.promise.to, where, now) })}
            {left > 0 && <span className="t-fact-more">{t('order.left', { time: tied(duration(left, where.lang)) })}</span>}
          </dd>
        </div>
      )}
      {order.replan && (
        <div className="t-fact">
          <dt>{t('order.promise')}</dt>
          <dd>
            {order.replan.to ? t('order.by', { time: moment(order.replan.to, where, now) }) : t('order.dateOpen')}
            <span className="t-fact-more">{t('order.promiseWas', { time: moment(order.replan.was, where, now) })}</span>
          </dd>
        </div>
      )}
    </dl>
  );
};

/** Where the order is now, in one glance. */
export const Present = ({ order }: { order: TrackedOrder }) => {
  const { t } = useTranslation();
  const where = useWhere();
  const now = useNow();
  const mood = moodOf(order);
  const stage = presentStage(order);
  const unknown = order.stages.length === 0;
  const headline = mood === 'cancelled' ? t('order.cancelled') : (stage?.name ?? t(unknown ? 'order.received' : 'mood.open'));
  const ended = { done: 'order.doneAt', cancelled: 'order.cancelledAt' } as const;
  return (
    <header className={`t-present t-present-${mood}`}>
      <p className="t-present-title">
        <span className="t-present-name">{order.title}</span>
        <StateTag state={mood}>{t(`mood.${mood}`)}</StateTag>
      </p>
      <h2 key={headline} className="t-present-stage">
        {headline}
      </h2>
      {(mood === 'done' || mood === 'cancelled') && (
        <p className="t-present-end">
          {t(ended[mood], { time: nearMoment(mood === 'done' ? endOf(order) : order.updatedAt, where, now) })}
        </p>
      )}
      <BadNews order={order} />
      {unknown && mood === 'open' && (
        <Note icon="half" tone="calm">
          {t('order.unknown')}
        </Note>
      )}
      {(unknown || mood === 'late' || mood === 'waiting' || (mood === 'open' && order.notice)) && <Hotline />}
      <Facts order={order} />
    </header>
  );
};
