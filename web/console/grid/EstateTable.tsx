import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EstateFeature, PlaceMap } from '#place/contract';
import { integer, percent } from '../../kit/format.ts';
import { useNames } from '../words.ts';
import { estatesByNeed } from './parts.ts';

/** More estates than these are sought by name. */
const FEW = 12;
/** As many rows are read; the others are found on the map, or by a smaller area. */
const MOST = 100;

/** The same estates as rows, by the chosen figure; the one that needs most attention first. */
export const EstateTable = ({
  map,
  figure,
  chosen,
  onChoose,
}: {
  map: PlaceMap;
  figure: string;
  chosen: string | undefined;
  onChoose: (id: string) => void;
}) => {
  const { t } = useTranslation();
  const names = useNames();
  const told = map.figures.find((f) => f.id === figure);
  const [sought, setSought] = useState('');
  const words = sought.trim().toLowerCase();
  const areas = new Set(map.features.map((f) => f.properties.area));
  const said = ({ properties: { names: called, area } }: EstateFeature) => `${called.zh} ${called.en} ${names.area(area)}`.toLowerCase();
  const rows = estatesByNeed(map, figure).filter(({ estate }) => said(estate).includes(words));
  const shown = rows.slice(0, MOST);
  return (
    <>
      {map.features.length > FEW && (
        <Input.Search
          className="c-find"
          allowClear
          value={sought}
          maxLength={100}
          placeholder={t('grid.findEstate')}
          aria-label={t('grid.findEstate')}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      {rows.length === 0 && <p className="c-soft">{t('grid.noSuchEstate')}</p>}
      <table className="c-counts c-grid-rows">
        <caption className="g-hidden">{t('grid.estates')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('grid.estate')}</th>
            <th scope="col" className="c-num">
              {names.of(told?.names)}
            </th>
            <th scope="col" className="c-num c-grid-wide">
              {t('grid.of')}
            </th>
            <th scope="col" className="c-num">
              {t('grid.households')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ estate, asked, share }) => (
            <tr key={estate.id} className={estate.id === chosen ? 'c-grid-chosen' : undefined}>
              <th scope="row">
                <button type="button" className="c-link c-grid-row" onClick={() => onChoose(estate.id)}>
                  {names.of(estate.properties.names)}
                </button>
                {areas.size > 1 && <span className="c-soft c-small c-block">{names.area(estate.properties.area)}</span>}
              </th>
              <td className="c-num">{share === null ? t('grid.unknown') : percent(share)}</td>
              <td className="c-num c-soft c-grid-wide">
                {asked?.part == null || asked.whole === null
                  ? '–'
                  : t('grid.partOf', { part: integer(asked.part), whole: integer(asked.whole) })}
              </td>
              <td className="c-num">{estate.properties.households === null ? '–' : integer(estate.properties.households)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST && <p className="c-soft c-small">{t('grid.firstRows', { shown: MOST, total: integer(rows.length) })}</p>}
    </>
  );
};
