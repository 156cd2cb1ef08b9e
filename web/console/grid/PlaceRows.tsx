import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { integer, percent } from '../../kit/format.ts';

/** An estate, a district or a grid as a row: its figure as a share, of how many, and one more number. */
export interface PlaceRow {
  readonly id: string;
  readonly name: string;
  readonly below?: ReactNode;
  readonly share: number | null;
  /** Of the share; null: it cannot be said. */
  readonly part: number | null;
  readonly whole: number | null;
  readonly count: number | null;
}

interface Props {
  caption: string;
  /** What the rows are, what the share is of, and what the last number counts. */
  columns: readonly [place: string, figure: string, count: string];
  rows: readonly PlaceRow[];
  chosen?: string | undefined;
  onOpen: (id: string) => void;
}

/** Places as rows; each opens itself. */
export const PlaceRows = ({ caption, columns: [place, figure, count], rows, chosen, onOpen }: Props) => {
  const { t } = useTranslation();
  return (
    <table className="c-counts c-grid-rows">
      <caption className="g-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{place}</th>
          <th scope="col" className="c-num">
            {figure}
          </th>
          <th scope="col" className="c-num c-grid-wide">
            {t('grid.of')}
          </th>
          <th scope="col" className="c-num">
            {count}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className={row.id === chosen ? 'c-grid-chosen' : undefined}>
            <th scope="row">
              <button type="button" className="c-link c-grid-row" onClick={() => onOpen(row.id)}>
                {row.name}
              </button>
              {row.below && <span className="c-soft c-small c-block">{row.below}</span>}
            </th>
            <td className="c-num">{row.share === null ? t('grid.unknown') : percent(row.share)}</td>
            <td className="c-num c-soft c-grid-wide">
              {row.part === null || row.whole === null ? '–' : t('grid.partOf', { part: integer(row.part), whole: integer(row.whole) })}
            </td>
            <td className="c-num">{row.count === null ? '–' : integer(row.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
