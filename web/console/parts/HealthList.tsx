import type { UseQueryResult } from '@tanstack/react-query';
import type { TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { DataTable } from './DataTable.tsx';
import { PageHead } from './PageHead.tsx';

/** What everything that brings events has: when it was last heard, and what became of what it sent. */
interface Health {
  id: string;
  lastHeardAt: string | null;
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
}

export type Count = 'accepted' | 'duplicates' | 'conflicts' | 'rejected';
const COUNTS: readonly Count[] = ['accepted', 'duplicates', 'conflicts', 'rejected'];

interface Props<T extends Health> {
  title: string;
  /** What can be done with the whole page. */
  acts: ReactNode;
  answer: UseQueryResult<{ items: T[]; at: string }>;
  /** The answer's items, in the order in which they are shown. */
  items: T[];
  empty: { title: string; next: string };
  /** The one sentence that matters, and whether it is bad news. */
  news: { text: string; isBad: boolean };
  chosen: string | undefined;
  onOpen?: (id: string) => void;
  name: (item: T) => ReactNode;
  state: (item: T) => ReactNode;
  /** What a count leads to; its plain figure where it leads nowhere. */
  lead: (count: Count, item: T) => ReactNode;
  more: TableColumnsType<T>;
  width: number;
}

/** Who brings events and how well, as a page: bad news first, counts that lead to where they are mended. */
export const HealthList = <T extends Health>(props: Props<T>) => {
  const { t } = useTranslation();
  const { title, acts, answer, items, empty, news, chosen, onOpen, name, state, lead, more, width } = props;
  return (
    <>
      <PageHead title={title} at={answer.data?.at}>
        {acts}
      </PageHead>
      {answer.isPending && <Loading lines={8} />}
      {answer.error && !answer.data && <Refused error={answer.error} onAgain={() => void answer.refetch()} />}
      {answer.data?.items.length === 0 && (
        <Empty title={empty.title}>
          <p>{empty.next}</p>
        </Empty>
      )}
      {items.length > 0 && (
        <>
          <p className={news.isBad ? 'c-note c-note-wait' : 'c-note'}>{news.text}</p>
          <DataTable<T>
            label={title}
            rowKey="id"
            dataSource={items}
            scroll={{ x: width }}
            rowClassName={(item) => (item.id === chosen ? 'c-row-here' : '')}
            onRow={(item) => (onOpen ? { onClick: () => onOpen(item.id) } : {})}
            columns={[
              { key: 'name', title, width: 170, fixed: 'left', className: 'c-wrap', render: (_, item) => name(item) },
              { key: 'state', title: t('column.state'), width: 240, className: 'c-wrap', render: (_, item) => state(item) },
              {
                key: 'heard',
                title: t('source.lastHeard'),
                width: 110,
                render: (_, item) => (item.lastHeardAt ? <TimeAgo at={item.lastHeardAt} /> : t('headline.never')),
              },
              ...COUNTS.map((count) => ({
                key: count,
                title: t(`source.${count}`),
                align: 'right' as const,
                width: 86,
                render: (_: unknown, item: T) => (item[count] > 0 ? lead(count, item) : <span className="c-faint">{integer(0)}</span>),
              })),
              ...more,
            ]}
          />
        </>
      )}
    </>
  );
};
