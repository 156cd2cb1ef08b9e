import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feed } from '#feed/contract';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { duration, integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { useAddress } from '../address.ts';
import { DataTable } from '../parts/DataTable.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { may, useMe } from '../session.ts';
import { useNames } from '../words.ts';
import { FeedForm } from './FeedForm.tsx';
import { FeedState } from './FeedState.tsx';
import { FeedView } from './FeedView.tsx';
import { useFeeds } from './feeds.ts';

const ORDER = { failing: 0, running: 1, paused: 2 };
const missing = (feed: Feed) => feed.gaps.reduce((n, gap) => n + gap.to - gap.from + 1, 0);

/** Every place that we fetch events from: whether it works, how late it is, what it brought. */
export const FeedsPage = () => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const me = useMe().data;
  const names = useNames();
  const [address, change] = useAddress();
  const [adding, setAdding] = useState(false);
  const feeds = useFeeds();
  const items = [...(feeds.data?.items ?? [])].sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.id.localeCompare(b.id));
  const failing = items.filter((feed) => feed.state === 'failing').length;
  const shown = items.find((feed) => feed.id === address.feed);
  const num = (field: 'accepted' | 'duplicates' | 'conflicts' | 'rejected', width = 90) => ({
    key: field,
    title: t(`feed.fact.${field}`),
    align: 'right' as const,
    width,
    render: (_: unknown, feed: Feed) => integer(feed[field]),
  });
  return (
    <>
      <PageHead title={t('feed.title')} at={feeds.data?.at}>
        {me && may(me, 'source:manage') && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('feed.add')}
          </Button>
        )}
      </PageHead>
      {feeds.isPending && <Loading lines={6} />}
      {feeds.error && !feeds.data && <Refused error={feeds.error} onAgain={() => void feeds.refetch()} />}
      {feeds.data?.items.length === 0 && (
        <Empty title={t('feed.empty')}>
          <p>{t('feed.emptyNext')}</p>
        </Empty>
      )}
      {items.length > 0 && (
        <>
          <p className={failing > 0 ? 'c-note c-note-wait' : 'c-note'}>
            {failing > 0 ? t('feed.someFail', { count: failing }) : t('feed.allWell', { count: items.length })}
          </p>
          <DataTable<Feed>
            label={t('feed.title')}
            rowKey="id"
            dataSource={items}
            scroll={{ x: 1120 }}
            rowClassName={(feed) => (feed.id === address.feed ? 'c-row-here' : '')}
            onRow={(feed) => ({ onClick: () => change({ feed: feed.id }) })}
            columns={[
              {
                key: 'name',
                title: t('feed.name'),
                width: 170,
                fixed: 'left',
                render: (_, feed) => (
                  <>
                    <Button type="link" className="c-link-row" onClick={() => change({ feed: feed.id })}>
                      <strong>{feed.name}</strong>
                    </Button>
                    <span className="c-block c-soft c-feed-what">
                      {t(`feed.kind.${feed.kind}`)} · {names.system(feed.source)}
                    </span>
                  </>
                ),
              },
              {
                key: 'state',
                title: t('column.state'),
                width: 230,
                render: (_, feed) => (
                  <>
                    <FeedState feed={feed} />
                    {feed.error && <span className="c-block c-feed-trouble">{feed.error.message}</span>}
                    {missing(feed) > 0 && <span className="c-block c-feed-trouble">{t('feed.gaps', { count: missing(feed) })}</span>}
                  </>
                ),
              },
              {
                key: 'heard',
                title: t('feed.fact.lastHeard'),
                width: 110,
                render: (_, feed) => (feed.lastHeardAt ? <TimeAgo at={feed.lastHeardAt} /> : t('headline.never')),
              },
              {
                key: 'lag',
                title: t('feed.fact.lag'),
                width: 110,
                align: 'right',
                render: (_, feed) => (feed.lagSeconds === null ? '–' : duration(feed.lagSeconds, lang)),
              },
              num('accepted'),
              num('duplicates'),
              num('conflicts', 70),
              num('rejected', 70),
              {
                key: 'waiting',
                title: t('feed.fact.waiting'),
                width: 80,
                align: 'right',
                render: (_, feed) => (feed.waiting === null ? '–' : integer(feed.waiting)),
              },
              {
                key: 'position',
                title: t('feed.fact.position'),
                width: 200,
                ellipsis: true,
                render: (_, feed) => <span className="c-code">{feed.position ?? '–'}</span>,
              },
            ]}
          />
        </>
      )}
      <Drawer open={shown !== undefined} onClose={() => change({ feed: undefined })} size="min(52rem, 100vw)" title={shown?.name}>
        {shown && <FeedView key={shown.id} feed={shown} onGone={() => change({ feed: undefined })} />}
      </Drawer>
      <FeedForm
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={(id) => {
          setAdding(false);
          change({ feed: id });
        }}
      />
    </>
  );
};
