import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceMap } from '#place/contract';
import { percent } from '../../kit/format.ts';
import { useWidth } from '../parts/useWidth.ts';
import { useNames } from '../words.ts';
import { boundsOf, classOf, figureOf, labelFor, projected, ringOf, roomOf, shadeOf, shareOf } from './mapping.ts';
import { hullOf, type Part } from './parts.ts';

const MARGIN = 8;
const LINE = 15;

interface Props {
  map: PlaceMap;
  figure: string;
  /** Districts or grids, which are drawn around their estates. */
  parts: readonly Part[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

/** Estates as they lie, in shades of the chosen figure; each is a button that says its figure. What is not known is hatched. */
export const EstateMap = ({ map, figure, parts, chosen, onChoose }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const room = useRef<HTMLDivElement>(null);
  const width = useWidth(room);
  const bounds = boundsOf(map.features.map((f) => shareOf(figureOf(f, figure))));
  const told = map.figures.find((f) => f.id === figure);
  const drawing = map.bbox === null || width === 0 ? null : projected(map.bbox, width, MARGIN);
  const drawn = map.features.flatMap((estate) => {
    const ring = drawing === null ? [] : ringOf(estate, drawing.spot);
    if (ring.length === 0) return [];
    const share = shareOf(figureOf(estate, figure));
    const at = classOf(share, bounds);
    const shade = `c-grid-shade-${at === null ? 'none' : shadeOf(at, bounds)}`;
    const said = share === null ? t('grid.unknown') : percent(share);
    return [{ id: estate.id, name: names.of(estate.properties.names), ring, shade, said }];
  });
  const ringsOf = (part: Part) => part.estates.flatMap((estate) => (drawing === null ? [] : ringOf(estate, drawing.spot)));
  const borders = parts.map((part) => ({ area: part.area, line: hullOf(ringsOf(part)) })).filter(({ line }) => line.length > 2);
  const shape = ({ id, name, ring, shade, said }: (typeof drawn)[number]) => (
    // biome-ignore lint/a11y/useSemanticElements: a drawn shape cannot be a button element
    <g
      key={id}
      className={`c-grid-estate ${shade}`}
      role="button"
      tabIndex={0}
      aria-pressed={id === chosen}
      aria-label={t('grid.estateSays', { estate: name, figure: names.of(told?.names), value: said })}
      onClick={() => onChoose(id)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose(id);
      }}
    >
      <polygon points={ring.map((p) => p.join(',')).join(' ')} />
    </g>
  );
  const linesOf = ({ name, ring, said }: (typeof drawn)[number]) => {
    const { width: wide, height: high } = roomOf(ring);
    return labelFor(name, said, { width: wide * 0.9, height: high * 0.9 });
  };
  /** An area is named in its middle, or on its upper border where the words of its estates stand in the middle. */
  const isWritten = drawn.some((one) => linesOf(one).length > 0);
  const nameAt = (line: ReturnType<typeof hullOf>) => {
    const { x, y, height } = roomOf(line);
    return { x, y: isWritten ? y - height / 2 : y };
  };
  const label = (one: (typeof drawn)[number]) => {
    const { id, ring, shade } = one;
    const { x, y } = roomOf(ring);
    const lines = linesOf(one);
    return lines.map((line, i) => (
      <text key={`${id} ${line}`} className={shade} x={x} y={y + (i - (lines.length - 1) / 2) * LINE}>
        {line}
      </text>
    ));
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
          {drawn.map(shape)}
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: drawn words take no focus; the shapes say the same */}
          <g className="c-grid-labels" aria-hidden="true">
            {drawn.map(label)}
            {borders.map(({ area, line }) => (
              <polygon key={area} className="c-grid-border" points={line.map((p) => p.join(',')).join(' ')} />
            ))}
            {borders.map(({ area, line }) => (
              <text key={area} className="c-grid-border-name" {...nameAt(line)}>
                {names.area(area)}
              </text>
            ))}
          </g>
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
