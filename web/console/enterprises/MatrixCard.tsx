import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Matrix, Tables } from '#enterprise/contract';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Card } from '../parts/Card.tsx';
import { useNames } from '../words.ts';
import { MatrixPanel } from './MatrixPanel.tsx';
import { byPlace, PANELS, panelOf, unplacedIn } from './matrix.ts';
import { moneyFigure } from './words.ts';

const FORMS = ['picture', 'table'] as const;

interface Props {
  matrix: Matrix;
  tables: Tables;
  /** The address: which cell is looked into. */
  chosen: Record<string, string | undefined>;
  onTurn: (to: Record<string, string | undefined>) => void;
}

const ANYWHERE = { value: undefined, loyalty: undefined, competition: undefined, place: undefined };

/** Number and yearly revenue by place: as a picture of the three axes, and the same as a table. */
export const MatrixCard = ({ matrix, tables, chosen, onTurn }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const [form, setForm] = useState<(typeof FORMS)[number]>('picture');
  const placeNamed = (id: string | null) => names.of(tables.places.find((p) => p.id === id)?.names, id ?? t('enterprise.nowhere'));
  const unplaced = unplacedIn(matrix);
  const isChosen = chosen.value !== undefined || chosen.place !== undefined;
  return (
    <Card
      title={t('enterprise.matrix')}
      extra={
        <span className="c-acts">
          {isChosen && <Button onClick={() => onTurn(ANYWHERE)}>{t('enterprise.cellOff')}</Button>}
          <Segmented
            value={form}
            aria-label={t('stage.form')}
            options={FORMS.map((value) => ({ value, label: t(`enterprise.form.${value}`) }))}
            onChange={setForm}
          />
        </span>
      }
    >
      <p className="c-ent-sum">
        {t('enterprise.sum', { count: integer(matrix.enterprises) as never, revenue: moneyFigure(matrix.revenue, lang) })}{' '}
        {unplaced > 0 && (
          <Button
            type="link"
            className="c-link-row"
            title={t('enterprise.unplacedWhat')}
            onClick={() => onTurn({ ...ANYWHERE, tab: 'unplaced' })}
          >
            {t('enterprise.unplaced', { count: integer(unplaced) as never })}
          </Button>
        )}
      </p>
      {form === 'picture' ? (
        <>
          <div className="c-ent-panels">
            {PANELS.map((competition) => (
              <MatrixPanel
                key={competition}
                competition={competition}
                cells={panelOf(matrix, competition, ({ value, loyalty }) =>
                  value && loyalty ? tables.cells[value][loyalty][competition] : null,
                )}
                placeNamed={placeNamed}
                chosen={chosen}
                onChoose={({ value, loyalty }) => onTurn({ ...ANYWHERE, value, loyalty, competition, tab: undefined })}
              />
            ))}
          </div>
          <p className="c-soft c-small">{t('enterprise.read')}</p>
        </>
      ) : (
        <table className="c-counts">
          <thead>
            <tr>
              <th scope="col">{t('enterprise.place')}</th>
              <th scope="col" className="c-num">
                {t('enterprise.table.count')}
              </th>
              <th scope="col" className="c-num">
                {t('enterprise.revenue')}
              </th>
              <th scope="col">{t('enterprise.who')}</th>
            </tr>
          </thead>
          <tbody>
            {byPlace(matrix).map(({ place, count, revenue }) => (
              <tr key={place}>
                <th scope="row">
                  <button type="button" className="c-link" onClick={() => onTurn({ ...ANYWHERE, place, tab: undefined })}>
                    {placeNamed(place)}
                  </button>
                </th>
                <td className="c-num">{integer(count)}</td>
                <td className="c-num">{moneyFigure(revenue, lang)}</td>
                <td>{names.of(tables.places.find((p) => p.id === place)?.who)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
};
