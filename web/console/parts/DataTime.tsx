import { useTranslation } from 'react-i18next';
import { exact } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';

/** The instant that figures speak of. */
export const DataTime = ({ at }: { at: string }) => {
  const { t } = useTranslation();
  const where = useWhere();
  return (
    <span className="c-at">
      {t('part.at')} <time dateTime={at}>{exact(at, where).slice(0, 19)}</time>
    </span>
  );
};
