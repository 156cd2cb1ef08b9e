import { Button, Drawer, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Homes } from '#place/contract';
import { ApiRefusal } from '../../kit/api.ts';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useAddress } from '../address.ts';
import { areaTree } from '../areas.ts';
import { DataTime } from '../parts/DataTime.tsx';
import { useNarrow } from '../useNarrow.ts';
import { useNames, useWords } from '../words.ts';
import { HomeCard } from './HomeCard.tsx';
import { HomeSheet } from './HomeSheet.tsx';
import { useHomes } from './places.ts';
import { ScoringDrawer } from './ScoringDrawer.tsx';

/** The ten homes of today, the best first; one of them opened over the list. */
export const HomesView = () => {
  const { t } = useTranslation();
  const names = useNames();
  const narrow = useNarrow();
  const [address, change] = useAddress();
  const [scoring, setScoring] = useState(false);
  const found = useHomes(address.area);
  if (found.isPending) return <Loading lines={10} />;
  if (found.error instanceof ApiRefusal && found.error.code === 'homes.choose-grid') return <ChooseGrid said={found.error.message} />;
  if (!found.data) return <Refused error={found.error} onAgain={() => void found.refetch()} />;
  const { items, names: grid, madeAt } = found.data;
  const visited = items.filter((h) => h.visit !== null).length;
  const open = items.find((h) => h.id === address.home);
  return (
    <>
      <div className="c-grid-today">
        <h2>{t('grid.todayOf', { grid: names.of(grid), count: items.length, visited })}</h2>
        <Button type="link" onClick={() => setScoring(true)}>
          {t('grid.howScored')}
        </Button>
      </div>
      {madeAt !== null && (
        <p className="c-grid-times">
          <span>{t('grid.stays')}</span>
          <DataTime at={found.data.peopleAt ?? madeAt} />
        </p>
      )}
      {items.length === 0 && (
        <Empty title={t('grid.noHomes')}>
          <p>
            {t(found.data.missing.length > 0 ? 'grid.noHomesMissing' : 'grid.noHomesNext', {
              tags: found.data.missing.join(t('grid.comma')),
            })}
          </p>
        </Empty>
      )}
      <ol className="c-cards c-grid-homes">
        {items.map((home) => (
          <HomeCard key={home.id} home={home} onOpen={() => change({ home: home.id })} />
        ))}
      </ol>
      <Left homes={found.data} />
      <Drawer
        open={open !== undefined}
        placement={narrow ? 'bottom' : 'right'}
        size={narrow ? '88dvh' : 'min(32rem, 100vw)'}
        title={open && t('grid.homeOf', { rank: open.rank, name: open.name ?? t('grid.nameless') })}
        destroyOnHidden
        onClose={() => change({ home: undefined })}
      >
        {open && <HomeSheet key={open.id} home={open} />}
      </Drawer>
      <ScoringDrawer open={scoring} onClose={() => setScoring(false)} />
    </>
  );
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

/** Who answers for several grids looks at one of them at a time. */
const ChooseGrid = ({ said }: { said: string }) => {
  const { t } = useTranslation();
  const { areas } = useWords();
  const names = useNames();
  const [{ area }, change] = useAddress();
  const tree = areaTree(areas);
  const at = tree.findIndex((line) => line.area.code === area);
  const end = tree.findIndex((line, i) => i > at && line.depth <= (tree[at]?.depth ?? -1));
  const below = at < 0 ? tree : tree.slice(at, end < 0 ? undefined : end);
  const parents = new Set(areas.map((a) => a.parent));
  const grids = below.filter((line) => !parents.has(line.area.code));
  return (
    <Empty title={said}>
      <Select
        className="c-grid-choose"
        aria-label={t('grid.grid')}
        placeholder={t('grid.grid')}
        showSearch={{ optionFilterProp: 'label' }}
        options={grids.map((line) => ({ value: line.area.code, label: names.of(line.area.names) }))}
        onChange={(code: string) => change({ area: code })}
      />
    </Empty>
  );
};
