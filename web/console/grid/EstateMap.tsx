import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { EstateFeature, PlaceMap } from '#place/contract';
import { percent } from '../../kit/format.ts';
import { useWidth } from '../parts/useWidth.ts';
import { useNames } from '../words.ts';
import { boundsOf, classOf, figureOf, labelFor, projected, ringOf, roomOf, shadeOf, shareOf } from './mapping.ts';

const MARGIN = 8;
const LINE = 15;

interface Props {
  map: PlaceMap;
  figure: string;
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

/** Estates as they lie, in shades of the chosen figure; each is a button that says its figure. What is not known is hatched. */
export const EstateMap = ({ map, figure, chosen, onChoose }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const room = useRef<HTMLDivElement>(null);
  const width = useWidth(room);
  const bounds = boundsOf(map.features.map((f) => shareOf(figureOf(f, figure))));
  const told = map.figures.find((f) => f.id === figure);
  const drawing = map.bbox === null || width === 0 ? null : projected(map.bbox, width, MARGIN);
  const shape = (estate: EstateFeature) => {
    if (drawing === null) return null;
    const ring = ringOf(estate, drawing.spot);
    if (ring.length === 0) return null;
    const share = shareOf(figureOf(estate, figure));
    const at = classOf(share, bounds);
    const said = share === null ? t('grid.unknown') : percent(share);
    const middle = roomOf(ring);
    const lines = labelFor(names.of(estate.properties.names), said, { width: middle.width * 0.9, height: middle.height * 0.9 });
    const pick = () => onChoose(estate.id);
    return (
      // biome-ignore lint/a11y/useSemanticElements: a drawn shape cannot be a button element
      <g
        key={estate.id}
        className={`c-grid-estate c-grid-shade-${at === null ? 'none' : shadeOf(at, bounds)}`}
        role="button"
        tabIndex={0}
        aria-pressed={estate.id === chosen}
        aria-label={t('grid.estateSays', { estate: names.of(estate.properties.names), figure: names.of(told?.names), value: said })}
        onClick={pick}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          pick();
        }}
      >
        <polygon points={ring.map((p) => p.join(',')).join(' ')} />
        {lines.map((line, i) => (
          <text key={line} x={middle.x} y={middle.y + (i - (lines.length - 1) / 2) * LINE}>
            {line}
          </text>
        ))}
      </g>
    );
  };
  return (
    <div ref={room} className="c-grid-map">
      {drawing !== null && (
        // biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
        <svg width={width} height={drawing.height} role="group" aria-label={t('grid.mapOf', { figure: names.of(told?.names) })}>
          <defs>
            <pattern id="grid-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="6" height="6" className="c-grid-hatch-ground" />
              <line x1="0" y1="0" x2="0" y2="6" className="c-grid-hatch-line" />
            </pattern>
          </defs>
          {map.features.map(shape)}
        </svg>
      )}
      <ul className="c-grid-legend" aria-label={t('grid.legend')}>
        {bounds.slice(1).map((to, i) => (
          <li key={to}>
            <span className={`c-grid-key c-grid-shade-${shadeOf(i, bounds)}`} aria-hidden="true" />
            {t('grid.range', { from: Math.round((bounds[i] as number) * 100), to: Math.round(to * 100) })}
          </li>
        ))}
        <li>
          <span className="c-grid-key c-grid-shade-none" aria-hidden="true" />
          {t('grid.unknown')}
        </li>
      </ul>
    </div>
  );
};
