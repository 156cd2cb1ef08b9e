import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyList } from '#tracking/contract';
import { integer } from '../../kit/format.ts';

interface Props {
  list: Pick<JourneyList, 'total' | 'totalIsFloor' | 'nextCursor'> & { items: readonly unknown[] };
  limit: number;
  page: number;
  onTurn: (cursor: string | undefined, page: number) => void;
}

/** Pages by cursor: forwards always, backwards along the pages that were seen, else to the first. */
export const OrderPager = ({ list, limit, page, onTurn }: Props) => {
  const { t } = useTranslation();
  const [seen] = useState(() => new Map<number, string | undefined>([[1, undefined]]));
  const first = (page - 1) * limit + 1;
  const total = `${integer(list.total)}${list.totalIsFloor ? '+' : ''}`;
  const back = () => (seen.has(page - 1) ? onTurn(seen.get(page - 1), page - 1) : onTurn(undefined, 1));
  const on = () => {
    if (!list.nextCursor) return;
    seen.set(page + 1, list.nextCursor);
    onTurn(list.nextCursor, page + 1);
  };
  return (
    <nav className="c-pager" aria-label={t('orders.pages')}>
      <span>{t('orders.range', { first: integer(first), last: integer(first + list.items.length - 1), total })}</span>
      <Button disabled={page <= 1} onClick={back}>
        {t('orders.back')}
      </Button>
      <Button disabled={!list.nextCursor} onClick={on}>
        {t('orders.on')}
      </Button>
    </nav>
  );
};
