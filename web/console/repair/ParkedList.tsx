import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { EventView, ParkedEvents } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { exact, integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { useAddress } from '../address.ts';
import { RawEvent } from '../journey/RawEvent.tsx';
import { DataTable } from '../parts/DataTable.tsx';
import { useNames } from '../words.ts';
import { JoinForm } from './JoinForm.tsx';
import { SourceChoice } from './SourceChoice.tsx';

type Parked = z.infer<typeof ParkedEvents>;

/** Events that name no journey we know. They join by themselves when the link arrives; a person may join them now. */
export const ParkedList = () => {
  const { t } = useTranslation();
  const where = useWhere();
  const names = useNames();
  const [address] = useAddress();
  const [raw, setRaw] = useState<EventView | null>(null);
  const [joining, setJoining] = useState<EventView | null>(null);
  const parked = useInfiniteQuery({
    queryKey: ['parked', address.source],
    queryFn: ({ signal, pageParam }) => get<Parked>('/api/events/parked', { source: address.source, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const items = parked.data?.pages.flatMap((page) => page.items) ?? [];
  const total = parked.data?.pages[0]?.total ?? 0;
  return (
    <>
      <div className="c-form-row">
        <SourceChoice />
        {parked.data && <span className="c-soft">{t('repair.parkedCount', { count: integer(total) as never })}</span>}
      </div>
      {parked.isPending && <Loading lines={8} />}
      {parked.error && <Refused error={parked.error} onAgain={() => void parked.refetch()} />}
      {parked.data && items.length === 0 && (
        <Empty icon="check" title={t('repair.noParked')}>
          <p>{t('repair.noParkedNext')}</p>
        </Empty>
      )}
      {items.length > 0 && (
        <DataTable<EventView>
          label={t('repair.parked')}
          rowKey="ref"
          dataSource={items}
          scroll={{ x: 920 }}
          columns={[
            {
              key: 'time',
              title: t('event.time'),
              width: 180,
              render: (_, event) => (
                <button type="button" className="c-link" onClick={() => setRaw(event)}>
                  {exact(event.time, where).slice(0, 19)}
                </button>
              ),
            },
            { key: 'source', title: t('field.source'), width: 190, render: (_, event) => names.system(event.source) },
            { key: 'type', title: t('event.type'), width: 170, dataIndex: 'type', className: 'c-code' },
            {
              key: 'keys',
              title: t('repair.keys'),
              render: (_, event) =>
                Object.entries(event.keys).map(([kind, values]) => (
                  <span key={kind} className="c-object">
                    <span className="c-soft">{names.kind(kind)}</span> <span className="c-code">{[values].flat().join(', ')}</span>
                  </span>
                )),
            },
            { key: 'received', title: t('event.received'), width: 140, render: (_, event) => <TimeAgo at={event.receivedAt} /> },
            {
              key: 'act',
              title: t('column.act'),
              width: 130,
              fixed: 'right',
              render: (_, event) => (
                <Button size="small" onClick={() => setJoining(event)}>
                  {t('repair.join')}
                </Button>
              ),
            },
          ]}
        />
      )}
      {parked.hasNextPage && (
        <p className="c-more">
          <Button loading={parked.isFetchingNextPage} onClick={() => void parked.fetchNextPage()}>
            {t('repair.more')}
          </Button>
        </p>
      )}
      <RawEvent event={raw} onClose={() => setRaw(null)} />
      <JoinForm event={joining} onClose={() => setJoining(null)} onDone={() => void parked.refetch()} />
    </>
  );
};
