import { Table, type TableProps } from 'antd';
import { useEffect, useRef } from 'react';

/** Ant Design's table as every page wants it: small, whole (pages are the server's), scrolled sideways by keyboard too. */
export const DataTable = <T extends object>({ label, ...props }: TableProps<T> & { label: string }) => {
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The hidden row that measures the columns holds a copy of the header's checkbox, which must not take the focus.
    room.current?.querySelector('.ant-table-measure-row')?.setAttribute('inert', '');
    const content = room.current?.querySelector('.ant-table-content');
    content?.setAttribute('tabindex', '0');
    content?.setAttribute('role', 'group');
    content?.setAttribute('aria-label', label);
  });
  return (
    <div ref={room}>
      <Table<T> className="c-table" size="small" pagination={false} showSorterTooltip={false} {...props} />
    </div>
  );
};
