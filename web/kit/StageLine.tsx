import { useTranslation } from 'react-i18next';
import type { Instant } from './format.ts';
import { Icon } from './icons.tsx';
import { STATES } from './state.ts';
import { Moment } from './TimeAgo.tsx';

export interface StageOnLine {
  id: string;
  name: string;
  state: 'done' | 'current' | 'next' | 'skipped';
  at: Instant | null;
}

/**
 * The stages as one line: upright where it is narrow, lying where it has room (its own width decides, not the screen's).
 * `mood` colours the present stage: an order that waits or is late does not look as if all were well.
 */
export const StageLine = ({ stages, mood = 'accent' }: { stages: StageOnLine[]; mood?: 'accent' | 'wait' | 'bad' }) => {
  const { t } = useTranslation('kit');
  return (
    <div className="g-stages">
      <ol aria-label={t('stageLine')}>
        {stages.map((stage) => (
          <li
            key={stage.id}
            className={`g-stage g-stage-${stage.state} g-tone-${mood}`}
            aria-current={stage.state === 'current' ? 'step' : undefined}
          >
            <span className="g-stage-mark">
              <Icon name={STATES[stage.state].sign} />
            </span>
            <span className="g-stage-words">
              <span className="g-stage-name">{stage.name}</span>
              <span className="g-stage-time">{stage.at ? <Moment at={stage.at} /> : t(`stage.${stage.state}`)}</span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
};
