import { useTranslation } from 'react-i18next';
import { Icon } from './icons.tsx';
import { STATES, type StateName } from './state.ts';

/** Sign + word + colour of a state. `children` says it in other words than the dictionary's. */
export const StateTag = ({ state, children }: { state: StateName; children?: string }) => {
  const { t } = useTranslation('kit');
  const { sign, tone } = STATES[state];
  return (
    <span className={`g-tag g-tone-${tone}`}>
      <Icon name={sign} />
      {children ?? t(`state.${state}`)}
    </span>
  );
};
