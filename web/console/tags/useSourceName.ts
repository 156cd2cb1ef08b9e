import { useTranslation } from 'react-i18next';
import { useNames } from '../words.ts';

const MODEL = 'model:';
/** Names that the program gives itself, and what everybody calls the one that feeds it. */
const KNOWN = ['glasshouse', 'rule', 'warehouse', 'counter'] as const;

/** The model whose scores a source stands for; null for any other source. */
export const modelOf = (source: string): string | null => (source.startsWith(MODEL) ? source.slice(MODEL.length) : null);

/** A source of tags as people call it; one that nobody has words for by its id. Which model it is, its score says. */
export const useSourceName = (): ((source: string) => string) => {
  const { t } = useTranslation();
  const names = useNames();
  return (source) => {
    if (modelOf(source) !== null) return t('tagSource.model');
    const known = KNOWN.find((one) => one === source);
    return known ? t(`tagSource.${known}`) : names.system(source);
  };
};
