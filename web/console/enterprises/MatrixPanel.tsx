import { useTranslation } from 'react-i18next';
import type { Level } from '#enterprise/contract';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { type Cell, COLUMNS, ROWS, tintOf } from './matrix.ts';
import { moneyFigure } from './words.ts';

const SIGNS: Record<Level, { sign: IconName; tone: string }> = {
  low: { sign: 'check', tone: 'g-tone-good' },
  middle: { sign: 'half', tone: 'g-tone-wait' },
  high: { sign: 'lock', tone: 'g-tone-bad' },
};

interface Props {
  competition: Level;
  cells: readonly Cell[];
  placeNamed: (id: string | null) => string;
  chosen: Record<string, string | undefined>;
  onChoose: (cell: Cell) => void;
}

/** One tie to competitors: value upwards, loyalty to the right; a press looks into a cell. */
export const MatrixPanel = ({ competition, cells, placeNamed, chosen, onChoose }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const { sign, tone } = SIGNS[competition];
  const level = (of: Level) => t(`enterprise.level.${of}`);
  return (
    <section className="c-ent-panel" aria-label={t(`enterprise.panel.${competition}`)}>
      <h3 className={`c-ent-panel-head ${tone}`}>
        <Icon name={sign} />
        {t(`enterprise.panel.${competition}`)}
        <span className="c-soft">{t(`enterprise.panelHint.${competition}`)}</span>
      </h3>
      <div className="c-ent-grid">
        {ROWS.map((value, row) => [
          <span key={value} className="c-ent-side" aria-hidden="true">
            {row === 0 && <span>{t('enterprise.axis.value')}</span>}
            {level(value)}
          </span>,
          ...cells
            .filter((cell) => cell.value === value)
            .map((cell) => {
              const here = chosen.value === cell.value && chosen.loyalty === cell.loyalty && chosen.competition === competition;
              const revenue = moneyFigure(cell.revenue, lang);
              return (
                <button
                  key={`${value} ${cell.loyalty}`}
                  type="button"
                  className="c-ent-cell"
                  aria-pressed={here}
                  disabled={cell.count === 0}
                  style={{ '--tint': `${tintOf(cell)}%` } as React.CSSProperties}
                  aria-label={t('enterprise.cell', {
                    value: level(cell.value),
                    loyalty: level(cell.loyalty),
                    competition: level(competition),
                    place: placeNamed(cell.place),
                    count: integer(cell.count) as never,
                    revenue,
                  })}
                  onClick={() => onChoose(cell)}
                >
                  <span className="c-ent-place">{placeNamed(cell.place)}</span>
                  <strong>{cell.count === 0 ? '–' : t('enterprise.homes', { count: integer(cell.count) as never })}</strong>
                  {cell.count > 0 && <span className="c-ent-money">{revenue}</span>}
                </button>
              );
            }),
        ])}
        <span />
        {COLUMNS.map((loyalty, i) => (
          <span key={loyalty} className="c-ent-foot" aria-hidden="true">
            {i === 0 && `${t('enterprise.axis.loyalty')} `}
            {level(loyalty)}
          </span>
        ))}
      </div>
    </section>
  );
};
