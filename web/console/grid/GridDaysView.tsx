import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GridDays } from '#place/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useAddress } from '../address.ts';
import { Card } from '../parts/Card.tsx';
import { DataTime } from '../parts/DataTime.tsx';
import { useNames } from '../words.ts';
import { useGridDays } from './places.ts';

/** Who answers for several grids sees how far each of them is today, and opens one. */
export const GridDaysView = () => {
  const { t } = useTranslation();
  const names = useNames();
  const [{ area }, change] = useAddress();
  const found = useGridDays(area);
  if (found.isPending) return <Loading lines={8} />;
  if (!found.data) return <Refused error={found.error} onAgain={() => void found.refetch()} />;
  const { items, total } = found.data;
  const open = (code: string) => change({ area: code });
  return (
    <Card
      title={t('grid.gridsToday')}
      extra={
        <Select
          className="c-grid-choose"
          aria-label={t('grid.grid')}
          placeholder={t('grid.grid')}
          showSearch={{ optionFilterProp: 'label' }}
          options={items.map((g) => ({ value: g.area, label: names.of(g.names) }))}
          onChange={open}
        />
      }
    >
      <table className="c-counts c-grid-rows">
        <caption className="g-hidden">{t('grid.gridsToday')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('grid.gridName')}</th>
            <th scope="col" className="c-num">
              {t('grid.visitedOf')}
            </th>
            <th scope="col" className="c-num">
              {t('grid.result.deal')}
            </th>
            <th scope="col" className="c-num c-grid-wide">
              {t('grid.given')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((g) => (
            <tr key={g.area}>
              <th scope="row">
                <button type="button" className="c-link c-grid-row" onClick={() => open(g.area)}>
                  {names.of(g.names)}
                </button>
              </th>
              <td className="c-num">
                {g.homes === null ? (
                  <span className="c-soft">{t('grid.notMade')}</span>
                ) : (
                  t('grid.partOf', { part: integer(visitedOf(g)), whole: integer(g.homes) })
                )}
              </td>
              <td className="c-num">{g.homes === null ? '–' : integer(g.results.find((r) => r.id === 'deal')?.count ?? 0)}</td>
              <td className="c-num c-grid-wide">{g.homes === null ? '–' : integer(g.held)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="c-grid-times c-grid-map-times">
        <DataTime at={new Date(found.dataUpdatedAt).toISOString()} />
        <span>{t('grid.notMadeWhat')}</span>
      </p>
      {items.length < total && <p className="c-soft c-small">{t('grid.firstGrids', { shown: items.length, total: integer(total) })}</p>}
    </Card>
  );
};

const visitedOf = ({ results }: GridDays['items'][number]): number => results.reduce((sum, r) => sum + r.count, 0);
