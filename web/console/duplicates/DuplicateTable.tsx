import { useTranslation } from 'react-i18next';
import { Moment } from '../../kit/TimeAgo.tsx';
import { DataTable } from '../parts/DataTable.tsx';
import { useNames } from '../words.ts';
import { EvidenceWords, Grade, useCalled } from './DuplicateSigns.tsx';
import type { Pair, Tab } from './duplicates.ts';

interface Props {
  rows: readonly Pair[];
  tab: Tab;
  chosen: readonly string[];
  open: string | undefined;
  /** Absent: nothing can be done with several at once. */
  onChoose: ((ids: string[]) => void) | undefined;
  onOpen: (id: string) => void;
}

/** The pairs, the surest first; a whole row opens the drawer, the two names are the link for the keyboard. */
export const DuplicateTable = ({ rows, tab, chosen, open, onChoose, onOpen }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const called = useCalled();
  const areasOf = ({ a, b }: Pair) =>
    [...new Set([a.area, b.area].map((area) => (area ? names.area(area) : t('customer.noArea'))))].join(' / ');
  const sourcesOf = ({ a, b }: Pair) => [...new Set([a.source, b.source])].join(' / ');
  return (
    <DataTable<Pair>
      label={t('duplicate.title')}
      rowKey="id"
      dataSource={rows}
      scroll={{ x: 1_040 }}
      rowClassName={({ id }) => (id === open ? 'c-row-here' : '')}
      onRow={({ id }) => ({ onClick: () => onOpen(id) })}
      {...(onChoose && {
        rowSelection: {
          selectedRowKeys: [...chosen],
          onChange: (keys: React.Key[]) => onChoose(keys as string[]),
          columnWidth: 44,
          getCheckboxProps: (row: Pair) =>
            ({ disabled: row.grade !== 'certain', 'aria-label': t('duplicate.choose', { a: called(row.a), b: called(row.b) }) }) as never,
        },
      })}
      columns={[
        { key: 'grade', title: t('duplicate.grade.title'), width: 110, render: (_, row) => <Grade grade={row.grade} /> },
        {
          key: 'who',
          title: t('duplicate.who'),
          width: 190,
          render: (_, row) => (
            <button
              type="button"
              className="c-link"
              onClick={(event) => {
                event.stopPropagation();
                onOpen(row.id);
              }}
            >
              {t('duplicate.two', { a: called(row.a), b: called(row.b) })}
            </button>
          ),
        },
        { key: 'why', title: t('duplicate.why'), className: 'c-wrap', render: (_, row) => <EvidenceWords one={row} /> },
        { key: 'kind', title: t('duplicate.kind.title'), width: 120, render: (_, row) => t(`duplicate.kind.${row.kind}`) },
        { key: 'source', title: t('field.source'), width: 180, ellipsis: true, render: (_, row) => sourcesOf(row) },
        { key: 'area', title: t('field.area'), width: 170, ellipsis: true, render: (_, row) => areasOf(row) },
        {
          key: 'at',
          title: t(tab === 'open' ? 'duplicate.foundAt' : 'duplicate.decidedAt'),
          width: 130,
          render: (_, row) => <Moment at={row.decidedAt ?? row.foundAt} />,
        },
      ]}
    />
  );
};
