import { useTranslation } from 'react-i18next';

const REASONS = ['call', 'visit', 'retention', 'complaint'] as const;

/** Why a customer's values are looked at in full, in the words that go into the trail. */
export const useReasons = (): string[] => {
  const { t } = useTranslation();
  return REASONS.map((reason) => t(`customer.why.${reason}`));
};
