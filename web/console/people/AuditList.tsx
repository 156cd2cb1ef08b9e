import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#org/contract';
import { get, withQuery } from '../../kit/api.ts';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { exact, offset } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { useAddress } from '../address.ts';
import { dayAfter, startOfDay } from '../filter.ts';
import { DataTable } from '../parts/DataTable.tsx';
import { DayPicker } from '../parts/DayPicker.tsx';
import { Field } from '../parts/Field.tsx';
import { useNarrow } from '../useNarrow.ts';
import { useNames } from '../words.ts';
import { detailWords } from './details.ts';

/** The first part of every act's name, by which they are filtered. */
const KINDS = [
  'audit',
  'session',
  'account',
  'unit',
  'colleague',
  'journey',
  'journeys',
  'person',
  'event',
  'scenario',
  'source',
  'feed',
  'import',
  'tag',
  'customer',
  'place',
  'home',
  'retention',
  'setting',
  'store',
  'news',
  'job',
] as const;

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
  const asked = { act, from: from && startOfDay(from, zone), to: to && startOfDay(dayAfter(to), zone) };
  const trail = useInfiniteQuery({
    queryKey: ['audit', asked],
    queryFn: ({ signal, pageParam }) => get<AuditPage>('/api/audit', { ...asked, limit: 100, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const narrow = useNarrow();
  const actOf = (entry: AuditEntry) => t(`audit.acts.${entry.act.replaceAll('.', '_')}`, { defaultValue: entry.act });
  const timeOf = (entry: AuditEntry) => <time dateTime={entry.at}>{exact(entry.at, where).slice(0, 19)}</time>;
  const items = trail.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <search className="c-form-row">
        <Select
          className="c-find"
          aria-label={t('audit.act')}
          value={act ?? ''}
          popupMatchSelectWidth={false}
          options={[{ value: '', label: t('audit.all') }, ...KINDS.map((kind) => ({ value: kind, label: t(`audit.kinds.${kind}`) }))]}
          onChange={(kind) => change({ act: kind || undefined })}
        />
        <Field label={t('field.from')}>
          {(id) => <DayPicker id={id} value={from} max={to} onChange={(day) => change({ from: day })} />}
        </Field>
        <Field label={t('field.to')}>{(id) => <DayPicker id={id} value={to} min={from} onChange={(day) => change({ to: day })} />}</Field>
        <Button icon={<DownloadOutlined />} href={withQuery('/api/audit/export.csv', asked)} download>
          {t('part.export')}
        </Button>
      </search>
      {trail.isPending && <Loading lines={8} />}
      {trail.error && <Refused error={trail.error} onAgain={() => void trail.refetch()} />}
      {trail.data && items.length === 0 && (
        <Empty title={t('audit.none')}>
          <p>{t('audit.noneNext')}</p>
        </Empty>
      )}
      {items.length > 0 && narrow && (
        <ul className="c-cards">
          {items.map((entry) => (
            <li key={entry.id} className="c-order-card">
              <p className="c-order-card-head">
                <strong>{actOf(entry)}</strong>
                <span>{entry.actor.name || entry.actor.id}</span>
              </p>
              <p className="c-soft">
                {timeOf(entry)} {entry.address}
              </p>
              <p>
                <AuditObject entry={entry} />
              </p>
              {entry.reason && <p>{entry.reason}</p>}
            </li>
          ))}
        </ul>
      )}
      {items.length > 0 && !narrow && (
        <DataTable<AuditEntry>
          label={t('people.audit')}
          rowKey="id"
          dataSource={items}
          scroll={{ x: 900 }}
          columns={[
            { key: 'at', title: t('event.time'), width: 180, render: (_, entry) => timeOf(entry) },
            { key: 'who', title: t('audit.who'), width: 130, render: (_, entry) => entry.actor.name || entry.actor.id },
            { key: 'act', title: t('audit.act'), width: 170, render: (_, entry) => <span title={entry.act}>{actOf(entry)}</span> },
            { key: 'object', title: t('audit.object'), render: (_, entry) => <AuditObject entry={entry} /> },
            { key: 'reason', title: t('link.reason'), width: 200, render: (_, entry) => entry.reason ?? '' },
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

/** What it was done to: an order by its page, everything else by its own name; and what was changed. */
const AuditObject = ({ entry: { act, object, details } }: { entry: AuditEntry }) => {
  const { t } = useTranslation();
  const names = useNames();
  const more = Object.entries(details).flatMap(([name, value]) => {
    const said =
      act === 'session.opened' && name === 'by' ? t(`audit.by.${value}`, { defaultValue: String(value) }) : detailWords(value, names);
    return said === '' ? [] : [{ name, label: t(`audit.detail.${name}`, { defaultValue: name }), said }];
  });
  return (
    <>
      {act.startsWith('journey.') ? (
        <Link to="/journeys/$id" params={{ id: object }}>
          {t('audit.order')}
        </Link>
      ) : (
        !act.startsWith('session.') && <span className="c-code">{object}</span>
      )}
      {more.map(({ name, label, said }) => (
        <span key={name} className="c-soft c-audit-more">
          {' '}
          {label} {said}
        </span>
      ))}
    </>
  );
};
