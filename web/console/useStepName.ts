import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** What staff call an event type in the language on show; empty where the dictionary has no word for it. */
export const useStepName = (): ((type: string) => string) => {
  const { t } = useTranslation();
  return useCallback((type) => t(`happening.${type.replace('.', '_')}`, { defaultValue: '' }), [t]);
};
