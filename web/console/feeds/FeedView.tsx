import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feed, Gap } from '#feed/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { duration, integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Moment, TimeAgo } from '../../kit/TimeAgo.tsx';
import { CodeBox } from '../parts/CodeBox.tsx';
import { may, useMe } from '../session.ts';
import { FeedFiles } from './FeedFiles.tsx';
import { FeedRefused } from './FeedRefused.tsx';
import { FeedState } from './FeedState.tsx';
import { lookAt, removeFeed, setPaused, useAct } from './feeds.ts';
import { LookTable } from './LookTable.tsx';
import { ReplayForm } from './ReplayForm.tsx';

const gapText = ({ series, from, to }: Gap) => `${series && `${series} · `}${from === to ? from : `${from}–${to}`}`;

/** One feed: how it is, what it has read, how it is set, and what can be done with it. */
export const FeedView = ({ feed, onGone }: { feed: Feed; onGone: () => void }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const trouble = useTrouble();
  const me = useMe().data;
  const [asking, setAsking] = useState(false);
  const pause = useAct(setPaused);
  const remove = useAct(removeFeed, onGone);
  const look = useMutation({ mutationFn: lookAt });
  const failed = pause.error ?? remove.error ?? look.error;
  const facts: [string, React.ReactNode][] = [
    ['lastHeard', feed.lastHeardAt ? <TimeAgo key="heard" at={feed.lastHeardAt} /> : t('headline.never')],
    ['lastLook', feed.lastLookAt ? <TimeAgo key="look" at={feed.lastLookAt} /> : t('headline.never')],
    ['lag', feed.lagSeconds === null ? '–' : duration(feed.lagSeconds, lang)],
    ['accepted', integer(feed.accepted)],
    ['duplicates', integer(feed.duplicates)],
    ['conflicts', integer(feed.conflicts)],
    ['rejected', integer(feed.rejected)],
    ['waiting', feed.waiting === null ? '–' : integer(feed.waiting)],
    [
      'position',
      <span key="position" className="c-code c-feed-position">
        {feed.position ?? '–'}
      </span>,
    ],
  ];
  const settings = Object.entries({ ...feed.settings, ...Object.fromEntries(feed.secrets.map((name) => [name, '••••••'])) });
  return (
    <>
      {feed.error && (
        <Alert
          type="error"
          showIcon
          className="c-gap-below"
          title={feed.error.message}
          description={
            <>
              {t('feed.since')} <Moment at={feed.error.since} />
            </>
          }
        />
      )}
      {failed && <Alert type="error" showIcon className="c-gap-below" title={trouble(failed)} />}
      {feed.replayingFrom && (
        <p className="c-note">
          {t('feed.replaying')} <Moment at={feed.replayingFrom} />
        </p>
      )}
      <div className="c-gap-below">
        <FeedState feed={feed} />
      </div>
      <dl className="c-sums">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`feed.fact.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {feed.gaps.length > 0 && (
        <p className="c-note c-note-wait">
          {t('feed.gaps', { count: feed.gaps.reduce((n, gap) => n + gap.to - gap.from + 1, 0) })}
          <span className="c-block c-code">{feed.gaps.map(gapText).join('   ')}</span>
        </p>
      )}
      {me && may(me, 'source:manage') && (
        <p className="c-page-acts">
          <Button loading={pause.isPending} onClick={() => pause.mutate({ id: feed.id, paused: !feed.paused })}>
            {t(feed.paused ? 'feed.resume' : 'feed.pause')}
          </Button>
          <Button onClick={() => setAsking(true)}>{t('feed.replay')}</Button>
          <Button loading={look.isPending} onClick={() => look.mutate(feed.id)}>
            {t('feed.test')}
          </Button>
          <Popconfirm title={t('feed.removeSure')} okText={t('feed.remove')} onConfirm={() => remove.mutate(feed.id)}>
            <Button danger loading={remove.isPending}>
              {t('feed.remove')}
            </Button>
          </Popconfirm>
        </p>
      )}
      {look.data && <LookTable look={look.data} />}
      {feed.kind === 'folder' && (
        <>
          <h3>{t('feed.files')}</h3>
          <FeedFiles feed={feed} />
        </>
      )}
      <FeedRefused feed={feed} />
      <h3>{t('feed.settings')}</h3>
      <table className="c-counts">
        <tbody>
          {settings.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{t(`feed.set.${name}`)}</th>
              <td className="c-code c-preview-cell">{Array.isArray(value) ? value.join(', ') : String(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t('import.map')}</h3>
      <CodeBox text={feed.map.trimEnd()} label={t('import.map')} />
      <ReplayForm feed={feed} open={asking} onClose={() => setAsking(false)} />
    </>
  );
};
