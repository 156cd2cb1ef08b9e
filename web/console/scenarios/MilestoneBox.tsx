import { useTranslation } from 'react-i18next';
import { duration } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { StepName } from '../parts/StepName.tsx';
import { useNames } from '../words.ts';
import { type GraphNode, SIZES } from './scenarioGraph.ts';

/** One milestone in the picture: who has it, and its steps with their usual and long times. */
export const MilestoneBox = ({ node: { milestone, x, y, height } }: { node: GraphNode }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  return (
    <article
      className={milestone.optional ? 'c-flow-node c-board-still c-flow-optional' : 'c-flow-node c-board-still'}
      style={{ insetInlineStart: x, insetBlockStart: y, inlineSize: SIZES.node, blockSize: height }}
    >
      <h3 className="c-flow-name">
        <strong className="c-board-name">{names.of(milestone.names)}</strong>
        <span className="c-soft">
          {milestone.optional ? `${t('scenario.optional')} · ` : ''}
          {names.holder(milestone.holder)}
        </span>
      </h3>
      {milestone.steps.map((step) => (
        <p
          key={`${step.source} ${step.type}`}
          className={step.optional ? 'c-board-step c-optional' : 'c-board-step'}
          title={`${names.system(step.source)} ${step.type} p50 ${duration(step.p50, lang)} p90 ${duration(step.p90, lang)}`}
        >
          <StepName type={step.type} />
          <span className="c-soft">{step.p90 > 0 ? `${duration(step.p50, lang)}/${duration(step.p90, lang)}` : '0'}</span>
        </p>
      ))}
    </article>
  );
};
