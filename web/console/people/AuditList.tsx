import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#org/contract';
import { get } from '../../kit/api.ts';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { exact, offset } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { useAddress } from '../address.ts';
import { dayAfter, startOfDay } from '../filter.ts';
import { DataTable } from '../parts/DataTable.tsx';
import { Field } from '../parts/Field.tsx';

interface AuditPage {
  items: AuditEntry[];
  nextCursor: string | null;
}

/** What people did that must be answerable: newest first. */
export const AuditList = () => {
  const { t } = useTranslation();
  const where = useWhere();
  const zone = offset(useNow(), where.zone);
  const [{ act, from, to }, change] = useAddress();
  const trail = useInfiniteQuery({
    queryKey: ['audit', act, from, to, zone],
    queryFn: ({ signal, pageParam }) =>
      get<AuditPage>(
        '/api/audit',
        { act, from: from && startOfDay(from, zone), to: to && startOfDay(dayAfter(to), zone), limit: 100, cursor: pageParam },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const items = trail.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <search className="c-form-row">
        <Input.Search
          key={act}
          className="c-find"
          allowClear
          defaultValue={act}
          placeholder={t('audit.act')}
          aria-label={t('audit.act')}
          onSearch={(text) => change({ act: text.trim() || undefined })}
        />
        <Field label={t('field.from')}>
          {(id) => <Input id={id} type="date" value={from ?? ''} onChange={(e) => change({ from: e.target.value || undefined })} />}
        </Field>
        <Field label={t('field.to')}>
          {(id) => <Input id={id} type="date" value={to ?? ''} onChange={(e) => change({ to: e.target.value || undefined })} />}
        </Field>
      </search>
      {trail.isPending && <Loading lines={8} />}
      {trail.error && <Refused error={trail.error} onAgain={() => void trail.refetch()} />}
      {trail.data && items.length === 0 && <Empty title={t('audit.none')} />}
      {items.length > 0 && (
        <DataTable<AuditEntry>
          label={t('people.audit')}
          rowKey="id"
          dataSource={items}
          scroll={{ x: 900 }}
          columns={[
            {
              key: 'at',
              title: t('event.time'),
              width: 180,
              render: (_, entry) => <time dateTime={entry.at}>{exact(entry.at, where).slice(0, 19)}</time>,
            },
            { key: 'who', title: t('audit.who'), width: 150, render: (_, entry) => entry.actor.name || entry.actor.id },
            { key: 'act', title: t('audit.act'), width: 180, render: (_, entry) => <span className="c-code">{entry.act}</span> },
            {
              key: 'object',
              title: t('audit.object'),
              width: 200,
              ellipsis: true,
              render: (_, entry) => <span className="c-code">{entry.object}</span>,
            },
            { key: 'reason', title: t('link.reason'), render: (_, entry) => entry.reason ?? '' },
            { key: 'address', title: t('audit.address'), width: 130, render: (_, entry) => entry.address ?? '' },
          ]}
        />
      )}
      {trail.hasNextPage && (
        <p className="c-more">
          <Button loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
            {t('repair.more')}
          </Button>
        </p>
      )}
    </>
  );
};
