import { useTranslation } from 'react-i18next';
import type { PlaceSpread } from '#place/contract';
import { integer } from '../../kit/format.ts';
import { useNames } from '../words.ts';

const MOST = 8;

/** How one tag is spread over the people of a place; what more there is stands in one last line. */
export const SpreadBars = ({ spread }: { spread: PlaceSpread }) => {
  const { t } = useTranslation();
  const names = useNames();
  const lines = spread.bars.map((bar) => ({
    name:
      bar.value === undefined ? t('grid.fromTo', { from: String(bar.from), to: String(bar.to) }) : names.of(bar.names, String(bar.value)),
    count: bar.count,
  }));
  const rest = lines.slice(MOST).reduce((sum, l) => sum + l.count, 0);
  const shown = rest > 0 ? [...lines.slice(0, MOST), { name: t('grid.others'), count: rest }] : lines;
  const most = Math.max(1, ...shown.map((l) => l.count));
  return (
    <section className="c-grid-spread" aria-label={names.of(spread.names)}>
      <h3>{names.of(spread.names)}</h3>
      <ul className="c-grid-bars">
        {shown.map((line) => (
          <li key={line.name}>
            <span>{line.name}</span>
            <span className="c-grid-room" aria-hidden="true">
              <span style={{ inlineSize: `${(line.count / most) * 100}%` }} />
            </span>
            <span className="c-num">{integer(line.count)}</span>
          </li>
        ))}
      </ul>
      {spread.unknown > 0 && <p className="c-soft c-small">{t('grid.unknownOf', { count: spread.unknown })}</p>}
    </section>
  );
};
