import { useTranslation } from 'react-i18next';

/** Who wrote a version of a rule or a table; those that came along are nobody's. */
export const Author = ({ by }: { by: string }) => {
  const { t } = useTranslation();
  return <>{by === 'glasshouse' ? t('rule.ofProduct') : by}</>;
};
