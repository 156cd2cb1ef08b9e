import { useTranslation } from 'react-i18next';
import { StateTag } from '../../kit/StateTag.tsx';
import type { Service } from './households.ts';

const STATES = { active: 'open', suspended: 'waiting', ended: 'cancelled' } as const;

/** What kind of service it is, and whether it is in use: a sign and a word. */
export const ServiceSign = ({ service: { is, state } }: { service: Pick<Service, 'is' | 'state'> }) => {
  const { t } = useTranslation();
  const kind = t(`household.kind.${is}`);
  if (state === 'active') return <StateTag state={STATES[state]}>{kind}</StateTag>;
  return <StateTag state={STATES[state]}>{`${kind} · ${t(`household.state.${state}`)}`}</StateTag>;
};
