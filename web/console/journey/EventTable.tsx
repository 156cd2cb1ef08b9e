import { Input, Table } from 'antd';
import { memo, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventView } from '#tracking/contract';
import { duration, exact, ms } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Icon } from '../../kit/icons.tsx';
import { useNarrow } from '../useNarrow.ts';
import { useNames } from '../words.ts';

const SHOWN = 12;
const ROW = 40;

/** The events as they came, oldest first; only the rows in sight are drawn. */
export const EventTable = memo(({ events, onRaw }: { events: EventView[]; onRaw: (event: EventView) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const where = useWhere();
  const narrow = useNarrow();
  const [typed, setTyped] = useState('');
  const shown = useMemo(() => {
    const wanted = typed.trim().toLowerCase();
    if (!wanted) return events;
    return events.filter((e) =>
      `${e.type} ${e.source} ${names.system(e.source)} ${e.handler ?? ''} ${Object.values(e.keys).flat().join(' ')}`
        .toLowerCase()
        .includes(wanted),
    );
  }, [events, typed, names]);
  const late = (event: EventView) => (ms(event.receivedAt) - ms(event.time)) / 1000;
  return (
    <div className="c-events">
      <Input
        allowClear
        value={typed}
        placeholder={t('event.find')}
        aria-label={t('event.find')}
        onChange={(e) => setTyped(e.target.value)}
      />
      <Table<EventView>
        virtual
        className="c-table"
        size="small"
        rowKey="ref"
        dataSource={shown}
        pagination={false}
        scroll={{ x: narrow ? 690 : 820, y: Math.min(SHOWN, Math.max(3, shown.length)) * ROW }}
        locale={{ emptyText: t('event.none') }}
        onRow={(event) => ({ onClick: () => onRaw(event) })}
        columns={[
          {
            key: 'time',
            title: t('event.time'),
            width: 160,
            render: (_, e) => (
              <button type="button" className="c-link" onClick={() => onRaw(e)}>
                {exact(e.time, where).slice(0, 19)}
              </button>
            ),
          },
          { key: 'source', title: t('field.source'), width: 170, ellipsis: true, render: (_, e) => names.system(e.source) },
          { key: 'type', title: t('event.type'), width: 180, ellipsis: true, dataIndex: 'type', className: 'c-code' },
          { key: 'handler', title: t('event.handler'), width: 90, render: (_, e) => e.handler ?? '' },
          {
            key: 'marks',
            title: t('event.marks'),
            width: 130,
            render: (_, e) =>
              e.marks.map((mark) => (
                <span
                  key={mark}
                  className={`g-tag g-tone-${mark === 'exception' || mark === 'conflict' ? 'bad' : mark === 'wait' ? 'wait' : 'calm'}`}
                >
                  <Icon name={mark === 'exception' || mark === 'conflict' ? 'alert' : mark === 'wait' ? 'pause' : 'dash'} />
                  {t(`mark.${mark}`, { defaultValue: mark })}
                </span>
              )),
          },
          {
            key: 'lag',
            title: t('event.lag'),
            width: 100,
            align: 'right',
            render: (_, e) => (late(e) >= 60 ? duration(late(e), where.lang) : ''),
          },
        ]}
      />
    </div>
  );
});
