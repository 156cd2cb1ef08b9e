import { useTranslation } from 'react-i18next';
import type { PlaceMap } from '#place/contract';
import { integer, percent } from '../../kit/format.ts';
import { useNames } from '../words.ts';
import { byNeed, type Part } from './parts.ts';

interface Props {
  map: PlaceMap;
  figure: string;
  parts: readonly Part[];
  onOpen: (area: string) => void;
}

/** A large map by its districts or grids, the one that needs most attention first; each opens its own map. */
export const PartTable = ({ map, figure, parts, onOpen }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const told = map.figures.find((f) => f.id === figure);
  return (
    <table className="c-counts c-grid-rows">
      <caption className="g-hidden">{t('grid.parts')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('grid.part')}</th>
          <th scope="col" className="c-num">
            {names.of(told?.names)}
          </th>
          <th scope="col" className="c-num c-grid-wide">
            {t('grid.of')}
          </th>
          <th scope="col" className="c-num">
            {t('grid.estates')}
          </th>
        </tr>
      </thead>
      <tbody>
        {byNeed(parts, told?.good).map(({ area, share, part, whole, estates }) => (
          <tr key={area}>
            <th scope="row">
              <button type="button" className="c-link c-grid-row" onClick={() => onOpen(area)}>
                {names.area(area)}
              </button>
            </th>
            <td className="c-num">{share === null ? t('grid.unknown') : percent(share)}</td>
            <td className="c-num c-soft c-grid-wide">
              {share === null ? '–' : t('grid.partOf', { part: integer(part), whole: integer(whole) })}
            </td>
            <td className="c-num">{integer(estates.length)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
