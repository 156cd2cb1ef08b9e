import { useTranslation } from 'react-i18next';
import { DataTable } from '../parts/DataTable.tsx';
import { useNames } from '../words.ts';
import { CaseState, RuleWords, Urgency } from './CaseSigns.tsx';
import type { Case, Tab } from './cases.ts';
import { OpenedOn } from './OpenedOn.tsx';

interface Props {
  rows: readonly Case[];
  tab: Tab;
  chosen: readonly string[];
  open: string | undefined;
  /** Absent: nothing can be done with several at once. */
  onChoose: ((ids: string[]) => void) | undefined;
  onOpen: (id: string) => void;
}

/** The cases by urgency; a whole row opens the drawer, the rules are the link for the keyboard. */
export const CaseTable = ({ rows, tab, chosen, open, onChoose, onOpen }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const areaOf = ({ customer: { area } }: Case) => (area ? names.area(area) : t('customer.noArea'));
  return (
    <DataTable<Case>
      label={t('retention.title')}
      rowKey="id"
      dataSource={rows}
      scroll={{ x: 980 }}
      rowClassName={({ id }) => (id === open ? 'c-row-here' : '')}
      onRow={({ id }) => ({ onClick: () => onOpen(id) })}
      {...(onChoose && {
        rowSelection: {
          selectedRowKeys: [...chosen],
          onChange: (keys: React.Key[]) => onChoose(keys as string[]),
          columnWidth: 44,
          getCheckboxProps: (row: Case) => ({ 'aria-label': t('retention.choose', { number: row.id }) }) as never,
        },
      })}
      columns={[
        { key: 'level', title: t('retention.urgency'), width: 96, render: (_, row) => <Urgency priority={row.priority} /> },
        { key: 'why', title: t('retention.why'), className: 'c-wrap', render: (_, row) => <RuleWords one={row} /> },
        {
          key: 'case',
          title: t('retention.one'),
          width: 110,
          render: (_, row) => (
            <button
              type="button"
              className="c-link c-number"
              aria-label={t('retention.open', { number: row.id })}
              onClick={(event) => {
                event.stopPropagation();
                onOpen(row.id);
              }}
            >
              {row.id}
            </button>
          ),
        },
        {
          key: 'customer',
          title: t('retention.customer'),
          width: 110,
          render: (_, row) => row.customer.name ?? <span className="c-faint">–</span>,
        },
        { key: 'area', title: t('field.area'), width: 140, ellipsis: true, render: (_, row) => areaOf(row) },
        { key: 'opened', title: t('retention.openedOn'), width: 190, render: (_, row) => <OpenedOn on={row.openedOn} /> },
        ...(tab === 'toDo'
          ? []
          : [{ key: 'state', title: t('column.state'), width: 190, render: (_: unknown, row: Case) => <CaseState one={row} /> }]),
      ]}
    />
  );
};
