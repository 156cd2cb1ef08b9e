import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrackedOrder } from '#tracking/contract';
import { useLive } from '../kit/hooks.ts';
import { OrderPicker } from './OrderPicker.tsx';
import { OrderView } from './OrderView.tsx';
import { worstFirst } from './reading.ts';

interface Props {
  orders: TrackedOrder[];
  ticket: string | null;
  onAgain(): void;
  onPerson(): void;
}

/** All orders that were found; one is open and followed live, the others one press away. */
export const OrdersPage = ({ orders, ticket, onAgain, onPerson }: Props) => {
  const { t } = useTranslation();
  const [chosen, choose] = useState(() => worstFirst(orders)[0]?.ref);
  const asked = orders.find((order) => order.ref === chosen) ?? orders[0];
  const { value, live } = useLive<TrackedOrder>(asked?.watch ?? null);
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    top.current?.focus({ preventScroll: true });
  }, []);
  if (!asked) return null;
  const shown = value ?? asked;
  return (
    <div className={orders.length > 1 ? 't-orders t-orders-many' : 't-orders'}>
      <h1 ref={top} tabIndex={-1} className="g-hidden">
        {t('orders.title')}
      </h1>
      {orders.length > 1 && (
        <OrderPicker orders={orders.map((order) => (order.ref === shown.ref ? shown : order))} chosen={shown.ref} onChoose={choose} />
      )}
      <OrderView key={shown.ref} order={shown} live={live} ticket={ticket} onAgain={onAgain} onPerson={onPerson} />
    </div>
  );
};
