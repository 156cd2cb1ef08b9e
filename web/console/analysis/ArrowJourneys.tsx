import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import type { JourneyList } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { useAddress } from '../address.ts';
import { OrderCards } from '../orders/OrderCards.tsx';
import { OrderTable } from '../orders/OrderTable.tsx';
import { useNarrow } from '../useNarrow.ts';

interface Props {
  query: Record<string, string>;
  from: string;
  to: string | undefined;
  nameOf: (type: string) => string;
  onClose: () => void;
}

/** The journeys that went along an arrow, or through a step. */
export const ArrowJourneys = ({ query, from, to, nameOf, onClose }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const narrow = useNarrow();
  const [{ open }, change] = useAddress();
  const asked = { ...query, from_type: from, to_type: to };
  const list = useQuery({
    queryKey: ['arrow', asked, lang],
    queryFn: ({ signal }) => get<JourneyList>('/api/analysis/journeys', { ...asked, limit: 100 }, { signal }),
  });
  return (
    <Drawer
      open={open === undefined}
      onClose={onClose}
      size="min(60rem, 100vw)"
      title={to ? `${nameOf(from)} → ${nameOf(to)}` : nameOf(from)}
      extra={list.data && t('analysis.found', { count: integer(list.data.total) as never })}
    >
      {list.isPending && <Loading lines={8} />}
      {list.error && <Refused error={list.error} onAgain={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={t('orders.empty')} />}
      {list.data &&
        list.data.items.length > 0 &&
        (narrow ? (
          <OrderCards rows={list.data.items} onOpen={(id) => change({ open: id })} />
        ) : (
          <OrderTable
            rows={list.data.items}
            columns={['number', 'state', 'milestone', 'holder', 'area', 'started']}
            onOpen={(id) => change({ open: id })}
          />
        ))}
    </Drawer>
  );
};
