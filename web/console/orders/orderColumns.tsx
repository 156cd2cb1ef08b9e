import { Link } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import type { JourneyRow } from '#tracking/contract';
import { StateTag } from '../../kit/StateTag.tsx';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import type { Tab } from '../filter.ts';
import { DueTime } from '../parts/DueTime.tsx';
import type { Namer } from '../words.ts';
import { rowState } from './rowState.ts';

export const COLUMNS = [
  'number',
  'state',
  'scenario',
  'milestone',
  'holder',
  'since',
  'due',
  'wait',
  'reason',
  'area',
  'started',
  'finished',
  'urged',
  'events',
] as const;
export type ColumnName = (typeof COLUMNS)[number];

export const STANDARD: ColumnName[] = ['number', 'state', 'scenario', 'milestone', 'holder', 'since', 'due', 'wait', 'area', 'started'];

/** Where every row has the same state, the tab says it. */
const ALIKE = new Set<Tab>(['overdue', 'doneToday', 'withdrawn']);

/** The columns as the reader chose them; where the tab asks "why", the answer stands right after the state. */
export function columnsFor(tab: Tab, chosen: ColumnName[]): ColumnName[] {
  const first: ColumnName[] =
    tab === 'waiting' ? ['wait'] : tab === 'withdrawn' ? ['reason', 'finished'] : tab === 'doneToday' ? ['finished'] : [];
  const rest = COLUMNS.filter((name) => chosen.includes(name) && !first.includes(name) && !(name === 'state' && ALIKE.has(tab)));
  const after = rest.indexOf('state') + 1 || 1;
  return [...rest.slice(0, after), ...first, ...rest.slice(after)];
}

/** Columns the server can sort by, and the two words for it. */
export const SORTS = {
  due: { ascend: 'dueAt' },
  since: { ascend: 'holderSince' },
  started: { ascend: 'startedAt', descend: '-startedAt' },
} as const;

interface Wanted {
  t: TFunction;
  names: Namer;
  onOpen: (id: string) => void;
}

type Column = TableColumnsType<JourneyRow>[number];

/** How each column reads. A plain click on the number opens the drawer, with Ctrl or the middle button the full page. */
export const columnOf = (name: ColumnName, { t, names, onOpen }: Wanted): Column => {
  const title = t(`column.${name}`);
  switch (name) {
    case 'number':
      return {
        title,
        width: 150,
        fixed: 'left',
        render: (_, row) => <OrderLink row={row} onOpen={onOpen} />,
      };
    case 'state':
      return { title, width: 112, render: (_, row) => <StateTag state={rowState(row)} /> };
    case 'scenario':
      return { title, width: 120, ellipsis: true, dataIndex: 'scenarioName' };
    case 'milestone':
      return { title, width: 180, ellipsis: true, render: (_, row) => [row.stageName, row.milestoneName].filter(Boolean).join(' · ') };
    case 'holder':
      return {
        title,
        width: 150,
        ellipsis: true,
        render: (_, row) => (row.holderName ? `${row.holderName}${row.handler ? ` ${row.handler}` : ''}` : <None />),
      };
    case 'since':
      return { title, width: 150, render: (_, row) => (row.holderSince ? <TimeAgo at={row.holderSince} /> : <None />) };
    case 'due':
      return {
        title,
        width: 150,
        render: (_, row) =>
          row.dueAt && row.state === 'open' ? <DueTime due={row.dueAt} late={row.overdue} soon={row.dueSoon} /> : <None />,
      };
    case 'wait':
      return { title, width: 190, ellipsis: true, render: (_, row) => (row.wait ? row.wait.name : <None />) };
    case 'reason':
      return { title, width: 130, ellipsis: true, render: (_, row) => row.reason ?? <None /> };
    case 'area':
      return { title, width: 140, ellipsis: true, render: (_, row) => (row.area ? names.area(row.area) : <None />) };
    case 'started':
      return { title, width: 165, render: (_, row) => <TimeAgo at={row.startedAt} /> };
    case 'finished':
      return { title, width: 165, render: (_, row) => (row.finishedAt ? <TimeAgo at={row.finishedAt} /> : <None />) };
    case 'urged':
      return { title, width: 90, align: 'right', render: (_, row) => row.urged || <None /> };
    case 'events':
      return { title, width: 90, align: 'right', dataIndex: 'events' };
  }
};

const None = () => <span className="c-faint">–</span>;

export const OrderLink = ({ row, onOpen }: { row: Pick<JourneyRow, 'id' | 'root'>; onOpen: (id: string) => void }) => (
  <Link
    to="/journeys/$id"
    params={{ id: row.id }}
    className="c-number"
    onClick={(event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      onOpen(row.id);
    }}
  >
    {row.root.value}
  </Link>
);
