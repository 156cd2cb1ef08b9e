import { useTranslation } from 'react-i18next';
import type { TrackedOrder } from '#tracking/contract';
import { StateTag } from '../kit/StateTag.tsx';
import { moodOf, presentStage } from './reading.ts';

/** The orders as a short list: title, stage and state of each. */
export const OrderPicker = ({ orders, chosen, onChoose }: { orders: TrackedOrder[]; chosen: string; onChoose(ref: string): void }) => {
  const { t } = useTranslation();
  return (
    <nav className="t-picker" aria-label={t('orders.pick')}>
      <p className="t-picker-count">{t('orders.count', { count: orders.length })}</p>
      <ul>
        {orders.map((order) => (
          <li key={order.ref}>
            <button type="button" aria-current={order.ref === chosen ? 'true' : undefined} onClick={() => onChoose(order.ref)}>
              <span className="t-picker-title">{order.title}</span>
              <StateTag state={moodOf(order)}>{t(`mood.${moodOf(order)}`)}</StateTag>
              <span className="t-picker-stage">{order.state === 'cancelled' ? order.ref : presentStage(order)?.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
};
