import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import type { Address } from '../address.ts';
import { OrderPager } from '../orders/OrderPager.tsx';

interface List<Row> {
  items: readonly Row[];
  total: number;
  totalIsFloor?: boolean;
  nextCursor: string | null;
}

interface Props<Row> {
  list: Pick<UseQueryResult<List<Row>>, 'data' | 'error' | 'isPending' | 'isPlaceholderData' | 'refetch'>;
  limit: number;
  /** Which page the address names. */
  page: string | undefined;
  onTurn: (to: Address) => void;
  /** What is said where there is nothing; `onReset`: takes off what narrows the list, where that may help. */
  empty: { title: string; next: string; onReset?: (() => void) | undefined };
  children: (rows: readonly Row[]) => ReactNode;
}

/** The body of a list page: its four faces, and its pages below. */
export function ListBody<Row>({ list, limit, page, onTurn, empty, children }: Props<Row>) {
  const { t } = useTranslation();
  if (list.isPending) return <Loading lines={10} />;
  if (!list.data) return <Refused error={list.error} onAgain={() => void list.refetch()} />;
  if (list.data.items.length === 0)
    return (
      <Empty title={empty.title}>
        <p>{empty.next}</p>
        {empty.onReset && (
          <button type="button" className="g-button" onClick={empty.onReset}>
            {t('orders.reset')}
          </button>
        )}
      </Empty>
    );
  return (
    <div className={list.isPlaceholderData ? 'c-stale' : undefined} aria-busy={list.isPlaceholderData}>
      {children(list.data.items)}
      <OrderPager
        list={list.data}
        limit={limit}
        page={Number(page ?? 1)}
        onTurn={(cursor, to) => onTurn({ cursor, page: to > 1 ? String(to) : undefined })}
      />
    </div>
  );
}
