import { Alert, Button, Drawer, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home, Homes } from '#place/contract';
import { ApiRefusal } from '../../kit/api.ts';
import { Empty, Loading, Refused, useTrouble } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useAddress } from '../address.ts';
import { DataTime } from '../parts/DataTime.tsx';
import { may, useMe } from '../session.ts';
import { useNarrow } from '../useNarrow.ts';
import { useNames } from '../words.ts';
import { GridDaysView } from './GridDaysView.tsx';
import { HomeCard, useWhereHome } from './HomeCard.tsx';
import { HomeSheet } from './HomeSheet.tsx';
import { useHomes } from './places.ts';
import { ScoringDrawer } from './ScoringDrawer.tsx';
import { useFar } from './useFar.ts';
import { useSendingUnsent } from './useUnsent.ts';
import { WalkMap } from './WalkMap.tsx';

const ORDERS = ['score', 'route'] as const;

/** The ten homes of today, the best first; one of them opened over the list. */
export const HomesView = () => {
  const { t } = useTranslation();
  const names = useNames();
  const narrow = useNarrow();
  const [address, change] = useAddress();
  const me = useMe().data;
  const [scoring, setScoring] = useState(false);
  const found = useHomes(address.area);
  const unsent = useSendingUnsent(found.data?.items ?? []);
  const whereHome = useWhereHome();
  const far = useFar();
  const trouble = useTrouble();
  if (found.isPending) return <Loading lines={10} />;
  if (found.error instanceof ApiRefusal && found.error.code === 'homes.choose-grid') return <GridDaysView />;
  if (!found.data) return <Refused error={found.error} onAgain={() => void found.refetch()} />;
  const { items, names: grid, madeAt, walk } = found.data;
  const order = ORDERS.find((o) => o === address.order) ?? 'score';
  const stops = new Map(walk.homes.map(({ id, metres }, i) => [id, { number: i + 1, metres }]));
  const walked = walk.homes.flatMap(({ id }) => items.find((h) => h.id === id) ?? []);
  const ordered = order === 'score' ? items : [...walked, ...items.filter((h) => !stops.has(h.id))];
  const isUnknown = found.data.left[0]?.count === null;
  const visited = items.filter((h) => h.visit !== null).length;
  const open = items.find((h) => h.id === address.home);
  return (
    <>
      <div className="c-grid-today">
        <h2>{isUnknown ? names.of(grid) : t('grid.todayOf', { grid: names.of(grid), count: items.length, visited })}</h2>
        <Button type="link" className="c-grid-flush" onClick={() => setScoring(true)}>
          {t('grid.howScored')}
        </Button>
        {address.area !== undefined && may(me, 'place:assign') && (
          <Button type="link" className="c-grid-flush" onClick={() => change({ area: undefined, home: undefined })}>
            {t('grid.allGrids')}
          </Button>
        )}
      </div>
      {unsent.waiting.size > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('grid.unsent', { count: unsent.waiting.size })}
          action={<Button onClick={unsent.send}>{t('grid.sendNow')}</Button>}
        />
      )}
      {found.error && <Alert type="warning" showIcon title={trouble(found.error)} description={t('grid.oldList')} />}
      {madeAt !== null && (
        <p className="c-grid-times">
          <span>{t('grid.stays')}</span>
          <DataTime at={found.data.peopleAt ?? madeAt} />
        </p>
      )}
      {items.length === 0 && (
        <Empty title={t(isUnknown ? 'grid.noPeople' : 'grid.noHomes')}>
          <p>
            {t(isUnknown ? 'grid.noPeopleNext' : found.data.missing.length > 0 ? 'grid.noHomesMissing' : 'grid.noHomesNext', {
              tags: found.data.missing.join(t('grid.comma')),
            })}
          </p>
        </Empty>
      )}
      {items.length > 1 && (
        <Segmented
          className="c-grid-order"
          aria-label={t('grid.listBy')}
          value={order}
          options={ORDERS.map((value) => ({ value, label: t(`grid.by.${value}`) }))}
          onChange={(value) => change({ order: value === 'score' ? undefined : value }, { replace: true })}
        />
      )}
      {order === 'route' && items.length > 1 && (
        <>
          <p className="c-grid-times">
            {t('grid.walk', { homes: walk.homes.length, far: far(walk.metres) })}
            {walked.length < items.length && t('grid.walkWithout', { count: items.length - walked.length })}
          </p>
          <WalkMap area={found.data.area} stops={walked} />
        </>
      )}
      <ol className="c-cards c-grid-homes">
        {ordered.map((home) => (
          <HomeCard
            key={home.id}
            home={home}
            stop={order === 'route' ? (stops.get(home.id) ?? null) : undefined}
            isUnsent={unsent.waiting.has(home.id)}
            onOpen={() => change({ home: home.id })}
          />
        ))}
      </ol>
      <Left homes={found.data} />
      <Drawer
        open={open !== undefined}
        placement={narrow ? 'bottom' : 'right'}
        size={narrow ? '88dvh' : 'min(32rem, 100vw)'}
        title={open && t('grid.homeOf', { where: whereHome(open), name: open.name ?? t('grid.nameless') })}
        destroyOnHidden
        onClose={() => change({ home: undefined })}
      >
        {open && (
          <HomeSheet
            key={open.id}
            home={open}
            area={found.data.area}
            next={nextAfter(ordered, open.id)}
            onOpen={(home) => change({ home }, { replace: home !== undefined })}
          />
        )}
      </Drawer>
      <ScoringDrawer open={scoring} onClose={() => setScoring(false)} />
    </>
  );
};

/** The next home of the list that was not visited yet; behind the last one it begins again. */
const nextAfter = (homes: readonly Home[], id: string): Home | undefined => {
  const at = homes.findIndex((h) => h.id === id);
  return [...homes.slice(at + 1), ...homes.slice(0, at)].find((h) => h.visit === null);
};

/** From everybody of the grid to those who may be visited. */
const Left = ({ homes }: { homes: Homes }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <details className="c-grid-left" open={homes.items.length === 0}>
      <summary>{t('grid.whyThese')}</summary>
      <ol>
        {homes.left.map((line) => (
          <li key={line.id}>
            <span>{names.of(line.names)}</span>
            <span className="c-num">{line.count === null ? t('grid.unknown') : integer(line.count)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
};
