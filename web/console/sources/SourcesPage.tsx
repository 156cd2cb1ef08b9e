import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceView } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { duration, integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { useAddress } from '../address.ts';
import { DataTable } from '../parts/DataTable.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { UpdatesButton } from '../parts/UpdatesButton.tsx';
import { may, useMe } from '../session.ts';
import { useNames } from '../words.ts';
import { SourceForm } from './SourceForm.tsx';
import { Sparkline } from './Sparkline.tsx';

/** Whether each system speaks, how late it is, and what it sent. */
export const SourcesPage = () => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const me = useMe().data;
  const names = useNames();
  const [address, change] = useAddress();
  const [adding, setAdding] = useState(false);
  const sources = useQuery({
    queryKey: ['sources', lang],
    queryFn: ({ signal }) =>
      get<{ items: SourceView[] }>('/api/sources', {}, { signal }).then((answer) => ({ ...answer, at: new Date().toISOString() })),
  });
  const items = [...(sources.data?.items ?? [])].sort((a, b) => Number(b.silent) - Number(a.silent) || a.id.localeCompare(b.id));
  const silent = items.filter((source) => source.silent).length;
  const nameOf = (source: SourceView) => (names.system(source.id) === source.id ? source.name || source.id : names.system(source.id));
  const num = (field: 'accepted' | 'duplicates' | 'rejected') => ({
    key: field,
    title: t(`source.${field}`),
    align: 'right' as const,
    width: 90,
    render: (_: unknown, source: SourceView) => integer(source[field]),
  });
  return (
    <>
      <PageHead title={t('source.title')} at={sources.data?.at}>
        <UpdatesButton busy={sources.isFetching} onTake={() => void sources.refetch()} />
        {me && may(me, 'source:manage') && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('source.add')}
          </Button>
        )}
      </PageHead>
      {sources.isPending && <Loading lines={8} />}
      {sources.error && <Refused error={sources.error} onAgain={() => void sources.refetch()} />}
      {sources.data?.items.length === 0 && (
        <Empty title={t('source.empty')}>
          <p>{t('source.emptyNext')}</p>
        </Empty>
      )}
      {items.length > 0 && (
        <>
          <p className={silent > 0 ? 'c-note c-note-wait' : 'c-note'}>
            {silent > 0 ? t('source.someSilent', { count: silent }) : t('source.allSpeak', { count: items.length })}
          </p>
          <DataTable<SourceView>
            label={t('source.title')}
            rowKey="id"
            dataSource={items}
            scroll={{ x: 1080 }}
            rowClassName={(source) => (source.id === address.source ? 'c-row-here' : '')}
            columns={[
              {
                key: 'name',
                title: t('field.source'),
                width: 150,
                className: 'c-wrap',
                fixed: 'left',
                render: (_, source) => (
                  <>
                    <strong>{nameOf(source)}</strong>
                    <span className="c-block c-code c-soft">{source.id}</span>
                  </>
                ),
              },
              {
                key: 'state',
                title: t('column.state'),
                width: 110,
                render: (_, source) =>
                  source.silent ? (
                    <StateTag state="late">{t('source.silent')}</StateTag>
                  ) : (
                    <StateTag state="done">{t('source.speaks')}</StateTag>
                  ),
              },
              {
                key: 'heard',
                title: t('source.lastHeard'),
                width: 110,
                render: (_, source) => (source.lastHeardAt ? <TimeAgo at={source.lastHeardAt} /> : t('headline.never')),
              },
              {
                key: 'lag',
                title: t('source.lag'),
                width: 110,
                align: 'right',
                render: (_, source) => (source.lagSeconds === null ? '–' : duration(source.lagSeconds, lang)),
              },
              {
                key: 'minutes',
                title: t('source.perMinute'),
                width: 130,
                render: (_, source) => (
                  <Sparkline values={source.perMinute} label={t('source.minutes', { count: source.perMinute.at(-1) ?? 0 })} />
                ),
              },
              num('accepted'),
              num('duplicates'),
              {
                key: 'conflicts',
                title: t('source.conflicts'),
                align: 'right',
                width: 70,
                render: (_, source) =>
                  source.conflicts ? (
                    <Link to="/repair" search={{ tab: 'conflicts' } as never}>
                      {integer(source.conflicts)}
                    </Link>
                  ) : (
                    0
                  ),
              },
              num('rejected'),
              {
                key: 'parked',
                title: t('source.parked'),
                align: 'right',
                width: 70,
                render: (_, source) =>
                  source.parked ? (
                    <Link to="/repair" search={{ source: source.id } as never}>
                      {integer(source.parked)}
                    </Link>
                  ) : (
                    0
                  ),
              },
              {
                key: 'orders',
                title: t('source.orders'),
                width: 80,
                render: (_, source) => (
                  <Link to="/orders" search={{ source: source.id, tab: 'inHand' } as never}>
                    {t('source.openOrders')}
                  </Link>
                ),
              },
            ]}
          />
        </>
      )}
      <SourceForm
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={(id) => {
          change({ source: id }, { replace: true });
          void sources.refetch();
        }}
      />
    </>
  );
};
