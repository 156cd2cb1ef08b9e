import { Button } from 'antd';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../kit/icons.tsx';
import { BoardArrows } from '../scenarios/BoardArrows.tsx';
import { SIZES } from '../scenarios/scenarioGraph.ts';
import { useNames, useWords } from '../words.ts';
import { board, neighbour } from './board.ts';
import { fieldId, useEditor } from './editor.ts';
import { MilestoneNode } from './MilestoneNode.tsx';
import { addMilestone, addStage, type By, freeId, moveMilestone, placeMilestone, removeMilestone, shiftMilestone } from './operations.ts';
import { under } from './problems.ts';

const MOVES: Record<string, ['along' | 'across', By]> = {
  ArrowUp: ['along', -1],
  ArrowDown: ['along', 1],
  ArrowLeft: ['across', -1],
  ArrowRight: ['across', 1],
};

/**
 * The picture that is edited: stages as lanes, milestones as nodes. Arrow keys go from node to node, with Alt they move the node; Enter opens,
 * Delete removes. A node can also be drawn into another lane.
 */
export const EditorBoard = () => {
  const { t } = useTranslation();
  const names = useNames();
  const words = useWords();
  const { scenario, problems, act, change } = useEditor();
  const room = useRef<HTMLDivElement>(null);
  const picture = useMemo(() => board(scenario), [scenario]);
  const focus = (at: number) => requestAnimationFrame(() => room.current?.querySelector<HTMLElement>(`[data-node="${at}"]`)?.focus());
  const keys = (event: KeyboardEvent, at: number) => {
    const move = MOVES[event.key];
    if (event.key === 'Delete') {
      event.preventDefault();
      change((s) => removeMilestone(s, at));
      focus(Math.max(0, at - 1));
      return;
    }
    if (!move || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!event.altKey) {
      const to = neighbour(picture.nodes, at, event.key);
      if (to !== null) focus(to);
      return;
    }
    const [way, by] = move;
    const next = way === 'along' ? moveMilestone(scenario, at, by) : shiftMilestone(scenario, at, by);
    change(() => next);
    focus(next.milestones.findIndex((m) => m.id === scenario.milestones[at]!.id));
  };
  const newMilestone = (stage: string) =>
    act({
      do: 'change',
      how: (s) => {
        const id = freeId(
          'milestone',
          s.milestones.map((m) => m.id),
        );
        const source = words.systems[0]?.id ?? 'ordercentre';
        const step = { type: '', source, optional: false, closes: true, p50: 300, p90: 1_800 };
        const holder = s.milestones.findLast((m) => m.stage === stage)?.holder ?? words.holders[0]?.id ?? 'desk';
        return addMilestone(s, { id, names: { zh: '新节点', en: 'New milestone' }, stage, holder, optional: false, steps: [step] });
      },
      open: (s) => ({ kind: 'milestone', at: s.milestones.findLastIndex((m) => m.stage === stage) }),
    });
  const newStage = () =>
    act({
      do: 'change',
      how: (s) => {
        const id = freeId(
          'stage',
          s.stages.map((one) => one.id),
        );
        return addStage(s, s.stages.length - 1, { id, names: { zh: '新阶段', en: 'New stage' }, optional: false });
      },
      open: (s) => ({ kind: 'stage', at: s.stages.length - 1 }),
    });
  return (
    <section ref={room} className="c-board-room" aria-label={t('scenario.graph')} id={fieldId('milestones')} tabIndex={-1}>
      <div className="c-board" style={{ inlineSize: picture.width + SIZES.lane, blockSize: picture.height }}>
        <BoardArrows arrows={picture.arrows} width={picture.width} height={picture.height} />
        {picture.lanes.map((lane, i) => {
          const stage = scenario.stages[i]!;
          const wrong = problems.filter(({ path }) => path === `stages.${i}` || path.startsWith(`stages.${i}.`)).length;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the same is done with Alt and the arrow keys
            <div
              key={stage.id}
              className="c-board-lane"
              style={{ insetInlineStart: lane.x, inlineSize: lane.width, blockSize: lane.height }}
              onDragOver={(event) => event.preventDefault()}
              onDrop={(event) => {
                const at = Number(event.dataTransfer.getData('text/milestone') || Number.NaN);
                if (Number.isInteger(at) && scenario.milestones[at]) change((s) => placeMilestone(s, at, stage.id, 'last'));
              }}
            >
              <button
                type="button"
                className={wrong ? 'c-board-stage c-board-wrong' : 'c-board-stage'}
                onClick={() => act({ do: 'open', what: { kind: 'stage', at: i } })}
              >
                <span className={stage.optional ? 'c-optional' : undefined}>
                  {i + 1} {names.of(stage.names) || stage.id}
                </span>
                {wrong > 0 && (
                  <span className="c-board-count">
                    <Icon name="alert" />
                    {t('editor.problemCount', { count: wrong })}
                  </span>
                )}
              </button>
            </div>
          );
        })}
        {picture.nodes.map((node, at) => (
          <MilestoneNode
            // biome-ignore lint/suspicious/noArrayIndexKey: two milestones may have one id until the check's word is heeded
            key={`${node.milestone.id} ${at}`}
            node={node}
            at={at}
            problems={under(problems, `milestones.${at}`).length}
            onOpen={() => act({ do: 'open', what: { kind: 'milestone', at } })}
            onKeyDown={(event) => keys(event, at)}
          />
        ))}
        {picture.lanes.map((lane, i) => (
          <Button
            key={lane.stage}
            type="dashed"
            className="c-board-add"
            style={{ insetInlineStart: lane.x + (SIZES.lane - SIZES.node) / 2, insetBlockStart: lane.bottom, inlineSize: SIZES.node }}
            onClick={() => newMilestone(lane.stage)}
            aria-label={t('editor.addMilestoneTo', { stage: names.of(scenario.stages[i]?.names) })}
          >
            {t('editor.addMilestone')}
          </Button>
        ))}
        <Button
          type="dashed"
          className="c-board-add"
          style={{ insetInlineStart: picture.width, insetBlockStart: 0, inlineSize: SIZES.node }}
          disabled={scenario.stages.length >= 20}
          onClick={newStage}
        >
          {t('editor.addStage')}
        </Button>
      </div>
    </section>
  );
};
