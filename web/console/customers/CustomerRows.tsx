import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CustomerLine } from '#customer/contract';
import { useWhere } from '../../kit/hooks.ts';
import { dateIn } from '../filter.ts';
import { DataTable } from '../parts/DataTable.tsx';
import { useSourceName } from '../tags/useSourceName.ts';
import { dateWords } from '../tags/values.ts';
import { useNarrow } from '../useNarrow.ts';
import { useNames } from '../words.ts';
import { shortId } from './facts.ts';
import { OwnSign } from './OwnSign.tsx';

/** Customers as rows, cards on a phone; each leads to its page. */
export const CustomerRows = ({ rows, label }: { rows: readonly CustomerLine[]; label: string }) => {
  const { t } = useTranslation();
  const { lang, zone } = useWhere();
  const navigate = useNavigate();
  const names = useNames();
  const narrow = useNarrow();
  const sourceOf = useSourceName();
  const open = (id: string) => void navigate({ to: '/customers/$id', params: { id } });
  const areaOf = ({ area }: CustomerLine) => (area ? names.area(area) : t('customer.noArea'));
  const since = ({ since: at }: CustomerLine) => <time dateTime={at}>{dateWords(dateIn(Date.parse(at), zone), lang)}</time>;
  const link = ({ id }: CustomerLine) => (
    <Link
      to="/customers/$id"
      params={{ id }}
      className="c-number"
      aria-label={t('customer.open', { id: shortId(id) })}
      onClick={(event) => event.stopPropagation()}
    >
      {shortId(id)}
    </Link>
  );
  if (narrow) {
    return (
      <ul className="c-cards">
        {rows.map((row) => (
          <li key={row.id} className="c-order-card">
            <p className="c-order-card-head">
              {link(row)}
              <OwnSign customer={row} />
            </p>
            <p>{areaOf(row)}</p>
            <p className="c-soft">
              {sourceOf(row.source)} · {since(row)}
            </p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <DataTable<CustomerLine>
      label={label}
      rowKey="id"
      dataSource={rows}
      scroll={{ x: 760 }}
      onRow={({ id }) => ({ onClick: () => open(id) })}
      columns={[
        { key: 'id', title: t('customer.one'), width: 130, fixed: 'left', render: (_, row) => link(row) },
        { key: 'own', title: t('customer.who'), width: 170, render: (_, row) => <OwnSign customer={row} /> },
        { key: 'area', title: t('field.area'), width: 200, ellipsis: true, render: (_, row) => areaOf(row) },
        { key: 'source', title: t('field.source'), width: 140, ellipsis: true, render: (_, row) => sourceOf(row.source) },
        { key: 'since', title: t('customer.since'), width: 150, render: (_, row) => since(row) },
      ]}
    />
  );
};
