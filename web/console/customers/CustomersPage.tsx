import { useNavigate } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerLine } from '#customer/contract';
import { Empty, Loading, Refused, useTrouble } from '../../kit/faces.tsx';
import { useAddress } from '../address.ts';
import { Card } from '../parts/Card.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { may, useMe } from '../session.ts';
import { useNarrow } from '../useNarrow.ts';
import { CustomerFiles } from './CustomerFiles.tsx';
import { CustomerFind } from './CustomerFind.tsx';
import { CustomerRows } from './CustomerRows.tsx';
import { findCustomers, useCustomers } from './customers.ts';
import { Erasures } from './Erasures.tsx';
import { KeptOut } from './KeptOut.tsx';
import { NobodyYet } from './NobodyYet.tsx';
import { NoCustomers } from './NoCustomers.tsx';
import { asked } from './search.ts';

const WHO = ['all', 'true', 'false'] as const;

type Found = { is: 'quiet' } | { is: 'busy' } | { is: 'said'; text: string } | { is: 'found'; items: CustomerLine[] };

/** Find one customer, or go through those of an area. */
export const CustomersPage = () => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const navigate = useNavigate();
  const [address, change] = useAddress();
  const me = useMe().data;
  const running = useRef<AbortController | null>(null);
  const narrow = useNarrow();
  const [found, setFound] = useState<Found>({ is: 'quiet' });
  const list = useCustomers({ area: address.area, own: address.own });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const search = async (text: string) => {
    running.current?.abort();
    const what = asked(text);
    if (what.how === 'nothing') return setFound({ is: 'quiet' });
    if (what.how === 'needs-phone') return setFound({ is: 'said', text: t('search.needsPhone') });
    const attempt = new AbortController();
    running.current = attempt;
    setFound({ is: 'busy' });
    try {
      const some = await findCustomers(what.one, attempt.signal);
      if (some.length === 1) return void navigate({ to: '/customers/$id', params: { id: some[0]!.id } });
      setFound(some.length > 0 ? { is: 'found', items: some } : { is: 'said', text: t('customer.notFound') });
    } catch (error) {
      if (!attempt.signal.aborted) setFound({ is: 'said', text: trouble(error) });
    }
  };
  const stewards = (
    <div className="c-cust-stewards">
      <Erasures />
      <KeptOut area={address.area} />
    </div>
  );
  const nobody = may(me, 'tag:see') ? (
    <NobodyYet onDone={list.refetch}>{() => <p>{t('customerFile.next')}</p>}</NobodyYet>
  ) : (
    <NoCustomers />
  );
  return (
    <>
      <PageHead title={t('customer.title')} at={list.data?.pages[0]?.at} />
      <CustomerFind busy={found.is === 'busy'} onSearch={(text) => void search(text)} />
      <div aria-live="polite">
        {found.is === 'said' && <p className="c-note c-note-wait">{found.text}</p>}
        {found.is === 'found' && (
          <Card
            title={t('customer.foundMany', { count: found.items.length })}
            extra={<Button onClick={() => setFound({ is: 'quiet' })}>{t('customer.closeFound')}</Button>}
          >
            <CustomerRows rows={found.items} label={t('customer.foundMany', { count: found.items.length })} />
          </Card>
        )}
      </div>
      {may(me, 'tag:see') && <CustomerFiles />}
      {!narrow && stewards}
      <div className="c-form-row">
        <Segmented
          value={WHO.find((who) => who === address.own) ?? 'all'}
          aria-label={t('customer.who')}
          options={WHO.map((value) => ({ value, label: t(`customer.own.${value}`) }))}
          onChange={(own) => change({ own: own === 'all' ? undefined : own })}
        />
        <span className="c-soft c-small">{t('customer.listWhat')}</span>
      </div>
      {list.isPending && <Loading lines={10} />}
      {list.error && !list.data && <Refused error={list.error} onAgain={() => void list.refetch()} />}
      {list.data &&
        items.length === 0 &&
        (address.own || address.area ? <NobodyHere onAll={() => change({ own: undefined, area: undefined })} /> : nobody)}
      {items.length > 0 && (
        <div className={list.isPlaceholderData ? 'c-stale' : undefined} aria-busy={list.isPlaceholderData}>
          <CustomerRows rows={items} label={t('customer.title')} />
          {list.hasNextPage && (
            <p className="c-more">
              <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('repair.more')}
              </Button>
            </p>
          )}
        </div>
      )}
      {narrow && stewards}
    </>
  );
};

const NobodyHere = ({ onAll }: { onAll: () => void }) => {
  const { t } = useTranslation();
  return (
    <Empty title={t('customer.nobody')}>
      <p>{t('customer.nobodyNext')}</p>
      <button type="button" className="g-button" onClick={onAll}>
        {t('customer.showAll')}
      </button>
    </Empty>
  );
};
