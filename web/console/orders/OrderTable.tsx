import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyRow } from '#tracking/contract';
import { DataTable } from '../parts/DataTable.tsx';
import { useNames } from '../words.ts';
import { type ColumnName, columnOf, SORTS } from './orderColumns.tsx';

interface Props {
  rows: JourneyRow[];
  columns: ColumnName[];
  sort?: string | undefined;
  /** How it is sorted while the reader has not said. */
  first?: string;
  chosen?: string[];
  onChoose?: (ids: string[]) => void;
  onSort?: (sort: string | undefined) => void;
  onOpen: (id: string) => void;
}

const sortable = (name: ColumnName) => SORTS[name as keyof typeof SORTS] as { ascend: string; descend?: string } | undefined;

/** Rows of orders; the whole row opens the drawer, the number is the link for the keyboard. */
export const OrderTable = ({ rows, columns, sort = '-startedAt', first = '-startedAt', chosen, onChoose, onSort, onOpen }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const shown = useMemo(
    () =>
      columns.map((name) => {
        const column = columnOf(name, { t, names, onOpen });
        const words = onSort ? sortable(name) : undefined;
        if (!words) return { key: name, ...column };
        const order = sort === words.ascend ? ('ascend' as const) : sort === words.descend ? ('descend' as const) : null;
        return {
          key: name,
          ...column,
          sorter: true,
          sortOrder: order,
          sortDirections: words.descend ? (['descend', 'ascend'] as const).slice() : (['ascend'] as const).slice(),
        };
      }),
    [columns, t, names, onOpen, onSort, sort],
  );
  const width = shown.reduce((sum, column) => sum + Number(column.width ?? 140), 0);
  return (
    <DataTable<JourneyRow>
      label={t('orders.title')}
      rowKey="id"
      dataSource={rows}
      columns={shown}
      scroll={{ x: width }}
      rowSelection={
        onChoose && {
          selectedRowKeys: chosen ?? [],
          onChange: (keys) => onChoose(keys as string[]),
          columnWidth: 44,
          getCheckboxProps: (row) => ({ 'aria-label': t('orders.choose', { number: row.root.value }) }) as never,
        }
      }
      onRow={(row) => ({ onClick: () => onOpen(row.id) })}
      onChange={(_, __, sorter) => {
        if (!onSort || Array.isArray(sorter)) return;
        const words = sortable(sorter.columnKey as ColumnName);
        const next = sorter.order === 'ascend' ? words?.ascend : sorter.order === 'descend' ? words?.descend : undefined;
        onSort(next === first ? undefined : next);
      }}
    />
  );
};
