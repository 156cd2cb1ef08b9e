import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrackedOrder } from '#tracking/contract';
import { StateTag } from '../kit/StateTag.tsx';
import { moodOf, presentStage } from './reading.ts';

const FIRST = 3;

/** The orders as a short list: title, stage and state of each; many are folded, so that the chosen one's news stays near the top. */
export const OrderPicker = ({ orders, chosen, onChoose }: { orders: TrackedOrder[]; chosen: string; onChoose(ref: string): void }) => {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const at = orders.findIndex((order) => order.ref === chosen);
  const shown = all || orders.length <= FIRST + 1 ? orders : orders.filter((_, i) => i < FIRST || i === at);
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
              <span className="t-picker-stage">{order.state === 'cancelled' ? order.ref : presentStage(order)?.name}</span>
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
