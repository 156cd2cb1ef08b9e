import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Erasure } from '#tracking/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import type { StateName } from '../../kit/state.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { may, useMe } from '../session.ts';
import { Erase } from './Erase.tsx';
import { EraseAgain } from './EraseAgain.tsx';
import { goesOf, staysOf, useErasures } from './erasing.ts';

const SIGNS: Record<Erasure['state'], StateName> = { asked: 'current', failed: 'late', done: 'done' };

/** Erasing somebody who asks for it, and what was erased so far: when, by whom, why and how much; nothing personal. What is not done stands open. */
export const Erasures = () => {
  const { t } = useTranslation();
  const me = useMe().data;
  const mayErase = may(me, 'person:erase');
  const list = useErasures(mayErase);
  if (!mayErase) return null;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const open = items.filter((one) => one.state !== 'done');
  return (
    <Card title={t('erasing.title')} extra={<Erase />}>
      <p className="c-soft">{t('erasing.what')}</p>
      {list.isPending && <Loading lines={2} />}
      {list.error && !list.data && <Refused error={list.error} onAgain={() => void list.refetch()} />}
      {list.data && total === 0 && <p className="c-soft">{t('erasing.empty')}</p>}
      {open.length > 0 && <Lines items={open} />}
      {total > open.length && (
        <details className="c-cust-unknown">
          <summary>{t('erasing.list', { count: total - open.length })}</summary>
          <Lines items={items.filter((one) => one.state === 'done')} />
          {list.hasNextPage && (
            <p className="c-more">
              <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('erasing.older')}
              </Button>
            </p>
          )}
        </details>
      )}
      {may(me, 'audit:read') && total > 0 && (
        <p>
          <Link to="/people" search={{ tab: 'audit', act: 'person' }}>
            {t('erasing.trail')}
          </Link>
        </p>
      )}
    </Card>
  );
};

const Lines = ({ items }: { items: readonly Erasure[] }) => (
  <ul className="c-list">
    {items.map((one) => (
      <li key={one.id}>
        <Line one={one} />
      </li>
    ))}
  </ul>
);

const Line = ({ one }: { one: Erasure }) => {
  const { t } = useTranslation();
  const said = (one.counts ? [...goesOf(one.counts), ...staysOf(one.counts)] : []).filter(({ count }) => count > 0);
  return (
    <>
      <p className="c-list-head">
        <span>
          <Moment at={one.at} /> · {t('erasing.by', { who: one.by })} · {one.reason}
        </span>
        <StateTag state={SIGNS[one.state]}>{t(`erasing.state.${one.state}`)}</StateTag>
      </p>
      {one.state === 'done' && (
        <p className="c-soft">
          {said.length === 0
            ? t('erasing.nothingFound')
            : said
                .map(({ what, count }) =>
                  t('erasing.line', { what: t(`erasing.short.${what}`), n: t(`erasing.count.${what}`, { n: integer(count) }) }),
                )
                .join(t('erasing.comma'))}
        </p>
      )}
      {one.state === 'failed' && (
        <>
          <p className="c-soft">{t('erasing.failed')}</p>
          <EraseAgain one={one} />
        </>
      )}
      {one.state === 'asked' && one.attempts > 0 && <p className="c-soft">{t('erasing.tried', { count: one.attempts })}</p>}
    </>
  );
};
