import { useTranslation } from 'react-i18next';
import { useWhere } from '../../kit/hooks.ts';
import { DataTable } from '../parts/DataTable.tsx';
import { useNames } from '../words.ts';
import { LevelWords, PlaceTag, VisitWords } from './EnterpriseSigns.tsx';
import type { Row } from './enterprises.ts';
import { moneyFigure } from './words.ts';

interface Props {
  rows: readonly Row[];
  open: string | undefined;
  onOpen: (id: string) => void;
}

/** Those that bring most first; a whole row opens the drawer, the name is the link for the keyboard. */
export const EnterpriseTable = ({ rows, open, onOpen }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  return (
    <DataTable<Row>
      label={t('enterprise.title')}
      rowKey="id"
      dataSource={rows}
      scroll={{ x: 1_080 }}
      rowClassName={({ id }) => (id === open ? 'c-row-here' : '')}
      onRow={({ id }) => ({ onClick: () => onOpen(id) })}
      columns={[
        {
          key: 'name',
          title: t('enterprise.name'),
          className: 'c-wrap',
          render: (_, row) => (
            <>
              <button
                type="button"
                className="c-link"
                aria-label={t('enterprise.open', { name: row.name })}
                onClick={(event) => {
                  event.stopPropagation();
                  onOpen(row.id);
                }}
              >
                {row.name}
              </button>
              <span className="c-block c-soft c-small">{[row.industry, row.key].filter(Boolean).join(' · ')}</span>
            </>
          ),
        },
        {
          key: 'place',
          title: t('enterprise.place'),
          width: 270,
          render: (_, row) => (
            <>
              <PlaceTag place={row.place} />
              <span className="c-block">
                <LevelWords levels={row.levels} />
              </span>
            </>
          ),
        },
        {
          key: 'revenue',
          title: t('enterprise.revenue'),
          width: 120,
          align: 'right',
          render: (_, { revenue }) =>
            revenue === null ? <span className="c-faint">{t('enterprise.revenueUnknown')}</span> : moneyFigure(revenue, lang),
        },
        { key: 'size', title: t('enterprise.size'), width: 100, render: (_, { size }) => t(`enterprise.sizes.${size ?? 'unknown'}`) },
        {
          key: 'area',
          title: t('field.area'),
          width: 150,
          ellipsis: true,
          render: (_, { area }) => (area ? names.area(area) : t('enterprise.noArea')),
        },
        { key: 'manager', title: t('enterprise.manager'), width: 110, ellipsis: true, render: (_, { manager }) => manager ?? '–' },
        { key: 'visit', title: t('enterprise.due'), width: 190, render: (_, row) => <VisitWords row={row} /> },
      ]}
    />
  );
};
