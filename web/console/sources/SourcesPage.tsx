import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceView } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { duration, integer } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { useAddress } from '../address.ts';
import { useFeeds } from '../feeds/feeds.ts';
import { Explained } from '../parts/Explained.tsx';
import { type Count, HealthList } from '../parts/HealthList.tsx';
import { UpdatesButton } from '../parts/UpdatesButton.tsx';
import { useOnce } from '../parts/useOnce.ts';
import { may, useMe } from '../session.ts';
import { useNames } from '../words.ts';
import { freshness, isWorrying } from './freshness.ts';
import { Sparkline } from './Sparkline.tsx';

const SourceForm = lazy(() => import('./SourceForm.tsx').then((m) => ({ default: m.SourceForm })));

/** Whether each system speaks, how late it is, and what it sent. */
export const SourcesPage = () => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const me = useMe().data;
  const names = useNames();
  const [address, change] = useAddress();
  const [adding, setAdding] = useState(false);
  const wasAdding = useOnce(adding);
  const feeds = useFeeds();
  const sources = useQuery({
    queryKey: ['sources', lang],
    queryFn: ({ signal }) =>
      get<{ items: SourceView[] }>('/api/sources', {}, { signal }).then((answer) => ({ ...answer, at: new Date().toISOString() })),
  });
  const items = [...(sources.data?.items ?? [])].sort(
    (a, b) => Number(isWorrying(b)) - Number(isWorrying(a)) || Number(a.fromFiles) - Number(b.fromFiles) || a.id.localeCompare(b.id),
  );
  const silent = items.filter(isWorrying).length;
  const nameOf = (source: SourceView) => (names.system(source.id) === source.id ? source.name || source.id : names.system(source.id));
  /** Differences are settled and refused rows read where they lie; what a system itself was refused, it was told in the answer. */
  const lead = (count: Count, source: SourceView) => {
    const said = integer(source[count]);
    if (count === 'conflicts')
      return (
        <Link
          to="/repair"
          search={{ tab: 'conflicts', source: source.id } as never}
          aria-label={t('source.settle', { count: said as never })}
        >
          {said}
        </Link>
      );
    if (count !== 'rejected') return said;
    const feed = feeds.data?.items.find((one) => one.source === source.id && one.rejected > 0);
    if (!feed)
      return (
        <span className="c-titled">
          {said}
          <Explained name={t('source.rejected')} text={t('source.rejectedWhat')} />
        </span>
      );
    return (
      <Link to="/feeds" search={{ feed: feed.id } as never} aria-label={t('source.readRefused', { count: said as never })}>
        {said}
      </Link>
    );
  };
  return (
    <>
      <HealthList<SourceView>
        title={t('source.title')}
        answer={sources}
        items={items}
        empty={{ title: t('source.empty'), next: t('source.emptyNext') }}
        news={{
          isBad: silent > 0,
          text: silent > 0 ? t('source.someSilent', { count: silent }) : t('source.allSpeak', { count: items.length }),
        }}
        chosen={address.source}
        width={1150}
        acts={
          <>
            <UpdatesButton busy={sources.isFetching} onTake={() => void sources.refetch()} />
            {me && may(me, 'source:manage') && (
              <Button type="primary" onClick={() => setAdding(true)}>
                {t('source.add')}
              </Button>
            )}
          </>
        }
        name={(source) => (
          <>
            <strong>{nameOf(source)}</strong>
            {nameOf(source) !== source.id && <span className="c-block c-code c-soft c-small">{source.id}</span>}
          </>
        )}
        state={(source) => <SourceState source={source} />}
        lead={lead}
        more={[
          {
            key: 'parked',
            title: t('source.parked'),
            align: 'right',
            width: 70,
            render: (_, source) =>
              source.parked > 0 ? (
                <Link
                  to="/repair"
                  search={{ source: source.id } as never}
                  aria-label={t('source.join', { count: integer(source.parked) as never })}
                >
                  {integer(source.parked)}
                </Link>
              ) : (
                <span className="c-faint">0</span>
              ),
          },
          {
            key: 'minutes',
            title: t('source.perMinute'),
            width: 120,
            render: (_, source) => (
              <Sparkline values={source.perMinute} label={t('source.minutes', { count: source.perMinute.at(-1) ?? 0 })} />
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
      <Suspense>
        {wasAdding && (
          <SourceForm
            open={adding}
            onClose={() => setAdding(false)}
            onAdded={(id) => {
              change({ source: id }, { replace: true });
              void sources.refetch();
            }}
          />
        )}
      </Suspense>
    </>
  );
};

/** Speaks or not, and the sentence that says how late or since when. */
const SourceState = ({ source }: { source: SourceView }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const now = useNow();
  const fresh = freshness(source, now);
  const seconds = 'seconds' in fresh ? duration(fresh.seconds, lang) : '';
  const usual = 'usual' in fresh ? duration(Math.max(60, fresh.usual), lang) : '';
  const worrying = isWorrying(source);
  return (
    <>
      <StateTag state={worrying ? 'late' : source.fromFiles ? 'skipped' : 'done'}>
        {t(worrying ? 'source.silent' : source.fromFiles ? 'source.files' : 'source.speaks')}
      </StateTag>
      <span className={worrying ? 'c-block c-small c-fresh c-figure-late' : 'c-block c-small c-fresh c-soft'}>
        {t(`source.fresh.${fresh.says}`, { time: seconds, usual })}
      </span>
    </>
  );
};
