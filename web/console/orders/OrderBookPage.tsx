import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyCounts } from '#tracking/contract';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { useAddress } from '../address.ts';
import { ANY, filterOf, firstIn, TABS, type Tab, tabOf } from '../filter.ts';
import { useCounts, useJourneys, useQueryOf } from '../journeys.ts';
import { useKept } from '../kept.ts';
import { Definition } from '../parts/Definition.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { UpdatesButton } from '../parts/UpdatesButton.tsx';
import { useMe } from '../session.ts';
import { useNarrow } from '../useNarrow.ts';
import { useNames, useWords } from '../words.ts';
import { ColumnChooser } from './ColumnChooser.tsx';
import { OrderCards } from './OrderCards.tsx';
import { OrderPager } from './OrderPager.tsx';
import { OrderSearch } from './OrderSearch.tsx';
import { OrderTable } from './OrderTable.tsx';
import { type ColumnName, columnsFor, STANDARD } from './orderColumns.tsx';
import { ReasonChips } from './ReasonChips.tsx';
import { UrgeBar } from './UrgeBar.tsx';

const LIMIT = 50;

/** Whose book a role opens, where it is called otherwise than the holder. */
const BOOKS: Record<string, string> = { 'installer-lead': 'installer' };

/** Posts that watch over everybody's orders (and care, who is asked about any) begin with all of them. */
const WATCHERS = new Set(['controller', 'care', 'lead', 'grid']);

/** Which definition stands behind a tab's figure. */
const FIGURES: Partial<Record<Tab, string>> = {
  inHand: 'in-hand',
  dueSoon: 'due-soon',
  overdue: 'overdue',
  heldBack: 'held-back',
  waiting: 'waiting',
  doneToday: 'done-today',
};

const countOf = (tab: Tab, counts: JourneyCounts | undefined): number | null => {
  if (!counts) return null;
  const known: Partial<Record<Tab, number>> = {
    inHand: counts.open,
    dueSoon: counts.dueSoon,
    overdue: counts.overdue,
    waiting: counts.waiting,
    heldBack: counts.heldBack,
    doneToday: counts.doneToday,
    withdrawn: counts.cancelledToday,
  };
  return known[tab] ?? null;
};

/** Each department's own orders: what it has, what is late, what waits and why. */
export const OrderBookPage = () => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const [address, change] = useAddress();
  const me = useMe().data;
  const words = useWords();
  const names = useNames();
  const narrow = useNarrow();
  const [chosen, setChosen] = useState<string[]>([]);
  const [columns, setColumns] = useKept<ColumnName[]>('columns', me?.login ?? '', STANDARD);
  const filter = filterOf(address);
  const tab = tabOf(address.tab);
  const ownBook = words.holders.find((holder) => holder.id === (BOOKS[me?.role ?? ''] ?? me?.role))?.id;
  const mustTurn = !address.holder && !address.q && ownBook !== undefined && !WATCHERS.has(ownBook);
  useEffect(() => {
    if (mustTurn) change({ holder: ownBook }, { replace: true });
  });
  const queryOf = useQueryOf();
  const query = queryOf(filter, tab);
  const list = useJourneys(query, { limit: LIMIT, cursor: address.cursor }, lang);
  const { sort: _, ...counted } = queryOf(filter, null);
  const counts = useCounts(counted);
  const fresh = () => {
    setChosen([]);
    void list.refetch();
    void counts.refetch();
  };
  const turn = (to: Record<string, string | undefined>) => {
    setChosen([]);
    change({ cursor: undefined, page: undefined, ...to });
  };
  const inHand = new Map(counts.data?.byHolder.map((h) => [h.id, h.open]));
  const holders = words.holders.map((holder) => ({
    value: holder.id,
    label: filter.holder
      ? names.holder(holder.id)
      : `${names.holder(holder.id)}${inHand.has(holder.id) ? ` ${integer(inHand.get(holder.id)!)}` : ''}`,
  }));
  return (
    <>
      <PageHead
        title={filter.holder ? `${t('orders.title')} · ${names.holder(filter.holder)}` : t('orders.title')}
        at={list.data?.at}
        below={
          <>
            {FIGURES[tab] && <Definition figure={FIGURES[tab]} />}
            <Select
              className="c-book"
              aria-label={t('orders.book')}
              value={filter.holder ?? ANY}
              showSearch={{ optionFilterProp: 'label' }}
              popupMatchSelectWidth={false}
              options={[{ value: ANY, label: t('orders.allBooks') }, ...holders]}
              onChange={(holder) => turn({ holder: holder === ANY && !ownBook ? undefined : holder })}
            />
          </>
        }
      >
        <UpdatesButton busy={list.isFetching} onTake={fresh} />
        <ExportButton path="/api/journeys/export.csv" query={query} />
        {!narrow && <ColumnChooser columns={columns} onChange={setColumns} />}
      </PageHead>
      <TabLine
        label={t('orders.title')}
        active={tab}
        onChange={(next) => turn({ tab: next, wait: undefined, reason: undefined, sort: undefined })}
        items={TABS.map((each) => {
          const count = countOf(each, counts.data);
          return {
            key: each,
            label: (
              <>
                {t(`tab.${each}`)}
                {count !== null && (
                  <span className={each === 'overdue' && count > 0 ? 'c-tab-count c-tab-bad' : 'c-tab-count'}>{integer(count)}</span>
                )}
              </>
            ),
          };
        })}
      />
      <OrderSearch key={JSON.stringify(filter)} filter={filter} login={me?.login ?? ''} tab={tab} onSearch={turn} />
      <ReasonChips tab={tab} counts={counts.data} filter={filter} onTurn={turn} />
      {list.isPending && <Loading lines={10} />}
      {list.error && !list.data && <Refused error={list.error} onAgain={fresh} />}
      {list.data?.items.length === 0 && (
        <Empty title={t('orders.empty')}>
          <p>{t('orders.emptyNext')}</p>
          <button
            type="button"
            className="g-button"
            onClick={() =>
              turn({ ...Object.fromEntries(Object.keys(filter).map((k) => [k, undefined])), tab: 'all', holder: ownBook ? ANY : undefined })
            }
          >
            {t('orders.showAll')}
          </button>
        </Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <div className={list.isPlaceholderData ? 'c-stale' : undefined} aria-busy={list.isPlaceholderData}>
          {narrow ? (
            <OrderCards rows={list.data.items} onOpen={(id) => change({ open: id })} />
          ) : (
            <OrderTable
              rows={list.data.items}
              columns={columnsFor(tab, columns)}
              sort={filter.sort ?? firstIn(tab)}
              first={firstIn(tab)}
              chosen={chosen}
              onChoose={setChosen}
              onSort={(sort) => turn({ sort })}
              onOpen={(id) => change({ open: id })}
            />
          )}
          <OrderPager
            list={list.data}
            limit={LIMIT}
            page={Number(address.page ?? 1)}
            onTurn={(cursor, page) => change({ cursor, page: page > 1 ? String(page) : undefined })}
          />
        </div>
      )}
      <UrgeBar ids={chosen} onDone={fresh} onClear={() => setChosen([])} />
    </>
  );
};
