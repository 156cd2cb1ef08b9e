import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '#scenario/contract';
import { board } from '../editor/board.ts';
import { Scroll } from '../parts/Scroll.tsx';
import { useNames } from '../words.ts';
import { BoardArrows } from './BoardArrows.tsx';
import { MilestoneBox } from './MilestoneBox.tsx';

/** The scenario as a picture that can be read as it stands: stages as lanes, milestones with their steps, usual and long times. */
export const ScenarioGraphView = ({ scenario }: { scenario: Scenario }) => {
  const { t } = useTranslation();
  const names = useNames();
  const { lanes, nodes, arrows, width, height } = useMemo(() => board(scenario, 'read'), [scenario]);
  return (
    <Scroll className="c-board-room c-flow" label={t('scenario.graph')}>
      <div className="c-board" style={{ inlineSize: width, blockSize: height }}>
        <BoardArrows arrows={arrows} width={width} height={height} />
        {lanes.map((lane, i) => {
          const stage = scenario.stages[i]!;
          return (
            <div
              key={lane.stage}
              className="c-board-lane"
              style={{ insetInlineStart: lane.x, inlineSize: lane.width, blockSize: lane.height }}
            >
              <h2 className={stage.optional ? 'c-flow-lane-name c-optional' : 'c-flow-lane-name'}>
                {i + 1} {names.of(stage.names)}
              </h2>
            </div>
          );
        })}
        {nodes.map((node) => (
          <MilestoneBox key={node.milestone.id} node={node} />
        ))}
      </div>
    </Scroll>
  );
};
