import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { useAddress } from '../address.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { may, useMe } from '../session.ts';
import { AudienceTable } from './AudienceTable.tsx';
import { useAudiences } from './audiences.ts';

const TABS = ['mine', 'unit', 'all', 'archived'] as const;
type Tab = (typeof TABS)[number];

/** Saved audiences: one's own, those of the own unit, all that one may see, and those that were put away. */
export const AudiencesPage = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe().data;
  const [address, change] = useAddress();
  const tab: Tab = TABS.find((one) => one === address.tab) ?? 'mine';
  const q = address.q ?? '';
  const found = useAudiences({
    q: useDeferredValue(q) || undefined,
    mine: tab === 'mine' ? 'true' : undefined,
    archived: tab === 'archived' ? 'true' : undefined,
    unit: tab === 'unit' ? me?.unit?.code : undefined,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const isEditor = may(me, 'audience:edit');
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate({ to: '/audiences/new' })}>
      {t('audience.new')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('audience.title')}>{isEditor && create}</PageHead>
      <TabLine
        label={t('audience.title')}
        active={tab}
        onChange={(next) => change({ tab: next === 'mine' ? undefined : next })}
        items={TABS.map((key) => ({ key, label: t(`audience.tab.${key}`) }))}
      />
      <div className="c-form-row">
        <Input.Search
          className="c-find"
          allowClear
          aria-label={t('audience.find')}
          placeholder={t('audience.find')}
          value={q}
          maxLength={100}
          onChange={({ target }) => change({ q: target.value || undefined }, { replace: true })}
        />
      </div>
      {found.isPending && <Loading lines={8} />}
      {found.error && !found.data && <Refused error={found.error} onAgain={() => void found.refetch()} />}
      {found.data && items.length === 0 && !found.hasNextPage && (
        <Empty title={t(q ? 'audience.notFound' : `audience.none.${tab}`)} icon={q ? 'search' : 'person'}>
          {q ? (
            <Button onClick={() => change({ q: undefined })}>{t('audience.clearFind')}</Button>
          ) : (
            <>
              <p>{t('audience.noneNext')}</p>
              {tab !== 'archived' && isEditor && create}
              {tab === 'mine' && (
                <Link to="/audiences" search={{ tab: 'all' } as never}>
                  {t('audience.seeAll')}
                </Link>
              )}
            </>
          )}
        </Empty>
      )}
      {items.length > 0 && <AudienceTable items={items} />}
      {found.hasNextPage && (
        <p className="c-more">
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('audience.loadMore')}
          </Button>
        </p>
      )}
    </>
  );
};
