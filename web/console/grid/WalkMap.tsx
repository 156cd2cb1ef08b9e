import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home, Point } from '#place/contract';
import { useWidth } from '../parts/useWidth.ts';
import { useNames } from '../words.ts';
import { useWhereHome } from './HomeCard.tsx';
import { boxAround, labelFor, pinsOf, projected, ringOf, roomOf } from './mapping.ts';
import { usePlaceMap } from './places.ts';

const MARGIN = 16;
const LEAST_DEGREES = 0.0015; // of room around the homes: some 150 metres
const PIN = 11;
const SIGN = 7; // a digit's width
const LINE = 13;
const MOST_WIDE = 720;

/** The way between the homes of today: numbered signs, a dashed line between them as the crow flies, the estates underneath. The list below says the same. */
export const WalkMap = ({ area, stops }: { area: string; stops: readonly Home[] }) => {
  const { t } = useTranslation();
  const names = useNames();
  const whereHome = useWhereHome();
  const room = useRef<HTMLDivElement>(null);
  const width = Math.min(useWidth(room), MOST_WIDE);
  const estates = usePlaceMap(area).data?.features ?? [];
  const points = stops.flatMap((h): Point[] => (h.spot ? [h.spot] : []));
  const box = boxAround(points, LEAST_DEGREES);
  const drawing = box === null || width <= 0 ? null : projected(box, width, MARGIN);
  const spots = drawing === null ? [] : points.map(drawing.spot);
  const rings = drawing === null ? [] : estates.map((e) => ({ name: names.of(e.properties.names), id: e.id, ring: ringOf(e, drawing.spot) })).filter((e) => e.ring.length > 0); // biome-ignore format: one line
  const said = t('grid.walkOf', { stops: stops.map((h, i) => `${i + 1} ${whereHome(h)}`).join(t('grid.comma')) });
  return (
    <div ref={room} className="c-grid-walk">
      {drawing !== null && (
        <svg width={width} height={drawing.height} role="img" aria-label={said}>
          {rings.map(({ id, ring }) => (
            <polygon key={id} className="c-grid-ground" points={ring.map((p) => p.join(',')).join(' ')} />
          ))}
          {rings.map(({ id, ring, name }) => {
            const { x, y: middle, ...size } = roomOf(ring);
            const y = middle - size.height / 2 + LINE; // above its buildings, where the signs stand
            const isThere = x > 0 && x < width && y > 0 && y < drawing.height;
            const lines = labelFor(name, '', size).slice(0, -1);
            return (
              isThere &&
              lines.map((line, i) => (
                <text key={`${id} ${line}`} className="c-grid-ground-name" x={x} y={y + i * LINE}>
                  {line}
                </text>
              ))
            );
          })}
          <polyline className="c-grid-way" points={spots.map((p) => p.join(',')).join(' ')} />
          {pinsOf(spots, PIN * 2).map(({ at: [x, y], first, last }) => {
            const words = first === last ? String(first) : `${first}–${last}`;
            const half = Math.max(PIN, (words.length * SIGN) / 2 + SIGN);
            return (
              <g key={first}>
                <rect className="c-grid-pin" x={x - half} y={y - PIN} width={half * 2} height={PIN * 2} rx={PIN} />
                <text className="c-grid-pin-number" x={x} y={y}>
                  {words}
                </text>
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
};
