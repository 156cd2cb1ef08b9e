import { Button, Drawer } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feed } from '#feed/contract';
import { Loading } from '../../kit/faces.tsx';
import { duration, integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { useAddress } from '../address.ts';
import { HealthList } from '../parts/HealthList.tsx';
import { useOnce } from '../parts/useOnce.ts';
import { may, useMe } from '../session.ts';
import { useNames } from '../words.ts';
import { FeedState } from './FeedState.tsx';
import { useFeeds } from './feeds.ts';

const FeedForm = lazy(() => import('./FeedForm.tsx').then((m) => ({ default: m.FeedForm })));
const FeedView = lazy(() => import('./FeedView.tsx').then((m) => ({ default: m.FeedView })));

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
  const wasAdding = useOnce(adding);
  const feeds = useFeeds();
  const items = [...(feeds.data?.items ?? [])].sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.id.localeCompare(b.id));
  const failing = items.filter((feed) => feed.state === 'failing').length;
  const shown = items.find((feed) => feed.id === address.feed);
  const open = (id: string | undefined) => change({ feed: id });
  return (
    <>
      <HealthList<Feed>
        title={t('feed.title')}
        answer={feeds}
        items={items}
        empty={{ title: t('feed.empty'), next: t('feed.emptyNext') }}
        news={{
          isBad: failing > 0,
          text: failing > 0 ? t('feed.someFail', { count: failing }) : t('feed.allWell', { count: items.length }),
        }}
        chosen={address.feed}
        onOpen={open}
        width={1180}
        acts={
          me &&
          may(me, 'source:manage') && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('feed.add')}
            </Button>
          )
        }
        name={(feed) => (
          <>
            <Button type="link" className="c-link-row" onClick={() => open(feed.id)}>
              <strong>{feed.name}</strong>
            </Button>
            <span className="c-block c-soft c-feed-what">
              {t(`feed.kind.${feed.kind}`)} · {names.system(feed.source)}
            </span>
          </>
        )}
        state={(feed) => (
          <>
            <FeedState feed={feed} />
            {feed.error && <span className="c-block c-feed-trouble">{feed.error.message}</span>}
            {missing(feed) > 0 && <span className="c-block c-feed-trouble">{t('feed.gaps', { count: missing(feed) })}</span>}
            {feed.state === 'running' && feed.lagSeconds !== null && feed.lagSeconds >= 60 && (
              <span className="c-block c-small c-fresh c-soft">{t('source.fresh.late', { time: duration(feed.lagSeconds, lang) })}</span>
            )}
          </>
        )}
        lead={(count, feed) =>
          count === 'rejected' ? (
            <Button type="link" className="c-link-row" onClick={() => open(feed.id)}>
              {integer(feed[count])}
            </Button>
          ) : (
            integer(feed[count])
          )
        }
        more={[
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
      <Drawer open={shown !== undefined} onClose={() => open(undefined)} size="min(52rem, 100vw)" title={shown?.name}>
        <Suspense fallback={<Loading lines={8} />}>
          {shown && <FeedView key={shown.id} feed={shown} onGone={() => open(undefined)} />}
        </Suspense>
      </Drawer>
      <Suspense>
        {wasAdding && (
          <FeedForm
            open={adding}
            onClose={() => setAdding(false)}
            onAdded={(id) => {
              setAdding(false);
              open(id);
            }}
          />
        )}
      </Suspense>
    </>
  );
};
