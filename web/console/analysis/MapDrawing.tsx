import CompressOutlined from '@ant-design/icons/CompressOutlined';
import MinusOutlined from '@ant-design/icons/MinusOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { Button } from 'antd';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { duration, integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { useWidth } from '../parts/useWidth.ts';
import { asOne, type Lane } from './lanes.ts';
import { COLUMN_LEAST, labelSpots, place, roundedPath } from './placing.ts';
import type { MapArrow, MapPicture, Measure } from './processMap.ts';
import type { StepWords } from './stepWords.ts';

interface Props {
  drawn: MapPicture;
  lanes: Lane[];
  measure: Measure;
  step: StepWords;
  stageName: (id: string) => string;
  onPick: (from: string, to: string | undefined) => void;
}

const LABEL = { height: 16, letter: 6.5, han: 12.5, room: 6 };
const ZOOM = { least: 0.4, most: 2, step: 0.2 };

/** How wide a short text is drawn, near enough for labels not to meet. */
const wideOf = (text: string) => [...text].reduce((sum, c) => sum + (c > '\u2e7f' ? LABEL.han : LABEL.letter), LABEL.room);

/** The map as a picture: stages side by side, in a narrow room one below the other. */
export const MapDrawing = ({ drawn, lanes, measure, step, stageName, onPick }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const [zoom, setZoom] = useState(1);
  const [lit, setLit] = useState<string | null>(null);
  const room = useRef<HTMLDivElement>(null);
  const width = useWidth(room);
  const said = (arrow: MapArrow) => (measure === 'count' ? integer(arrow.count) : duration(arrow[measure], lang));
  const placed = useMemo(() => {
    const isNarrow = width > 0 && width < lanes.length * COLUMN_LEAST;
    const { lanes: drawnLanes, heads } = isNarrow ? asOne(lanes) : { lanes, heads: new Map<string, string>() };
    return place(drawnLanes, heads, drawn.arrows, width);
  }, [lanes, drawn, width]);
  const arrows = new Map(drawn.arrows.map((arrow) => [`${arrow.from} ${arrow.to}`, arrow]));
  const arrowOf = (ends: { from: string; to: string }) => arrows.get(`${ends.from} ${ends.to}`)!;
  const spots = labelSpots(placed, (i) => wideOf(said(arrowOf(placed.arrows[i]!))), LABEL.height);
  const counts = new Map(drawn.nodes.map((node) => [node.id, node.count]));
  const most = Math.max(1, ...counts.values());
  const told = (arrow: MapArrow) =>
    t('map.arrow', {
      from: step(arrow.from).name,
      to: step(arrow.to).name,
      count: integer(arrow.count) as never,
      p50: duration(arrow.p50, lang),
      p90: duration(arrow.p90, lang),
    });
  const fit = () => {
    const high = room.current?.clientHeight ?? placed.height;
    setZoom(Math.max(ZOOM.least, Math.min(1, width / placed.width, high / placed.height)));
  };
  const by = (change: number) => setZoom(Math.min(ZOOM.most, Math.max(ZOOM.least, Math.round((zoom + change) * 10) / 10)));
  /** The arrow keys follow the process: on to what mostly follows, back to what mostly came before. */
  const follow = (id: string) => (event: KeyboardEvent<HTMLElement>) => {
    const isOn = event.key === 'ArrowRight' || event.key === 'ArrowDown';
    if (!isOn && event.key !== 'ArrowLeft' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const way = drawn.arrows.find((arrow) => arrow.from !== arrow.to && (isOn ? arrow.from : arrow.to) === id);
    if (way) room.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(isOn ? way.to : way.from)}"]`)?.focus();
  };
  const dim = (touches: boolean) => (lit !== null && !touches ? ' c-map-dim' : '');
  return (
    <>
      <div className="c-map-note">
        <span>{t(measure === 'count' ? 'map.readCount' : 'map.readTime')}</span>
        <span className="c-end c-map-zoom">
          <Button size="small" icon={<MinusOutlined />} aria-label={t('lanes.out')} onClick={() => by(-ZOOM.step)} />
          <Button size="small" icon={<PlusOutlined />} aria-label={t('lanes.in')} onClick={() => by(ZOOM.step)} />
          <Button size="small" icon={<CompressOutlined />} onClick={fit}>
            {t('map.fit')}
          </Button>
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reached by keyboard */}
      <section ref={room} className="c-map" aria-label={t('analysis.map')} tabIndex={0}>
        <div style={{ inlineSize: placed.width * zoom, blockSize: placed.height * zoom }}>
          <div className="c-map-sheet" style={{ inlineSize: placed.width, blockSize: placed.height, scale: String(zoom) }}>
            {placed.heads.map((head) => (
              <span
                key={`${head.stage} ${head.x} ${head.y}`}
                className={
                  placed.heads.length > 1 && placed.heads[0]!.x === placed.heads[1]!.x ? 'c-map-stage c-map-stage-in' : 'c-map-stage'
                }
                style={{ insetInlineStart: head.x, insetBlockStart: head.y, inlineSize: head.width }}
              >
                {stageName(head.stage)}
              </span>
            ))}
            {placed.nodes.map((node) => {
              const { name, shared } = step(node.id);
              const count = counts.get(node.id) ?? 0;
              const touches =
                node.id === lit || drawn.arrows.some((a) => (a.from === lit && a.to === node.id) || (a.to === lit && a.from === node.id));
              return (
                <button
                  key={node.id}
                  type="button"
                  data-step={node.id}
                  className={`c-map-node${dim(touches)}`}
                  style={{ insetInlineStart: node.x, insetBlockStart: node.y, inlineSize: node.width, blockSize: node.height }}
                  title={`${name} · ${node.id}`}
                  onClick={() => onPick(node.id, undefined)}
                  onKeyDown={follow(node.id)}
                  onMouseEnter={() => setLit(node.id)}
                  onMouseLeave={() => setLit(null)}
                  onFocus={() => setLit(node.id)}
                  onBlur={() => setLit(null)}
                >
                  <span className={shared ? 'c-map-name' : 'c-map-name c-map-name-long'}>{name}</span>
                  <span className="c-map-count">{integer(count)}</span>
                  {shared && <span className="c-map-type">{node.id}</span>}
                  <span className="g-hidden">{t('map.timesSee')}</span>
                  <span className="c-map-fill" style={{ inlineSize: `${(count / most) * 100}%` }} />
                </button>
              );
            })}
            <svg className="c-map-lines" width={placed.width} height={placed.height} aria-label={t('map.lines')}>
              <defs>
                {(['on', 'back', 'lit'] as const).map((kind) => (
                  <marker
                    key={kind}
                    id={`arrow-${kind}`}
                    viewBox="0 0 8 8"
                    refX="7"
                    refY="4"
                    markerWidth="8"
                    markerHeight="8"
                    markerUnits="userSpaceOnUse"
                    orient="auto"
                  >
                    <path d="M0,0 L8,4 L0,8 Z" className={`c-map-head c-map-head-${kind}`} />
                  </marker>
                ))}
              </defs>
              {placed.arrows.map((line, i) => {
                const arrow = arrowOf(line);
                const path = roundedPath(line.points);
                const spot = spots.get(i);
                const pick = () => onPick(line.from, line.to);
                return (
                  // biome-ignore lint/a11y/useSemanticElements: a drawn line cannot be a button element
                  <g
                    key={`${line.from} ${line.to}`}
                    className={`c-map-arrow${line.back ? ' c-map-back' : ''}${dim(line.from === lit || line.to === lit)}`}
                    role="button"
                    tabIndex={0}
                    aria-label={told(arrow)}
                    onClick={pick}
                    onKeyDown={(event) => {
                      if (event.key !== 'Enter' && event.key !== ' ') return;
                      event.preventDefault();
                      pick();
                    }}
                  >
                    <title>{told(arrow)}</title>
                    <path d={path} className="c-map-hit" />
                    <path
                      d={path}
                      className="c-map-line"
                      style={{ strokeWidth: 1 + arrow.weight * 4 }}
                      markerEnd={`url(#arrow-${line.back ? 'back' : 'on'})`}
                    />
                    {spot && (
                      <text x={spot.x} y={spot.y} className="c-map-label">
                        {said(arrow)}
                      </text>
                    )}
                  </g>
                );
              })}
            </svg>
          </div>
        </div>
      </section>
    </>
  );
};
