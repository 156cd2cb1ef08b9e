import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { useAddress } from '../address.ts';
import { areasBelow, rollUp } from '../areas.ts';
import { filterOf } from '../filter.ts';
import { useCounts, useQueryOf } from '../journeys.ts';
import { Card } from '../parts/Card.tsx';
import { type CountLine, CountTable } from '../parts/CountTable.tsx';
import { FigureTile } from '../parts/FigureTile.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { UpdatesButton } from '../parts/UpdatesButton.tsx';
import { useNames, useWords } from '../words.ts';
import { ReasonBars } from './ReasonBars.tsx';

type By = 'holder' | 'scenario';

/** What is in hand and what is late, by area, by who has it, by scenario: every figure opens its orders. */
export const OverviewPage = () => {
  const { t } = useTranslation();
  const [address, change] = useAddress();
  const words = useWords();
  const names = useNames();
  const filter = filterOf(address);
  const queryOf = useQueryOf();
  const counts = useCounts(queryOf(filter, null));
  const by: By = address.by === 'scenario' ? 'scenario' : 'holder';
  const kept = {
    ...(filter.area && { area: filter.area }),
    ...(filter.scenario && { scenario: filter.scenario }),
    ...(filter.holder && { holder: filter.holder }),
  };
  const head = (
    <PageHead title={t('overview.title')} at={counts.data?.at}>
      <UpdatesButton busy={counts.isFetching} onTake={() => void counts.refetch()} />
    </PageHead>
  );
  if (counts.isPending) {
    return (
      <>
        {head}
        <Loading lines={8} />
      </>
    );
  }
  if (counts.error) {
    return (
      <>
        {head}
        <Refused error={counts.error} onAgain={() => void counts.refetch()} />
      </>
    );
  }
  const data = counts.data;
  const below = areasBelow(words.areas, filter.area);
  const districts: CountLine[] = rollUp(data.byArea, words.areas, below)
    .map((count) => ({ ...count, name: names.area(count.id), search: { ...kept, area: count.id } }))
    .sort((a, b) => b.overdue - a.overdue || b.open - a.open);
  const others: CountLine[] = (by === 'holder' ? data.byHolder : data.byScenario)
    .map((count) => ({
      ...count,
      name: by === 'holder' ? names.holder(count.id) : names.scenario(count.id),
      search: { ...kept, [by]: count.id },
    }))
    .sort((a, b) => b.overdue - a.overdue || b.open - a.open);
  return (
    <>
      {head}
      <div className="c-tiles">
        <FigureTile name={t('tab.inHand')} value={data.open} state="open" figure="in-hand" search={{ ...kept, tab: 'inHand' }} />
        <FigureTile name={t('tab.overdue')} value={data.overdue} state="late" figure="overdue" search={{ ...kept, tab: 'overdue' }} />
        <FigureTile name={t('tab.dueSoon')} value={data.dueSoon} state="dueSoon" figure="due-soon" search={{ ...kept, tab: 'dueSoon' }} />
        <FigureTile name={t('tab.waiting')} value={data.waiting} state="waiting" figure="waiting" search={{ ...kept, tab: 'waiting' }} />
        <FigureTile
          name={t('tab.heldBack')}
          value={data.heldBack}
          state="heldBack"
          figure="held-back"
          search={{ ...kept, tab: 'heldBack' }}
        />
        <FigureTile
          name={t('tab.doneToday')}
          value={data.doneToday}
          state="done"
          figure="done-today"
          search={{ ...kept, tab: 'doneToday' }}
        />
      </div>
      {data.open === 0 && data.doneToday === 0 ? (
        <Empty title={t('overview.empty')}>
          <p>{t('overview.emptyNext')}</p>
        </Empty>
      ) : (
        <div className="c-halves">
          <div className="c-column">
            <Card title={t('overview.byArea')}>
              <CountTable title={t('overview.byArea')} lines={districts} first={t('field.area')} />
            </Card>
            <Card title={t('overview.whyWaiting')}>
              <ReasonBars
                lines={data.byWait.map((w) => ({
                  id: w.id,
                  name: names.wait(w.id),
                  count: w.open,
                  search: { ...kept, tab: 'waiting', wait: w.id },
                }))}
                empty={t('overview.noWaits')}
              />
            </Card>
            <Card title={t('overview.whyWithdrawn')}>
              <ReasonBars
                lines={data.byReason.map((r) => ({
                  id: r.id,
                  name: r.id || t('overview.noReason'),
                  count: r.cancelled,
                  search: { ...kept, tab: 'withdrawn', ...(r.id && { reason: r.id }) },
                }))}
                empty={t('overview.noWithdrawn')}
              />
            </Card>
          </div>
          <div className="c-column">
            <Card
              title={t(by === 'holder' ? 'overview.byHolder' : 'overview.byScenario')}
              extra={
                <Segmented
                  size="small"
                  value={by}
                  aria-label={t('overview.by')}
                  options={[
                    { value: 'holder', label: t('field.holder') },
                    { value: 'scenario', label: t('field.scenario') },
                  ]}
                  onChange={(value) => change({ by: value === 'holder' ? undefined : value }, { replace: true })}
                />
              }
            >
              <CountTable title={t('overview.byHolder')} lines={others} first={t(by === 'holder' ? 'field.holder' : 'field.scenario')} />
            </Card>
          </div>
        </div>
      )}
    </>
  );
};
