import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { duration } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Icon } from '../../kit/icons.tsx';
import { StepName } from '../parts/StepName.tsx';
import { type GraphNode, SIZES } from '../scenarios/scenarioGraph.ts';
import { useNames } from '../words.ts';

interface Props {
  node: GraphNode;
  at: number;
  problems: number;
  onOpen: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** One milestone in the picture: a button that opens it. */
export const MilestoneNode = ({ node, at, problems, onOpen, onKeyDown }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const { milestone } = node;
  const state = [milestone.optional && 'c-flow-optional', problems > 0 && 'c-board-wrong'].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      data-node={at}
      draggable
      className={`c-flow-node c-board-node ${state}`}
      style={{ insetInlineStart: node.x, insetBlockStart: node.y, inlineSize: SIZES.node, blockSize: node.height }}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight Delete"
      onClick={onOpen}
      onKeyDown={onKeyDown}
      onDragStart={(event) => event.dataTransfer.setData('text/milestone', String(at))}
    >
      <span className="c-flow-name">
        <strong className="c-board-name">{names.of(milestone.names) || milestone.id}</strong>
        <span className="c-soft">
          {problems > 0 ? (
            <span className="c-board-count">
              <Icon name="alert" />
              {t('editor.problemCount', { count: problems })}
            </span>
          ) : (
            `${milestone.optional ? `${t('scenario.optional')} · ` : ''}${names.holder(milestone.holder)}`
          )}
        </span>
      </span>
      {milestone.steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place while its type is being typed
        <span key={i} className={step.optional ? 'c-board-step c-optional' : 'c-board-step'}>
          <StepName type={step.type} missing={t('editor.noType')} />
          <span className="c-soft">{step.p90 > 0 ? `${duration(step.p50, lang)}/${duration(step.p90, lang)}` : '0'}</span>
        </span>
      ))}
    </button>
  );
};
