import '@xyflow/react/dist/base.css';
import { Background, Controls, type Edge, Handle, MarkerType, type Node, type NodeProps, Position, ReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Milestone, Scenario } from '#scenario/contract';
import { duration } from '../../kit/format.ts';
import { useMode, useWhere } from '../../kit/hooks.ts';
import { StepName } from '../parts/StepName.tsx';
import { useNarrow } from '../useNarrow.ts';
import { type Namer, useNames } from '../words.ts';
import { SIZES, scenarioGraph } from './scenarioGraph.ts';

type LaneNode = Node<{ name: string; optional: boolean; width: number; height: number }, 'lane'>;
type MilestoneNode = Node<{ milestone: Milestone; names: Namer; lang: 'zh-CN' | 'en-US'; optional: string; height: number }, 'milestone'>;

const Lane = ({ data }: NodeProps<LaneNode>) => (
  <div className="c-flow-lane" style={{ inlineSize: data.width, blockSize: data.height }}>
    <span className={data.optional ? 'c-flow-lane-name c-optional' : 'c-flow-lane-name'}>{data.name}</span>
  </div>
);

const MilestoneBox = ({ data: { milestone, names, lang, optional, height } }: NodeProps<MilestoneNode>) => (
  <div
    className={milestone.optional ? 'c-flow-node c-flow-optional' : 'c-flow-node'}
    style={{ inlineSize: SIZES.node, minBlockSize: height }}
  >
    <Handle type="target" position={Position.Top} isConnectable={false} />
    <p className="c-flow-name">
      <strong>{names.of(milestone.names)}</strong>
      <span className="c-soft">
        {milestone.optional ? `${optional} · ` : ''}
        {names.holder(milestone.holder)}
      </span>
    </p>
    <ul>
      {milestone.steps.map((step) => (
        <li
          key={`${step.source} ${step.type}`}
          className={step.optional ? 'c-optional' : undefined}
          title={`${names.system(step.source)} ${step.type} p50 ${duration(step.p50, lang)} p90 ${duration(step.p90, lang)}`}
        >
          <StepName type={step.type} />
          <span className="c-soft">{step.p90 > 0 ? `${duration(step.p50, lang)}/${duration(step.p90, lang)}` : '0'}</span>
        </li>
      ))}
    </ul>
    <Handle type="source" position={Position.Bottom} isConnectable={false} />
  </div>
);

const KINDS = { lane: Lane, milestone: MilestoneBox };

/** The scenario as a picture that can be moved and zoomed: stages as lanes, milestones with their steps, usual and long times. */
export const ScenarioGraphView = ({ scenario }: { scenario: Scenario }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const mode = useMode();
  const narrow = useNarrow();
  const { nodes, edges } = useMemo(() => {
    const graph = scenarioGraph(scenario);
    const fixed = { draggable: false, selectable: false, connectable: false };
    const lanes = graph.lanes.map((lane, i): LaneNode => {
      const stage = scenario.stages[i]!;
      return {
        id: `lane ${lane.stage}`,
        type: 'lane',
        position: { x: lane.x, y: 0 },
        data: { name: `${i + 1} ${names.of(stage.names)}`, optional: stage.optional, width: lane.width, height: lane.height },
        ...fixed,
        zIndex: -1,
        focusable: false,
      };
    });
    const boxes = graph.nodes.map(
      (node): MilestoneNode => ({
        id: node.milestone.id,
        type: 'milestone',
        position: { x: node.x, y: node.y },
        data: { milestone: node.milestone, names, lang, optional: t('scenario.optional'), height: node.height },
        ...fixed,
        zIndex: 1,
        ariaLabel: names.of(node.milestone.names),
      }),
    );
    const arrows = graph.edges.map(
      (edge): Edge => ({
        id: `${edge.from} ${edge.to}`,
        source: edge.from,
        target: edge.to,
        type: 'smoothstep',
        className: edge.skips ? 'c-flow-skip' : 'c-flow-edge',
        markerEnd: { type: MarkerType.ArrowClosed },
        focusable: false,
        selectable: false,
      }),
    );
    return { nodes: [...lanes, ...boxes], edges: arrows };
  }, [scenario, names, lang, t]);
  return (
    <div className="c-flow">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={KINDS}
        colorMode={mode}
        fitView={!narrow}
        defaultViewport={{ x: 0, y: 0, zoom: 0.8 }}
        fitViewOptions={{ padding: 0.04, maxZoom: 1 }}
        minZoom={0.2}
        maxZoom={1.6}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        preventScrolling={false}
        zoomOnScroll={false}
        aria-label={t('scenario.graph')}
      >
        <Background gap={24} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
};
