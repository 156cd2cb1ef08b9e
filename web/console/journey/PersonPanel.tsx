import { useTranslation } from 'react-i18next';
import type { JourneyDetail } from '#tracking/contract';
import { post } from '../../kit/api.ts';
import { PersonFacts } from '../parts/PersonFacts.tsx';
import { Act, actionOf } from './JourneyActs.tsx';

const REASONS = ['call', 'visit', 'delivery', 'complaint'] as const;

/** Who the customer of an order is, masked. */
export const PersonPanel = ({ journey, person }: { journey: JourneyDetail; person: Record<string, string> }) => {
  const { t } = useTranslation();
  const action = actionOf(journey.actions, 'reveal');
  return (
    <PersonFacts
      fields={Object.entries(person).map(([id, masked]) => ({ id, masked, label: t(`person.${id}`, { defaultValue: id }) }))}
      reasons={REASONS.map((reason) => t(`reveal.${reason}`))}
      act={(_field, ask) => <Act action={action} label={t('reveal.act')} onClick={ask} />}
      reveal={async (field, reason) =>
        (await post<{ value: string }>(`/api/journeys/${encodeURIComponent(journey.id)}/reveal`, { field, reason })).value
      }
    />
  );
};
