import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNames } from '../words.ts';
import { COLUMNS, PANELS, ROWS } from './matrix.ts';
import type { EditProps } from './TablesEditor.tsx';

/** Which place takes each cell, as the matrix shows them. */
export const CellFields = ({ tables, off, edit }: EditProps) => {
  const { t } = useTranslation();
  const names = useNames();
  const options = tables.places.map((p) => ({ value: p.id, label: names.of(p.names) }));
  return (
    <div className="c-ent-panels">
      {PANELS.map((competition) => (
        <section key={competition} className="c-ent-panel" aria-label={t(`enterprise.panel.${competition}`)}>
          <h3 className="c-ent-panel-head">{t(`enterprise.panel.${competition}`)}</h3>
          <div className="c-ent-grid">
            {ROWS.map((value, row) => [
              <span key={value} className="c-ent-side" aria-hidden="true">
                {row === 0 && <span>{t('enterprise.axis.value')}</span>}
                {t(`enterprise.level.${value}`)}
              </span>,
              ...COLUMNS.map((loyalty) => (
                <Select
                  key={loyalty}
                  size="small"
                  disabled={off}
                  className="c-ent-choice"
                  popupMatchSelectWidth={false}
                  aria-label={t('enterprise.table.placeOf', {
                    value: t(`enterprise.level.${value}`),
                    loyalty: t(`enterprise.level.${loyalty}`),
                    competition: t(`enterprise.level.${competition}`),
                  })}
                  value={tables.cells[value][loyalty][competition]}
                  options={options}
                  onChange={(place) => edit((draft) => void Object.assign(draft.cells[value][loyalty], { [competition]: place }))}
                />
              )),
            ])}
            <span />
            {COLUMNS.map((loyalty, i) => (
              <span key={loyalty} className="c-ent-foot" aria-hidden="true">
                {i === 0 && `${t('enterprise.axis.loyalty')} `}
                {t(`enterprise.level.${loyalty}`)}
              </span>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
};
