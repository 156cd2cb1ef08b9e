import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrackedOrder } from '#tracking/contract';
import { LiveSign } from '../kit/LiveSign.tsx';
import type { LiveState } from '../kit/live.ts';
import { StageLine } from '../kit/StageLine.tsx';
import { TimeAgo } from '../kit/TimeAgo.tsx';
import { Brief } from './Brief.tsx';
import { History } from './History.tsx';
import { Parcel } from './Parcel.tsx';
import { Present } from './Present.tsx';
import { moodOf, presentStage } from './reading.ts';
import { Share } from './Share.tsx';
import { Visitor } from './Visitor.tsx';

interface Props {
  order: TrackedOrder;
  live: LiveState;
  ticket: string | null;
  onAgain(): void;
  onPerson(): void;
}

/** Says a new stage aloud, once, to those who do not see it change. */
const Announce = ({ order }: { order: TrackedOrder }) => {
  const { t } = useTranslation();
  const stage = presentStage(order);
  const before = useRef(stage?.id);
  const [said, say] = useState('');
  useEffect(() => {
    if (before.current === stage?.id) return;
    before.current = stage?.id;
    say(stage ? t('order.changed', { stage: stage.name }) : '');
  }, [stage, t]);
  return (
    <p className="g-hidden" role="status">
      {said}
    </p>
  );
};

/** One order, from what matters most to the last detail. */
export const OrderView = ({ order, live, ticket, onAgain, onPerson }: Props) => {
  const { t } = useTranslation();
  const mood = moodOf(order);
  const line = mood === 'late' ? 'bad' : mood === 'waiting' ? 'wait' : 'accent';
  return (
    <article className="t-order" aria-label={order.title}>
      <Announce order={order} />
      {live.state === 'stale' && <LiveSign live={live} />}
      {live.state === 'ended' && (
        <p className="t-note g-tone-wait" role="status">
          <span>{t('ended.title')}</span>
          <button type="button" className="g-button g-button-quiet" onClick={onAgain}>
            {t('ended.again')}
          </button>
        </p>
      )}
      <section className="t-card t-main">
        <Present order={order} />
        {order.stages.length > 0 && <StageLine stages={order.stages} mood={line} />}
        <div className="t-fresh">
          <span className="t-fresh-words">
            {live.state !== 'stale' && order.state === 'open' && <LiveSign live={live} />}
            {order.state === 'open' && (
              <span>
                {t('order.updated')} <TimeAgo at={order.updatedAt} />
              </span>
            )}
          </span>
          <Share order={order} ticket={ticket} />
        </div>
      </section>
      <div className="t-more">
        <div className="t-side">
          {order.visitor && <Visitor visitor={order.visitor} over={order.state !== 'open'} />}
          {order.parcel && <Parcel parcel={order.parcel} />}
          {order.level === 'brief' && <Brief onPerson={onPerson} />}
        </div>
        <History lines={order.lines} orderRef={order.ref} />
      </div>
    </article>
  );
};
