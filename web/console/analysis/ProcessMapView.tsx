import MinusOutlined from '@ant-design/icons/MinusOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { Graph, layout } from '@dagrejs/dagre';
import { Button, Segmented, Slider } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcessMap } from '#tracking/contract';
import { duration, integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { useWidth } from '../parts/useWidth.ts';
import { type MapPicture, type Placed, pathThrough, picture } from './processMap.ts';

const NODE = { width: 168, height: 52 };

/** Where each activity and arrow lies: layers from top to bottom. */
function place(drawn: MapPicture): Placed {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 56, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of drawn.nodes) graph.setNode(node.id, { ...NODE });
  for (const arrow of drawn.arrows)
    graph.setEdge(arrow.from, arrow.to, { width: 64, height: 18, labelpos: 'c', weight: Math.max(1, Math.round(arrow.weight * 8)) });
  layout(graph);
  const whole = graph.graph() as { width?: number; height?: number };
  return {
    nodes: graph.nodes().map((id) => {
      const at = graph.node(id) as { x: number; y: number; width: number; height: number };
      return { id, x: at.x, y: at.y, width: at.width, height: at.height };
    }),
    arrows: graph.edges().map((edge) => {
      const at = graph.edge(edge) as { points: { x: number; y: number }[]; x?: number; y?: number };
      return { from: edge.v, to: edge.w, points: at.points };
    }),
    width: whole.width ?? 0,
    height: whole.height ?? 0,
  };
}

interface Props {
  map: ProcessMap;
  nameOf: (type: string) => string;
  onPick: (from: string, to: string | undefined) => void;
}

/** Who follows whom, how often or how long; a press on a step or an arrow opens its journeys. */
export const ProcessMapView = ({ map, nameOf, onPick }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const [measure, setMeasure] = useState<'count' | 'time'>('count');
  const [share, setShare] = useState(80);
  const [chosen, setSize] = useState<number | null>(null);
  const room = useRef<HTMLDivElement>(null);
  const width = useWidth(room);
  const drawn = useMemo(() => picture(map, share / 100, measure), [map, share, measure]);
  const placed = useMemo(() => place(drawn), [drawn]);
  const size = chosen ?? Math.max(0.5, Math.min(1, width > 0 && placed.width > 0 ? width / placed.width : 1));
  const most = Math.max(1, ...drawn.nodes.map((node) => node.count));
  const counts = new Map(drawn.nodes.map((node) => [node.id, node.count]));
  const arrows = new Map(drawn.arrows.map((arrow) => [`${arrow.from} ${arrow.to}`, arrow]));
  const said = (arrow: { count: number; p50: number }) => (measure === 'count' ? integer(arrow.count) : duration(arrow.p50, lang));
  const press = (act: () => void) => ({
    role: 'button',
    tabIndex: 0,
    onClick: act,
    onKeyDown: (event: { key: string; preventDefault(): void }) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      act();
    },
  });
  return (
    <>
      <div className="c-map-acts">
        <Segmented
          value={measure}
          aria-label={t('map.measure')}
          options={[
            { value: 'count', label: t('map.count') },
            { value: 'time', label: t('map.time') },
          ]}
          onChange={(value) => setMeasure(value as 'count' | 'time')}
        />
        <div className="c-map-slider">
          <span id="map-share">{t('map.share', { share })}</span>
          <Slider
            min={10}
            max={100}
            step={5}
            value={share}
            onChange={setShare}
            ariaLabelledByForHandle="map-share"
            tooltip={{ open: false }}
          />
        </div>
        <span className="c-soft">{t('map.hidden', { nodes: drawn.hiddenNodes, arrows: drawn.hiddenArrows })}</span>
        <span className="c-end">
          <Button size="small" icon={<MinusOutlined />} aria-label={t('lanes.out')} onClick={() => setSize(Math.max(0.4, size - 0.2))} />{' '}
          <Button size="small" icon={<PlusOutlined />} aria-label={t('lanes.in')} onClick={() => setSize(Math.min(2, size + 0.2))} />
        </span>
      </div>
      <div ref={room} className="c-map">
        <svg
          viewBox={`0 0 ${placed.width} ${placed.height}`}
          width={placed.width * size}
          height={placed.height * size}
          aria-label={t('analysis.map')}
        >
          <defs>
            <marker
              id="arrow-head"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0,0 L8,4 L0,8 Z" className="c-map-head" />
            </marker>
          </defs>
          {placed.arrows.map((line) => {
            const arrow = arrows.get(`${line.from} ${line.to}`);
            const middle = line.points[Math.floor(line.points.length / 2)];
            if (!arrow || !middle) return null;
            const path = pathThrough(line.points);
            return (
              <g
                key={`${line.from} ${line.to}`}
                className="c-map-arrow"
                aria-label={t('map.arrow', {
                  from: line.from,
                  to: line.to,
                  count: integer(arrow.count) as never,
                  p50: duration(arrow.p50, lang),
                  p90: duration(arrow.p90, lang),
                })}
                {...press(() => onPick(line.from, line.to))}
              >
                <title>
                  {t('map.arrow', {
                    from: line.from,
                    to: line.to,
                    count: integer(arrow.count) as never,
                    p50: duration(arrow.p50, lang),
                    p90: duration(arrow.p90, lang),
                  })}
                </title>
                <path d={path} className="c-map-hit" />
                <path d={path} className="c-map-line" style={{ strokeWidth: 1 + arrow.weight * 6 }} markerEnd="url(#arrow-head)" />
                <text x={middle.x} y={middle.y} className="c-map-label">
                  {said(arrow)}
                </text>
              </g>
            );
          })}
          {placed.nodes.map((node) => {
            const count = counts.get(node.id) ?? 0;
            return (
              <g
                key={node.id}
                className="c-map-node"
                transform={`translate(${node.x - node.width / 2} ${node.y - node.height / 2})`}
                {...press(() => onPick(node.id, undefined))}
              >
                <rect width={node.width} height={node.height} rx={6} className="c-map-box" />
                <rect width={(count / most) * node.width} height={3} y={node.height - 3} className="c-map-fill" />
                <text x={10} y={21} className="c-map-name">
                  {nameOf(node.id) || node.id}
                </text>
                <text x={node.width - 10} y={21} className="c-map-count">
                  {integer(count)}
                </text>
                <text x={10} y={39} className="c-map-type">
                  {node.id}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
    </>
  );
};
