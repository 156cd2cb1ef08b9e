import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrackedOrder } from '#tracking/contract';
import { day } from '../kit/format.ts';
import { useNow, useWhere } from '../kit/hooks.ts';
import { StateTag } from '../kit/StateTag.tsx';
import { begunAt, moodOf, presentStage, worstFirst } from './reading.ts';

const FIRST = 3;

/** The orders as a short list, the worst first: title, stage, day and state of each; many are folded, so that the chosen one's news stays near the top. */
export const OrderPicker = ({ orders, chosen, onChoose }: { orders: TrackedOrder[]; chosen: string; onChoose(ref: string): void }) => {
  const { t } = useTranslation();
  const where = useWhere();
  const now = useNow();
  const [all, setAll] = useState(false);
  const sorted = worstFirst(orders);
  const shown = all || orders.length <= FIRST + 1 ? sorted : sorted.filter((order, i) => i < FIRST || order.ref === chosen);
  const folded = orders.length - shown.length;
  return (
    <nav className="t-picker" aria-label={t('orders.pick')}>
      <p className="t-picker-count">{t('orders.count', { count: orders.length })}</p>
      <ul>
        {shown.map((order) => (
          <li key={order.ref}>
            <button type="button" aria-current={order.ref === chosen ? 'true' : undefined} onClick={() => onChoose(order.ref)}>
              <span className="t-picker-title">{order.title}</span>
              <StateTag state={moodOf(order)}>{t(`mood.${moodOf(order)}`)}</StateTag>
              <span className="t-picker-stage">
                {[
                  order.state === 'open' && presentStage(order)?.name,
                  begunAt(order) && t('orders.begun', { day: day(begunAt(order)!, where, now) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {folded > 0 && (
        <button type="button" className="g-button g-button-quiet" onClick={() => setAll(true)}>
          {t('orders.more', { count: folded })}
        </button>
      )}
    </nav>
  );
};
