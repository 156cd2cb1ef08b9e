import { useTranslation } from 'react-i18next';
import { useNames } from '../words.ts';
import type { Version } from './models.ts';
import { three } from './stand.ts';

/** What is too good to be true about a version, in sentences. */
export const Warnings = ({ warnings }: { warnings: Version['warnings'] }) => {
  const { t } = useTranslation();
  const names = useNames();
  return warnings
    .map((one) =>
      one.kind === 'alone'
        ? t('model.warned.alone', { name: names.of(one.names), auc: three(one.auc) })
        : t('model.warned.tooGood', { auc: three(one.auc) }),
    )
    .join(' ');
};
