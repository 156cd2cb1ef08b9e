import { useTranslation } from 'react-i18next';
import type { PlacePortrait } from '#place/contract';
import { integer, percent } from '../../kit/format.ts';
import { Card } from '../parts/Card.tsx';
import { useNames } from '../words.ts';
import { shareOf } from './mapping.ts';

/** The buildings of an estate, by their numbers. */
export const BuildingList = ({ buildings, onOpen }: { buildings: PlacePortrait['buildings']; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const shown = (share: number | null) => (share === null ? t('grid.unknown') : percent(share));
  return (
    <Card
      title={t('grid.buildings')}
      extra={<span className="c-soft c-small">{t('grid.buildingCount', { count: buildings.length })}</span>}
    >
      {buildings.length === 0 ? (
        <p className="c-soft">{t('grid.noBuildings')}</p>
      ) : (
        <table className="c-counts c-grid-rows">
          <caption className="g-hidden">{t('grid.buildings')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('grid.building')}</th>
              <th scope="col" className="c-num">
                {t('grid.households')}
              </th>
              <th scope="col" className="c-num">
                {t('grid.penetration')}
              </th>
              <th scope="col" className="c-num">
                {t('grid.freePorts')}
              </th>
            </tr>
          </thead>
          <tbody>
            {buildings.map((b) => (
              <tr key={b.id}>
                <th scope="row">
                  <button type="button" className="c-link c-grid-row" onClick={() => onOpen(b.id)}>
                    {names.of(b.names)}
                  </button>
                </th>
                <td className="c-num">{b.households === null ? t('grid.unknown') : integer(b.households)}</td>
                <td className="c-num">{shown(shareOf(b.figures.find((f) => f.id === 'broadband')))}</td>
                <td className={`c-num${b.ports?.free === 0 ? ' c-grid-full' : ''}`}>
                  {b.ports === null ? t('grid.unknown') : b.ports.free === 0 ? t('grid.noPort') : integer(b.ports.free)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
};
