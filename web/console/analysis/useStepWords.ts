import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '#scenario/contract';
import { useStepName } from '../useStepName.ts';
import { useNames, useWords } from '../words.ts';
import { type StepWords, stepWords } from './stepWords.ts';

/** The names of a scenario's types in the language on show. */
export const useStepWords = (scenario: Scenario | undefined): StepWords => {
  const { t } = useTranslation();
  const words = useWords();
  const names = useNames();
  const said = useStepName();
  return useMemo(
    () =>
      stepWords({
        scenario,
        words,
        names,
        said,
        waiting: (wait) => t('map.wait', { wait }),
      }),
    [scenario, words, names, said, t],
  );
};
